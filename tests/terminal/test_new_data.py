"""`scaffold new --data`: what one's own images answer, and what is told of them."""

import json
from pathlib import Path

import pytest
import yaml

from tests.options import QUICK_WITHOUT_GIT
from tests.own_images import draw_classes
from tests.printed import errors

LINE = (
    "`{}` has 3 classes{} (cat, cow, dog); {} images of 48x64 pixels; the network takes {}"
)


@pytest.fixture
def photos(workplace):
    """A directory of three classes, with a space in its name, beside the present one."""
    place = workplace.parent / "my photos ü"
    draw_classes(place, "cat", "cow", "dog", size=(48, 64))
    return place


def kept():
    """What the project `net` keeps of what was asked."""
    return yaml.safe_load(Path("net/.copier-answers.yml").read_text())


def test_data(scaffold, photos):
    """The directory answers dataset, classes and shape; its path is kept nowhere."""
    result = scaffold("new", "net", "--data", photos, *QUICK_WITHOUT_GIT)

    files = [path for path in Path("net").rglob("*") if path.is_file()]
    line, made = result.stdout.splitlines()
    assert line == LINE.format(photos, "", "colour", "64x48x3")
    assert made.startswith(f"net: {len(files)} files, ")
    answers = kept()
    assert [answers[key] for key in ("dataset", "classes", "input_shape")] == [
        *("folder", 3, "64x48x3")
    ]
    assert not [path for path in files if photos.name in path.read_text(errors="replace")]


def test_parts(scaffold, workplace):
    """Directories of parts are told, and what one of them lacks."""
    draw_classes(Path("all/train"), "cat", "cow", "dog", size=(48, 64), mode="L")
    draw_classes(Path("all/test"), "cat", "dog", size=(48, 64), mode="L")

    result = scaffold("new", "net", "--data", "all", "--defaults", "--dry-run")

    assert result.stdout.splitlines()[:3] == [
        LINE.format("all", " in train, test", "grey", "64x48x1"),
        "note: `all/test` has no images of cow",
        "net/",
    ]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_json(dry, scaffold, photos):
    """--json tells the same, and nothing else is printed."""
    shape = ("--input-shape", "96x96x1")
    result = scaffold(
        "new", "net", "--data", photos, *QUICK_WITHOUT_GIT, *shape, *dry, "--json"
    )

    assert json.loads(result.stdout)["told"] == [
        LINE.format(photos, "", "colour", "96x96x1"),
        "note: 96x96x1 is for grey images, and these have colours: 96x96x3 would keep them",
        "note: 96x96x1 is larger than the images, of 64 pixels at most: they are enlarged",
    ]


def test_enough(scaffold, photos):
    """Without a terminal, style and bricks are all that is missing beside the images."""
    result = scaffold("new", "net", "--data", photos, "--dry-run", "--style", "functional")
    bricks = ("--blocks", "maxpool(65) gap")

    made = scaffold(
        "new", "net", "--data", photos, "--dry-run", "--style", "functional", *bricks
    )

    assert errors(result) == [
        "error: --preset or --blocks is missing; give it, or take every default with --defaults"
    ]
    assert made.stdout.startswith(LINE.format(photos, "", "colour", "96x96x3"))


def test_what_does_not_suit(scaffold, photos):
    """Other classes, another dataset and a shape of no images are told at once."""
    result = scaffold(
        "new", "net", "--data", photos, "--classes", "5", "--dataset", "digits",
        "--input-shape", "3x32x32", "--defaults",
    )  # fmt: skip

    assert errors(result) == [
        (
            f"error: --dataset: `digits` is not read from `{photos}` (--data); say --dataset "
            "folder, or leave out one"
        ),
        (
            f"error: --classes: `{photos}` has 3 classes (cat, cow, dog), not 5; say --classes "
            "3 or leave it out, or add or remove directories"
        ),
        (
            "error: --input-shape: `3x32x32` has 32 channels, and images have 1 (grey) or 3 "
            "(colour); did you mean `32x32x3` (height x width x channels)?"
        ),
        (
            "error: --classes: `digits` has 10 classes, not 5; say --classes 10, or --dataset "
            "folder for images of your own"
        ),
    ]
    assert not Path("net").exists()


def test_outputs_that_do_not_suit(scaffold, photos):
    """Each output of another number of classes is told."""
    outputs = ("--output", "kind=5", "--output", "again=3", "--output", "more=5")

    result = scaffold(
        "new", "net", "--data", photos, *outputs, "--blocks", "gap", "--defaults"
    )

    assert errors(result)[:2] == [
        (
            f"error: --output: `{photos}` has 3 classes (cat, cow, dog), not 5 as `{name}` "
            f"tells apart; say {name}=3, or add or remove directories"
        )
        for name in ("kind", "more")
    ]


def test_faults_are_told_with_the_rest(scaffold, photos):
    """What is wrong with a directory is told with what is wrong beside it, and no more."""
    (photos / "dog").rename(photos.parent / "dog")
    (photos / "cow").rename(photos.parent / "cow")

    result = scaffold("new", "net", "--data", photos, "--blocks", "cnn(0) gap")

    assert errors(result) == [
        (
            f"error: --data: `{photos}` has one class, `cat`, and nothing to tell it from; add "
            "a directory for each other class"
        ),
        "error: --style is missing; give it, or take every default with --defaults",
        (
            "error: --blocks: brick 1 `cnn(0)`: filters must be a whole number from 1 to "
            "1,000,000, not `0`"
        ),
    ]


def test_other_answers(scaffold, photos):
    """Of another project's answers all is taken but what they say of its data."""
    Path("answers.yml").write_text(
        "dataset: digits\nclasses: 10\nstyle: sequential\nblocks: gap\ninput_shape: 32x32x1\n"
    )

    result = scaffold(
        "new", "net", "--data", photos, "--answers", "answers.yml", *QUICK_WITHOUT_GIT
    )

    assert result.exit_code == 0
    answers = kept()
    assert [answers[key] for key in ("style", "dataset", "classes", "input_shape")] == [
        *("sequential", "folder", 3, "32x32x1")
    ]


def test_no_answer(scaffold, workplace):
    """A path is no answer that a file could keep."""
    Path("answers.yml").write_text("data: photos\n")

    result = scaffold("new", "net", "--answers", "answers.yml", "--defaults")

    assert errors(result) == ["error: no question `data`; did you mean `dataset`?"]


def test_table(scaffold, workplace):
    """A CSV answers the dataset, how many classes a named output has, and a shape."""
    draw_classes(Path("all"), "a", images=4, size=(48, 64))
    rows = "".join(f"all/a/{number}.png,{number % 2}\n" for number in range(4))
    Path("photos.csv").write_text("photo,label\n" + rows)
    ends = ("--input", "photo", "--output", "label", "--blocks", "gap")

    result = scaffold("new", "net", "--data", "photos.csv", *ends, *QUICK_WITHOUT_GIT)

    assert result.stdout.splitlines()[0] == (
        "`photos.csv` has 4 rows of photo, label; colour images of 48x64 pixels; the network "
        "takes 64x48x3"
    )
    answers = kept()
    assert [answers[key] for key in ("dataset", "classes", "input_shape", "outputs")] == [
        *("table", 2, "64x48x3", ["label"])
    ]
