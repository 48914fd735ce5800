"""Attention of what reaches it on itself."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count, rate, width
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.layers import MultiHeadAttention


@dataclass(frozen=True)
class Attention(LayerBrick):
    """For each pixel, or step, means of all by several heads, each with weights of its own.

    From Vaswani et al., "Attention Is All You Need" (2017), section 3.2.2; of the pixels of a
    feature map, Wang et al., "Non-local Neural Networks" (2018), section 3.
    """

    rule = MultiHeadAttention
    takes_training = True
    example = "2, 16"
    also_called = "MultiHeadAttention self_attention mha"

    heads: int = count()
    key_dim: int = width()
    dropout: float = rate(0.0)

    def layer(self) -> MultiHeadAttention:
        return MultiHeadAttention(self.heads, self.key_dim, dropout=self.dropout)
