"""How the parts of a network are put together: inputs, towers, join, trunk and heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import NoReturn

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
    shapes_text,
)
from keras_scaffold.network.plan import Output, Plan, Tower
from keras_scaffold.network.soundness import (
    doubled,
    not_flat,
    other_shapes,
    several_times,
    taken_by_models,
    unnamed,
    unused,
)
from keras_scaffold.network.structure import Part, Slot
from keras_scaffold.network.within import Blocks, Ranks


def put_together(plan: Plan, *, heads: bool) -> Assembly:
    """The parts of a plan, their graph, and all that is wrong with it."""
    assembly = Assembly(plan)
    try:
        assembly.run(heads=heads)
    except LimitError as error:
        assembly.problems.append(f"{assembly.place}: {error}")
    return assembly


class _Refused(Exception):
    """A part that does not fit is left out; why is among the problems."""


@dataclass(frozen=True)
class Misfit:
    """Tensors that meet and differ in size, and the problem but for a way out."""

    problem: str
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
    ranks: Ranks = field(default_factory=dict)
    place: str = ""
    """What is being put on."""
    before: int = 0
    """So many layers were there before it."""

    def run(self, *, heads: bool) -> None:
        """Put all parts together, as far as those before them can be."""
        self.names = iter(unique_names(self.plan.bricks()))
        ends = self.inputs()
        for tower in self.plan.towers:
            with suppress(_Refused):
                self.tower(tower, ends)
        if self.problems:
            return
        with suppress(_Refused):
            trunk = self.trunk(self.join_inputs([*ends.values()]))
            for output in self.plan.outputs if heads else ():
                with suppress(_Refused):
                    self.head(output, trunk)
        if heads and not self.problems:
            self.problems += unused(self.graph, self.parts)
        if not self.problems:
            self.problems += doubled(self.parts)
            self.problems += taken_by_models(self.parts)

    def next_named(self, bricks: Iterable[Brick]) -> list[tuple[Brick, str]]:
        """The bricks whose turn it is, each with its name."""
        return list(zip(bricks, self.names, strict=False))

    def begin(self, place: str) -> None:
        """What comes next is put on here."""
        self.place, self.before = place, len(self.graph.nodes)

    def placed(
        self, text: str, name: str, reads: Iterable[Tensor], x: Tensor, brick: Brick | None
    ) -> Slot:
        """What was put on here, and gives `x`."""
        nodes = tuple(self.graph.nodes[self.before :])
        return Slot(text, name, x.shape, nodes, self.place, _indices(reads), x.index, brick)

    def inputs(self) -> dict[str, Tensor]:
        """The tensors that enter, by their names."""
        ends = {}
        for each in self.plan.inputs:
            self.begin(f"input `{each.name}`")
            x = self.graph.input(each.shape, each.name)
            ends[each.name] = self.graph.marks[each.name] = x
            slot = self.placed("input", each.name, (), x, None)
            self.parts.append(Part("input", each.name, (slot,), (), (x.index,)))
        return ends

    def tower(self, tower: Tower, ends: dict[str, Tensor]) -> None:
        """Put a tower on its inputs, whose `ends` are then its own."""
        named = self.next_named(tower.bricks)
        title = f"tower of {' and '.join(tower.inputs)}"
        if unlike := other_shapes({name: ends[name].shape for name in tower.inputs}):
            self.refuse(f"{title}: {unlike}")
        name = self.tower_name() if tower.shared else tower.inputs[0]
        starts = _indices(ends[source] for source in tower.inputs)
        calls = []
        for place, source in enumerate(tower.inputs):
            shared = self.graph.apart(again=place > 0) if tower.shared else nullcontext()
            with shared:
                slots, ends[source] = self.chain(named, ends[source], f"{title}: ")
            calls.append(slots)
        gives = _indices(ends[source] for source in tower.inputs)
        self.parts.append(Part("tower", name, calls[0], starts, gives, tower.inputs))
        for brick in tower.bricks if tower.shared else ():
            if brick.name is not None:
                self.graph.marks[brick.name] = partial(several_times, brick.name, title)

    def tower_name(self) -> str:
        """A name that neither a brick has, nor an output, nor a part before."""
        taken = {*unique_names(self.plan.bricks()), *(part.name for part in self.parts)}
        taken.update(output.name for output in self.plan.outputs)
        names = ("tower" if number == 0 else f"tower_{number}" for number in count())
        return next(name for name in names if name not in taken)

    def join_inputs(self, tensors: list[Tensor]) -> Tensor:
        """What the trunk begins with."""
        if (brick := self.plan.join) is None:
            return tensors[0]
        [(_, name)] = self.next_named([brick])
        call = partial(brick.apply, tensors)
        slot, x = self.put_on(brick, name, "--join:", tensors, tensors, call)
        self.parts.append(Part("join", name, (slot,), slot.reads, (x.index,)))
        return x

    def trunk(self, start: Tensor) -> Tensor:
        """What the trunk gives."""
        slots, end = self.chain(self.next_named(self.plan.trunk), start)
        self.parts.append(Part("trunk", "trunk", slots, (start.index,), (end.index,)))
        return end

    def head(self, output: Output, trunk: Tensor) -> None:
        """Put an output's bricks and its last layer on the trunk."""
        title = f"head of {output.name}: " if self.plan.named else ""
        slots, end = self.chain(self.next_named(output.bricks), trunk, title)
        if len(end.shape) > 1:
            before = [slot for part in self.parts for slot in part.slots]
            where = f"output `{output.name}`: " if self.plan.named else ""
            self.refuse(not_flat(self.graph, [*before, *slots], end, where))
        self.begin(f"output `{output.name}`")
        x = end.to(Dense(output.size), output.name)
        last = self.placed(f"dense({output.size})", output.name, [end], x, None)
        self.parts.append(
            Part("head", output.name, (*slots, last), (trunk.index,), (x.index,))
        )

    def chain(
        self, named: Iterable[tuple[Brick, str]], x: Tensor, title: str = ""
    ) -> tuple[tuple[Slot, ...], Tensor]:
        """Bricks on `x`, and what the last one gives."""
        slots = []
        for position, (brick, name) in enumerate(named, start=1):
            place = f"{title}brick {position}"
            blocks, reads = Blocks(self.ranks, name), self.read_by(brick, x)
            call = partial(blocks.put_together, brick, x)
            slot, x = self.put_on(brick, name, place, [x], reads, call)
            slots.append(replace(slot, blocks=tuple(blocks.names)))
            why = partial(unnamed, self.place, brick, name)
            self.graph.marks[name] = why if brick.name is None else x
        return tuple(slots), x

    def put_on(
        self,
        brick: Brick,
        name: str,
        place: str,
        reached: Sequence[Tensor],
        reads: Sequence[Tensor],
        call: Callable[[str], Tensor],
    ) -> tuple[Slot, Tensor]:
        """A brick on what it `reads`, by a `call` with its name, and what it gives.

        What `reached` it is the first of that, or all; the rest it names.
        """
        text = str(brick)
        self.begin(f"{place} `{brief(text)}`")
        try:
            x = call(name)
        except ShapeError as error:
            if isinstance(error, WindowError) and _pads(brick):
                error = error.offering_padding()
            shapes = [tensor.shape for tensor in reached]
            problem = f"{self.place}, reached by {_in_words(*shapes)}: {error.reason}"
            if isinstance(error, MisfitError):
                self.misfits[len(self.problems)] = Misfit(problem, _indices(reads))
            self.refuse(f"{problem}; {error.way_out}")
        return self.placed(text, name, reads, x, brick), x

    def refuse(self, problem: str) -> NoReturn:
        """Leave out what is being put on."""
        self.problems.append(problem)
        raise _Refused

    def read_by(self, brick: Brick, reached: Tensor) -> list[Tensor]:
        """The tensors that a brick continues from, as far as there are such."""
        if not isinstance(brick, Join):
            return [reached]
        marks = [self.graph.marks.get(name) for name in brick.of]
        return [reached, *(mark for mark in marks if isinstance(mark, Tensor))]


def _indices(tensors: Iterable[Tensor]) -> tuple[int, ...]:
    return tuple(tensor.index for tensor in tensors)


def _pads(brick: Brick) -> bool:
    """Whether a brick, or one that it repeats, has an argument for its padding."""
    return any(
        argument.name == "padding" for one in brick.parts() for argument in one.arguments()
    )


def _in_words(*shapes: Shape) -> str:
    """Shapes in a sentence, in which the length of a vector alone says nothing."""
    alone = len(shapes) == 1 and len(shapes[0]) == 1
    return ("a vector of " if alone else "") + shapes_text(shapes)
