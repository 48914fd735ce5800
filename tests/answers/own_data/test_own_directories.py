"""A directory of one's own images: its classes, and what the headers of images tell."""

import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from keras_scaffold.answers import look_at
from keras_scaffold.answers.own_data import parts
from tests.own_images import draw, draw_classes

NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"),
    min_size=1,
    max_size=6,
).filter(lambda name: not name.startswith(".") and name not in parts.PARTS)
GREY, COLOUR = ["1", "L", "LA", "I;16"], ["RGB", "RGBA"]


@given(
    names=st.sets(NAMES, min_size=2, max_size=4),
    hidden=st.sets(NAMES, max_size=2),
    modes=st.lists(st.sampled_from(GREY + COLOUR), min_size=3, max_size=3),
    sides=st.lists(
        st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=3, max_size=3
    ),
    linked=st.booleans(),
)
def test_classes_are_directories(names, hidden, modes, sides, linked, fresh):
    """Whatever directories are called, they are the classes; hidden ones are not."""
    place = fresh() / "my photos ü"
    elsewhere = place.parent / "elsewhere" if linked else place
    for name in names:
        for number, (size, mode) in enumerate(zip(sides, modes, strict=True)):
            draw(elsewhere / name / f"{number}.png", size, mode)
        if linked:
            place.mkdir(exist_ok=True)
            (place / name).symlink_to(elsewhere / name)
    for name in hidden:
        draw(place / f".{name}" / "0.png")

    found = look_at(place)

    assert (found.faults, found.remarks, found.parts) == ((), (), ())
    assert found.classes == tuple(sorted(names))
    assert sorted(found.sample.sizes) == sorted([size[::-1] for size in sides] * len(names))
    assert found.sample.grey == {*modes}.issubset(GREY)


@pytest.mark.parametrize(
    ("sizes", "mode", "shape"),
    [
        ([(28, 28)], "L", (28, 28, 1)),
        ([(64, 128)], "RGB", (128, 64, 3)),
        ([(224, 10)], "RGB", (10, 224, 3)),
        ([(225, 10)], "RGB", (32, 32, 3)),
        ([(500, 375), (375, 500)], "RGB", (224, 224, 3)),
        ([(30, 40), (50, 30), (30, 30)], "L", (32, 32, 1)),
        ([(100, 110), (90, 110), (2000, 80)], "RGB", (96, 96, 3)),
        ([(3, 1), (1, 3)], "1", (32, 32, 1)),
    ],
    ids=str,
)
def test_shape(sizes, mode, shape, photos):
    """Small images of one size keep it; others are brought to a square, in steps of 32."""
    for number, size in enumerate([*sizes] * 3):
        for name in ("cat", "dog"):
            draw(photos / name / f"{number}.png", size, mode)

    assert look_at(photos).sample.shape == shape


@pytest.mark.parametrize(
    ("colours", "grey"), [([0, 0, 0, 9, 9, 9], True), ([0, 0, 0, 9, 0, 9], False)]
)
def test_palettes(colours, grey, photos):
    """An image with a palette is grey where its palette is."""
    draw_classes(photos, "cat", mode="L")
    image = Image.new("P", (2, 2), 1)
    image.putpalette(colours)
    (photos / "dog").mkdir()
    for number in range(3):
        image.save(photos / "dog" / f"{number}.png")

    assert look_at(photos).sample.grey == grey


def test_names_that_cannot_be_printed(photos):
    """What a name has beyond characters that can be printed is told as a mark."""
    draw_classes(photos, "a\nb\x1b[31m", os.fsdecode(b"caf\xe9"))

    str(look_at(photos)).encode()

    assert "2 classes (a\ufffdb\ufffd[31m, caf\ufffd)" in str(look_at(photos))


def test_not_all_is_read(photos, monkeypatch):
    """Of many images and classes some are opened, and not all files are listed."""
    for name, number in {"SAMPLED": 8, "MOST_SEEN": 20, "MOST_CLASSES": 3}.items():
        monkeypatch.setattr(parts, name, number)
    draw_classes(photos, *"abcdef", images=5)
    for number in range(30):
        (photos / "a" / f"{number}.txt").write_text("")
    shutil.copytree(photos / "a", photos / "g")

    found = look_at(photos)

    assert found.classes == (*"abcdefg",)
    assert found.faults == ()
    assert 0 < len(found.sample.sizes) <= 9
