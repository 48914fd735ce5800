"""How the parts of a network are put together: inputs, towers, join, trunk and heads."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count, islice

from keras_scaffold.bricks import Brick, Join, unique_names
from keras_scaffold.errors import brief
from keras_scaffold.layers import (
    Dense,
    Graph,
    LimitError,
    MisfitError,
    Shape,
    ShapeError,
    Tensor,
    WindowError,
    shape_text,
)
from keras_scaffold.network.plan import Output, Plan, Tower
from keras_scaffold.network.soundness import doubled, not_flat, unnamed, unused
from keras_scaffold.network.structure import Part, Placement


def put_together(plan: Plan, *, heads: bool) -> Assembly:
    """The parts of a plan, their graph, and all that is wrong with it."""
    assembly = Assembly(plan)
    try:
        assembly.run(heads=heads)
    except LimitError as error:
        assembly.problems.append(f"{assembly.place}: {error}")
    return assembly


@dataclass(frozen=True)
class Misfit:
    """Tensors that meet and differ in size: what is told of it, but for a way out."""

    told: str
    tensors: tuple[int, ...]


@dataclass
class Assembly:
    """A network while it is put together."""

    plan: Plan
    graph: Graph = field(default_factory=Graph)
    parts: list[Part] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    misfits: dict[int, Misfit] = field(default_factory=dict)
    """Of the problems those that images of another size may not have."""
    place: str = ""
    """What is being put on."""

    def run(self, *, heads: bool) -> None:
        """Put all parts together, as far as those before them can be."""
        self.names = iter(unique_names(self.plan.bricks()))
        ends = self.inputs()
        for tower in self.plan.towers:
            self.tower(tower, ends)
        joined = self.join(ends)
        trunk_names = self.next_names(self.plan.trunk)
        if joined is None:
            return
        trunk = self.chain("trunk", "trunk", self.plan.trunk, trunk_names, joined)
        if trunk is None:
            return
        self.parts.append(trunk)
        if heads:
            for output in self.plan.outputs:
                self.head(output, self.end_of(trunk))
            if not self.problems:
                self.problems += unused(self.graph, self.parts)
        if not self.problems:
            self.problems += doubled(self.parts)

    def next_names(self, bricks: Sequence[Brick]) -> list[str]:
        """Names for the bricks whose turn it is."""
        return list(islice(self.names, len(bricks)))

    def inputs(self) -> dict[str, Tensor]:
        """The tensors that enter, by their names."""
        ends = {}
        for each in self.plan.inputs:
            self.place = f"input `{each.name}`"
            x = self.graph.input(each.shape, each.name)
            ends[each.name] = self.graph.marks[each.name] = x
            node = (self.graph.nodes[x.index],)
            stage = Placement("input", each.name, x.shape, node, self.place, (), x.index)
            self.parts.append(Part("input", each.name, (stage,), (), (x.index,)))
        return ends

    def tower(self, tower: Tower, ends: dict[str, Tensor]) -> None:
        """Put a tower on its inputs, whose `ends` are then its own."""
        names = self.next_names(tower.bricks)
        name = self.tower_name() if tower.shared else tower.inputs[0]
        title = f"tower of {' and '.join(tower.inputs)}"
        if not self.alike(tower, ends, title):
            return
        calls = []
        for place, source in enumerate(tower.inputs):
            shared = self.graph.apart(again=place > 0) if tower.shared else nullcontext()
            with shared:
                call = self.chain("tower", name, tower.bricks, names, ends[source], title)
            if call is None:
                return
            ends[source] = self.end_of(call)
            calls.append(call)
        starts = tuple(call.starts[0] for call in calls)
        gives = tuple(call.ends[0] for call in calls)
        stages = calls[0].stages
        self.parts.append(Part("tower", name, stages, starts, gives, tower.inputs))
        for brick in tower.bricks if tower.shared else ():
            if brick.name is not None:
                self.graph.marks[brick.name] = partial(
                    ShapeError,
                    f"`{brick.name}` is in the {title}, which is called for each of them",
                    "name a brick that is called once",
                )

    def alike(self, tower: Tower, ends: dict[str, Tensor], title: str) -> bool:
        """Whether the inputs of a tower have one shape; a problem more if not."""
        shapes = {name: shape_text(ends[name].shape) for name in tower.inputs}
        if len({*shapes.values()}) > 1:
            told = " and ".join(f"`{name}` is {shape}" for name, shape in shapes.items())
            self.problems.append(
                f"{title}: one set of weights takes images of one shape, and {told}; give "
                "them one shape, or towers of their own"
            )
        return len({*shapes.values()}) == 1

    def tower_name(self) -> str:
        """A name that neither a brick has nor a tower before."""
        taken = self.names_of_bricks.union(part.name for part in self.parts)
        names = ("tower" if number == 0 else f"tower_{number}" for number in count())
        return next(name for name in names if name not in taken)

    @cached_property
    def names_of_bricks(self) -> frozenset[str]:
        """What bricks are called, and outputs."""
        outputs = (output.name for output in self.plan.outputs)
        return frozenset(unique_names(self.plan.bricks())).union(outputs)

    def join(self, ends: dict[str, Tensor]) -> Tensor | None:
        """What the trunk begins with; None if something before it is wrong."""
        brick = self.plan.join
        names = self.next_names([brick] if brick else [])
        if self.problems:
            return None
        tensors = list(ends.values())
        if brick is None:
            return tensors[0]
        before = len(self.graph.nodes)
        reached = " and ".join(shape_text(tensor.shape) for tensor in tensors)
        self.place = f"--join: `{brick}`"
        try:
            x = brick.apply(tensors, names[0])
        except ShapeError as error:
            self.refuse(error, reached, tensors)
            return None
        nodes = tuple(self.graph.nodes[before:])
        reads = tuple(tensor.index for tensor in tensors)
        stage = Placement(
            str(brick), names[0], x.shape, nodes, self.place, reads, x.index, brick
        )
        self.parts.append(Part("join", names[0], (stage,), reads, (x.index,)))
        return x

    def chain(
        self,
        kind: str,
        name: str,
        bricks: Sequence[Brick],
        names: Sequence[str],
        x: Tensor,
        title: str = "",
    ) -> Part | None:
        """Bricks on `x`; None, and a problem more, if one does not fit."""
        start, at = x, f"{title}: " if title else ""
        stages = []
        for position, (brick, its_name) in enumerate(
            zip(bricks, names, strict=True), start=1
        ):
            text = str(brick)
            self.place = at + f"brick {position} `{brief(text)}`"
            before, reached = len(self.graph.nodes), x
            try:
                x = brick.build(x, its_name)
            except ShapeError as error:
                if isinstance(error, WindowError) and _pads(brick):
                    error = error.where_it_is_told()
                self.refuse(error, _told(reached.shape), self.read_by(brick, reached))
                return None
            nodes = tuple(self.graph.nodes[before:])
            reads = tuple(tensor.index for tensor in self.read_by(brick, reached))
            told = (text, its_name, x.shape, nodes, self.place, reads)
            stages.append(Placement(*told, x.index, brick))
            why = partial(unnamed, self.place, brick, its_name)
            self.graph.marks[its_name] = why if brick.name is None else x
        return Part(kind, name, tuple(stages), (start.index,), (x.index,))

    def end_of(self, part: Part) -> Tensor:
        """What a part gives that is called once."""
        return Tensor(self.graph, part.ends[0])

    def refuse(self, error: ShapeError, reached: str, tensors: Sequence[Tensor]) -> None:
        """A problem more: what is being put on does not fit `tensors`."""
        told = f"{self.place}, reached by {reached}: {error.reason}"
        if isinstance(error, MisfitError):
            meeting = tuple(tensor.index for tensor in tensors)
            self.misfits[len(self.problems)] = Misfit(told, meeting)
        self.problems.append(f"{told}; {error.way_out}")

    def read_by(self, brick: Brick, reached: Tensor) -> list[Tensor]:
        """The tensors that a brick continues from, as far as there are such."""
        if not isinstance(brick, Join):
            return [reached]
        marks = [self.graph.marks.get(name) for name in brick.of]
        return [reached, *(mark for mark in marks if isinstance(mark, Tensor))]

    def head(self, output: Output, trunk: Tensor) -> None:
        """Put an output's bricks and its last layer on the trunk."""
        title = f"head of {output.name}" if self.plan.named else ""
        names = self.next_names(output.bricks)
        part = self.chain("head", output.name, output.bricks, names, trunk, title)
        if part is None:
            return
        end = self.end_of(part)
        if len(end.shape) > 1:
            parts, named = [*self.parts, part], self.plan.named
            self.problems.append(not_flat(self.graph, parts, output, end, named=named))
            return
        self.place = f"output `{output.name}`"
        x = end.to(Dense(output.size), output.name)
        text, node = f"dense({output.size})", (self.graph.nodes[x.index],)
        stage = Placement(
            text, output.name, x.shape, node, self.place, (end.index,), x.index
        )
        self.parts.append(replace(part, stages=(*part.stages, stage), ends=(x.index,)))


def _pads(brick: Brick) -> bool:
    """Whether a brick, or one that it repeats, has an argument for its padding."""
    return any(
        argument.name == "padding" for one in brick.parts() for argument in one.arguments()
    )


def _told(shape: Shape) -> str:
    """A shape in a sentence, in which the length of a vector alone says nothing."""
    return f"a vector of {shape_text(shape)}" if len(shape) == 1 else shape_text(shape)
