"""Datasets: the usual one, and what is meant by no dataset."""

from dataclasses import replace
from pathlib import Path

import pytest

from keras_scaffold.answers.answers import check_answers

IMAGES = (
    "`--dataset folder` is for your own images, which lie in the project's `data/CLASS/`"
)
LISTED = (
    "choose from digits, folder, mnist, fashion_mnist, cifar10, digit_pairs, digit_parity, "
    f"table; {IMAGES}"
)
TABLE = (
    "`--dataset table` is for the images in a table of your own, which lies in the project's "
    "`data/table.csv`"
)


@pytest.mark.parametrize(
    ("dataset", "meant"),
    [
        ("imgs", LISTED),
        ("imagenet", LISTED),
        ("images", LISTED),
        ("", LISTED),
        ("mine", IMAGES),
        ("mnits", IMAGES),
        ("data/imgs", IMAGES),
        ("./mnist", IMAGES),
        (".", IMAGES),
        (
            "data/table.csv",
            TABLE,
        ),
        ("MNIST", "did you mean `mnist`?"),
        ("minst", "did you mean `mnist`?"),
        ("cifar", "did you mean `cifar10`?"),
        ("fashion", "did you mean `fashion_mnist`?"),
    ],
)
def test_what_is_meant_by_no_dataset(dataset, meant, problems, tmp_path, monkeypatch):
    """A directory, a path, or a word that is like none is somebody's own images."""
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "mnits", "MNIST"):
        Path(name).mkdir()

    told = problems(dataset=dataset, style="functional", blocks="gap", classes=10)

    assert told == [f"--dataset: `{dataset}` is not a choice; {meant}"]


@pytest.mark.parametrize(
    ("given", "dataset"),
    [
        ({}, "digits"),
        ({"preset": "lenet5"}, "digits"),
        ({"input_shape": "64x48x1"}, "digits"),
        ({"input_shape": "65x8x1"}, "folder"),
        ({"input_shape": "8x65x1"}, "folder"),
        ({"input_shape": "28x28x3"}, "folder"),
        ({"input_shape": "224x224x3", "classes": 5}, "folder"),
        ({"input_shape": "224x224x3", "dataset": "digits"}, "digits"),
        ({"preset": "resnet50"}, "folder"),
        ({"preset": "resnet50", "input_shape": "32x32x1"}, "digits"),
        ({"preset": "googlenet_auxiliary"}, "folder"),
        ({"preset": "siamese"}, "digit_pairs"),
        ({"preset": "siamese", "input_shape": "105x105x1"}, "table"),
        ({"preset": "siamese", "inputs": ["left=96x96x1", "right=96x96x1"]}, "table"),
        ({"preset": "multi-task", "input_shape": "28x28x3"}, "table"),
    ],
    ids=str,
)
def test_usual_dataset(given, dataset, questions):
    """Large or coloured images are nobody's idea of small grey digits, unless they are told."""
    assert check_answers({"name": "net", **given}, questions).dataset == dataset


def test_usual_dataset_of_a_team(questions):
    """A team's own usual dataset is taken for images that may be its own."""
    usual = replace(questions["dataset"], default="cifar10")
    asked = {**questions, "dataset": usual}

    datasets = [
        check_answers({"name": "net", "input_shape": shape}, asked).dataset
        for shape in ("32x32x3", "28x28x1", "224x224x3")
    ]

    assert datasets == ["cifar10", "cifar10", "folder"]
