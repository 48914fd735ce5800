"""The words that users write: bricks, their arguments and their notation."""

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import (
    Axis,
    Bricks,
    Choice,
    Count,
    Flag,
    Names,
    Number,
    Rate,
    Words,
    argument,
    choice,
    count,
    kind,
    number,
    option,
    rate,
    share,
    width,
)
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.brick_names import (
    brick_name_complaint,
    part_name_complaint,
    unique_names,
)
from keras_scaffold.bricks.catalogue.repeat import Repeat
from keras_scaffold.bricks.chain import meant_brick, parse
from keras_scaffold.bricks.convolutional import Activated, Convolutional, Normalized
from keras_scaffold.bricks.joining import Join, Sum
from keras_scaffold.bricks.meaning.meant import INPUTS_FIRST, called, known_word
from keras_scaffold.bricks.meaning.values import last
from keras_scaffold.bricks.notation import NO_BRICK, parse_brick, parse_term
from keras_scaffold.bricks.presets import DEFAULT_PRESET, PRESETS, Preset
from keras_scaffold.bricks.registry import all_bricks, get_brick, outside_templates
from keras_scaffold.bricks.syntax import UNREADABLE, split
from keras_scaffold.bricks.term import Term
from keras_scaffold.layers import Layer, Shape, ShapeError, Tensor, join
