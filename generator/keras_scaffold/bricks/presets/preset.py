"""A preset: a network in the notation and nothing else, so that a user can write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from keras_scaffold.bricks.syntax import split


@dataclass(frozen=True)
class Preset:
    """Bricks that somebody may want to start from."""

    name: str
    about: str
    notation: str
    input_shape: str | None = "224x224x3"
    """The images that it was made for, where those are not small ones of any size."""
    measured: str | None = None
    """What training it on 28x28x1 digits with the defaults was measured to give."""
    dataset: str = "digits"
    """The one that it was measured on, and is made for unless told otherwise."""
    graph: Mapping[str, Any] = field(default_factory=dict)
    """Its inputs, towers, join, outputs and heads, as an answers file has them."""
    define: tuple[str, ...] = ()
    """Definitions of words in its notation, as an answers file has them."""

    @cached_property
    def bricks(self) -> tuple[str, ...]:
        """Each brick of its notation."""
        return (*split(self.notation),)
