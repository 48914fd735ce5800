"""Stochastic depth, for the bricks of a `skip`."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Rate, argument
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.layers import Layer


@dataclass(frozen=True)
class StochasticDepth(Layer):
    """Sets all that belongs to some of the images to zero while training."""

    module = ""
    takes_training = True

    rate: float


@dataclass(frozen=True)
class StochasticDepthBrick(LayerBrick):
    """Sets all of an image's values to zero at this rate, in training only: last in a `skip`.

    From Huang et al., "Deep Networks with Stochastic Depth" (2016), section 3. What is left
    is enlarged by as much in training, for nothing to be changed afterwards.
    """

    block = True
    rule = custom = StochasticDepth
    takes_training = True
    example = "0.1"
    also_called = "drop_path drop_connect"

    rate: float = argument(Rate())
