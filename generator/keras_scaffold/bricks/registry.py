"""Which bricks there are: every module of the catalogue that defines one adds it.

A package of somebody else's adds a brick by an entry point of the group `scaffold.bricks`,
which names its class, or definitions. The class' module has the brick's name; beside it
lies the template of its block, if it is one, as `NAME.py.jinja`.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from inspect import getfile, isabstract, isclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeGuard

from keras_scaffold.bricks import catalogue as catalogue_package
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.errors import InputError

GROUP = "scaffold.bricks"
_READING = ContextVar("reading", default=False)
"""Whether definitions of another package are read, which are made of the catalogue's bricks."""


def all_bricks() -> dict[str, type[Brick]]:
    """Every brick by its word, in alphabetical order; raises InputError for a bad one.

    While definitions of other packages are read, these are the bricks of the catalogue.
    """
    return own_bricks() if _READING.get() else _all_bricks()


@cache
def _all_bricks() -> dict[str, type[Brick]]:
    added = {brick.word(): brick for brick in outside_bricks()}
    return dict(sorted({**own_bricks(), **added}.items()))


def own_bricks() -> dict[str, type[Brick]]:
    """The bricks of the catalogue, without those of other packages."""
    return {word: _own(word) for word in _own_words()}


def get_brick(word: str) -> type[Brick]:
    """The brick that is called so; raises InputError if there is none."""
    from keras_scaffold.bricks.meaning.meant import (
        suggest_by_word,  # which knows the catalogue
    )

    if (brick := find_brick(word)) is None:
        of_preset = "it is a preset: `scaffold preview --preset {}` shows its bricks"
        raise InputError(f"there is no brick `{word}`; {suggest_by_word(word, of_preset)}")
    return brick


def find_brick(word: str) -> type[Brick] | None:
    """The brick that is called so, if there is one; raises InputError for a bad one.

    Imports no other of this package's, for there are many.
    """
    if word in _own_words():
        return _own(word)
    if word[:1].isupper() and (layer := _keras(word)):
        return layer
    return next((brick for brick in outside_bricks() if brick.word() == word), None)


def _keras(word: str) -> type[Brick] | None:
    """The brick that is Keras' layer of this name, if there is one."""
    from keras_scaffold.bricks.keras_layers import (
        layer_brick,  # which makes bricks of calls
    )

    return layer_brick(word)


def outside_bricks() -> list[type[Brick]]:
    """The bricks that other packages add; raises InputError for what is none."""
    return [] if _READING.get() else _outside_bricks()


@cache
def _outside_bricks() -> list[type[Brick]]:
    return [brick for entry in entry_points(group=GROUP) for brick in _loaded(entry)]


def outside_templates() -> list[Path]:
    """The templates of blocks that other packages add."""
    return [
        Path(getfile(brick)).with_name(f"{brick.word()}.py.jinja")
        for brick in outside_bricks()
        if brick.block and not hasattr(brick, "body")
    ]


@cache
def _own_words() -> frozenset[str]:
    return frozenset(module.name for module in iter_modules(catalogue_package.__path__))


@cache
def _own(word: str) -> type[Brick]:
    """The brick of the catalogue's module of that name, among others that it may use."""
    defined = vars(import_module(f"{catalogue_package.__name__}.{word}")).values()
    return next(one for one in defined if _is_brick(one) and one.word() == word)


def _loaded(entry: EntryPoint) -> list[type[Brick]]:
    """The brick of an entry point, or those that its definitions tell."""
    try:
        brick = entry.load()
    except (ImportError, AttributeError) as error:
        raise InputError(
            f"`{entry.value}` adds a brick and cannot be imported: {error}; mend or "
            "uninstall it"
        ) from None
    if isinstance(brick, str | list | tuple | dict):
        return _defined(entry, brick)
    if not _is_brick(brick):
        raise InputError(
            f"`{entry.value}` is no brick; name a class made of `keras_scaffold.bricks.Brick`, "
            "or a list of definitions"
        )
    if brick.word() in _own_words():
        raise InputError(
            f"`{brick.__module__}` adds a brick `{brick.word()}`, and there is one; "
            "rename its module, or uninstall it"
        )
    return [brick]


def _defined(entry: EntryPoint, definitions: Any) -> list[type[Brick]]:
    """The bricks that definitions of another package tell."""
    from keras_scaffold.bricks.wholes.definitions import (
        read_definitions,  # which reads with the catalogue
    )
    from keras_scaffold.bricks.wholes.texts import definition_texts

    reading = _READING.set(True)
    try:
        texts = definition_texts(definitions)
        found = read_definitions(texts, is_taken=lambda word: word in _own_words())
    except InputError as error:
        why = [f"`{entry.value}`: {problem}" for problem in error.problems]
        raise InputError(why) from None
    finally:
        _READING.reset(reading)
    return [*found.bricks.values()]


def _is_brick(value: object) -> TypeGuard[type[Brick]]:
    return isclass(value) and issubclass(value, Brick) and not isabstract(value)
