"""Answers, checked in one place for flags, files and prompts."""

import pytest

from keras_scaffold.answers.answers import check_answers


def test_defaults(questions):
    """A name is enough; all else has a default, and what is recorded reads back the same."""
    answers = check_answers({"name": "my-net"}, questions)

    assert answers.recorded() == {
        "style": "functional",
        "sequential_form": "list",
        "blocks": [
            "cnn(32)",
            "maxpool(3)",
            "inception(32, 32)",
            "inception(64, 64)",
            "cnn(128)",
            "gap",
            "dense(256)",
            "dropout(0.5)",
        ],
        "input_shape": "28x28x1",
        "classes": 10,
        "dataset": "digits",
        "name": "my-net",
        "package": "my_net",
    }
    assert check_answers(answers.recorded(), questions) == answers


@pytest.mark.parametrize("factor", ["", "0", "-1", "nan", "inf", "101", "half", True, [1]])
def test_no_width_multiplier(factor, problems):
    """A width multiplier is a number above 0 and at most 100."""
    assert problems(width_multiplier=factor) == [
        f"--width-multiplier: `{factor}` is not a number above 0, at most 100; write e.g. 0.5"
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"style": ["functional"]},
            "--style: `['functional']` is not a choice; did you mean `functional`?",
        ),
        (
            {"dataset": "minst"},
            "--dataset: `minst` is not a choice; did you mean `mnist`?",
        ),
        (
            {"preset": ["final-model"]},
            "--preset: there is no preset `['final-model']`; did you mean `final-model`?",
        ),
        (
            {"preset": "final-model", "blocks": ["gap"]},
            "--blocks: a preset and blocks were both given; choose one of the two",
        ),
        (
            {"blocks": {"cnn": 32}},
            "--blocks: `{'cnn': 32}` is not a list of bricks; write e.g. `- cnn(32)`",
        ),
        (
            {"blocks": []},
            "--blocks: no bricks were given; write some, e.g. `cnn(32) gap`",
        ),
        (
            {"name": "net'; import os; '"},
            (
                "--name: name `net'; import os; '` is not a distribution's name; use lower-case "
                "letters, digits, -, _ and ., beginning and ending with a letter or digit, e.g. "
                "`net-import-os`"
            ),
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_one_problem(given, told, problems):
    """What is wrong is named by its flag, wherever it came from."""
    assert problems(package="net", **given) == [told]


def test_contradictions(problems):
    """Answers that are good alone and do not go together are told together."""
    told = problems(
        style="functional",
        sequential_form="add",
        dataset="cifar10",
        classes=7,
        input_shape="32x32x4",
    )

    assert told == [
        (
            "--sequential-form: `add` is a way to write a Sequential model, and the style is "
            "functional; leave it out or say --style sequential"
        ),
        (
            "--input-shape: `32x32x4` has 4 channels, and images have 1 (grey) or 3 "
            "(colour); end it in x1 or x3"
        ),
        (
            "--classes: `cifar10` has 10 classes, not 7; say --classes 10, or --dataset folder "
            "for images of your own"
        ),
    ]
