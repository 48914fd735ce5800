"""Random networks of several inputs, outputs and ways through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from hypothesis import reject, settings
from hypothesis import strategies as st
from strategies import ALONE, HOT, JOINS, PAIRS, bricks, joins, shapes

from keras_scaffold.answers.completion import suiting_dataset
from keras_scaffold.answers.graph_fields import read_join
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.chain import parse
from keras_scaffold.errors import InputError
from keras_scaffold.layers.layer import shape_text
from keras_scaffold.network.architecture import Architecture, assemble
from keras_scaffold.network.plan import Input, Plan, Tower

INPUTS = ("left", "right", "image", "range", "n", "print")
OUTPUTS = ("digit", "even", "angle", "build_tower", "labels", "data")
KINDS_OF_OUTPUT = st.sampled_from(
    [
        "10",
        "2:classification(weight=0.3)",
        "1:regression(loss=huber)",
        "3:regression(metrics=[r2_score, mean_squared_error])",
        "5:multilabel",
        "1:multilabel(loss=binary_focal_crossentropy, metrics=[auc, recall])",
    ]
)
PAIR = {
    "inputs": ["left=8x8x1", "right=8x8x1"],
    "towers": ["left,right=conv(2) gap dense(3)"],
    "join": "absolute_difference",
    "outputs": ["same=2"],
}
"""Two inputs that share a tower."""
FACTORS = (
    ("gap",),
    ("gap", "dense(1)"),
    ("gmp", "dense(6)", "reshape(1, 1, 6)"),
    ("dense(1)",),
    ("gap", "dense(1)", "reshape(1, 1, 1)"),
)
"""Bricks that make of a map what joins it by being stretched."""
NUMBERS = count()
FULL = settings.default.max_examples > 100
"""Whether the profile is the full one."""


def told(graph, **answers):
    """The answers to a graph, for any dataset."""
    return {
        "dataset": suiting_dataset(graph),
        "name": f"graph{next(NUMBERS)}",
        **answers,
        **graph,
    }


@dataclass
class Growth:
    """A chain of bricks on what stands before it; a brick that does not fit is left out."""

    draw: st.DrawFn
    names: Iterator[str]
    assembled: Callable[[Sequence[str]], Architecture]
    marks: Sequence[str]
    """Names that bricks may continue from."""
    owner: str
    """How names of bricks on it begin."""
    chain: list[str] = field(default_factory=list)

    def grow(self, most: int) -> None:
        """Put random bricks on it, and ways around some."""
        for _ in range(self.draw(st.integers(0, most))):
            step = self.draw(st.sampled_from(["brick", "brick", "detour", "skip"]))
            if step == "brick":
                self.extend(self.draw(bricks(owner=self.owner)))
            elif step == "detour":
                self.extend(*self.draw(detours(next(self.names, "last"), self.owner)))
            elif self.marks:
                self.extend(self.draw(joins(self.draw(st.sampled_from(self.marks)))))

    def extend(self, *added: str) -> bool:
        """Put bricks on it, if they fit."""
        try:
            self.assembled([*self.chain, *added])
        except InputError:
            return False
        self.chain += added
        return True

    def end(self) -> tuple[int, ...]:
        """The shape that it ends in."""
        architecture = self.assembled(self.chain)
        return architecture.graph.nodes[architecture.parts[-1].ends[0]].output

    def flatten(self) -> None:
        """End it in a vector."""
        way = self.draw(st.sampled_from(["gap", "flatten"])) if len(self.end()) > 1 else ""
        if way and not self.extend(way):
            self.extend("flatten")


@st.composite
def detours(draw: st.DrawFn, name: str, owner: str) -> list[str]:
    """Bricks with a way around some of them, or with a branch that is joined again."""
    kept = ("activation", "dropout", "batchnorm", "layernorm", "cnn", "dense", "repeat")
    first = draw(bricks(ALONE, name))
    other = f"{name}_other"
    way = draw(st.sampled_from(["around", "beside", "factor"]))
    if way == "beside":
        inner = draw(st.lists(bricks(kept, owner=owner), min_size=1, max_size=2))
        second = draw(bricks(kept, other))
        return [first, second, f'branch_from("{name}")', *inner, draw(joins(other))]
    if way == "around":
        inner = draw(st.lists(bricks(kept, owner=owner), min_size=1, max_size=2))
        return [first, *inner, draw(joins(name))]
    stretched = draw(st.sampled_from(FACTORS))
    if draw(st.booleans()):
        return [first, *stretched, draw(joins(name))]
    last = f'activation(relu, name="{other}")'
    return [first, *stretched, last, f'branch_from("{name}")', draw(joins(other))]


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """The answers that tell a network of several inputs, outputs and ways through it."""
    names = iter(draw(st.permutations(("stem", "side", *HOT))))
    inputs = draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3, unique=True))
    shape = draw(shapes())
    images = {name: draw(st.sampled_from([shape, draw(shapes())])) for name in inputs}
    towers: list[Tower] = []
    told: dict[str, Any] = {
        "inputs": [f"{name}={shape_text(images[name])}" for name in inputs],
        "towers": [],
        "heads": [],
    }

    def plan(trunk: Sequence[str], join: str | None = None) -> Plan:
        joined = read_join(join) if join else None
        placed = tuple(Input(name, images[name]) for name in inputs)
        return Plan(placed, tuple(towers), joined, chain(trunk), (), named=True)

    def alone(name: str, bricks: Sequence[str]) -> Architecture:
        entered = tuple(
            Input(each, images[each])
            for each in sorted(inputs, key=lambda each: each != name)
        )
        return assemble(Plan(entered, (), None, chain(bricks), (), named=True), heads=False)

    left = list(inputs)
    while left:
        partners = [name for name in left if images[name] == images[left[0]]]
        on = partners if draw(st.booleans()) else left[:1]
        growth = Growth(draw, names, partial(alone, on[0]), (), on[0])
        growth.grow(3)
        if len(inputs) > 1 and draw(st.integers(0, 3)):
            growth.flatten()
            growth.extend("dense(4)")
        if growth.chain:
            towers.append(Tower(tuple(on), chain(growth.chain)))
            told["towers"].append({"inputs": on, "blocks": growth.chain})
        left = [name for name in left if name not in on]
    join = None
    if len(inputs) > 1:
        every = (
            *JOINS,
            *PAIRS,
            "concatenate(axis=1)",
            "dot(axes=3)",
            "dot(normalize=True)",
        )
        fitting = [one for one in every if fits(partial(plan, [], one))]
        if not fitting:
            reject()
        join = told["join"] = draw(st.sampled_from(fitting))
    own = [brick for tower in towers if not tower.shared for brick in tower.bricks]
    marks = [*inputs, *(brick.name for brick in own if brick.name)]

    def on_trunk(bricks: Sequence[str]) -> Architecture:
        return assemble(plan(bricks, join), heads=False)

    trunk = Growth(draw, names, on_trunk, marks, "trunk")
    trunk.grow(4)
    told["blocks"] = trunk.chain
    marks += [brick.name for brick in chain(trunk.chain) if brick.name]
    outputs = draw(st.lists(st.sampled_from(OUTPUTS), min_size=1, max_size=3, unique=True))
    told["outputs"] = [f"{name}={draw(KINDS_OF_OUTPUT)}" for name in outputs]
    for position, name in enumerate(outputs):
        head = Growth(
            draw, names, lambda bricks: on_trunk([*trunk.chain, *bricks]), marks, name
        )
        if position and marks and draw(st.booleans()):
            head.extend(f'branch_from("{draw(st.sampled_from(marks))}")')
        head.grow(2)
        head.flatten()
        if head.chain:
            told["heads"].append({"output": name, "blocks": head.chain})
    return {key: value for key, value in told.items() if value or key == "blocks"}


def chain(bricks: Sequence[str]) -> tuple[Brick, ...]:
    """Bricks in the notation, read."""
    return tuple(parse(" ".join(bricks))) if bricks else ()


def fits(plan: Callable[[], Plan]) -> bool:
    """Whether the plan can be put together as far as its trunk."""
    try:
        assemble(plan(), heads=False)
    except InputError:
        return False
    return True
