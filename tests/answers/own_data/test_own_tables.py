"""A table of one's own images: what its columns may be, and what does not suit them."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers import Reading, look_at
from tests.own_images import draw

SEEN = "`photos/table.csv` has 6 rows of photo, kind, angle, tags, same; grey images of 8x6 pixels"
FLAGS = (
    "--input photo --output kind=2 --output angle=1:regression --output tags=3:multilabel"
)
NAMES = "--output: the column `{}` of `photos/table.csv` has {} names ({}), not {}; say --output "
NO_IMAGES = (
    "has no column of images (paths that end in .bmp, .gif, .jpg, .png, .tif, .webp), but "
    "path, kind; add one"
)
NOT_OPENED = (
    "names no image that can be opened, e.g. `photos/a.png`; paths are seen from the table's "
    "directory"
)
NO_TEXT = (
    "is no table: 'utf-8' codec can't decode byte 0xff in position 4: invalid start byte; save "
    "it as CSV, in UTF-8"
)
NAMED = {"blocks": "gap", "inputs": ["photo"]}


@pytest.fixture
def table(photos):
    """A table of six images: two kinds, angles, three tags, and what tells nothing."""
    with (photos / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["photo", "kind", "angle", "tags", "part", "same"])
        for number in range(6):
            draw(photos / "all" / f"{number}.png", mode="L")
            row = [f"all/{number}.png", "cat" if number % 2 else "dog", number / 2]
            writer.writerow([*row, "a;b" if number else "c", "train", "yes"])
    return photos


def wrong(place, questions, **answers):
    """What of the answers does not suit a table."""
    return [*look_at(place).problems(Reading({"dataset": "table", **answers}, questions))]


def test_columns(table, questions):
    """Where no input or output is named, it is said how the columns would be."""
    way_out = f"say {FLAGS}, with bricks by --preset or --blocks"

    assert wrong(table, questions, blocks="gap") == [
        f"--data: {SEEN}; inputs and outputs are columns: {way_out}"
    ]


def test_columns_that_no_input_can_be_called_by(table, questions):
    """A name that the model has for something else is told, with another."""
    text = (table / "table.csv").read_text()
    (table / "table.csv").write_text(text.replace("photo", "path").replace("kind", "class"))

    assert wrong(table, questions, blocks="gap")[1:] == [
        f"--data: the column `{name}` has to be called otherwise: {why}"
        for name, why in {
            "path": "name `path` is taken by the model; choose another, e.g. `path_block`",
            "class": "name `class` is a Python keyword; choose another, e.g. `class_block`",
        }.items()
    ]


def test_what_is_said_suits(table, questions):
    """Inputs and outputs that are named as the columns are suit the table."""
    answers = {**NAMED, "outputs": ["kind", "angle=1:regression", "tags=3:multilabel"]}

    completed = look_at(table).completed(Reading(answers, questions))

    assert wrong(table, questions, **answers) == []
    assert (completed.given["classes"], completed.given["input_shape"]) == (2, "6x8x1")
    assert completed.problems == []


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            {"inputs": ["phto"], "outputs": ["kinds=2"]},
            [
                "--input: `photos/table.csv` has no column `phto`; did you mean `photo`?",
                "--output: `photos/table.csv` has no column `kinds`; did you mean `kind`?",
            ],
        ),
        (
            {"outputs": ["kind=3", "tags=2:multilabel", "angle=2:regression"]},
            [
                NAMES.format("kind", 2, "cat, dog", 3)
                + "kind=2:classification, or change the column",
                NAMES.format("tags", 3, "a, b, c", 2)
                + "tags=3:multilabel, or change the column",
            ],
        ),
        (
            {"outputs": ["kind"], "classes": 5},
            [
                NAMES.format("kind", 2, "cat, dog", 5).replace("--output", "--classes", 1)
                + "kind=2:classification, or change the column"
            ],
        ),
        ({"outputs": ["kind!=3"]}, []),
        (
            {"outputs": ["kind", "angle"]},
            [
                "--classes: the columns kind, angle have different numbers of names; "
                + "say --output kind=2 --output angle=6"
            ],
        ),
        (
            {"outputs": ["tag=2", "same"]},
            [
                "--output: `photos/table.csv` has no column `tag`; did you mean `tags`?",
                "--output: the column `same` of `photos/table.csv` has one name, yes; add rows "
                + "of another",
            ],
        ),
    ],
)
def test_what_does_not_suit(answers, told, table, questions):
    """Ends without a column, and other numbers of names, are told with what would suit."""
    assert wrong(table, questions, **{**NAMED, **answers}) == told


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (b"path,kind\n", ["has 0 rows, and needs 3 at the least; add some", NO_IMAGES]),
        (b"path,kind\na.txt,1\nb.txt,2\nc.txt,3\n", [NO_IMAGES]),
        (
            b"\xef\xbb\xbfpath,kind,path\na.png,1\n\nb.png,2\nc.png,3\n",
            ["has several columns path; keep one of each"],
        ),
        (b"path,kind\na.png,1\nb.png,2\nc.png,3\n", [NOT_OPENED]),
        (b"path\xff", [NO_TEXT]),
    ],
)
def test_faults(text, faults, photos):
    """A table that no project can read is told as such."""
    (photos / "table.csv").write_bytes(text)

    assert look_at(photos).faults == tuple(f"`photos/table.csv` {why}" for why in faults)


@given(text=st.text(st.sampled_from('a1.;,"\n\r\0é png') | st.characters(), max_size=60))
def test_any_table(text, fresh):
    """Whatever is in a table, it is told what is wrong with it."""
    place = fresh() / "photos.csv"
    place.write_bytes(text.encode("utf-8", "surrogatepass"))

    found = look_at(place)

    assert found.dataset == "table"
    assert found.faults
    assert all(why.startswith(f"`{place}` ") for why in found.faults)


def test_which_dataset(table):
    """A table in a directory is what is meant, unless it is said that classes are."""
    datasets = [look_at(table, dataset).dataset for dataset in (None, "table", "folder")]

    assert datasets == ["table", "table", "folder"]
    why = "No such file or directory; name a table, or its directory"
    [fault] = look_at(table / "all", "table").faults
    assert fault == f"`photos/all/table.csv` cannot be read: {why}"
