"""The words that users write: bricks, their arguments and their notation.

`__all__` is the interface of bricks in other packages, and is kept: `Brick` or a base that
does more (`Join`, `Convolutional`, ...), its arguments with their kinds, and `layers`, which
`Tensor.to` and `join` connect. What else is here serves the other rooms of this tool.
"""

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import (
    ACTIVATIONS,
    PADDINGS,
    Axis,
    Choice,
    Count,
    Flag,
    Kind,
    Names,
    Number,
    Rate,
    Words,
    argument,
    choice,
    count,
    is_width,
    kind,
    number,
    option,
    rate,
    share,
    width,
)
from keras_scaffold.bricks.brick import INPUT_SHAPE, Brick, LayerBrick
from keras_scaffold.bricks.brick_names import (
    brick_name_complaint,
    part_name_complaint,
    unique_names,
)
from keras_scaffold.bricks.catalogue.gate import Gate
from keras_scaffold.bricks.catalogue.parallel import Parallel
from keras_scaffold.bricks.catalogue.repeat import Repeat
from keras_scaffold.bricks.catalogue.skip import AUTO, Skip, projection
from keras_scaffold.bricks.chain import parse, suggested_brick
from keras_scaffold.bricks.convolutional import Activated, Convolutional, Normalized
from keras_scaffold.bricks.joining import Join, Sum
from keras_scaffold.bricks.keras_arguments import widths_within
from keras_scaffold.bricks.keras_kinds import Numbers
from keras_scaffold.bricks.meaning.meant import INPUTS_FIRST, called, suggest_known
from keras_scaffold.bricks.meaning.values import last
from keras_scaffold.bricks.notation import (
    CATALOGUE,
    NO_BRICK,
    Vocabulary,
    parse_brick,
    parse_term,
)
from keras_scaffold.bricks.presets import CAFFE, DEFAULT_PRESET, PRESETS, InKeras, Preset
from keras_scaffold.bricks.registry import all_bricks, get_brick, outside_templates
from keras_scaffold.bricks.sizes import Pair, Scale, Sizes, Whole, borders, pair
from keras_scaffold.bricks.symbols import Symbol
from keras_scaffold.bricks.syntax import NO_COMMA, UNREADABLE, Call, split
from keras_scaffold.bricks.term import Term
from keras_scaffold.bricks.traced import Traced, number_source, plain
from keras_scaffold.bricks.wholes.composite import (
    IN_CHANNELS,
    Composite,
    joins_in,
    leaves,
    made_of,
    trains,
)
from keras_scaffold.bricks.wholes.definitions import (
    read_definitions,
    told_definition,
    used_definitions,
)
from keras_scaffold.bricks.wholes.holding import (
    Holder,
    changed_within,
    held_by,
    stack,
    written,
)
from keras_scaffold.bricks.wholes.on_itself import OnItself
from keras_scaffold.bricks.wholes.scope import Scope, Steps, items_of
from keras_scaffold.bricks.wholes.taken import class_problems, layers_of
from keras_scaffold.bricks.wholes.texts import defined_word, definition_texts
from keras_scaffold.layers import Layer, Shape, ShapeError, Tensor, join, keras_words

__all__ = ["Activated", "Brick", "Composite", "Convolutional", "Join", "LayerBrick"]
__all__ += ["Normalized", "Sum"]
__all__ += ["argument", "borders", "choice", "count", "number", "option", "pair", "rate"]
__all__ += ["share", "width"]
__all__ += ["Axis", "Choice", "Count", "Flag", "Kind", "Names", "Number", "Numbers", "Pair"]
__all__ += ["Rate", "Scale", "Sizes", "Whole", "Words"]
__all__ += ["ACTIVATIONS", "PADDINGS"]
__all__ += ["Layer", "Shape", "ShapeError", "Tensor", "join", "layers"]
