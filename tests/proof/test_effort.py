"""How many images the proof trains on at once."""

from __future__ import annotations

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.proof import effort
from keras_scaffold.templates.fetching import open_template

GIGABYTE = 2**30


def architecture(**given):
    """The architecture of a preset."""
    with open_template(to_render=False) as template:
        answers = check_answers(
            {"name": "net", **given}, template.questions, size_limit=False
        )
    return answers.architecture


@pytest.mark.parametrize(
    ("preset", "images"),
    [
        ("vgg16", 2),
        ("resnet50", 6),
        ("resnet18", 18),
        ("mobilenet_v2", 20),
        ("lenet5", 40_000),
    ],
)
def test_work(preset, images, monkeypatch):
    """A large network takes few images at a time, so that a step takes some seconds."""
    monkeypatch.setattr(effort, "memory_left", lambda: 1000 * GIGABYTE)

    most = effort.most_images(architecture(preset=preset))

    assert most == pytest.approx(images, rel=0.2, abs=1)


@pytest.mark.parametrize(("gigabytes", "images"), [(0.1, 0), (1, 4), (2, 11), (1000, 18)])
def test_memory(gigabytes, images, monkeypatch):
    """Where little memory is left, a step takes fewer images, or none by this estimate."""
    monkeypatch.setattr(effort, "memory_left", lambda: gigabytes * GIGABYTE)

    assert effort.most_images(architecture(preset="resnet18")) == images


def test_shared_layers_work_for_each_input():
    """A layer that is called twice multiplies twice."""
    shared = architecture(preset="siamese").graph
    first, again = (
        {
            node.name: effort._products(shared, node)
            for node in shared.nodes
            if node.again == called
        }
        for called in (False, True)
    )

    assert sum(again.values()) > 0
    assert again.items() <= first.items()


@pytest.mark.parametrize(
    ("most", "used", "left"),
    [
        ("max\n", "10\n", float("inf")),
        ("3000\n", "1000\n", 2000),
        (None, None, float("inf")),
    ],
)
def test_memory_of_a_container(most, used, left, tmp_path, monkeypatch):
    """What a container may take is the limit, if it has one."""
    for name, text in (("memory.max", most), ("memory.current", used)):
        if text:
            (tmp_path / name).write_text(text)
    monkeypatch.setattr(effort, "GROUPS", tmp_path)
    monkeypatch.setattr(effort, "_available", lambda: 5000)

    assert effort.memory_left() == min(left, 5000)
