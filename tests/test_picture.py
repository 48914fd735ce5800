"""The picture of a network: its bricks from top to bottom, with shapes on the arrows."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from keras_scaffold.bricks.notation import parse
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.edges import find_edges
from keras_scaffold.network.plan import PLAIN, Input, Output, Plan, Tower
from keras_scaffold.pictures.svg import draw_svg
from keras_scaffold.pictures.lego import COLOURS

SVG = "{http://www.w3.org/2000/svg}"
IMAGE = (28, 28, 1)
U_SHAPE = (
    'cnn(16, name="a") maxpool(2) cnn(32, name="b") maxpool(2) cnn(64) upsample '
    'concatenate("b") cnn(32) upsample concatenate("a") cnn(16) gap'
)


def bricks(text):
    """The bricks of a text that may be empty."""
    return tuple(parse(text)) if text else ()


def network(inputs, towers, join, trunk, outputs):
    """A network of named inputs and outputs."""
    return assemble(
        Plan(
            tuple(Input(name, shape) for name, shape in inputs.items()),
            tuple(
                Tower(tuple(names.split()), bricks(text)) for names, text in towers.items()
            ),
            next(iter(bricks(join)), None),
            bricks(trunk),
            tuple(Output(name, 2, PLAIN, bricks(text)) for name, text in outputs.items()),
            named=True,
        )
    )


def plain(text, shape=IMAGE):
    """Bricks on one input, with the head of a classifier."""
    return assemble(Plan.plain(parse(text), shape, 10))


def googlenet_auxiliary():
    """GoogLeNet with the heads that branch off from inside its trunk."""
    preset = PRESETS["googlenet_auxiliary"]
    heads = {head["output"]: " ".join(head["blocks"]) for head in preset.graph["heads"]}
    trunk = " ".join(preset.bricks)
    return network({"image": (224, 224, 3)}, {}, "", trunk, {"label": "", **heads})


NETWORKS = {
    "two inputs with one tower": lambda: network(
        {"left": IMAGE, "right": IMAGE},
        {"left right": "cnn(32) maxpool(2) cnn(64) gap dense(64)"},
        "absolute_difference",
        "dense(32)",
        {"same": ""},
    ),
    "three inputs, two of them with one tower": lambda: network(
        {"left": IMAGE, "side": (8, 8, 3), "right": IMAGE},
        {"left right": 'cnn(32, name="x") cnn(32) add("x") gap', "side": "cnn(8) gap"},
        "concatenate",
        "dense(32) dropout(0.5)",
        {"same": ""},
    ),
    "towers of unequal height, an input without one, no trunk": lambda: network(
        {"photo": IMAGE, "raw": (8,), "map": IMAGE},
        {"photo": 'conv(8, name="m") cnn(8) add("m") gap dense(8, name="v")', "map": "gap"},
        "concatenate",
        "",
        {
            "one": "",
            "two": 'branch_from("v") dense(8)',
            "three": 'branch_from("raw") dense(8) concatenate("v") dense(8, name="deep")',
            "four": 'dense(3) concatenate("deep")',
        },
    ),
    "two heads": lambda: network(
        {"image": IMAGE}, {}, "", "cnn(32) gap", {"digit": "", "parity": "dense(16)"}
    ),
    "heads that branch off": googlenet_auxiliary,
    "a U": lambda: plain(U_SHAPE),
    "two skips from one brick": lambda: plain(
        'cnn(8, name="stem") cnn(8) add("stem") cnn(8) add("stem", "stem") gap'
        ' dense(8, name="end") add("end", "end")'
    ),
    "another branch": lambda: plain(
        'cnn(8, name="a") conv(8, name="b") branch_from("a") conv(8) add("b") gap'
    ),
    "200 bricks": lambda: plain(
        " ".join(f'cnn(8, name="n{n}") cnn(8) add("n{n}", "n{n // 2}")' for n in range(66))
        + " gap"
    ),
}


@pytest.fixture(params=NETWORKS, name="graph")
def each_graph(request):
    """A network that is no single chain, and the root of its picture."""
    architecture = NETWORKS[request.param]()
    return architecture, ElementTree.fromstring(draw_svg(architecture))


def brick_boxes(root):
    """Left, top, right and bottom of each brick, without its studs."""
    for rect in root.iter(f"{SVG}rect"):
        if rect.get("height") == "40":
            left, top, width = (float(rect.get(side)) for side in ("x", "y", "width"))
            yield left, top, left + width, top + 40


def text_boxes(root):
    """Left, top, right and bottom of each text, in a wide font."""
    for text in root.iter(f"{SVG}text"):
        if text.text:
            size = 12 if text.get("class") else 13
            width, left, base = len(text.text) * size * 0.6, *map(
                float, (text.get("x"), text.get("y"))
            )
            left -= width / 2 if text.get("text-anchor") else 0
            yield left, base - size * 0.75, left + width, base + size * 0.2


def skip_boxes(root):
    """Left, top, right and bottom of each stretch of each skip."""
    for path in root.iter(f"{SVG}path"):
        if path.get("class") == "skip":
            points = [
                (float(x), float(y))
                for x, y in re.findall(r"([\d.]+) ([\d.]+)", path.get("d"))
            ]
            for (x, y), (to, end) in pairwise(points):
                yield min(x, to), min(y, end), max(x, to), max(y, end)


def overlap(one, other):
    """Whether two boxes have more than an edge in common."""
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )


def drawn(text, shape=(28, 28, 1)):
    """The root of the picture of some bricks."""
    return ElementTree.fromstring(draw_svg(plain(text, shape)))


def test_texts():
    """It tells every brick, the parameters of those that have some, and each shape once."""
    root = drawn("cnn(32, name='stem') maxpool(3) gap")

    texts = [text.text for text in root.iter(f"{SVG}text") if text.text]
    assert texts == [
        *("input", "28x28x1", 'cnn(32, name="stem")', "448", "28x28x32", "maxpool(3)"),
        *("9x9x32", "gap", "32", "dense(10)", "330"),
    ]
    assert root.find(f"{SVG}title").text == "3 bricks, 778 parameters"


def test_texts_in_bricks():
    """The longest text leaves some room in its brick, in the widest usual font too."""
    root = drawn(
        "conv(64, 7, stride=2, padding=valid, activation=linear, name='first') gap"
    )

    (left, _, right, _), *_ = brick_boxes(root)
    longest = max(len(text.text) for text in root.iter(f"{SVG}text") if text.text)
    assert (right - left - longest * 13 * 0.618) / 2 >= 12


@pytest.mark.parametrize("brick", all_bricks().values())
def test_colours(brick):
    """Every brick has one of the colours that stand out from light and dark paper."""
    example = brick.written_example()
    before = "" if brick.word() == "reshape" else "conv(64, name='stem')"
    before = "flatten dense(8, name='stem')" if brick.word() == "dot" else before
    after = "" if brick.word() in ("gap", "gmp", "flatten") else "flatten"
    shape = (16, 16, 1) if brick.word() == "reshape" else (28, 28, 1)

    root = drawn(f"{before} {example} {after}", shape)

    fills = {rect.get("fill") for rect in root.iter(f"{SVG}rect")}
    assert fills <= set(COLOURS.values())


def test_nothing_lies_outside():
    """Long texts make the picture wider, so that nothing is cut off."""
    root = drawn("googlenet_inception(64, 96, 128, 16, 32, 32, epsilon=0.01, l2=0.001) gap")

    width, height = (float(root.get(side)) for side in ("width", "height"))
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x")) + float(rect.get("width")) < width
        assert float(rect.get("y")) + float(rect.get("height")) < height


def test_nothing_of_a_graph_lies_outside(graph):
    """Each brick, text and skip of a graph is in the picture."""
    _, root = graph
    width, height = (float(root.get(side)) for side in ("width", "height"))

    for left, top, right, bottom in [
        *brick_boxes(root),
        *text_boxes(root),
        *skip_boxes(root),
    ]:
        assert 0 < left <= right < width
        assert 0 < top <= bottom < height


def test_bricks_do_not_overlap(graph):
    """Each brick is drawn once, and apart from the others."""
    architecture, root = graph

    boxes = list(brick_boxes(root))

    assert len(boxes) == len(architecture.stages)
    assert not any(overlap(*pair) for pair in combinations(boxes, 2))


def test_texts_do_not_overlap(graph):
    """No text runs into another one."""
    _, root = graph

    assert not any(overlap(*pair) for pair in combinations(text_boxes(root), 2))


def test_skips_run_beside_bricks_and_texts(graph):
    """A skip crosses neither a brick nor a text."""
    _, root = graph
    drawn = [*brick_boxes(root), *text_boxes(root)]

    assert not any(overlap(skip, box) for skip in skip_boxes(root) for box in drawn)


def test_every_edge_is_an_arrow(graph):
    """There are as many arrows as edges, the skips among them dashed."""
    architecture, root = graph
    wires = find_edges(architecture)

    classes = [each.get("class") for each in root.iter()]

    assert classes.count("arrow") == sum(not edge.skip for edge in wires)
    assert classes.count("skip") == sum(edge.skip for edge in wires)
    assert classes.count("tip") + classes.count("skip-tip") == len(wires)


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


def test_pictures_are_deterministic(graph):
    """The same network is drawn in the same bytes."""
    architecture, _ = graph

    assert draw_svg(architecture) == draw_svg(architecture)
