"""Whatever the network, its picture is legible, and its arrows join what the network does."""

from xml.etree import ElementTree

import pytest
from graph_strategies import graphs, told
from hypothesis import given

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.edges import find_edges
from keras_scaffold.pictures.svg import draw_svg
from tests.boxes import SVG, assert_legible, drawn
from tests.pictured import NETWORKS, crowds, plain


def test_nothing_lies_outside():
    """Long texts make the picture wider, so that nothing is cut off."""
    root = drawn("googlenet_inception(64, 96, 128, 16, 32, 32, epsilon=0.01, l2=0.001) gap")

    width, height = (float(root.get(side)) for side in ("width", "height"))
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x")) + float(rect.get("width")) < width
        assert float(rect.get("y")) + float(rect.get("height")) < height


@pytest.mark.parametrize("name", NETWORKS)
def test_graphs_are_legible(name):
    """Bricks and texts stand apart, skips run beside them, each edge joins its bricks."""
    assert_legible(NETWORKS[name]())


@given(graphs())
def test_any_graph_is_legible(model_template, graph):
    """So it is in whatever network can be asked for."""
    answers = check_answers(told(graph), model_template.questions)

    assert_legible(answers.architecture)


@given(crowds())
def test_a_crowd_is_legible(plan):
    """So it is with many inputs and heads, and skips from everywhere to everywhere."""
    assert_legible(assemble(plan))


def test_a_shared_tower_is_drawn_once():
    """Its arrows in are the inputs', and those out tell for which of them they are."""
    root = ElementTree.fromstring(draw_svg(NETWORKS["two inputs with one tower"]()))

    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts.count("maxpool(2)") == 1
    assert {"input left", "input right", "64 left", "64 right", "same"} <= set(texts)
    assert "tower of left and right, one set of weights" in texts


def test_edges_of_a_shared_tower():
    """Each input leads to it, and each call of it to what joins them."""
    wires = find_edges(NETWORKS["two inputs with one tower"]())

    told = [(edge.source, edge.target, edge.call) for edge in wires]
    assert told[:2] == [(0, 2, ""), (1, 2, "")]
    assert told[6:8] == [(6, 7, "left"), (6, 7, "right")]


def test_edges_of_skips():
    """A skip comes from the brick that is named, and `branch_from` continues from it alone."""
    text = 'cnn(8, name="a") conv(8, name="b") branch_from("a") conv(8) add("b") gap'

    wires = find_edges(plain(text))

    told = [(edge.source, edge.target, edge.skip) for edge in wires]
    assert told[2:6] == [(1, 3, True), (3, 4, False), (4, 5, False), (2, 5, True)]


@pytest.mark.parametrize("name", NETWORKS)
def test_pictures_are_deterministic(name):
    """The same network is drawn in the same bytes."""
    architecture = NETWORKS[name]()

    assert draw_svg(architecture) == draw_svg(architecture)
