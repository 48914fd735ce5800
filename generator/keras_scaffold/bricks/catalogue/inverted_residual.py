"""MobileNetV2's block, and EfficientNet's."""

from dataclasses import dataclass
from typing import Any

from keras_scaffold.bricks.arguments import (
    ACTIVATIONS,
    Choice,
    Count,
    Flag,
    count,
    option,
    width,
)
from keras_scaffold.bricks.convolutional import Activated
from keras_scaffold.bricks.sizes import Whole
from keras_scaffold.layers import (
    Add,
    Dense,
    GlobalAveragePooling2D,
    Multiply,
    Shape,
    Tensor,
    ZeroPadding2D,
    feature_map,
    join,
)


@dataclass(frozen=True)
class InvertedResidual(Activated):
    """Widened by 1x1, filtered by channel, narrowed by 1x1; added to what came in if it fits.

    From Sandler et al., "MobileNetV2" (2018), section 3.3 and table 1. Where the stride is
    not 1, the map is padded by zeros for the window to begin at its edge. With a
    `squeeze_ratio` the filtered channels are weighed as in a `squeeze_excite`, which is
    reduced to the channels that came in by that ratio: so has EfficientNet it (Tan & Le 2019,
    their code's `input_filters * se_ratio`), where MobileNetV3 (Howard et al. 2019, section
    5.3) reduces the widened ones to a fourth.
    """

    takes_training = True
    example = "24"
    also_called = "mbconv mobilenet"

    filters: int = width()
    expansion: int = count(6)
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)
    activation: str = option(Choice(ACTIVATIONS), default="relu6")
    kernel_size: int = option(Whole(2), default=3)
    squeeze_ratio: int | None = option(Count(), default=None)

    def shape_arguments(self, shape: Shape) -> dict[str, Any]:
        return {"in_channels": shape[-1]}

    def activate(self, x: Tensor, name: str) -> Tensor:
        word = "relu" if self.activation == "relu6" else self.activation
        return x.to(self.activating, f"{name}_{word}")

    def build(self, x: Tensor, name: str) -> Tensor:
        came_in, channels = x, x.shape[-1]
        if self.expansion > 1:
            x = x.to(self.convolution(self.expansion * channels, 1), f"{name}_expand_conv")
            x = x.to(self.normalization, f"{name}_expand_bn")
            x = self.activate(x, f"{name}_expand")
        if self.stride > 1:
            x = x.to(ZeroPadding2D(self.edges(x.shape)), f"{name}_pad")
        padding = "valid" if self.stride > 1 else "same"
        conv = self.depthwise(self.kernel_size, self.stride, padding)
        x = x.to(conv, f"{name}_depthwise_conv")
        x = x.to(self.normalization, f"{name}_depthwise_bn")
        x = self.activate(x, f"{name}_depthwise")
        if self.squeeze_ratio:
            x = self.weighed(x, max(1, channels // self.squeeze_ratio), name)
        x = x.to(self.convolution(self.filters, 1), f"{name}_project_conv")
        x = x.to(self.normalization, f"{name}_project_bn")
        if self.stride > 1 or channels != self.filters:
            return x
        return join(Add(), [came_in, x], f"{name}_add")

    def edges(self, shape: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
        """The zeros above and below a map, and to its left and right."""
        (height, width, _), after = feature_map(shape), self.kernel_size // 2
        return (after - 1 + height % 2, after), (after - 1 + width % 2, after)

    def weighed(self, x: Tensor, reduced: int, name: str) -> Tensor:
        """Each channel times a factor that all decide."""
        factor = x.to(GlobalAveragePooling2D(keepdims=True), f"{name}_squeeze")
        factor = factor.to(Dense(reduced, self.activation), f"{name}_reduce")
        factor = factor.to(Dense(x.shape[-1], "sigmoid"), f"{name}_excite")
        return join(Multiply(), [x, factor], f"{name}_scale")
