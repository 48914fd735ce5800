"""What joining layers accept and give, against Keras' own and against numpy."""

from __future__ import annotations

import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from generated import module, project
from graph_strategies import PAIR, told
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_scaffold import layers
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.catalogue.dot import Dot
from keras_scaffold.layers.layer import ShapeError

SIDES = st.integers(1, 3)
MERGES = {
    "Add": np.add.reduce,
    "Average": lambda arrays: np.add.reduce(arrays) / len(arrays),
    "Maximum": np.maximum.reduce,
    "Multiply": np.multiply.reduce,
    "Subtract": lambda arrays: arrays[0] - arrays[1],
    "AbsoluteDifference": lambda arrays: np.abs(arrays[0] - arrays[1]),
}
OF_TWO = ("Subtract", "AbsoluteDifference")


@st.composite
def meeting(draw: st.DrawFn, most: int) -> list[tuple[int, ...]]:
    """Shapes of one, some of whose sides were made 1, or left out, or made another at last."""
    whole = draw(st.lists(SIDES, min_size=1, max_size=4))
    shapes = []
    for _ in range(draw(st.integers(2, most))):
        fewer = whole[draw(st.integers(0, len(whole) - 1)) :]
        shapes.append([draw(st.sampled_from([1, side, side])) for side in fewer])
    if draw(st.integers(0, 3)) == 0:
        other = draw(st.sampled_from(shapes))
        other[draw(st.integers(0, len(other) - 1))] = draw(SIDES)
    return [tuple(shape) for shape in draw(st.permutations(shapes))]


def by_rule(rule, shapes):
    """The shape that a rule gives, or None where it refuses."""
    try:
        return rule.output_shape(*shapes)
    except ShapeError:
        return None


def by_keras(layer, shapes):
    """The shape that a Keras layer gives to symbolic inputs, or None where it raises."""
    try:
        return tuple(layer([keras.Input(shape) for shape in shapes]).shape[1:])
    except (ValueError, IndexError):  # the latter for an axis that is not there
        return None


def arrays(shapes):
    """Three random examples of each shape."""
    random = np.random.default_rng(len(shapes))
    return [random.uniform(-1, 1, (3, *shape)).astype("float32") for shape in shapes]


def stretched(given):
    """Arrays of one rank: missing axes come behind the batch."""
    rank = max(array.ndim for array in given)
    return np.broadcast_arrays(
        *(
            array.reshape(len(array), *[1] * (rank - array.ndim), *array.shape[1:])
            for array in given
        )
    )


@pytest.fixture(scope="module")
def absolute_difference(model_template, tmp_path_factory):
    """The layer that blocks.py defines in a project."""
    answers = check_answers(told(PAIR), model_template.questions)
    with project(model_template, tmp_path_factory.mktemp("project"), answers):
        yield module(answers, "blocks").AbsoluteDifference


@pytest.mark.parametrize("name", MERGES)
def test_merging_as_keras(name, absolute_difference):
    """Shapes are accepted that Keras accepts, in either order, and broadcast as it does."""
    made = getattr(keras.layers, name, absolute_difference)

    @settings(max_examples=settings.default.max_examples * 2)
    @given(meeting(2 if name in OF_TWO else 3))
    def agree(shapes):
        expected = by_keras(made(), shapes)
        if expected is not None and not all(
            right(made(), MERGES[name], shapes, batch) for batch in (1, 2, 3)
        ):
            expected = None

        assert by_rule(getattr(layers, name)(), shapes) == expected

    agree()


def right(layer, merged, shapes, batch):
    """Whether a Keras layer gives to so many examples what numpy gives, stretched alike."""
    given = [array[:batch] for array in arrays(shapes)]
    expected = merged(stretched(given))
    try:
        found = np.asarray(layer(given))
    except tf.errors.OpError:
        return False
    return found.shape == expected.shape and np.allclose(found, expected, atol=1e-6)


@given(st.data())
def test_concatenating_as_keras(data):
    """Shapes are accepted that Keras accepts on that axis, and are laid side by side on it."""
    shape = data.draw(st.lists(SIDES, min_size=1, max_size=3))
    axis = data.draw(st.sampled_from([-1, 1, 2, 3]))
    place = axis - (axis > 0)
    shapes = [list(shape) for _ in range(data.draw(st.integers(2, 3)))]
    for other in shapes:
        if -len(shape) <= place < len(shape):
            other[place] = data.draw(SIDES)
    if data.draw(st.integers(0, 2)) == 0:
        shapes[-1] = data.draw(st.lists(SIDES, min_size=1, max_size=3))
    expected = by_rule(layers.Concatenate(axis), shapes := [*map(tuple, shapes)])

    assert by_keras(keras.layers.Concatenate(axis), shapes) == expected
    if expected is not None:
        given = arrays(shapes)
        found = np.asarray(keras.layers.Concatenate(axis)(given))
        np.testing.assert_array_equal(found, np.concatenate(given, axis))


@given(st.data())
def test_dot_products_as_keras(data):
    """Shapes are accepted that Keras accepts along that axis, and give its dot products."""
    axes = data.draw(st.sampled_from([-1, 1, 1, 2, 3]))
    normalize = data.draw(st.booleans())
    shapes = data.draw(
        st.lists(st.lists(SIDES, min_size=1, max_size=3).map(tuple), min_size=2, max_size=2)
    )
    expected = by_rule(layers.Dot(axes, normalize), shapes)

    assert by_keras(keras.layers.Dot(axes, normalize), shapes) == expected
    if expected is not None:
        first, second = arrays(shapes)
        last = (np.moveaxis(array, axes, -1) for array in (first, second))
        first, second = (
            array / np.linalg.norm(array, axis=-1, keepdims=True) if normalize else array
            for array in last
        )
        products = [
            np.tensordot(one, two, (-1, -1)) for one, two in zip(first, second, strict=True)
        ]
        found = np.asarray(keras.layers.Dot(axes, normalize)([*arrays(shapes)]))
        np.testing.assert_allclose(
            found, np.reshape(products, (3, *expected)), rtol=1e-5, atol=1e-6
        )


@pytest.mark.parametrize("join", ["add", "average", "maximum", "multiply", "subtract"])
@pytest.mark.parametrize(
    "blocks",
    [
        'cnn(16, name="a") gap reshape(1, 1, 16) {}("a") gap',
        'cnn(16, name="a") gap {}("a") gap',
        'cnn(16, name="a") conv(1) {}("a") gap',
        'cnn(16, name="a") gap(name="b") branch_from("a") {}("b") gap',
        'cnn(16, name="a") gap dense(1, name="b") branch_from("a") {}("b") gap',
    ],
)
def test_what_is_stretched_joins_in_either_order(join, blocks, model_template):
    """What has sides of 1, or is a vector, joins a map, whichever of the two is named."""
    answers = {"name": "net", "blocks": blocks.format(join)}

    architecture = check_answers(answers, model_template.questions).architecture

    assert architecture.bricks[-2].output == (28, 28, 16)


@pytest.mark.parametrize(
    "blocks",
    ['dense(1, name="a") dense(16) {}("a")', 'dense(16, name="a") dense(1) {}("a")'],
)
@pytest.mark.parametrize(
    ("join", "smaller_first"), [("add", True), ("average", True), ("subtract", False)]
)
def test_smaller_summands_come_first(blocks, join, smaller_first, model_template):
    """A sum reads the smaller tensor first, for Keras takes a later one for a bias."""
    answers = {"name": "net", "blocks": f"gap {blocks.format(join)}"}

    graph = check_answers(answers, model_template.questions).architecture.graph

    [node] = [node for node in graph.nodes if len(node.inputs) > 1]
    sizes = [graph.nodes[index].output for index in node.inputs]
    reached_first = graph.nodes[-3].output  # which is the order in which others are written
    assert sizes[0] == ((1,) if smaller_first else reached_first)


@given(st.lists(SIDES, min_size=2, max_size=3), st.lists(SIDES, min_size=1, max_size=3))
def test_the_axis_that_is_advised_has_dot_products(reached, other):
    """What a dot product of maps is told to be taken along can be, and is told if it can."""
    way_out = Dot(of=("a",)).way_out(tuple(reached), tuple(other))
    told = [int(axis) for axis in re.findall("axes=(.+)", way_out)]
    fit = [
        axis
        for axis in (1, 2, 3, -1)
        if by_rule(layers.Dot(axis), [tuple(reached), tuple(other)])
    ]

    assert bool(told) == bool(fit)
    assert {*told} <= {*fit}
