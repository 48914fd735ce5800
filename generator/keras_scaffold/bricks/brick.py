"""What every brick is: checked arguments, and how it continues a network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from keras_scaffold.bricks.arguments import Several, is_width, kind
from keras_scaffold.bricks.term import Term
from keras_scaffold.bricks.wholes.scope import Item, Scope, Steps
from keras_scaffold.layers import Layer, Shape, Tensor, source_of

INPUT_SHAPE = "input_shape"
"""What a layer that is told the whole shape that reaches it calls it."""


@dataclass(frozen=True)
class Brick(Term, ABC):
    """One piece of an architecture.

    A subclass lists its arguments as dataclass fields, made by `keras_scaffold.bricks.arguments`, and
    opens its docstring with the line that the catalogue shows. Its name in the notation is
    that of its module.
    """

    also_takes: ClassVar[tuple[str, ...]] = ("name",)

    uses: ClassVar[tuple[type[Brick], ...]] = ()
    """Bricks that the generated code of this one is made of."""
    block: ClassVar[bool] = True
    """Whether blocks.py defines it (`template/bricks/`); else it is one Keras layer."""
    custom: ClassVar[type[Layer] | None] = None
    """The rule of the layer that blocks.py defines for it, in every style: it is just that."""
    holds_bricks: ClassVar[bool] = False
    """Whether what follows its first argument are bricks."""
    loops: ClassVar[bool] = False
    """Whether code has a loop for it."""
    reads_names: ClassVar[bool] = False
    """Whether its arguments without a name are names of bricks: what it continues from."""
    takes_shape: ClassVar[bool] = False
    """Whether its layer is told the shape that reaches it."""
    takes_training: ClassVar[bool] = False
    """Whether it behaves differently while training."""
    on_itself: ClassVar[bool] = False
    """Whether its layer is called on what reached it and that again: attention."""
    example: ClassVar[str] = ""
    """Arguments to begin with, as the notation writes them."""
    also_called: ClassVar[str] = ""
    """Its names elsewhere; endings such as `2D` and `_block` come off."""

    name: str | None = field(default=None, kw_only=True)

    @abstractmethod
    def build(self, x: Tensor, name: str) -> Tensor:
        """Continue from `x` with layers named after `name`; raises ShapeError."""

    def items(self) -> list[Item]:
        """What a whole that it is part of has names for."""
        return [(self.name, self.word())]

    def place(self, x: Tensor, scope: Scope, steps: Steps) -> Tensor:
        """Continue from `x` as a part of a whole, which has names for it; raises ShapeError."""
        return steps.call(self, x, scope.next())

    def shape_arguments(self, shape: Shape) -> dict[str, Any]:
        """Arguments of its layer's that the shape that reaches it decides.

        A layer makes those that it holds in `__init__`, before it sees a tensor: so they are
        made, and get their seeds, in one order in every style. What is False is left out.
        """
        return {INPUT_SHAPE: shape} if self.takes_shape else {}

    @classmethod
    def written_example(cls) -> str:
        """The notation of one to begin with: cnn(32)."""
        return f"{cls.word()}({cls.example})" if cls.example else cls.word()

    @classmethod
    def examples(cls, x: Tensor) -> list[str]:
        """Arguments to begin with where `x` reaches it, the likeliest first."""
        if not cls.reads_names:
            return [cls.example]
        return [f'"{name}"' for name in reversed(x.graph.reachable())] or [cls.example]

    def call_arguments(self) -> str:
        """Its arguments as Python source, those at their default left out, without name."""
        return ", ".join(super().given(source_of))

    def given(self, text: Callable[[Any], str]) -> list[str]:
        """Its arguments, and its name if it has one of its own."""
        return super().given(text) + ([f'name="{self.name}"'] if self.name else [])

    def illustration(self) -> str:
        """What `scaffold bricks` shows beside its arguments: of a layer of Keras', its source."""
        return ""

    def parts(self) -> tuple[Brick, ...]:
        """The bricks of which it is a stack; itself if it is none."""
        return (self,)

    def scaled(self, multiplier: float) -> Self:
        """The same brick with its widths times `multiplier`, in steps of 8.

        The rounding is MobileNet's (Howard et al. 2017, section 3.3): to the nearest
        multiple of 8, at least 8, and never less than 0.9 of the exact value.
        """
        widths: dict[str, Any] = {
            argument.name: divisible(getattr(self, argument.name) * multiplier)
            for argument in self.arguments()
            if is_width(argument) and getattr(self, argument.name) is not None
        }
        return replace(self, **widths)


@dataclass(frozen=True)
class LayerBrick(Brick):
    """A brick that is one layer, which takes its arguments in their order."""

    block = False

    @property
    @abstractmethod
    def rule(self) -> type[Layer]:
        """The rule of that layer."""

    def layer(self) -> Layer:
        """The layer."""
        arguments = (
            each for each in self.arguments() if not isinstance(kind(each), Several)
        )
        return self.rule(*(getattr(self, each.name) for each in arguments))

    def build(self, x: Tensor, name: str) -> Tensor:
        """Its layer, called on `x`; raises ShapeError."""
        return x.to(self.layer(), name)


def divisible(value: float, divisor: int = 8) -> int:
    """The multiple of `divisor` that MobileNet's code picks for `value`."""
    nearest = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return nearest if nearest >= 0.9 * value else nearest + divisor
