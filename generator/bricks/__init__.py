"""The catalogue: every module of this package that defines a brick adds it.

A package of somebody else's adds a brick by an entry point of the group `scaffold.bricks`,
which names its class. The class' module has the brick's name; beside it lies the template
of its block, if it is one, as `NAME.py.jinja`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from inspect import getfile, isabstract, isclass
from pathlib import Path
from pkgutil import iter_modules

from generator.brick import Brick
from generator.errors import InputError
from generator.suggest import did_you_mean

GROUP = "scaffold.bricks"


@cache
def catalogue() -> dict[str, type[Brick]]:
    """Every brick by its word, in alphabetical order; raises InputError for a bad one."""
    found = {brick.word(): brick for brick in _own()}
    for brick in outside():
        if brick.word() in found:
            raise InputError(
                f"`{brick.__module__}` adds a brick `{brick.word()}`, and there is one; "
                "rename its module, or uninstall it"
            )
        found[brick.word()] = brick
    return dict(sorted(found.items()))


def named(word: str) -> type[Brick]:
    """The brick that is called so; raises InputError if there is none."""
    if word not in catalogue():
        raise InputError(f"there is no brick `{word}`; {did_you_mean(word, catalogue())}")
    return catalogue()[word]


def outside() -> list[type[Brick]]:
    """The bricks that other packages add; raises InputError for what is none."""
    found = []
    for entry in entry_points(group=GROUP):
        try:
            brick = entry.load()
        except (ImportError, AttributeError) as error:
            raise InputError(
                f"`{entry.value}` adds a brick and cannot be imported: {error}; mend or "
                "uninstall it"
            ) from None
        if not (isclass(brick) and issubclass(brick, Brick)) or isabstract(brick):
            raise InputError(
                f"`{entry.value}` is no brick; name a class made of `generator.brick.Brick`"
            )
        found.append(brick)
    return found


def outside_templates() -> list[Path]:
    """The templates of blocks that other packages add."""
    return [
        Path(getfile(brick)).with_name(f"{brick.word()}.py.jinja")
        for brick in outside()
        if brick.block
    ]


def _own() -> Iterator[type[Brick]]:
    for module in iter_modules(__path__):
        for brick in vars(import_module(f"{__name__}.{module.name}")).values():
            if isclass(brick) and issubclass(brick, Brick) and not isabstract(brick):
                yield brick
