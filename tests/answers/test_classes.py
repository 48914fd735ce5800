"""Numbers of classes, and what is meant where something else is given."""

import pytest

from keras_scaffold.answers.answers import check_answers


@pytest.mark.parametrize(("text", "number"), [("2", 2), (" 10 ", 10), (100_000, 100_000)])
def test_classes(text, number, questions):
    """Classes are a whole number from 2 to a million."""
    answers = check_answers(
        {"name": "net", "classes": text, "dataset": "folder"}, questions
    )

    assert answers.plan.outputs[0].size == number


@pytest.mark.parametrize(
    "classes",
    ["", 0, -5, "1.0", 2.5, "ten", "1_000", "1000001", True, None, [10], "²"],
)
def test_no_classes(classes, problems):
    """Anything else is quoted and refused, with an example."""
    assert problems(classes=classes) == [
        f"--classes: `{classes}` is not a whole number from 2 to 1,000,000; write e.g. 10"
    ]


@pytest.mark.parametrize(
    ("classes", "number"),
    [
        ("cat,dog,bird", 3),
        ("cat, dog", 2),
        ("T-shirt/top,ankle boot", 2),
        (["cat", "dog", "bird"], 3),
        ("größer,kleiner", 2),
    ],
)
def test_names_of_classes(classes, number, problems):
    """Their names are told to be counted: the directories of the images have them."""
    assert problems(classes=classes) == [
        f"--classes: `{classes}` are the names of {number} classes; write their number, {number}"
    ]


@pytest.mark.parametrize("classes", ["1", 1, " 1 "])
def test_one_class(classes, problems):
    """One class is told what is meant by it: two, or an output of another kind."""
    assert problems(classes=classes) == [
        (
            "--classes: `1` class tells nothing apart; yes or no are 2 classes, and a number or "
            'labels are told by --output, e.g. --output "value=1:regression"'
        )
    ]


def test_bricks_are_checked_while_classes_are_wrong(problems):
    """A wrong number of classes does not hide a brick that does not fit."""
    told = problems(classes=0, blocks="maxpool(30) gap")

    assert told == [
        "--classes: `0` is not a whole number from 2 to 1,000,000; write e.g. 10",
        (
            "brick 1 `maxpool(30)`, reached by 28x28x1: a window of 30x30 does not fit into "
            "28x28; make the window smaller, use padding=same, shrink the map less before it, or take "
            "larger images by --input-shape"
        ),
    ]
