"""What bricks made of convolutions share: options, and the layers that go by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from keras_scaffold.bricks.arguments import (
    ACTIVATIONS,
    INITIALIZERS,
    Choice,
    Flag,
    Number,
    Rate,
    option,
)
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.sizes import Pair
from keras_scaffold.bricks.symbols import Symbol
from keras_scaffold.layers import (
    L2,
    Activation,
    BatchNormalization,
    Conv2D,
    DepthwiseConv2D,
    Layer,
    ReLU,
    Tensor,
)

EPSILONS = Number(1e-12, 1)
DECAYS = Number(0, 10)


def decay(l2: float | Symbol) -> L2 | Symbol | None:
    """The regularizer of a decay, which in the code of a block is perhaps none."""
    if isinstance(l2, Symbol):
        return Symbol(f"keras.regularizers.L2({l2}) if {l2} else None", l2.names)
    return L2(l2) if l2 else None


@dataclass(frozen=True, kw_only=True)
class Convolutional(Brick):
    """A brick of convolutions: whether they have a bias, how they begin, their decay."""

    bias: bool = option(Flag(), default=True)
    initializer: str = option(Choice(INITIALIZERS), default="glorot_uniform")
    l2: float = option(DECAYS, default=0.0)

    def weights(self, of: str, activation: str) -> dict[str, Any]:
        """What its layers are given beside their sizes; `of` is what Keras calls the weights."""
        return {
            "activation": None if activation == "linear" else activation,
            "use_bias": self.bias,
            f"{of}_initializer": self.initializer,
            f"{of}_regularizer": decay(self.l2),
        }

    def convolution(
        self,
        filters: int,
        kernel_size: Pair,
        strides: Pair = 1,
        padding: str = "same",
        activation: str = "linear",
        **more: Any,
    ) -> Conv2D:
        """A convolution that goes by the options, and by what `more` Keras' layer is given."""
        given = self.weights("kernel", activation)
        return Conv2D(filters, kernel_size, strides, padding, **given, **more)

    def depthwise(
        self,
        kernel_size: Pair,
        strides: Pair = 1,
        padding: str = "same",
        activation: str = "linear",
        **more: Any,
    ) -> DepthwiseConv2D:
        """A convolution of each channel alone, by the same."""
        given = self.weights("depthwise", activation)
        return DepthwiseConv2D(kernel_size, strides, padding, **given, **more)


@dataclass(frozen=True, kw_only=True)
class Normalized(Convolutional):
    """A brick of convolutions, each of which is followed by a batch normalization."""

    momentum: float = option(Rate(), default=0.9)
    epsilon: float = option(EPSILONS, default=0.001)

    @property
    def normalization(self) -> BatchNormalization:
        """A batch normalization that goes by the options."""
        return BatchNormalization(momentum=self.momentum, epsilon=self.epsilon)

    def shortcut(self, x: Tensor, filters: int, stride: int, name: str) -> Tensor:
        """What came in, brought to the shape of a residual block's output."""
        if stride == 1 and x.shape[-1] == filters:
            return x
        x = x.to(self.convolution(filters, 1, stride), f"{name}_shortcut_conv")
        return x.to(self.normalization, f"{name}_shortcut_bn")


@dataclass(frozen=True, kw_only=True)
class Activated(Normalized):
    """Such a brick with an activation of the user's choice."""

    activation: str = option(Choice(ACTIVATIONS), default="relu")

    @property
    def activating(self) -> Layer:
        """The layer of the activation: ReLU has one of its own."""
        own = {"relu": ReLU(), "relu6": ReLU(6.0)}
        return own.get(self.activation, Activation(self.activation))

    def activate(self, x: Tensor, name: str) -> Tensor:
        """The activation as a layer named after it."""
        return x.to(self.activating, f"{name}_{self.activation}")
