"""What cannot be joined is told with both shapes and the way out."""

from __future__ import annotations

import pytest
from graph_strategies import told

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import InputError


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        (
            'cnn(8, name="a") maxpool(2) add("a") gap',
            (
                'brick 3 `add("a")`, reached by 14x14x8: 14x14x8 and 28x28x8 cannot be added; '
                "give the branches equal shapes, or sides of 1, which are stretched"
            ),
        ),
        (
            'cnn(8, name="a") dot("a") gap',
            (
                'brick 2 `dot("a")`, reached by 28x28x8: 28x28x8 and 28x28x8 are not all vectors; '
                "put `gap` or `flatten` before it and name what `gap` or `flatten` gave, or say "
                "along which axis, e.g. axes=3"
            ),
        ),
        (
            'cnn(8, name="a") gap dot("a")',
            (
                'brick 3 `dot("a")`, reached by a vector of 8: 8 and 28x28x8 are not all vectors; name what `gap` '
                "or `flatten` gave, or say along which axis, e.g. axes=-1"
            ),
        ),
        (
            'cnn(8, name="a") gap dense(4) dot("a")',
            (
                'brick 4 `dot("a")`, reached by a vector of 4: 4 and 28x28x8 are not all vectors; name what `gap` '
                "or `flatten` gave"
            ),
        ),
        (
            'cnn(8, name="a") gap(name="b") branch_from("a") dot("b") gap',
            (
                'brick 4 `dot("b")`, reached by 28x28x8: 28x28x8 and 8 are not all vectors; put `gap` '
                "or `flatten` before it, or say along which axis, e.g. axes=-1"
            ),
        ),
        (
            "cnn(8) add gap",
            (
                "brick 2 `add`, reached by 28x28x8: it joins what reaches it with named bricks, and "
                'names none; name one that stands before it, e.g. `add("image")`'
            ),
        ),
        (
            'cnn(8, name="a") cnn(8) branch_from gap',
            (
                "brick 3 `branch_from`, reached by 28x28x8: it goes on from one brick, and names 0; "
                'name one that stands before it, e.g. `branch_from("a")`'
            ),
        ),
        (
            'gap(name="a") concatenate("a", axis=2)',
            (
                'brick 2 `concatenate("a", axis=2)`, reached by a vector of 1: 1 has no axis 2; choose from 1 '
                "to 1, or -1"
            ),
        ),
        (
            'cnn(8, name="a") concatenate("a", axis=0) gap',
            '--blocks: brick 2 `concatenate("a", axis=0)`: axis must be 1, 2 or 3, or -1 for the last axis, not `0`',
        ),
    ],
)
def test_what_cannot_be_joined_is_told(blocks, why, model_template):
    """The error names both shapes and the way out."""
    with pytest.raises(InputError) as error:
        check_answers({"name": "net", "blocks": blocks}, model_template.questions)

    assert error.value.problems == [why]


def test_towers_are_advised_where_inputs_have_no_dot_product(model_template):
    """A join of inputs is told that their towers may end in vectors."""
    given = {"inputs": ["left=8x8x1", "right=8x8x1"], "join": "dot", "outputs": ["same=2"]}

    with pytest.raises(InputError) as error:
        check_answers(told(given), model_template.questions)

    assert error.value.problems == [
        (
            "--join: `dot`, reached by 8x8x1 and 8x8x1: 8x8x1 and 8x8x1 are not all vectors; let "
            "the tower of each map end in `gap` or `flatten`, or say along which axis, e.g. axes=3"
        )
    ]
