"""Answers in other units, spellings and names are not taken, and lead to what they mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.arguments import Number, kind, value_complaint
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.errors import InputError
from tests.meanings import problems

SHARES = [
    (word, argument)
    for word, brick in all_bricks().items()
    for argument in brick.arguments()
    if isinstance(kind(argument), Number) and kind(argument).whole
]


@pytest.mark.parametrize(
    ("word", "argument"), SHARES, ids=lambda value: getattr(value, "name", value)
)
@given(share=st.floats(0.02, 0.9))
def test_a_share_in_another_unit(word, argument, share):
    """A share that is given in per cent, or in degrees, leads to the share."""
    whole = kind(argument).whole
    value = round(share * whole, 1)

    told = " ".join(problems(f"{word}({argument.name}={value})"))
    [meant] = re.findall(f"{argument.name} must be .+ did you mean `(.+)`", told)

    assert value_complaint(argument, float(meant)) is None
    assert float(meant) == pytest.approx(value / whole, abs=1e-4)


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("preset", "ResNet-50", "resnet50"),
        ("preset", "VGG16", "vgg16"),
        ("preset", "mobilenetv2", "mobilenet_v2"),
        ("style", "Functional", "functional"),
        ("dataset", "Fashion-MNIST", "fashion_mnist"),
    ],
)
def test_another_spelling(key, value, meant, model_template):
    """What differs in case, - and _ alone is meant; each is told by its own flag."""
    with pytest.raises(InputError) as error:
        check_answers({"name": "net", key: value}, model_template.questions)

    [problem] = error.value.problems
    assert problem.startswith(f"--{key}: ")
    assert problem.endswith(f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        (
            'cnn(8) cnn(8) add("cnn") gap',
            (
                'brick 3 `add("cnn")`, reached by 28x28x8: brick 1 `cnn(8)` is called `cnn` only as '
                'long as nothing names it; name it, e.g. `cnn(8, name="cnn")`'
            ),
        ),
        (
            'cnn(8, name="a") add("a") cnn(8) add("add") gap',
            (
                'brick 4 `add("add")`, reached by 28x28x8: brick 2 `add("a")` is called `add` only '
                'as long as nothing names it; name it, e.g. `add("a", name="add_block")`'
            ),
        ),
        (
            'cnn(8, name="cnns") cnn(8) add("cnn_") gap',
            (
                'brick 3 `add("cnn_")`, reached by 28x28x8: nothing before it is named `cnn_`; did '
                "you mean `cnns`?"
            ),
        ),
    ],
)
def test_names_that_only_the_table_shows(blocks, why, model_template):
    """A brick's usual name is no name to continue from; the error says how it gets one."""
    with pytest.raises(InputError) as error:
        check_answers({"name": "net", "blocks": blocks}, model_template.questions)

    assert error.value.problems == [why]
