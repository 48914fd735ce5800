"""Where branches do not meet, the cause is told and a size of images with which they do."""

from __future__ import annotations

import re
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.fields import read_shape
from keras_scaffold.answers.reading import Reading
from keras_scaffold.bricks.chain import parse
from keras_scaffold.errors import InputError
from keras_scaffold.network.architecture import OtherSizeError, assemble
from keras_scaffold.network.plan import Plan

UNET = (
    'cnn(8, name="a") maxpool(2) cnn(8, name="b") maxpool(2) cnn(8) upsample concatenate("b") '
    'upsample concatenate("a") gap'
)


def problems(questions, **answers):
    """What is said to be wrong with a network."""
    with pytest.raises(InputError) as error:
        check_answers({"name": "net", "dataset": "folder", **answers}, questions)
    return error.value.problems


@pytest.mark.parametrize(
    ("blocks", "shape", "told"),
    [
        (
            UNET,
            "354x354x3",
            (
                'brick 7 `concatenate("b")`, reached by 176x176x8: 176x176x8 and 177x177x8 differ '
                "in size, since `maxpool_1` rounds 177x177 at its stride of 2; say "
                "--input-shape 352x352x3"
            ),
        ),
        (
            UNET,
            "64x35x3",
            (
                'brick 7 `concatenate("b")`, reached by 32x16x8: 32x16x8 and 32x17x8 differ in '
                "size, since `maxpool` rounds 64x35 at its stride of 2; say "
                "--input-shape 64x36x3"
            ),
        ),
        (
            'conv(8, name="a") conv(8, stride=3, name="down") upsample(3) add("a") gap',
            "32x32x1",
            (
                'brick 4 `add("a")`, reached by 33x33x8: 32x32x8 and 33x33x8 cannot be added, '
                "since `down` rounds 32x32 at its stride of 3; say --input-shape "
                "33x33x1"
            ),
        ),
        (
            'maxpool(3, stride=2) conv(8, name="a") maxpool(2) upsample add("a") gap',
            "35x35x1",
            (
                'brick 5 `add("a")`, reached by 16x16x8: 16x16x8 and 17x17x8 cannot be added, '
                "since `maxpool_1` rounds 17x17 at its stride of 2; say --input-shape 34x34x1"
            ),
        ),
        (
            UNET.removesuffix(" gap"),  # what is wrong elsewhere does not hide the size
            "32x30x3",
            (
                'brick 7 `concatenate("b")`, reached by 16x14x8: 16x14x8 and 16x15x8 differ in '
                "size, since `maxpool_1` rounds 16x15 at its stride of 2; say "
                "--input-shape 32x28x3"
            ),
        ),
        (
            'cnn(8, name="a") conv(8, padding=valid) add("a") gap',  # fits no size
            "32x32x3",
            (
                'brick 3 `add("a")`, reached by 30x30x8: 30x30x8 and 32x32x8 cannot be added; give '
                "the branches equal shapes, or sides of 1, which are stretched"
            ),
        ),
    ],
)
def test_the_nearest_size_is_told(blocks, shape, told, model_template):
    """The layer that rounds a size is named, and the nearest size with which branches meet."""
    found = problems(model_template.questions, blocks=blocks, input_shape=shape)

    assert found == [told]


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (
            ["left=33x33x1", "right=33x33x1"],
            (
                "--join: `add`, reached by 32x32x1 and 33x33x1: 32x32x1 and 33x33x1 cannot be "
                "added, since `maxpool` rounds 33x33 at its stride of 2; give the "
                "inputs 32x32x1"
            ),
        ),
        (
            ["left=33x33x1", "right=31x31x1"],
            (
                "--join: `add`, reached by 32x32x1 and 31x31x1: 31x31x1 and 32x32x1 cannot be "
                "added; give the branches equal shapes, or sides of 1, which are stretched"
            ),
        ),
    ],
)
def test_inputs_with_names(inputs, told, model_template):
    """One size is told for inputs of one size, and none where theirs differ."""
    graph = {
        "inputs": inputs,
        "towers": ["left=maxpool(2) upsample"],
        "join": "add",
        "blocks": "gap",
        "outputs": ["same=2"],
    }

    assert problems(model_template.questions, **{**graph, "dataset": "table"}) == [told]


def test_bricks_that_suit_some_size_are_right_while_none_is_known(model_template):
    """Without a shape, what suits a size near the largest one is not refused."""
    asked = model_template.questions
    thirds = 'cnn(8, name="a") maxpool(3) upsample(3) add("a") gap'
    never = 'cnn(8, name="a") maxpool(3) add("a") gap'

    assert Reading({"blocks": thirds}, asked).problems == []
    assert len(Reading({"blocks": never}, asked).problems) == 1


@st.composite
def hourglasses(draw: st.DrawFn) -> tuple[str, int]:
    """Bricks that make a map smaller and larger again, with joins, and by how much."""
    factors = draw(st.lists(st.sampled_from([2, 2, 3]), min_size=1, max_size=4))
    down = [
        f'conv(2, name="level_{level}") '
        + draw(st.sampled_from([f"maxpool({factor})", f"conv(2, 1, stride={factor})"]))
        for level, factor in enumerate(factors)
    ]
    up = [
        f'upsample({factor}) {draw(st.sampled_from(["add", "concatenate"]))}("level_{level}") '
        "conv(2)"
        for level, factor in reversed([*enumerate(factors)])
    ]
    return f"{' '.join(down)} {' '.join(up)} gap", prod(factors)


def nearest(side, factor):
    """The nearest multiple of a factor, from 3/4 of a side to twice it; the lower one of two."""
    multiples = [
        near for near in range(side - side // 4, 2 * side + 1) if near % factor == 0
    ]
    return min(multiples, key=lambda near: abs(near - side), default=None)


@given(hourglasses(), st.integers(24, 200), st.integers(24, 200))
def test_the_size_that_is_told_is_right(hourglass, height, width):
    """It is told where there is one near, it fits, and it is that of the nearest multiples."""
    blocks, factor = hourglass
    near = [nearest(side, factor) for side in (height, width)]
    try:
        assemble(Plan.plain(parse(blocks), (height, width, 1), 2))
    except OtherSizeError as error:
        [told] = re.findall(r"say --input-shape (\S+)", error.problems[0])
        assert read_shape(told) == (*near, 1) != (height, width, 1)
        assert assemble(Plan.plain(parse(blocks), read_shape(told), 2))
    except InputError:
        assert None in near or min(height, width) < factor  # and a window is too large
    else:
        assert near == [height, width]
