"""The kinds of argument that Keras' layers have, and bricks in lower case have not."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

from keras_scaffold.bricks.arguments import Kind, Number
from keras_scaffold.bricks.syntax import Expression
from keras_scaffold.layers import Layer, Written
from keras_scaffold.suggestions import same

NAMES = {
    "initializers": tuple("""
        glorot_normal glorot_uniform he_normal he_uniform identity lecun_normal
        lecun_uniform normal one ones orthogonal random_normal random_uniform
        truncated_normal uniform variance_scaling zero zeros
        """.split()),
    "regularizers": ("l1", "l1l2", "l2", "orthogonal_regularizer"),
    "constraints": ("max_norm", "min_max_norm", "non_neg", "unit_norm"),
}
"""Keras' other names for them, which tell them with their defaults."""
UNTOLD = ("Constant",)
"""Those that Keras reads with their numbers alone."""


class Real(Kind):
    """Any number."""

    says = "a number"

    def allows(self, value: object) -> bool:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and isfinite(value)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Numbers(Kind):
    """A number, or several, none of them below the lowest."""

    low: float = -inf

    @property
    def says(self) -> str:
        limit = "" if self.low == -inf else f" from {self.low:g}"
        return f"a number{limit}, or one for each channel in brackets"

    def allows(self, value: object) -> bool:
        numbers = value if isinstance(value, tuple) else (value,)
        return bool(numbers) and all(
            Real().allows(number) and number >= self.low for number in numbers
        )


@dataclass(frozen=True)
class Limits(Kind):
    """A number within limits, or two of them, the smaller one first."""

    low: float
    high: float
    alone: bool = True

    @property
    def says(self) -> str:
        each = "two numbers" if not self.alone else "a number, or two of them,"
        return (
            f"{each} from {self.low:g} to {self.high:g}, e.g. ({self.low:g}, {self.high:g})"
        )

    def allows(self, value: object) -> bool:
        numbers = value if isinstance(value, tuple) else (value, value)
        if len(numbers) != 2 or not (self.alone or isinstance(value, tuple)):
            return False
        within = all(Number(self.low, self.high).allows(number) for number in numbers)
        return within and numbers[0] <= numbers[1]


@dataclass(frozen=True)
class Only(Kind):
    """One value alone, for a reason."""

    value: object
    reason: str

    @property
    def says(self) -> str:
        return f"{self.value}: {self.reason}"

    def allows(self, value: object) -> bool:
        return value is self.value


@dataclass(frozen=True)
class OneOf(Kind):
    """One of a few values, words or not."""

    values: tuple[object, ...]

    @property
    def says(self) -> str:
        return "one of " + ", ".join(map(str, self.values))

    def allows(self, value: object) -> bool:
        return any(value == one and type(value) is type(one) for one in self.values)


class DataFormat(Kind):
    """The order of a map's axes that trains everywhere."""

    says = "channels_last, as it is by itself: channels_first does not train on a CPU"

    def allows(self, value: object) -> bool:
        return value == "channels_last"


class Equation(Kind):
    """A sum of products."""

    says = "an equation, e.g. `abc,cd->abd`"

    def allows(self, value: object) -> bool:
        return isinstance(value, str) and "->" in value


class Letters(Kind):
    """Letters of an equation."""

    says = "letters of the equation's output, e.g. d"

    def allows(self, value: object) -> bool:
        return isinstance(value, str) and value.isascii() and value.isalpha()


@dataclass(frozen=True)
class Object(Kind):
    """An initializer, a regularizer or a constraint: by its name, or with its numbers."""

    module: str
    without: tuple[str, ...] = ()
    """What weights of fewer axes, or of more, cannot have."""

    @property
    def says(self) -> str:
        return f"one of keras.{self.module}, e.g. {', '.join(self._known())}"

    def _known(self) -> list[str]:
        """The classes, in Keras' spelling."""
        from keras_scaffold.bricks.keras_objects import object_words

        return [word for word in object_words(self.module) if word not in self.without]

    def allows(self, value: object) -> bool:
        if isinstance(value, Written):
            module, word = value.module, type(value).__name__
            return module == f"keras.{self.module}." and word in self._known()
        if not isinstance(value, str) or value in UNTOLD:
            return False
        named = value in NAMES[self.module] and same(value, self.without) is None
        return named or value in self._known()

    def made(self, value: object) -> object:
        """The object that a call makes; raises InputError."""
        from keras_scaffold.bricks.keras_objects import made_object

        call = value.call if isinstance(value, Expression) else None
        return value if call is None else made_object(call, self.module)


class Inner(Kind):
    """Another layer."""

    says = "one of Keras' layers, e.g. LSTM(16)"

    def allows(self, value: object) -> bool:
        return isinstance(value, Layer)

    def made(self, value: object) -> object:
        """The layer that a call makes; raises InputError."""
        from keras_scaffold.bricks.keras_layers import made_layer

        call = value.call if isinstance(value, Expression) else None
        return value if call is None else made_layer(call)
