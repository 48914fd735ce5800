"""What every brick is: checked arguments, and how it continues a network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any, ClassVar, Self

from generator.arguments import Count, kind
from generator.graph import Tensor
from generator.layer import Layer


@dataclass(frozen=True)
class Brick(ABC):
    """One piece of an architecture.

    A subclass lists its arguments as dataclass fields, made by `generator.arguments`, and
    opens its docstring with the line that the catalogue shows. Its name in the notation is
    that of its module.
    """

    uses: ClassVar[tuple[type[Brick], ...]] = ()
    """Bricks that the generated code of this one is made of."""
    block: ClassVar[bool] = True
    """Whether blocks.py defines it (`template/bricks/`); else it is one Keras layer."""
    custom: ClassVar[type[Layer] | None] = None
    """The rule of the layer that blocks.py defines for it, in every style: it is just that."""
    holds_bricks: ClassVar[bool] = False
    """Whether what follows its first argument are bricks."""
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
        """What the notation calls it: its module's name."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def summary(cls) -> str:
        """One line for the catalogue."""
        return (cls.__doc__ or "").partition("\n")[0]

    @classmethod
    def arguments(cls) -> list[Field[Any]]:
        """Its arguments in their order, options last; `name` is not among them."""
        found = [argument for argument in fields(cls) if argument.name != "name"]
        return sorted(found, key=lambda argument: argument.kw_only is True)

    @classmethod
    def options(cls) -> dict[str, Any]:
        """Those of its arguments that are options, with their defaults."""
        return {
            argument.name: argument.default
            for argument in cls.arguments()
            if argument.kw_only
        }

    def parts(self) -> tuple[Brick, ...]:
        """The bricks of which it is a stack; itself if it is none."""
        return (self,)

    @classmethod
    def signature(cls) -> str:
        """How it is written, options as dots: cnn(filters, kernel_size=3, stride=1, ...)."""
        told = [
            (
                argument.name
                if argument.default is MISSING
                else f"{argument.name}={argument.default}"
            )
            for argument in cls.arguments()
            if argument.name not in cls.options()
        ]
        if cls.options():
            told.append("...")
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


def unique_names(bricks: Iterable[Brick]) -> list[str]:
    """The bricks' names; one without gets Keras' kind of name: cnn, cnn_1, cnn_2."""
    bricks = list(bricks)
    taken = {brick.name for brick in bricks}
    used: Counter[str] = Counter()
    names = []
    for brick in bricks:
        name = brick.name
        while name is None:
            number = used[brick.word()]
            used[brick.word()] += 1
            free = f"{brick.word()}_{number}" if number else brick.word()
            name = None if free in taken else free
        names.append(name)
    return names
