"""What a network gives for an image: kinds of output, each with its loss and its metrics."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from keras_scaffold.bricks import Choice, Number, Term, Words, option
from keras_scaffold.layers import source_of

CLASSIFICATION_METRICS = ("accuracy", "sparse_top_k_categorical_accuracy")
REGRESSION_LOSSES = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
REGRESSION_METRICS = (
    "mean_absolute_error",
    "mean_squared_error",
    "root_mean_squared_error",
    "r2_score",
)
MULTILABEL_LOSSES = ("binary_crossentropy", "binary_focal_crossentropy")
MULTILABEL_METRICS = ("binary_accuracy", "auc", "precision", "recall")


def metrics(words: tuple[str, ...]) -> Any:
    """Some of Keras' metrics, by their names there; the first one unless told."""
    return option(Words(words), default=words[:1])


def weight() -> Any:
    """What the loss is multiplied by before all are added."""
    return option(Number(0.001, 1000), default=1.0)


class Kind(Term, ABC):
    """What the values of an output mean."""

    metrics: tuple[str, ...]
    """Keras' names of what is measured, the first of which is shown."""

    @classmethod
    def word(cls) -> str:
        """What the notation calls it."""
        return cls.__name__.lower()

    @classmethod
    def fewest(cls) -> int:
        """The smallest size that there is sense in."""
        return 1

    @abstractmethod
    def about(self, size: int) -> str:
        """What an output of this size tells."""

    @abstractmethod
    def cell(self, size: int) -> str:
        """What a cell of a table may hold of it."""

    @abstractmethod
    def column(self, size: int) -> str:
        """What a column of a table holds of it."""

    @abstractmethod
    def test_cell(self, size: int) -> str:
        """The source of such a cell for the `row` of that number, in a project's tests."""

    @abstractmethod
    def test_labels(self, size: int) -> str:
        """The source of labels for four images, in a project's tests.

        None is as frequent as it is without having learned, so that a step moves something
        even where every feature is zero.
        """

    def source(self, size: int) -> str:
        """The Python call that makes it in interface.py."""
        return f"{type(self).__name__}({', '.join([str(size), *self.given(source_of)])})"


@dataclass(frozen=True)
class Classification(Kind):
    """One of some classes: a logit for each, cross-entropy."""

    metrics: tuple[str, ...] = metrics(CLASSIFICATION_METRICS)
    weight: float = weight()

    @classmethod
    def fewest(cls) -> int:
        """Two classes."""
        return 2

    def about(self, size: int) -> str:
        """Which of the classes it is."""
        return f"one of {size} classes"

    def cell(self, size: int) -> str:
        """A class."""
        return "cat"

    def column(self, size: int) -> str:
        """Classes."""
        return f"the name of a class, {size} different ones in all"

    def test_cell(self, size: int) -> str:
        """A class, another one in the next row."""
        return f'f"class_{{row % {size}:04}}"'

    def test_labels(self, size: int) -> str:
        """Indices of classes."""
        return "np.array([0, 0, 0, 1])"


@dataclass(frozen=True)
class Regression(Kind):
    """Numbers as they are."""

    loss: str = option(Choice(REGRESSION_LOSSES), default=REGRESSION_LOSSES[0])
    metrics: tuple[str, ...] = metrics(REGRESSION_METRICS)
    weight: float = weight()

    def about(self, size: int) -> str:
        """How many numbers there are."""
        return "a number" if size == 1 else f"{size} numbers"

    def cell(self, size: int) -> str:
        """Numbers."""
        return ";".join(["0.5"] * size)

    def column(self, size: int) -> str:
        """Numbers."""
        return self.about(size) + (" with `;` between" if size > 1 else "")

    def test_cell(self, size: int) -> str:
        """Numbers that grow with the row."""
        return "str(row / 10)" if size == 1 else f'";".join([str(row / 10)] * {size})'

    def test_labels(self, size: int) -> str:
        """Numbers from 0 up to 1."""
        return f'RANDOM.random((4, {size}), dtype="float32")'


@dataclass(frozen=True)
class Multilabel(Kind):
    """Any of some labels: a logit for each, binary cross-entropy."""

    loss: str = option(Choice(MULTILABEL_LOSSES), default=MULTILABEL_LOSSES[0])
    metrics: tuple[str, ...] = metrics(MULTILABEL_METRICS)
    weight: float = weight()

    def about(self, size: int) -> str:
        """How many labels there are."""
        return "a label or not" if size == 1 else f"any of {size} labels"

    def cell(self, size: int) -> str:
        """Labels."""
        return "red" if size == 1 else "red;round"

    def column(self, size: int) -> str:
        """Labels."""
        return f"names of labels with `;` between, {size} different ones in all, or nothing"

    def test_cell(self, size: int) -> str:
        """Two labels, others in the next row."""
        return f'f"label_{{row % {size}:04}}; label_{{row * 7 % {size}:04}}"'

    def test_labels(self, size: int) -> str:
        """Ones and zeros."""
        return f'np.eye(4, {size}, dtype="float32")'


KINDS = {kind.word(): kind for kind in (Classification, Regression, Multilabel)}
