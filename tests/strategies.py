"""Random architectures that can be built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, field
from functools import partial
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from generator.architecture import Architecture, assemble
from generator.arguments import ACTIVATIONS, INITIALIZERS, PADDINGS
from generator.brick import Brick
from generator.bricks import catalogue
from generator.errors import InputError
from generator.layer import shape_text
from generator.naming import read_join
from generator.notation import parse
from generator.plan import Input, Plan, Tower

WIDTHS = st.integers(1, 9)
WINDOWS = st.integers(1, 5)
STRIDES = st.integers(1, 3)
FEW = st.integers(1, 3)
MOMENTA = st.sampled_from([0.0, 0.5, 0.9, 0.99])
EPSILONS = st.sampled_from([1e-5, 1e-3, 0.1])
PADDED = st.sampled_from(PADDINGS)
ACTIVATED = st.sampled_from(ACTIVATIONS)
FACTORS = st.sampled_from([0, 0.1, 0.5])
FLAGS = st.booleans()

CONVOLUTIONAL = {
    "bias": FLAGS,
    "initializer": st.sampled_from(INITIALIZERS),
    "l2": st.sampled_from([0.0, 0.01]),
}
NORMALIZED = {**CONVOLUTIONAL, "momentum": MOMENTA, "epsilon": EPSILONS}
ACTIVE = {**NORMALIZED, "activation": ACTIVATED}
WINDOW = {"size": WINDOWS, "stride": STRIDES, "padding": PADDED}

# One row per brick: a new brick is in the property tests once it has a row here.
ROWS = {
    "absolute_difference": {},
    "activation": {"function": ACTIVATED},
    "add": {},
    "average": {},
    "avgpool": WINDOW,
    "batchnorm": {"momentum": MOMENTA, "epsilon": EPSILONS},
    "bottleneck": {"filters": FEW, "stride": STRIDES, "expansion": FEW, **NORMALIZED},
    "cnn": {"filters": WIDTHS, "kernel_size": WINDOWS, "stride": STRIDES, **ACTIVE},
    "branch_from": {},
    "concatenate": {},
    "conv": {
        "filters": WIDTHS,
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        "padding": PADDED,
        "activation": ACTIVATED,
        **CONVOLUTIONAL,
    },
    "convnext": {"kernel_size": WINDOWS, "expansion": FEW, "scale": FACTORS},
    "dense": {"units": WIDTHS, "activation": ACTIVATED, **CONVOLUTIONAL},
    "dense_block": {"depth": FEW, "growth_rate": FEW, **NORMALIZED},
    "depthwise": {
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        "padding": PADDED,
        "activation": ACTIVATED,
        **CONVOLUTIONAL,
    },
    "dot": {},
    "dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "fire": {"squeeze": WIDTHS, "expand": WIDTHS, **CONVOLUTIONAL},
    "flatten": {},
    "gap": {},
    "gmp": {},
    "googlenet_inception": {
        "f1x1": FEW,
        "f3x3_reduce": FEW,
        "f3x3": FEW,
        "f5x5_reduce": FEW,
        "f5x5": FEW,
        "pool_proj": FEW,
        "batchnorm": FLAGS,
        **NORMALIZED,
    },
    "groupnorm": {"groups": FEW, "epsilon": EPSILONS},
    "inception": {"filters1": WIDTHS, "filters2": WIDTHS, **ACTIVE},
    "inverted_residual": {
        "filters": FEW,
        "expansion": FEW,
        "stride": STRIDES,
        **NORMALIZED,
    },
    "layer_scale": {"initial": FACTORS},
    "layernorm": {"epsilon": EPSILONS},
    "lrn": {"size": WINDOWS, "alpha": FACTORS, "beta": FACTORS, "k": st.just(1.5)},
    "maximum": {},
    "maxpool": WINDOW,
    "multiply": {},
    "random_contrast": {"factor": FACTORS},
    "random_flip": {"mode": st.sampled_from(["horizontal", "vertical"])},
    "random_rotation": {"factor": FACTORS},
    "random_translation": {"height": FACTORS, "width": FACTORS},
    "random_zoom": {"factor": FACTORS},
    "repeat": {"times": FEW},
    "rescaling": {"scale": FACTORS, "offset": st.sampled_from([-1, 0.5])},
    "reshape": {"height": FEW, "width": FEW, "channels": WIDTHS},
    "residual": {"filters": WIDTHS, "stride": STRIDES, **NORMALIZED},
    "separable": {
        "filters": WIDTHS,
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        **NORMALIZED,
    },
    "spatial_dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "squeeze_excite": {"ratio": st.sampled_from([1, 2, 16])},
    "subtract": {},
    "transition": {"reduction": st.sampled_from([0.3, 0.5, 1]), **NORMALIZED},
    "upsample": {
        "size": FEW,
        "interpolation": st.sampled_from(["nearest", "bilinear"]),
    },
    "vgg": {"filters": WIDTHS, "convs": FEW, **CONVOLUTIONAL},
    "zeropad": {"size": FEW},
}


JOINS = ("add", "average", "concatenate", "maximum", "multiply", "subtract")
PAIRS = ("absolute_difference", "dot")
BY_NAME = (*JOINS, *PAIRS, "branch_from")
ALONE = tuple(sorted(ROWS.keys() - BY_NAME))
"""Bricks that continue from what reached them alone."""
INPUTS = ("left", "right", "image", "range", "x", "zip")
OUTPUTS = ("digit", "even", "angle", "tower", "build_tower", "keras")
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
NAMES = ("stem", "side", "cnn", "features", "x_1", "zip", "left_features", "layers_1")
"""Names for bricks, some of which generated code would use for other things."""


@st.composite
def bricks(
    draw: st.DrawFn,
    words: tuple[str, ...] = ALONE,
    name: str | None = None,
    owner: str = "own",
) -> str:
    """The notation of any one brick, optional arguments given or left out.

    It has that name, or perhaps one that begins with its `owner`.
    """
    word = draw(st.sampled_from(words))
    given = [
        f"{argument.name}={draw(ROWS[word][argument.name])}"
        for argument in catalogue()[word].arguments()
        if argument.name in ROWS[word]
        and (argument.default is MISSING or draw(st.booleans()))
    ]
    if word == "repeat":
        others = tuple(other for other in words if other != "repeat")
        inner = draw(st.lists(bricks(others), min_size=1, max_size=2))
        given = [given[0].removeprefix("times="), *inner]
    if name is None and draw(st.integers(0, 4)) == 0:
        name = f"{owner}_{draw(st.integers(0, 3))}"
    if name is not None:
        given.append(f'name="{name}"')
    return f"{word}({', '.join(given)})"


@st.composite
def architectures(draw: st.DrawFn) -> tuple[list[str], tuple[int, int, int], int]:
    """Bricks, an input shape and a number of classes that make a network.

    Bricks that do not fit onto those before them are left out.
    """
    shape = draw(shapes())
    chosen: list[str] = []

    def fits(brick: str) -> bool:
        return ends((*chosen, brick), shape) is not None

    for brick in draw(st.lists(bricks(), max_size=9)):
        if fits(brick):
            chosen.append(brick)
    if len(ends(chosen, shape) or shape) > 1:
        chosen.append(draw(st.sampled_from(["gap", "flatten"])))
    return chosen or ["flatten"], shape, draw(st.integers(2, 12))


@st.composite
def shapes(draw: st.DrawFn) -> tuple[int, int, int]:
    """The shape of a small image."""
    sides = st.integers(1, 20)
    return draw(sides), draw(sides), draw(st.sampled_from([1, 3]))


def ends(chosen: Iterable[str], shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape that bricks end in, on an input; None if they do not fit."""
    try:
        plan = Plan.plain(parse(" ".join(chosen)), shape, 2)
        return assemble(plan, heads=False).stages[-1].output
    except InputError:
        return None


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
                join = self.draw(st.sampled_from([*JOINS, *PAIRS]))
                self.extend(f'{join}("{self.draw(st.sampled_from(self.marks))}")')

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
        if len(self.end()) > 1:
            self.extend(self.draw(st.sampled_from(["gap", "flatten"])))


@st.composite
def detours(draw: st.DrawFn, name: str, owner: str) -> list[str]:
    """Bricks with a way around some of them, or with a branch that is joined again."""
    kept = ("activation", "dropout", "batchnorm", "layernorm", "cnn", "dense", "repeat")
    first = draw(bricks(ALONE, name))
    inner = draw(st.lists(bricks(kept, owner=owner), min_size=1, max_size=2))
    join = draw(st.sampled_from([*JOINS, *PAIRS]))
    if draw(st.booleans()):
        return [first, *inner, f'{join}("{name}")']
    other = draw(bricks(kept, f"{name}_other"))
    return [first, other, f'branch_from("{name}")', *inner, f'{join}("{name}_other")']


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """The answers that tell a network of several inputs, outputs and ways through it."""
    names = iter(draw(st.permutations(NAMES)))
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
        fitting = [one for one in (*JOINS, *PAIRS) if fits(partial(plan, [], one))]
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


@st.composite
def broken_graphs(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A legal graph that one change made illegal, and what an error has to name then."""
    graph = draw(graphs())
    outputs = [output.partition("=")[0] for output in graph["outputs"]]
    name = draw(st.sampled_from(outputs))
    heads = [head for head in graph.get("heads", ()) if head["output"] != name]
    [bricks] = [
        head["blocks"] for head in graph.get("heads", ()) if head["output"] == name
    ] or [[]]
    place = draw(st.integers(0, len(bricks)))
    wrong, culprit = draw(
        st.sampled_from(
            [
                ('add("nowhere")', 'add("nowhere")'),
                ('branch_from("nowhere")', 'branch_from("nowhere")'),
                ("subtract", "subtract"),
                ('dot("nowhere", "either")', 'dot("nowhere", "either")'),
                ("reshape(7, 7, 7919)", "reshape(7, 7, 7919)"),
                ("maxpool(9999)", "maxpool(9999)"),
                ("conv(0)", "conv(0)"),
                ("convv(8)", "convv(8)"),
                ("dense(8, unit=3)", "unit"),
                (f'dropout(0.5, name="{name}")', f'dropout(0.5, name="{name}")'),
            ]
        )
    )
    added = [*bricks[:place], wrong, *bricks[place:]]
    return {**graph, "heads": [*heads, {"output": name, "blocks": added}]}, culprit


@st.composite
def wild_graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Answers that look like a graph, most of which make no network."""
    anything = st.lists(
        st.one_of(
            bricks(),
            bricks(name="a"),
            st.sampled_from(
                [f'{join}("{name}")' for join in BY_NAME for name in ("a", "own_0", "left")]
            ),
            st.sampled_from(["gap", "flatten", "dense(4)", 'branch_from("a")']),
        ),
        max_size=3,
    )
    inputs = draw(st.lists(st.sampled_from(["left", "right"]), unique=True))
    shape = shape_text(draw(shapes()))
    told: dict[str, Any] = {"blocks": draw(anything)}
    if inputs:
        told["inputs"] = [f"{name}={shape}" for name in inputs]
        on = draw(st.lists(st.sampled_from(inputs), min_size=1, unique=True))
        told["towers"] = [{"inputs": on, "blocks": [*draw(anything), "gap"]}]
    if len(inputs) > 1:
        told["join"] = draw(st.sampled_from([*JOINS, *PAIRS]))
    told["outputs"] = ["digit=10", "angle=1:regression"][: draw(st.integers(1, 2))]
    told["heads"] = [{"output": "digit", "blocks": [*draw(anything), "gap"]}]
    return {key: value for key, value in told.items() if value or key == "blocks"}
