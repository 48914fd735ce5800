"""Pictures: where their bricks, texts and arrows are, and whether all of it is legible."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

from keras_scaffold.network.edges import find_edges
from keras_scaffold.pictures.svg import draw_svg
from tests.pictured import plain

SVG = "{http://www.w3.org/2000/svg}"


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
