"""A network drawn in a terminal: boxes of bricks from the inputs to the heads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from keras_scaffold.layers import shape_text
from keras_scaffold.network import Architecture, Part, Placement, find_edges, goes_elsewhere
from keras_scaffold.pictures.text_blocks import Block, row, under
from keras_scaffold.pictures.text_boxes import Line, box

NARROWEST = 16
"""Columns that a drawing takes in any terminal."""


@dataclass(frozen=True)
class Drawing:
    """A network that is drawn as wide as the terminal lets it be."""

    architecture: Architecture

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, none of them wider than the terminal."""
        limit = max(options.max_width, NARROWEST)
        drawn = _Drawn(self.architecture, limit)
        lines = (line.rstrip() for line in drawn.whole().lines)
        yield Text("\n".join(lines), no_wrap=True, overflow="crop")


def draw_text(architecture: Architecture) -> Drawing:
    """What prints the bricks of a network, with the arrows between its parts."""
    return Drawing(architecture)


@dataclass
class _Drawn:
    """A network while it is drawn, no wider than `limit`."""

    architecture: Architecture
    limit: int

    def whole(self) -> Block:
        """All parts, from top to bottom."""
        parts = [part for part in self.architecture.parts if part.stages]
        inputs = [part for part in parts if part.kind == "input"]
        towers = [part for part in parts if part.kind == "tower"]
        middle = [part for part in parts if part.kind in ("join", "trunk")]
        heads = [part for part in parts if part.kind == "head"]
        drawn = self.entrance(inputs, towers)
        for part in middle:
            drawn = under(drawn, self.box(part), self.limit)
        last = (middle or towers or inputs)[-1]
        come = f"{shape_text(last.stages[-1].output)} from the {last.kind}"
        ends = row([self.box(part) for part in heads], self.limit, come=come)
        return under(drawn, ends, self.limit)

    def entrance(self, inputs: list[Part], towers: list[Part]) -> Block:
        """The inputs side by side, each with its tower under it."""
        boxes = {part.name: self.box(part) for part in inputs}
        on = {name: tower for tower in towers for name in tower.inputs}
        slots = []
        for name, alone in boxes.items():
            tower = on.get(name)
            if tower is None:
                slots.append(alone)
            elif name == tower.inputs[0]:
                above = [boxes[each] for each in tower.inputs]
                together = row(above, self.limit, go="to the tower")
                slots.append(under(together, self.box(tower), self.limit))
        return row(slots, self.limit, go="to the join")

    def box(self, part: Part) -> Block:
        """The box of a part, with its bricks."""
        leaves = shape_text(part.stages[-1].output) if part.kind != "head" else ""
        if part.shared:
            leaves += f" for {' and for '.join(part.inputs)}"
        told = [self.line(stage) for stage in part.stages]
        block = box(self.title(part), told, self.limit, leaves=leaves)
        if part.kind == "head" and goes_elsewhere(part.stages[0]):
            return replace(block, enters=())
        return block

    def title(self, part: Part) -> str:
        """What a box is called; names are left out where the network goes by none."""
        if not self.architecture.plan.named:
            return part.kind
        return f"input {part.name}" if part.kind == "input" else part.title

    def line(self, stage: Placement) -> Line:
        """What the line of a brick tells."""
        shape = shape_text(stage.output)
        mark = stage.name if stage.name in self.sources else ""
        if not stage.reads:
            return Line(shape, mark=mark)
        before = self.architecture.graph.nodes[stage.reads[0]].output
        return Line(stage.text, shape if stage.output != before else "", mark)

    @cached_property
    def sources(self) -> set[str]:
        """The names of the stages that others name."""
        stages = self.architecture.stages
        return {
            stages[edge.source].name for edge in find_edges(self.architecture) if edge.skip
        }
