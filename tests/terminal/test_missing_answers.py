"""`scaffold new` without a terminal: which answers are missing, and which are enough."""

import pytest

from keras_scaffold.project_files import ANSWERS_FILE
from tests.printed import errors

STYLE = ("--style", "functional")


MLP = (*STYLE, "--preset", "mlp")


NAMED = (*STYLE, "--input", "x", "--output", "y", "--blocks", "gap")


WAY_OUT = "is missing; give it, or take every default with --defaults"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            (),
            [
                *("--style", "--preset or --blocks"),
                *("--dataset (and --classes for images of your own)", "--input-shape"),
            ],
        ),
        (
            ("--classes", "10"),
            ["--style", "--preset or --blocks", "--dataset", "--input-shape"],
        ),
        ((*MLP, "--input-shape", "224x224x3", "--classes", "10"), ["--dataset"]),
        ((*MLP, "--dataset", "mnist"), ["--input-shape"]),
        ((*MLP, "--dataset", "folder"), ["--input-shape", "--classes"]),
        ((*STYLE, "--preset", "siamese"), ["--dataset", "--input-shape"]),
        (NAMED, ["--dataset (and --classes for images of your own)", "--input-shape"]),
        ((*NAMED, "--dataset", "table"), ["--input-shape", "--classes"]),
        ((*NAMED, "--dataset", "digits"), ["--input-shape"]),
    ],
    ids=lambda value: " ".join(value[-2:]),
)
def test_missing_answers(given, wanted, scaffold, workplace):
    """Without a terminal nothing is asked: each flag that is missing is named, and no other."""
    result = scaffold("new", "net", *given)

    assert errors(result) == [f"error: {flag} {WAY_OUT}" for flag in wanted]
    assert [*workplace.iterdir()] == []


def test_missing_beside_what_is_wrong(scaffold):
    """A dataset that there is not leaves open whether classes are missing."""
    result = scaffold("new", "net", *MLP, "--dataset", "mnits")

    assert errors(result) == [
        f"error: --input-shape {WAY_OUT}",
        "error: --dataset: `mnits` is not a choice; did you mean `mnist`?",
    ]


@pytest.mark.parametrize(
    "known",
    [
        ("--dataset", "mnist"),
        ("--dataset", "folder", "--classes", "3"),
        ("--answers", "answers.yml"),
    ],
    ids=" ".join,
)
def test_enough_answers(known, scaffold, workplace):
    """Style, bricks, shape and dataset are enough without --defaults, by flag or file."""
    (workplace / "answers.yml").write_text("dataset: fashion_mnist\n")

    result = scaffold("new", "net", "--no-smoke", *MLP, "--input-shape", "28x28x1", *known)

    assert result.exit_code == 0
    answers = (workplace / "net" / ANSWERS_FILE).read_text()
    assert f"classes: {3 if 'folder' in known else 10}\n" in answers
