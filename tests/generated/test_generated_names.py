"""No name of a user's means anything else in the code that is generated."""

from __future__ import annotations

import builtins
import keyword
import re
from pathlib import Path

import keras
import numpy as np
import pytest
from compared import compare, images, outputs
from generated import module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.brick_names import brick_name_complaint, part_name_complaint
from keras_scaffold.bricks.registry import all_bricks

STYLES = Path(__file__).parents[2] / "template" / "styles"


def words_of_code():
    """Every word of the templates of model.py, of bricks, and of Python's own."""
    code = [
        re.sub(r'"""(.|\n)*?"""|^ *# .*', "", file.read_text(), flags=re.MULTILINE)
        for file in STYLES.iterdir()
    ]
    words = {word for text in code for word in re.findall(r"[A-Za-z]\w*", text)}
    functions = filter(str.islower, dir(builtins))
    return sorted(words | {*all_bricks(), *functions, *keyword.kwlist, *keyword.softkwlist})


WORDS = [word for word in words_of_code() if brick_name_complaint(word) is None]
PARTS = [*{word.lower(): word for word in WORDS if not part_name_complaint(word)}.values()]
"""Names for inputs and outputs, which must differ in more than case."""


def repeats():
    """Layers that only train differently, looped over in pairs."""
    pairs = zip(WORDS[::2], WORDS[1::2], strict=False)
    return [
        f'repeat(1, dropout(0.5, name="{first}"), batchnorm(name="{second}"))'
        for first, second in pairs
    ]


def skips():
    """Tensors that are read again, and so have a variable of their own."""
    return [
        brick
        for word in WORDS
        for brick in (
            f'activation(relu, name="{word}")',
            "dropout(0.5)",
            f'average("{word}")',
        )
    ]


CHAIN = {"input_shape": "1x1x3"}
NETWORKS = {
    "repeats": {**CHAIN, "blocks": ['flatten(name="flat_1")', *repeats()]},
    "skips": {**CHAIN, "blocks": ['flatten(name="flat_1")', *skips()]},
    "inputs": {
        "inputs": [f"{word}=1x1x1" for word in PARTS],
        "towers": [
            {
                "inputs": PARTS,
                "blocks": ['gap(name="gap_1")', 'dropout(0.5, name="drop_1")'],
            }
        ],
        "join": "add",
        "outputs": ["told_1=2"],
        "blocks": 'batchnorm(name="norm_1")',
    },
    "outputs": {
        "inputs": ["seen_1=1x1x1"],
        "outputs": [f"{word}=2" for word in PARTS],
        "blocks": 'flatten(name="flat_1") batchnorm(name="norm_1")',
    },
}


@pytest.mark.parametrize(
    ("network", "style"),
    [
        ("repeats", "subclassing"),
        ("skips", "functional"),
        ("skips", "subclassing"),
        ("inputs", "functional"),
        ("inputs", "subclassing"),
        ("outputs", "functional"),
        ("outputs", "subclassing"),
    ],
)
def test_no_name_means_anything_else(network, style, model_template, tmp_path):
    """Whatever word of the code is a name, the network is the previewed one and infers."""
    keras.utils.clear_session(free_memory=False)
    given = {**NETWORKS[network], "style": style, "name": f"names_{network}_{style}"}
    dataset = "folder" if network in ("repeats", "skips") else "table"
    answers = check_answers({**given, "dataset": dataset}, model_template.questions)

    with project(model_template, tmp_path, answers):
        model = module(answers, "model").build_model()
        compare(answers.architecture, model)

    batch = images(answers.architecture)
    alone = (
        {name: each[:1] for name, each in batch.items()}
        if answers.plan.named
        else batch[:1]
    )
    together, _ = outputs(model, batch)
    for name, values in outputs(model, alone)[0].items():
        np.testing.assert_allclose(values, together[name][:1], rtol=1e-5, atol=1e-6)
