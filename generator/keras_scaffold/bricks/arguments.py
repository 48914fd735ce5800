"""What a brick may be given: the kinds of argument, each with its check."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import MISSING, Field, dataclass, field
from typing import Any, ClassVar, TypeGuard

from keras_scaffold.bricks.symbols import is_open
from keras_scaffold.errors import brief

PADDINGS = ("same", "valid")
ACTIVATIONS = tuple("""
    celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh
    leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink
    softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh
    tanh_shrink
    """.split())
"""Keras' own but two: glu halves the channels, of which Keras' shapes know nothing, and
threshold does nothing without numbers, which a name does not have."""
INITIALIZERS = (
    *("glorot_uniform", "glorot_normal", "he_uniform", "he_normal"),
    *("lecun_uniform", "lecun_normal", "orthogonal", "truncated_normal"),
)
LARGEST_COUNT = 1_000_000


class Kind(ABC):
    """What an argument may be given."""

    written: ClassVar[bool] = False
    """Whether it has to be written where it stands: no parameter and no loop can tell it."""

    @property
    @abstractmethod
    def says(self) -> str:
        """What that is, for a sentence."""

    @abstractmethod
    def allows(self, value: object) -> bool:
        """Whether `value` is that; True and False are no numbers."""

    def made(self, value: object) -> object:
        """What a value becomes that was read; raises InputError for a call that is wrong."""
        return value


@dataclass(frozen=True)
class Count(Kind):
    """A whole number from 1 up; `scales` marks a layer's width."""

    scales: bool = False
    says = f"a whole number from 1 to {LARGEST_COUNT:,}"

    def allows(self, value: object) -> bool:
        return is_whole(value) and 1 <= value <= LARGEST_COUNT


@dataclass(frozen=True)
class Number(Kind):
    """A number within limits; of a share also what others count as its whole: 100, 360."""

    low: float
    high: float
    whole: int | None = None

    @property
    def says(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"

    def allows(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Rate(Number):
    """A share that is never all."""

    low: float = 0
    high: float = 1
    whole: int | None = 100
    says = "a number from 0 up to, not including, 1"

    def allows(self, value: object) -> bool:
        return super().allows(value) and value != 1


class Flag(Kind):
    """Yes or no."""

    says = "True or False"

    def allows(self, value: object) -> bool:
        return isinstance(value, bool)


class Axis(Kind):
    """An axis of a map or a vector, counted as Keras does: the batch is 0."""

    says = "1, 2 or 3, or -1 for the last axis"

    def allows(self, value: object) -> bool:
        return is_whole(value) and value in (-1, 1, 2, 3)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def says(self) -> str:
        return "one of " + ", ".join(self.words)

    def allows(self, value: object) -> bool:
        return value in self.words


@dataclass(frozen=True)
class Words(Kind):
    """One or more of a few words, each once."""

    words: tuple[str, ...]

    @property
    def says(self) -> str:
        return f"a list of {', '.join(self.words)}, at least one and none twice"

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or not value:
            return False
        return len({*value}) == len(value) and all(word in self.words for word in value)


class Anything(Kind):
    """What a parameter of a definition may be given; those that take it look closer."""

    says = "a number, a word, True, False, None, or a list of such"

    def allows(self, value: object) -> bool:
        if isinstance(value, tuple):
            return all(map(self.allows, value))
        return value is None or isinstance(value, bool | int | float | str)


class Several(Kind):
    """All that stands without a name, from there on."""

    shown: ClassVar[str]
    """What a signature has in their place."""
    text: ClassVar[str]
    """One of them in the notation, for `format`."""


class Names(Several):
    """Names of bricks."""

    shown, text = "name", '"{}"'
    says = "names of bricks that stand before it, written without `of=`"

    def allows(self, value: object) -> bool:
        return isinstance(value, tuple) and all(isinstance(name, str) for name in value)


def is_whole(value: object) -> TypeGuard[int]:
    """Whether it is a whole number, traced or not, which True and False are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def argument(of_kind: Kind, default: Any = MISSING) -> Any:
    """What may be given by its place or by its name."""
    return field(default=default, metadata={"kind": of_kind})


def option(of_kind: Kind, default: Any) -> Any:
    """What is given by keyword alone, and stands in generated code only where it is used."""
    return field(default=default, metadata={"kind": of_kind}, kw_only=True)


def width(default: Any = MISSING) -> Any:
    """A layer's number of filters or units."""
    return argument(Count(scales=True), default)


def count(default: Any = MISSING) -> Any:
    """A size or step in pixels; where the default is None, it may be left open."""
    return argument(Count(), default)


def rate(default: Any = MISSING) -> Any:
    """A share from 0 up to 1."""
    return argument(Rate(), default)


def number(low: float, high: float, default: Any = MISSING) -> Any:
    """A number within limits."""
    return argument(Number(low, high), default)


def share(low: float, high: float, default: float, whole: int = 100) -> Any:
    """A share within limits, which others give in units of which `whole` are 1."""
    return argument(Number(low, high, whole), default)


def choice(*words: str, default: Any = MISSING) -> Any:
    """One of `words`."""
    return argument(Choice(words), default)


def kind(of: Field[Any]) -> Kind:
    """The kind that an argument was declared with."""
    declared: Kind = of.metadata["kind"]
    return declared


def is_width(of: Field[Any]) -> bool:
    """Whether it is a layer's number of filters or units."""
    return kind(of) == Count(scales=True)


def value_complaint(of: Field[Any], value: object) -> str | None:
    """Why `value` cannot be given for an argument, or None where it can."""
    of_kind = kind(of)
    if is_open(value) and of_kind.written:
        return f"{of.name} must be {of_kind.says}, written here, not told by `{value}`"
    if (value is None and of.default is None) or is_open(value) or of_kind.allows(value):
        return None
    must = f"{of.name} must be {of_kind.says}"
    if value == ():
        return f"{must}, and there is none"
    if isinstance(value, float) and value.is_integer() and isinstance(of_kind, Count):
        return f"{must}, with no point or exponent"  # 1e3, which nobody wrote as `1000.0`
    given = ", ".join(map(_shown, value)) if isinstance(value, tuple) else value
    return f"{must}, not `{brief(given)}`"


def _shown(value: object) -> str:
    """A member of several, as it may be written."""
    if isinstance(value, tuple) and value:
        return f"[{', '.join(map(_shown, value))}]"
    return str(value)
