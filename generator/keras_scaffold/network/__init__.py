"""A network before Keras: what it is told as, put together by rules alone."""

from keras_scaffold.network.architecture import (
    Architecture,
    OtherSizeError,
    assemble,
    size_problems,
)
from keras_scaffold.network.edges import Edge, find_edges, goes_elsewhere
from keras_scaffold.network.outputs import (
    KINDS,
    Classification,
    Multilabel,
    OutputKind,
    Regression,
)
from keras_scaffold.network.plan import (
    HEAD,
    INPUT,
    ONLY_OUTPUT,
    PLAIN,
    AskedOutput,
    Input,
    Output,
    Plan,
    Tower,
)
from keras_scaffold.network.structure import Part, Slot
