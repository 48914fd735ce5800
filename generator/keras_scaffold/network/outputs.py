"""What a network gives for an image: kinds of output, each with its loss and its metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from keras_scaffold.bricks import Choice, Number, Term, Words, option


def loss(*words: str) -> Any:
    """One of Keras' losses, by its name there; the first one unless told."""
    return option(Choice(words), default=words[0])


def metrics(*words: str) -> Any:
    """Some of Keras' metrics, by their names there; the first one unless told."""
    return option(Words(words), default=words[:1])


def weight() -> Any:
    """What the loss is multiplied by before all are added."""
    return option(Number(0.001, 1000), default=1.0)


class OutputKind(Term):
    """What the values of an output mean."""

    fewest: ClassVar[int] = 1
    """The smallest size that there is sense in."""
    logits: ClassVar[bool] = True
    """Whether its losses take logits."""
    proof_loss: ClassVar[str]
    """Keras' name of the loss that a proof trains it with."""
    proof_labels: ClassVar[str]
    """Which labels a proof draws for it, of those in `keras_scaffold.proof.process.sample`."""
    metrics: tuple[str, ...]
    """Keras' names of what is measured, the first of which is shown."""

    @classmethod
    def word(cls) -> str:
        """What the notation calls it."""
        return cls.__name__.lower()


@dataclass(frozen=True)
class Classification(OutputKind):
    """One of some classes: a logit for each, cross-entropy."""

    fewest = 2
    proof_loss, proof_labels = "SparseCategoricalCrossentropy", "class"

    metrics: tuple[str, ...] = metrics("accuracy", "sparse_top_k_categorical_accuracy")
    weight: float = weight()


@dataclass(frozen=True)
class Regression(OutputKind):
    """Numbers as they are."""

    logits = False
    proof_loss, proof_labels = "MeanSquaredError", "numbers"

    loss: str = loss("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
    metrics: tuple[str, ...] = metrics(
        "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "r2_score"
    )
    weight: float = weight()


@dataclass(frozen=True)
class Multilabel(OutputKind):
    """Any of some labels: a logit for each, binary cross-entropy."""

    proof_loss, proof_labels = "BinaryCrossentropy", "bits"

    loss: str = loss("binary_crossentropy", "binary_focal_crossentropy")
    metrics: tuple[str, ...] = metrics("binary_accuracy", "auc", "precision", "recall")
    weight: float = weight()


KINDS = {kind.word(): kind for kind in (Classification, Regression, Multilabel)}
