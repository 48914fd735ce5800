"""The shape to train one's own images at: it suits them, and the network."""

from pathlib import Path

import pytest

from keras_scaffold.answers import Reading
from keras_scaffold.answers.own_data.folder import Folder
from keras_scaffold.answers.own_data.sample import Sample
from keras_scaffold.bricks.presets import PRESETS

PLAIN = [preset.name for preset in PRESETS.values() if not preset.graph]


def images(*sizes, grey=False):
    """What was found of images of these heights and widths."""
    sample = Sample(sizes, grey=grey, unreadable=())
    return Folder(place=Path("photos"), classes=("cat", "dog"), sample=sample)


@pytest.mark.parametrize("preset", PLAIN)
@pytest.mark.parametrize("size", [(8, 8), (64, 48), (3000, 2000)], ids=str)
def test_presets(preset, size, questions):
    """Every preset can be built for images of whatever size, if a shape is not told."""
    reading = images(size).completed(Reading({"preset": preset}, questions))

    assert reading.architecture is not None
    assert reading.problems + reading.size_problems == []


@pytest.mark.parametrize(
    ("blocks", "size", "shape"),
    [
        ("gap", (8, 8), "8x8x3"),
        ("maxpool(4) maxpool(4) maxpool(3) gap", (8, 8), "64x64x3"),
        ("maxpool(4) maxpool(4) maxpool(3) gap", (40, 60), "64x64x3"),
        ("flatten dense(9000)", (500, 600), "64x64x3"),
        ("flatten dense(9000)", (20, 30), "20x30x3"),
        ("maxpool(900) gap", (20, 30), "20x30x3"),
        ("cnn(0) gap", (20, 30), "20x30x3"),
    ],
)
def test_what_the_network_needs(blocks, size, shape, questions):
    """Where the images' own shape suits no network, the next larger is taken, or a smaller."""
    reading = images(size).completed(Reading({"blocks": blocks}, questions))

    assert reading.given["input_shape"] == shape


@pytest.mark.parametrize(
    ("shape", "grey", "notes"),
    [
        ((64, 64, 3), False, []),
        ((48, 48, 1), True, []),
        (
            (64, 64, 1),
            False,
            ["64x64x1 is for grey images, and these have colours: 64x64x3 would keep them"],
        ),
        (
            (65, 81, 3),
            True,
            [
                "65x81x3 is for colours, and the images are grey: 65x81x1 would do",
                "65x81x3 is larger than the images, of 64 pixels at most: they are enlarged",
            ],
        ),
    ],
)
def test_notes_on_a_shape(shape, grey, notes):
    """A shape that loses colours, or invents them or pixels, may not be meant."""
    line = f"`photos` has 2 classes (cat, dog); {'grey' if grey else 'colour'} images of "

    told = images((48, 64), grey=grey).told(shape)

    assert told == [
        f"{line}64x48 pixels; the network takes {'x'.join(map(str, shape))}",
        *(f"note: {note}" for note in notes),
    ]


@pytest.mark.parametrize("key", ["input_shape", "classes", "preset", "dataset"])
def test_what_is_given_stays(key, questions):
    """No answer that was given is replaced by what was found."""
    given = {"input_shape": "96x96x1", "classes": 7, "preset": "mlp", "dataset": "mnist"}

    reading = images((48, 64)).completed(Reading({key: given[key]}, questions))

    assert reading.given[key] == given[key]


def test_nothing_is_asked_twice(questions):
    """Where inputs and outputs have sizes of their own, none of what was found is an answer."""
    given = {"blocks": "gap", "inputs": ["x=32x32x1"], "outputs": ["y=2"]}

    reading = images((48, 64)).completed(Reading(given, questions))

    assert dict(reading.given) == given
