"""Attention of what reaches it on itself."""

from dataclasses import dataclass
from typing import Any

from keras_scaffold.bricks.arguments import count, rate, width
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import MultiHeadAttention, Shape, Tensor


@dataclass(frozen=True)
class Attention(Brick):
    """For each pixel, or step, means of all by several heads, each with weights of its own.

    From Vaswani et al., "Attention Is All You Need" (2017), section 3.2.2; of the pixels of a
    feature map, Wang et al., "Non-local Neural Networks" (2018), section 3.
    """

    takes_training = True
    example = "2, 16"
    also_called = "MultiHeadAttention self_attention mha"

    heads: int = count()
    key_dim: int = width()
    dropout: float = rate(0.0)

    def shape_arguments(self, shape: Shape) -> dict[str, Any]:
        return {"in_shape": shape}

    def build(self, x: Tensor, name: str) -> Tensor:
        layer = MultiHeadAttention(self.heads, self.key_dim, dropout=self.dropout)
        return x.to(layer, f"{name}_mha")
