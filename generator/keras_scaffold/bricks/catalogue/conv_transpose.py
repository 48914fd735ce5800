"""A transposed convolution."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import ACTIVATIONS, PADDINGS, choice, width
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.bricks.sizes import Pair, pair
from keras_scaffold.layers import Conv2DTranspose, Tensor


@dataclass(frozen=True)
class ConvTranspose(Convolutional):
    """Height and width times the stride, by a convolution the other way round.

    From Zeiler et al., "Deconvolutional Networks" (2010); of U-Net's kind, Ronneberger et al.,
    "U-Net" (2015), section 2.
    """

    block = False
    example = "32"
    also_called = "Conv2DTranspose transposed_convolution deconv deconvolution up_conv"

    filters: int = width()
    kernel_size: Pair = pair(3)
    stride: Pair = pair(2)
    padding: str = choice(*PADDINGS, default="same")
    activation: str = choice(*ACTIVATIONS, default="relu")

    def build(self, x: Tensor, name: str) -> Tensor:
        given = self.weights("kernel", self.activation)
        conv = Conv2DTranspose(
            self.filters, self.kernel_size, self.stride, self.padding, **given
        )
        return x.to(conv, name)
