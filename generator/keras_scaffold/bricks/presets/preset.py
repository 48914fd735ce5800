"""A preset: a network in the notation and nothing else, so that a user can write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from keras_scaffold.bricks.syntax import split

CAFFE = "Rescaling(255.0, offset=(-123.68, -116.779, -103.939))"
TORCH = "Normalization(mean=(0.485, 0.456, 0.406), variance=(0.052441, 0.050176, 0.050625))"
TF = "Rescaling(2.0, offset=-1.0)"
"""What keras.applications' modes of preprocessing make of pixels from 0 to 1, as bricks."""


@dataclass(frozen=True)
class InKeras:
    """The network of keras.applications that a preset is, and whose weights it can take."""

    function: str
    pixels: str
    """The brick that makes the pixels that it was trained on of those from 0 to 1."""
    head: int = 1
    """How many of the preset's last bricks are of its head."""
    convolved_head: bool = False
    """Whether its last layer is a convolution there."""


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
    in_keras: InKeras | None = None

    @cached_property
    def bricks(self) -> tuple[str, ...]:
        """Each brick of its notation."""
        return (*split(self.notation),)
