"""Names of bricks within a repeat: no two layers may be called the same, in any style."""

from __future__ import annotations

import pytest

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan


def problems(text: str) -> list[str]:
    """What is wrong with a network of these bricks."""
    try:
        assemble(Plan.plain(parse(text), (15, 13, 1), 4))
    except InputError as error:
        return error.problems
    return []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("repeat(2, random_rotation(0), conv(4)) gap", None),
        ("repeat(2, cnn(3), cnn(3, name='x'), lrn, random_crop(2)) gap", None),
        ("repeat(2, conv(4, name='n'), conv(4, name='n')) gap", "repeat_block1_n"),
        ("repeat(2, conv(4, name='n'), cnn(4, name='n')) gap", "repeat_block1_n"),
        ("repeat(2, inception(4, 9, name='n'), lrn(name='n')) gap", "repeat_block1_n"),
        ("repeat(2, skip(cnn(1), name='n'), lrn(name='n')) gap", "repeat_block1_n"),
        ("skip(skip(cnn(1), name='n'), skip(cnn(1), name='m_n'), name='m') gap", None),
        (
            "repeat(2, inception(4, 9, name='n'), cnn(4, name='n_concat')) gap",
            "repeat_block1_n_concat",
        ),
        (
            "parallel([repeat(2, lrn, name='n')], [repeat(2, skip(lrn), name='n')]) gap",
            "parallel_n",
        ),
    ],
)
def test_layers_of_one_name_within(text, name):
    """A block is a layer in some styles, whose name counts like those of the layers in it.

    So is what is repeated a list of layers in some.
    """
    brick = parse(text)[0]

    assert problems(text) == (
        [
            f"brick 1 `{brick}` would have several layers `{name}`; give its bricks other names"
        ]
        if name
        else []
    )


def test_one_name_within_and_outside():
    """What is outside can be called as what is within just as little."""
    text = "conv(4, name='repeat_block2_n') repeat(2, conv(4), cnn(4, name='n')) gap"
    outer, inner, _ = parse(text)
    told = (
        f"brick 1 `{outer}` and brick 2 `{inner}` would have a layer `repeat_block2_n` each"
    )

    assert problems(text) == [f"{told}; give them other names"]


def test_names_that_models_have_are_refused():
    """A layer within bricks may be named together to what Keras' models have: test_step."""
    [problem] = problems('skip(batchnorm(name="step"), name="test") gap')

    assert problem == (
        'brick 1 `skip(batchnorm(name="step"), name="test")` would have a layer `test_step`, and '
        "models have something else of that name; give its bricks other names"
    )


@pytest.mark.parametrize(
    ("bricks", "name"),
    [
        ('conv(f, name="n") inception(f, f, name="n")', "n"),
        ('conv(f) deep(f, name="n") conv(f, name="n_conv")', "n_conv"),
        (
            'skip(cnn(f), name="n", shortcut=auto) skip(cnn(f), name="n", shortcut=auto)',
            "n_cnn_conv",
        ),
        ('skip(cnn(f), name="n", shortcut=auto) conv(f, name="n")', None),
        ("cnn(f)", None),
        ("deep(f)", None),
    ],
)
def test_names_within_a_definition(bricks, name):
    """So it is in a block of one's own, and in those that it is made of."""
    told = read_definitions(["deep(f): cnn(f) conv(f)", f"wide(f): {bricks}"])

    found = []
    try:
        assemble(Plan.plain(parse("wide(4) gap", told), (15, 13, 1), 4))
    except InputError as error:
        found = error.problems

    assert found == (
        [
            f"brick 1 `wide(4)` would have several layers `wide_{name}`; give its bricks other names"
        ]
        if name
        else []
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("conv(3, 1, name='a_conv') backbone(mobilenetv3small, name='a')", "a_conv"),
        (
            "Resizing(32, 32, name='backbone_image') backbone(mobilenetv3small)",
            "backbone_image",
        ),
        (
            "conv(3, name='repeat_block1_n_block1_conv1') repeat(1, backbone(vgg16, name='n'), conv(3))",
            "repeat_block1_n_block1_conv1",
        ),
        ("backbone(vgg16) conv(4, name='backbone_conv1')", None),
    ],
)
def test_names_within_a_network_of_keras(text, name):
    """A backbone's layers are called after it, as if they were bricks of its own."""
    found = []
    try:
        assemble(Plan.plain(parse(f"{text} Flatten"), (64, 64, 3), 4))
    except InputError as error:
        found = error.problems

    assert [f"`{name}`" in each for each in found] == ([True] if name else [])
