"""The questions of `scaffold new --data`, through a pseudo-terminal of 60 columns."""

from pathlib import Path

import pytest

from tests.interviews import (
    ARCHITECTURE,
    OPTIONAL,
    PACKAGE,
    PROJECT,
    SHAPE,
    STYLE,
    answer,
    answers,
    finish,
    told,
)
from tests.own_images import draw_classes

pytestmark = pytest.mark.process
FOUND = "`my photos` has 2 classes (cat, dog); grey images of 48x40 pixels"


@pytest.fixture
def photos(workplace):
    """A directory of two classes in the present one."""
    draw_classes(Path("my photos"), "cat", "dog", size=(48, 40), mode="L")
    return "my photos"


def test_data(new, photos, workplace):
    """What was found is told first, answers dataset and classes, and offers a shape."""
    terminal = new("--data", photos)

    told(terminal, FOUND)
    for question in (STYLE, ARCHITECTURE, SHAPE, OPTIONAL, PROJECT, PACKAGE):
        answer(terminal, question)
    code, printed = finish(terminal)

    assert code == 0
    kept = answers()
    assert [kept[key] for key in ("dataset", "classes", "input_shape")] == [
        *("folder", 2, "40x48x1")
    ]
    assert "your images into data/" not in printed
    assert f"net train --data '{workplace}/my photos'" in "".join(printed.split("\r\n"))


def test_classes_that_do_not_suit(new, photos):
    """Nothing is asked where a flag does not suit the images."""
    terminal = new("--data", photos, "--classes", "3")

    code, printed = finish(terminal)

    assert code == 2
    assert "has 2 classes (cat, dog), not 3" in " ".join(printed.split())
