"""Kinds of output: each is known wherever one is needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from jinja2 import Environment, FileSystemLoader

from keras_scaffold.network import KINDS
from keras_scaffold.proof.process.sample import Sample

TEXTS = ("about", "cell", "example", "test_cell", "test_labels")
TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parents[2] / "template"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
@pytest.mark.parametrize("more", [0, 3])
def test_texts_of_each_kind(kind, more):
    """A project has every text of it, whatever its size."""
    texts = TEMPLATES.get_template(f"kinds/{kind.word()}.jinja").module

    assert all(getattr(texts, name)(kind.fewest + more) for name in TEXTS)


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
