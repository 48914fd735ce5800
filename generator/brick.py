"""What every brick is: checked arguments, and how it continues a network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any, ClassVar, Self

from generator.arguments import Count, kind
from generator.graph import Tensor


@dataclass(frozen=True)
class Brick(ABC):
    """One piece of an architecture.

    A subclass lists its arguments as dataclass fields, made by `generator.arguments`, and
    opens its docstring with the line that the catalogue shows. Its name in the notation is
    the class' name in lower case.
    """

    uses: ClassVar[tuple[type[Brick], ...]] = ()
    """Bricks that the generated code of this one is made of."""
    block: ClassVar[bool] = True
    """Whether blocks.py defines it (`template/bricks/`); else it is one Keras layer."""
    takes_training: ClassVar[bool] = False
    """Whether it behaves differently while training."""
    example: ClassVar[str] = ""
    """Arguments to begin with, as the notation writes them."""

    name: str | None = field(default=None, kw_only=True)

    @abstractmethod
    def build(self, x: Tensor, name: str) -> Tensor:
        """Continue from `x` with layers named after `name`; raises ShapeError."""

    @classmethod
    def word(cls) -> str:
        """What the notation calls it."""
        return cls.__name__.lower()

    @classmethod
    def summary(cls) -> str:
        """One line for the catalogue."""
        return (cls.__doc__ or "").partition("\n")[0]

    @classmethod
    def arguments(cls) -> list[Field[Any]]:
        """Its arguments in the order in which they are given; `name` is not among them."""
        return [argument for argument in fields(cls) if argument.name != "name"]

    @classmethod
    def signature(cls) -> str:
        """How it is written: cnn(filters, kernel_size=3, stride=1, momentum=0.9)."""
        told = [
            (
                argument.name
                if argument.default is MISSING
                else f"{argument.name}={argument.default}"
            )
            for argument in cls.arguments()
        ]
        return f"{cls.word()}({', '.join(told)})" if told else cls.word()

    @classmethod
    def written_example(cls) -> str:
        """The notation of one to begin with: cnn(32)."""
        return f"{cls.word()}({cls.example})" if cls.example else cls.word()

    def scaled(self, multiplier: float) -> Self:
        """The same brick with its widths times `multiplier`, in steps of 8.

        The rounding is MobileNet's (Howard et al. 2017, section 3.3): to the nearest
        multiple of 8, at least 8, and never less than 0.9 of the exact value.
        """
        widths: dict[str, Any] = {
            argument.name: divisible(getattr(self, argument.name) * multiplier)
            for argument in self.arguments()
            if kind(argument) == Count(scales=True)
        }
        return replace(self, **widths)

    def call_arguments(self) -> str:
        """Its arguments as Python source, those at their default left out, without name."""
        return ", ".join(self._given(repr))

    def __str__(self) -> str:
        """The notation that reads back as this brick."""
        given = self._given(str)
        if self.name is not None:
            given.append(f'name="{self.name}"')
        return f"{self.word()}({', '.join(given)})" if given else self.word()

    def _given(self, text: Any) -> list[str]:
        given = []
        for argument in self.arguments():
            value = getattr(self, argument.name)
            if argument.default is MISSING:
                given.append(text(value))
            elif value != argument.default:
                given.append(f"{argument.name}={text(value)}")
        return given


def divisible(value: float, divisor: int = 8) -> int:
    """The multiple of `divisor` that MobileNet's code picks for `value`."""
    nearest = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return nearest if nearest >= 0.9 * value else nearest + divisor
