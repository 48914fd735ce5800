"""A network as a picture: lego bricks from the inputs to the heads, shapes on the arrows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from keras_scaffold.errors import InputError
from keras_scaffold.layers import shape_text
from keras_scaffold.network import Architecture, Edge, find_edges, goes_elsewhere, is_chain
from keras_scaffold.pictures import svg_shapes as elements
from keras_scaffold.pictures.svg_columns import brick_text, label, lay_out, params_text
from keras_scaffold.pictures.svg_layout import (
    ARROW,
    BRICK,
    BRICK_LETTER,
    FRAME,
    LABEL,
    LETTER,
    MARGIN,
    STUD,
    Column,
    Layout,
)
from keras_scaffold.pictures.svg_skips import Way, lead

NARROWEST = 260
SUFFIX = ".svg"
SVG = b"<svg "
"""How a picture begins."""
STYLE = """
text { font: 13px ui-monospace, SFMono-Regular, Menlo, monospace; fill: #fff }
.shape, .params { fill: #57606a; font-size: 12px }
.arrow { stroke: #57606a; stroke-width: 1.5 }
.tip { fill: #57606a }
@media (prefers-color-scheme: dark) {
  .shape, .params { fill: #adbac7 }
  .arrow { stroke: #adbac7 }
  .tip { fill: #adbac7 }
}
"""
GRAPH_STYLE = """.outline, .frame { fill: none; stroke: #57606a }
.skip { fill: none; stroke: #bc4c00; stroke-width: 1.5; stroke-dasharray: 6 3 }
.skip-tip { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
  .outline, .frame { stroke: #adbac7 }
  .skip { stroke: #f0883e }
  .skip-tip { fill: #f0883e }
}
"""


def write_svg(architecture: Architecture, file: Path) -> None:
    """Write the picture; raises InputError for a file that is to hold anything else, or does."""
    if not file.name.lower().endswith(SUFFIX):
        raise InputError(
            f"--svg: `{file}` does not end in `{SUFFIX}`, and an SVG is what is written; name a "
            f"file that does, e.g. `network{SUFFIX}`"
        )
    if file.is_file() and not (file.read_bytes() or SVG).startswith(SVG):
        raise InputError(f"--svg: `{file}` is there, and no SVG; name another file")
    try:
        file.write_text(draw_svg(architecture), encoding="utf-8")
    except OSError as error:
        error.filename = str(file)  # which is not told of a full disk
        raise


def draw_svg(architecture: Architecture) -> str:
    """The picture as an SVG document: a chain as tall as there are bricks, or a graph."""
    if is_chain(architecture):
        return _chain(architecture)
    return _graph(architecture)


def _chain(architecture: Architecture) -> str:
    """One brick under the other, their parameters beside them."""
    stages = architecture.stages
    width = max(
        NARROWEST, *(round(len(stage.text) * BRICK_LETTER) + 32 for stage in stages)
    )
    counts = max(len(params_text(stage)) for stage in stages)
    whole = round(MARGIN + width + 16 + counts * LETTER + MARGIN)
    step = ARROW + BRICK
    lines = []
    for position, stage in enumerate(stages):
        top = MARGIN + step * position
        if position:
            shape = shape_text(stages[position - 1].output)
            lines += elements.arrow(MARGIN + width // 2, top - ARROW, shape)
        lines += elements.brick(stage, stage.text, MARGIN, top, width)
    return _document(architecture, (whole, MARGIN + step * len(stages)), STYLE, lines)


def _graph(architecture: Architecture) -> str:
    """Columns of bricks, arrows between them, and skips around them."""
    wires = find_edges(architecture)
    layout = lay_out(architecture, wires)
    ways = lead(architecture, layout, wires)
    layout.spread()
    lines = [
        *(line for column in layout.columns for line in _column(architecture, column)),
        *_arrows(architecture, layout, [edge for edge in wires if not edge.skip]),
        *_skips(architecture, ways),
    ]
    size = layout.width, layout.height
    return _document(architecture, size, STYLE + GRAPH_STYLE, lines)


def _document(
    architecture: Architecture, size: tuple[int, int], style: str, lines: Iterable[str]
) -> str:
    """The SVG document that holds some elements."""
    width, height = size
    total = f"{architecture.total:,} parameters"
    view = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} role="img">',
        f"<title>{len(architecture.bricks)} bricks, {total}</title>",
        f"<style>{style}</style>",
    ]
    return "\n".join([*head, *lines, "</svg>", ""])


def _column(architecture: Architecture, column: Column) -> Iterator[str]:
    """The bricks of a column, what frames them and what is told under them."""
    named = architecture.plan.named
    if column.title:
        yield from elements.frame(column)
    for at in column.stages:
        stage, left, top = architecture.stages[at], column.left, column.brick_top(at)
        if goes_elsewhere(stage):
            yield from elements.label(stage, left, top, column.width)
        else:
            told = brick_text(stage, named=named)
            yield from elements.brick(stage, told, left, top, column.width)
    if column.caption:
        yield elements.name(column.centre, column.top + column.height - 6, column.caption)


def _arrows(architecture: Architecture, layout: Layout, wires: list[Edge]) -> Iterator[str]:
    """The arrows from brick to brick, in a column and from band to band."""
    leaves = _leaving(architecture, layout, wires)
    enters = _entering(layout, wires, leaves)
    told = set()
    for edge in wires:
        source, target = layout.of[edge.source], layout.of[edge.target]
        top = source.brick_top(edge.source) + BRICK
        shape = label(architecture.stages[edge.source], edge)
        if source is target:
            yield from elements.arrow(source.centre, top, shape)
            continue
        end = target.top if target.title else target.brick_top(edge.target) - STUD - 2
        yield from elements.link(leaves[edge], top, enters[edge], end)
        if (edge.source, edge.call) not in told:
            told.add((edge.source, edge.call))
            y = top + ARROW // 2 + (FRAME if source.title else 0)
            yield elements.shape(leaves[edge], y, shape)


def _leaving(
    architecture: Architecture, layout: Layout, wires: list[Edge]
) -> dict[Edge, int]:
    """Where each arrow leaves: below the middle, or one for each call beside the other."""
    calls = Counter(edge.source for edge in wires if edge.call)
    seen: Counter[int] = Counter()
    leaves = {}
    for edge in wires:
        column = layout.of[edge.source]
        leaves[edge] = column.centre
        if edge.call:
            share = column.width // calls[edge.source]
            shape = label(architecture.stages[edge.source], edge)
            middle = (share - LABEL - round(len(shape) * LETTER)) // 2
            leaves[edge] = column.left + seen[edge.source] * share + middle
            seen[edge.source] += 1
    return leaves


def _entering(
    layout: Layout, wires: list[Edge], leaves: dict[Edge, int]
) -> dict[Edge, int]:
    """Where each arrow enters: in the order in which they leave, so that none cross."""
    into = defaultdict(list)
    for edge in sorted(wires, key=lambda edge: leaves[edge]):
        into[edge.target].append(edge)
    enters = {}
    for target, entering in into.items():
        column = layout.of[target]
        for number, edge in enumerate(entering, start=1):
            enters[edge] = column.left + column.width * number // (len(entering) + 1)
    return enters


def _skips(architecture: Architecture, ways: list[Way]) -> Iterator[str]:
    """The skips, each source with the shape that it gives."""
    told = set()
    for way in ways:
        points, source = way.points(), way.edge.source
        yield from elements.skip(points)
        if source not in told:
            told.add(source)
            x, y = points[0]
            yield elements.shape(
                x + 4, y + 15, label(architecture.stages[source], way.edge)
            )
