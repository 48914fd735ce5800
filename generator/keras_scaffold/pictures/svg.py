"""A network as a picture: lego bricks from the inputs to the heads, shapes on the arrows."""

from __future__ import annotations

from pathlib import Path

from keras_scaffold.errors import InputError
from keras_scaffold.network import Architecture, find_edges
from keras_scaffold.pictures.arrows import draw_arrows
from keras_scaffold.pictures.grid import LANE, MARGIN, ROW, group_bricks
from keras_scaffold.pictures.lego import draw_brick, draw_caption, draw_frame
from keras_scaffold.pictures.skips import draw_skips, find_skips
from keras_scaffold.pictures.widths import give_widths

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
    """The picture as an SVG document."""
    edges = find_edges(architecture)
    grid = group_bricks(architecture)
    give_widths(architecture, grid, edges)
    skips = find_skips(grid, edges)
    grid.spread()
    arrows = draw_arrows(architecture, grid, edges)
    style = STYLE if len(grid.columns) == 1 and not skips else STYLE + GRAPH_STYLE
    lines = [f"<style>{style}</style>"]
    lines += (line for each in grid.columns if each.title for line in draw_frame(each))
    for at in range(len(architecture.slots)):
        lines += arrows.get(at, ())
        lines += draw_brick(architecture, at, grid.of[at], grid.top(at))
    lines += draw_skips(grid, skips)
    lines += [draw_caption(each) for each in grid.columns if each.caption]
    width, height = grid.end + grid.lanes * LANE + MARGIN, MARGIN + ROW * grid.bottom
    view = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} role="img">',
        f"<title>{len(architecture.bricks)} bricks, {architecture.total:,} parameters</title>",
    ]
    return "\n".join([*head, *lines, "</svg>", ""])
