"""The shape that images are brought to: that suits them, and the network too."""

from __future__ import annotations

from collections.abc import Iterator

from keras_scaffold.answers.keys import Key
from keras_scaffold.answers.own_data.sample import LARGEST_SIDE, STEP, Sample
from keras_scaffold.answers.preset_answers import given_preset
from keras_scaffold.answers.reading import Reading
from keras_scaffold.layers import Shape, shape_text


def suiting_shape(suits: Shape, reading: Reading) -> str:
    """The shape that `suits` images, or the next that the network can be built for.

    That is a larger one, where the bricks need it, or a smaller one, where they would have
    absurdly many parameters.
    """
    for shape in (suits, *others(suits, reading)):
        tried = reading.completed({Key.INPUT_SHAPE: shape_text(shape)})
        if tried.architecture and not tried.size_problems:
            return shape_text(shape)
    return shape_text(suits)


def others(suits: Shape, reading: Reading) -> Iterator[Shape]:
    """Squares of the same channels: the larger ones, that of the preset too, then smaller ones."""
    *sides, channels = suits
    usual = {*range(STEP, LARGEST_SIDE + 1, STEP)}
    preset = given_preset(reading.given)
    if preset and preset.input_shape:
        usual.add(int(preset.input_shape.split("x")[0]))
    larger = sorted(side for side in usual if side > max(sides))
    smaller = sorted((side for side in usual if side < max(sides)), reverse=True)
    yield from ((side, side, channels) for side in [*larger, *smaller])


def shape_remarks(shape: Shape, sample: Sample) -> Iterator[str]:
    """What may not be meant by a shape of these images."""
    text, better = shape_text(shape), shape_text((*shape[:2], sample.channels))
    *sides, channels = shape
    if channels > sample.channels:
        yield f"{text} is for colours, and the images are grey: {better} would do"
    if channels < sample.channels:
        yield f"{text} is for grey images, and these have colours: {better} would keep them"
    largest = max(map(max, sample.sizes))
    if min(sides) > largest:
        yield f"{text} is larger than the images, of {largest} pixels at most: they are enlarged"
