"""A network as a picture: lego bricks from the input to the head, shapes on the arrows."""

from __future__ import annotations

from html import escape

from generator.architecture import Architecture
from generator.layer import shape_text
from generator.layers import Dense
from generator.parts import Stage

BRICK, ARROW, STUD = 40, 34, 6
"""Heights in pixels: of a brick, of the arrow before it, of the studs on it."""
LETTER = 7.3
"""Width of a letter in pixels, about."""
MARGIN, NARROWEST = 24, 260
STUDS = 5
COLOURS = {
    "convolution": "#2563a8",
    "dense": "#a83232",
    "pooling": "#2e7d4f",
    "normalization": "#8a5a00",
    "merging": "#6b4aa0",
    "augmentation": "#a0406f",
    "shaping": "#5a6472",
}
"""Dark enough for white letters, on white paper as on black; the first that is in a brick."""
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


def svg(architecture: Architecture) -> str:
    """The picture as an SVG document, as tall as there are bricks."""
    stages = architecture.stages
    width = max(NARROWEST, *(round(len(stage.text) * LETTER) + 40 for stage in stages))
    counts = max(len(_params(stage)) for stage in stages)
    whole = round(MARGIN + width + 16 + counts * LETTER + MARGIN)
    step = ARROW + BRICK
    height = MARGIN + step * len(stages)
    total = f"{architecture.total:,} parameters"
    size = f'viewBox="0 0 {whole} {height}" width="{whole}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{len(architecture.bricks)} bricks, {total}</title>",
        f"<style>{STYLE}</style>",
    ]
    for position, stage in enumerate(stages):
        top = MARGIN + step * position
        if position:
            shape = shape_text(stages[position - 1].output)
            lines += _arrow(MARGIN + width // 2, top - ARROW, shape)
        lines += _brick(stage, top, width)
    return "\n".join([*lines, "</svg>", ""])


def _brick(stage: Stage, top: int, width: int) -> list[str]:
    """A brick with its studs, its text and its parameters."""
    fill = f'fill="{COLOURS[_kind(stage)]}"'
    gap = width / STUDS
    stud = f'y="{top - STUD}" width="{gap * 0.4:.0f}" height="{STUD + 2}" rx="2" {fill}'
    lefts = [MARGIN + gap * (number + 0.3) for number in range(STUDS)]
    body = f'x="{MARGIN}" y="{top}" width="{width}" height="{BRICK}" rx="4" {fill}'
    centre, right, middle = MARGIN + width // 2, MARGIN + width + 16, top + BRICK // 2 + 5
    text = f'x="{centre}" y="{middle}" text-anchor="middle"'
    return [
        *(f'<rect x="{left:.0f}" {stud}/>' for left in lefts),
        f"<rect {body}/>",
        f"<text {text}>{escape(stage.text)}</text>",
        f'<text class="params" x="{right}" y="{middle}">{_params(stage)}</text>',
    ]


def _arrow(x: int, top: int, shape: str) -> list[str]:
    """An arrow down to the studs of a brick, with the shape that goes along it."""
    end = top + ARROW - STUD - 2
    return [
        f'<line class="arrow" x1="{x}" y1="{top + 2}" x2="{x}" y2="{end - 5}"/>',
        f'<path class="tip" d="M{x - 5} {end - 6}h10l-5 6z"/>',
        f'<text class="shape" x="{x + 12}" y="{top + ARROW // 2}">{shape}</text>',
    ]


def _kind(stage: Stage) -> str:
    """What a brick is coloured as, by the layers that it is made of."""
    found = set()
    for node in stage.nodes:
        module = type(node.layer).__module__.rpartition(".")[2]
        if module == "weighted":
            module = "dense" if isinstance(node.layer, Dense) else "convolution"
        found.add(module)
    return next((kind for kind in COLOURS if kind in found), "normalization")


def _params(stage: Stage) -> str:
    return f"{stage.params:,}" if stage.params else ""
