"""Kinds of output: each is known wherever one is needed."""

from __future__ import annotations

import numpy as np
import pytest

from keras_scaffold.network import KINDS, Output
from keras_scaffold.projects.output_texts import output_texts
from keras_scaffold.proof.process.sample import Sample

TEXTS = {"name", "kind", "source", "about", "cell", "example", "test_cell", "test_labels"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
@pytest.mark.parametrize("more", [0, 3])
def test_texts_of_each_kind(kind, more):
    """A project has every text of it, whatever its size."""
    texts = output_texts(Output("one", kind.fewest + more, kind()))

    assert texts.keys() == TEXTS
    assert all(texts.values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
def test_proof_of_each_kind(kind):
    """The proof draws labels that its loss takes: a step's worth, by what the kind tells."""
    import keras

    size, count = kind.fewest + 1, 5
    outputs = {"one": {"size": size, "labels": kind.proof_labels}}
    settings = {"from_logits": True} if kind.logits else {}
    loss = keras.losses.get({"class_name": kind.proof_loss, "config": settings})

    labels = Sample(True, {}, outputs).labels(count)["one"]

    assert len(labels) == count
    assert np.isfinite(float(loss(labels, np.zeros((count, size), "float32"))))
