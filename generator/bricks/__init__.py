"""The catalogue: every module of this package that defines a brick adds it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import isabstract, isclass
from pkgutil import iter_modules

from generator.brick import Brick


@cache
def catalogue() -> dict[str, type[Brick]]:
    """Every brick by its word, in alphabetical order."""
    found = {}
    for module in iter_modules(__path__):
        for brick in vars(import_module(f"{__name__}.{module.name}")).values():
            if isclass(brick) and issubclass(brick, Brick) and not isabstract(brick):
                found[brick.word()] = brick
    return dict(sorted(found.items()))
