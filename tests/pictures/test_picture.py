"""The picture of a network: its bricks from top to bottom, with shapes on the arrows."""

import re
from itertools import combinations, count, pairwise
from typing import get_args
from xml.etree import ElementTree

import pytest
from graph_strategies import graphs, told
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.layers.layer import Family, Layer
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.edges import find_edges
from keras_scaffold.network.plan import PLAIN, Input, Output, Plan, Tower
from keras_scaffold.pictures.lego import COLOURS
from keras_scaffold.pictures.svg import draw_svg

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


@st.composite
def crowds(draw):
    """Many inputs and outputs, and bricks that name any brick before them."""
    marks, numbers = [], count()

    def chain(most, *, shared=False):
        known, text = [*(() if shared else marks)], ""
        for _ in range(draw(st.integers(0, most))):
            if known and draw(st.booleans()):
                of = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
                text += f"add({', '.join(f'{name!r}' for name in of)}) "
            else:
                known.append(f"n{next(numbers)}")
                text += f"conv(8, name={known[-1]!r}) "
        marks.extend(() if shared else known[len(marks) :])
        return text

    shape = draw(st.sampled_from([(4, 4, 8), (1000, 1000, 8)]))
    names = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True))
    left, towers = list(names), []
    marks += names
    while left:
        on, left = left[: (size := draw(st.integers(1, 5)))], left[size:]
        towers.append(Tower(tuple(on), bricks(chain(3, shared=size > 1) or "dropout(0.1)")))
    trunk = chain(8)
    outputs = []
    for number in range(draw(st.integers(1, 5))):
        start = f"branch_from({draw(st.sampled_from(marks))!r}) " if number else ""
        start = start if draw(st.booleans()) else ""
        outputs.append(
            Output(f"output{number}", 2, PLAIN, bricks(start + chain(3) + "gap"))
        )
    return Plan(
        tuple(Input(name, shape) for name in names),
        tuple(towers),
        next(iter(bricks("add" if len(names) > 1 else "")), None),
        bricks(trunk),
        tuple(outputs),
        named=True,
    )


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


def points(path):
    """The corners of a path, and what its curves are drawn by."""
    found = []
    for command, numbers in re.findall(r"([A-Z])([^A-Z]*)", path.get("d")):
        values = [float(number) for number in numbers.split()]
        if command == "V":
            values.insert(0, found[-1][0])
        found += zip(values[::2], values[1::2], strict=True)
    return found


def line_boxes(root, kind):
    """Left, top, right and bottom of each stretch of each arrow, or of each skip."""
    for path in root.iter(f"{SVG}path"):
        if path.get("class") == kind:
            for (x, y), (to, end) in pairwise(points(path)):
                yield min(x, to), min(y, end), max(x, to), max(y, end)
    for line in root.iter(f"{SVG}line"):
        if line.get("class") == kind:
            x, top, bottom = (float(line.get(side)) for side in ("x1", "y1", "y2"))
            yield x, top, x, bottom


def drawn_edges(root):
    """The source and the target of each arrow and skip, by where its ends are."""
    boxes = list(enumerate(brick_boxes(root)))
    for each in root.iter():
        if each.get("class") == "skip":
            (x, y), *_, (to, end) = points(each)
            [source] = [at for at, box in boxes if box[2] == x and box[1] < y < box[3]]
            [target] = [
                at for at, box in boxes if box[2] == to - 6 and box[1] < end < box[3]
            ]
            yield source, target, True
        elif each.get("class") == "arrow":
            ends = (
                points(each)
                if each.get("d")
                else [
                    (float(each.get(x)), float(each.get(y)))
                    for x, y in (("x1", "y1"), ("x2", "y2"))
                ]
            )
            (x, y), *_, (to, end) = ends
            [source] = [
                at for at, box in boxes if box[3] == y - 2 and box[0] <= x <= box[2]
            ]
            _, target = min(
                (box[1], at) for at, box in boxes if box[1] > end and box[0] <= to <= box[2]
            )
            yield source, target, False


def overlap(one, other):
    """Whether two boxes have more than an edge in common."""
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )


def inside(one, other):
    """Whether a box is within another."""
    return (
        other[0] <= one[0]
        and one[2] <= other[2]
        and other[1] <= one[1]
        and one[3] <= other[3]
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


def fill_of_second(architecture):
    """The colour of the second brick from the top."""
    root = ElementTree.fromstring(draw_svg(architecture))
    fills = [
        each.get("fill") for each in root.iter(f"{SVG}rect") if each.get("height") == "40"
    ]
    return fills[1]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        *(("conv(8)", "convolution"), ("inception(8, 8)", "convolution")),
        *(("depthwise", "convolution"), ("dense(8)", "dense"), ("gap", "pooling")),
        *(
            ("maxpool(2)", "pooling"),
            ("batchnorm", "normalization"),
            ("lrn", "normalization"),
        ),
        *(("layer_scale", "normalization"), ("random_crop", "augmentation")),
        *(("random_flip", "augmentation"), ("flatten", "shaping"), ("upsample", "shaping")),
        *(("dropout(0.1)", "shaping"), ('add("image")', "merging")),
        *(("squeeze_excite(1)", "dense"), ("repeat(2, cnn(8))", "convolution")),
    ],
)
def test_colours(text, family):
    """A brick has the colour of the first family of layers in it."""
    after = "" if text in ("gap", "flatten") else "gap"
    inputs = {"image": (28, 28, 3)}

    architecture = network(inputs, {}, "", f"{text} {after}", {"label": ""})

    assert fill_of_second(architecture) == COLOURS[family]


def test_each_family_has_a_colour():
    """A layer can be of no other, as far as types are checked."""
    assert tuple(COLOURS) == get_args(Family)


@pytest.mark.parametrize(
    ("family", "colour"),
    [("pooling", "pooling"), ("attention", "shaping"), (None, "shaping")],
)
def test_a_layer_of_ones_own(family, colour):
    """It tells its family, as those of Keras do, and is grey if that is none or unknown."""

    class Own(Layer):
        """The input."""

    class OwnBrick(Brick):
        """A layer."""

        def build(self, x, name):
            """One layer."""
            return x.to(Own(), name)

    if family:
        Own.family = family

    architecture = assemble(Plan.plain([OwnBrick(), *parse("gap")], IMAGE, 10))

    assert fill_of_second(architecture) == COLOURS[colour]


def test_a_chain_by_names():
    """Its input and its output are told by name, if it goes by names."""
    architecture = network({"image": IMAGE}, {}, "", "cnn(8) gap", {"digit": ""})

    root = ElementTree.fromstring(draw_svg(architecture))

    texts = [text.text for text in root.iter(f"{SVG}text") if text.text]
    assert texts[0] == "input image"
    assert texts[-1] == "digit"
    assert_legible(architecture)


def test_nothing_lies_outside():
    """Long texts make the picture wider, so that nothing is cut off."""
    root = drawn("googlenet_inception(64, 96, 128, 16, 32, 32, epsilon=0.01, l2=0.001) gap")

    width, height = (float(root.get(side)) for side in ("width", "height"))
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x")) + float(rect.get("width")) < width
        assert float(rect.get("y")) + float(rect.get("height")) < height


def assert_legible(architecture):
    """Assert that all of a picture is on its page, in its place and apart from the rest."""
    root = ElementTree.fromstring(draw_svg(architecture))
    width, height = (float(root.get(side)) for side in ("width", "height"))
    bricks, texts = list(brick_boxes(root)), list(text_boxes(root))
    arrows, skips = list(line_boxes(root, "arrow")), list(line_boxes(root, "skip"))

    assert len(bricks) == len(architecture.slots)
    for left, top, right, bottom in [*bricks, *texts, *arrows, *skips]:
        assert 0 < left <= right < width
        assert 0 < top <= bottom < height
    assert not any(overlap(*pair) for pair in combinations(bricks, 2))
    assert not any(overlap(*pair) for pair in combinations(texts, 2))
    assert not any(overlap(line, box) for line in [*arrows, *skips] for box in bricks)
    assert not any(overlap(skip, box) for skip in skips for box in texts)
    down = [
        (left, top, left + 1, bottom) for left, top, right, bottom in skips if left == right
    ]
    assert not any(overlap(*pair) for pair in combinations(down, 2))
    for text in texts:
        assert all(inside(text, box) for box in bricks if overlap(text, box))
    edges = [(edge.source, edge.target, edge.skip) for edge in find_edges(architecture)]
    assert sorted(drawn_edges(root)) == sorted(edges)
    tips = [each for each in root.iter() if each.get("class") in ("tip", "skip-tip")]
    assert len(tips) == len(edges)


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
