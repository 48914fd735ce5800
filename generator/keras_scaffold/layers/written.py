"""What generated code writes as a call of Keras, with Keras' own arguments and defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, ClassVar

from keras_scaffold.layers.source import source_of

Version = tuple[int, int]
OLDEST: Version = (3, 8)
"""The Keras that every generated project asks for, at least."""


@dataclass(frozen=True)
class Written:
    """A class of Keras'; a subclass has its name, its arguments and their defaults.

    An argument whose name a rule has for something else ends in `_` here.
    """

    module: ClassVar[str]
    """What generated code writes before its name."""
    always: ClassVar[tuple[str, ...]] = ()
    """Arguments that are written in their place even where they have their default."""
    since: ClassVar[Version] = OLDEST
    """The first Keras that has it."""
    newer: ClassVar[Mapping[str, Version]] = {}
    """Arguments that came later, each with the first Keras that has it."""

    @classmethod
    def code_name(cls) -> str:
        """What generated code calls it."""
        return cls.__name__

    @classmethod
    def arguments(cls) -> tuple[Field[Any], ...]:
        """Its arguments, in Keras' order."""
        return fields(cls)

    def changed(self) -> Iterator[tuple[Field[Any], Any]]:
        """The arguments that have another value than Keras gives them, with it."""
        for argument in self.arguments():
            value = getattr(self, argument.name)
            if argument.default is MISSING or value != argument.default:
                yield argument, value

    def needs(self) -> Version:
        """The first Keras that has it and all that it is given."""
        versions = [self.since]
        for argument, value in self.changed():
            versions.append(self.newer.get(argument.name, OLDEST))
            versions += [value.needs()] if isinstance(value, Written) else []
        return max(versions)

    def given(self, text: Callable[[Any], str]) -> list[str]:
        """Its arguments by the `text` of their values, others than those of `always` by name."""
        given = []
        changed = {argument.name for argument, _ in self.changed()}
        for argument in self.arguments():
            value = getattr(self, argument.name)
            if argument.default is MISSING or argument.name in self.always:
                given.append(text(value))
            elif argument.name in changed:
                given.append(f"{keras_argument(argument)}={text(value)}")
        return given

    def call(self, text: Callable[[Any], str], *last: str) -> str:
        """The Python call that makes it, by the `text` of its values, with `last` arguments."""
        given = [*self.given(text), *last]
        return f"{self.module}{self.code_name()}({', '.join(given)})"


def keras_argument(field: Field[Any]) -> str:
    """What Keras calls the argument that a field is."""
    return field.name.removesuffix("_")


@dataclass(frozen=True, repr=False)
class KerasObject(Written):
    """What a layer is given: an initializer, a regularizer or a constraint."""

    def __repr__(self) -> str:
        return self.call(source_of)
