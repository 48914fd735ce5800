"""A network of keras.applications as one layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from keras_scaffold.layers.applications import Application, Listed
from keras_scaffold.layers.layer import Layer, Shape, ShapeError, feature_map, shape_text
from keras_scaffold.suggestions import closest


@dataclass(frozen=True)
class Backbone(Layer):
    """Images in, the last feature maps of a network out; what blocks.py makes is a Keras model."""

    module = ""
    family = "convolution"
    takes_training = True

    application: Application
    learning: bool | int | str = False
    """Which of its layers learn: see `first_that_learns`."""
    weights: str | None = None
    """What training begins with, beside its code: imagenet, or a file."""

    @classmethod
    def code_name(cls) -> str:
        return "backbone"

    def given(self, text: Callable[[Any], str]) -> list[str]:
        """The functions of Keras' that make it, and which of its layers learn."""
        function = f"keras.applications.{self.application.function}"
        learning = [] if self.learning is False else [f"trainable={text(self.learning)}"]
        return [function, self.application.preprocessing, *learning]

    def output_shape(self, *shapes: Shape) -> Shape:
        height, width, channels = feature_map(*shapes)
        least, name = self.application.family.smallest, self.application.word
        if channels != 3:
            raise ShapeError(
                f"{name} takes images of 3 channels, and {shape_text(shapes[0])} has {channels}",
                "give an input shape with 3, for which grey images are read as such of colours, "
                "and put it before what changes channels",
            )
        if min(height, width) < least:
            raise ShapeError(
                f"{name} takes images of at least {least}x{least}, and {height}x{width} reaches "
                "it",
                "give a larger input shape, or put e.g. `Resizing(224, 224)` before it",
            )
        if self.learning is not False and not self.trainable():
            raise ShapeError(
                f"with trainable={self.learning} nothing of {name} learns",
                "give more of its layers, or leave trainable out",
            )
        return self.application.output_shape(shapes[0])

    def trainable(self, *shapes: Shape) -> int:
        return sum(layer.trainable for layer in self._learning())

    def non_trainable(self, *shapes: Shape) -> int:
        every = sum(one.trainable + one.non_trainable for one in self.application.layers)
        return every - self.trainable(*shapes)

    def names_within(self, name: str) -> Iterator[str]:
        yield f"{name}_image"
        yield from (f"{name}_{layer.name}" for layer in self.application.layers)

    def _learning(self) -> tuple[Listed, ...]:
        return self.application.layers[self.first_that_learns() :]

    def first_that_learns(self) -> int:
        """The place of the first layer that learns, and all after it; raises ShapeError."""
        names = [layer.name for layer in self.application.layers]
        word, wanted = self.application.word, self.learning
        if isinstance(wanted, bool):
            return 0 if wanted else len(names)
        if isinstance(wanted, int):
            if -wanted > len(names):
                raise ShapeError(
                    f"{word} has {len(names)} layers, not {-wanted}",
                    "give fewer, or trainable=True for all",
                )
            return len(names) + wanted
        for place, name in enumerate(names):
            if name.startswith(wanted):
                return place
        meant = closest(wanted, names)
        raise ShapeError(
            f"no layer of {word} has a name that begins with `{wanted}`",
            (
                f"did you mean `{meant}`?"
                if meant
                else f"its last ones are {', '.join(names[-3:])}"
            ),
        )
