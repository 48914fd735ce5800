"""What a project says of its outputs: in its sources, README, table and tests."""

from __future__ import annotations

from collections.abc import Callable

from keras_scaffold.layers import source_of
from keras_scaffold.network import (
    Classification,
    Multilabel,
    Output,
    OutputKind,
    Regression,
)


def output_texts(output: Output) -> dict[str, str]:
    """The texts of an output: what it is called, its `source` in interface.py, and more.

    It is told `about`, and what a `cell` of a table holds, of which there is an `example`.
    Two are sources in tests: a `test_cell` for the `row` of that number, and `test_labels`
    for four images. Of these none is as frequent as it is without having learned, so that a
    step moves something even where every feature is zero.
    """
    kind, size = output.kind, output.size
    arguments = ", ".join([str(size), *kind.given(source_of)])
    return {
        "name": output.name,
        "kind": kind.word(),
        "source": f"{type(kind).__name__}({arguments})",
        **OF_KINDS[type(kind)](size),
    }


def _classification(size: int) -> dict[str, str]:
    return {
        "about": f"one of {size} classes",
        "cell": f"the name of a class, {size} different ones in all",
        "example": "cat",
        "test_cell": f'f"class_{{row % {size}:04}}"',
        "test_labels": "np.array([0, 0, 0, 1])",
    }


def _regression(size: int) -> dict[str, str]:
    one = size == 1
    about = "a number" if one else f"{size} numbers"
    return {
        "about": about,
        "cell": about if one else f"{about} with `;` between",
        "example": ";".join(["0.5"] * size),
        "test_cell": "str(row / 10)" if one else f'";".join([str(row / 10)] * {size})',
        "test_labels": f'RANDOM.random((4, {size}), dtype="float32")',
    }


def _multilabel(size: int) -> dict[str, str]:
    one = size == 1
    return {
        "about": "a label or not" if one else f"any of {size} labels",
        "cell": f"names of labels with `;` between, {size} different ones in all, or nothing",
        "example": "red" if one else "red;round",
        "test_cell": f'f"label_{{row % {size}:04}}; label_{{row * 7 % {size}:04}}"',
        "test_labels": f'np.eye(4, {size}, dtype="float32")',
    }


OF_KINDS: dict[type[OutputKind], Callable[[int], dict[str, str]]] = {
    Classification: _classification,
    Regression: _regression,
    Multilabel: _multilabel,
}
