"""What is written like a brick of what a rule of Keras' says: its arguments, their notation."""

from __future__ import annotations

import keyword
from dataclasses import MISSING, field, make_dataclass
from typing import Any, ClassVar, TypeVar

from keras_scaffold.bricks.arguments import Several, kind
from keras_scaffold.bricks.keras_arguments import kinds
from keras_scaffold.bricks.term import Term
from keras_scaffold.layers import Written, keras_argument, source_of

SHOWN = 3
"""Arguments with defaults that a signature shows; Keras' layers have up to 25."""

T = TypeVar("T", bound="KerasTerm")


class KerasTerm(Term):
    """A class of Keras' with its arguments, by Keras' names and in Keras' order."""

    rule: ClassVar[type[Written]]

    @classmethod
    def word(cls) -> str:
        """What Keras calls it."""
        return cls.rule.__name__

    @classmethod
    def signature(cls) -> str:
        """How it is written, with the first of its defaults."""
        named = [kind(each) for each in cls.arguments()]
        needed = [each.shown for each in named if isinstance(each, Several)]
        needed += [each.name for each in cls.arguments() if each.default is MISSING]
        given = [
            f"{each.name}={notation(each.default)}"
            for each in cls.arguments()
            if each.default is not MISSING and not isinstance(kind(each), Several)
        ]
        shown = [*needed, *given[:SHOWN], *(["..."] if given[SHOWN:] else [])]
        return f"{cls.word()}({', '.join(shown)})" if shown else cls.word()

    def made(self) -> Written:
        """What the rule is with these arguments."""
        return self.rule(
            **{
                each.name: getattr(self, keras_argument(each))
                for each in self.rule.arguments()
            }
        )

    def __str__(self) -> str:
        """The notation that reads back as this."""
        given = self.given(notation)
        return f"{self.word()}({', '.join(given)})" if given else self.word()


def term(
    rule: type[Written], base: type[T], *, by_name: bool = False, **told: Any
) -> type[T]:
    """The class of what is written like `rule`, its arguments given by place, or `by_name`.

    What else is `told` of it are attributes of the class.
    """
    of_kind = kinds(rule)
    declared = [
        (
            keras_argument(each),
            Any,
            field(
                default=each.default,
                metadata={"kind": of_kind[each.name]},
                kw_only=by_name,
            ),
        )
        for each in rule.arguments()
    ]
    told |= {"rule": rule, "__doc__": rule.__doc__, "__module__": base.__module__}
    made: type[T] = make_dataclass(
        rule.__name__, declared, bases=(base,), namespace=told, frozen=True
    )
    return made


def notation(value: object) -> str:
    """A value as the notation writes it: words without quotes, calls without modules."""
    if isinstance(value, Written):
        given = value.given(notation)
        return f"{type(value).__name__}({', '.join(given)})"
    if isinstance(value, str) and value.isidentifier() and not keyword.iskeyword(value):
        return value
    if isinstance(value, tuple | list):
        members = [*map(notation, value)]
        return f"({members[0]},)" if len(members) == 1 else f"({', '.join(members)})"
    return source_of(value)
