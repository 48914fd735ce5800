"""Random architectures that can be built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING

from hypothesis import strategies as st

from keras_scaffold.bricks.arguments import ACTIVATIONS, INITIALIZERS, PADDINGS
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.errors import InputError
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan

WIDTHS = st.integers(1, 9)
FEWER = st.integers(1, 2)
WINDOWS = st.integers(1, 5)
STRIDES = st.integers(1, 3)
PAIRED = WINDOWS | st.tuples(WINDOWS, WINDOWS)
"""Windows of one size, or (height, width)."""
STEPS = STRIDES | st.tuples(STRIDES, STRIDES)
DILATED = FEWER | st.tuples(FEWER, FEWER)
BORDERS = FEWER | st.tuples(FEWER, FEWER) | st.just(((0, 1), (2, 0)))
FEW = st.integers(1, 3)
MOMENTA = st.sampled_from([0.0, 0.5, 0.9, 0.99])
EPSILONS = st.sampled_from([1e-5, 1e-3, 0.1])
PADDED = st.sampled_from(PADDINGS)
ACTIVATED = st.sampled_from(ACTIVATIONS)
FACTORS = st.sampled_from([0, 0.1, 0.5])
FLAGS = st.booleans()
EAGERLY = st.integers(0, 11).map(bool)
"""Whether to train eagerly: mostly, for it takes seconds to trace a step."""

CONVOLUTIONAL = {
    "bias": FLAGS,
    "initializer": st.sampled_from(INITIALIZERS),
    "l2": st.sampled_from([0.0, 0.01]),
}
NORMALIZED = {**CONVOLUTIONAL, "momentum": MOMENTA, "epsilon": EPSILONS}
ACTIVE = {**NORMALIZED, "activation": ACTIVATED}
WINDOW = {"size": PAIRED, "stride": STEPS, "padding": PADDED}
SLIDING = {"groups": FEWER, "dilation": DILATED}

# One row per brick: a new brick is in the property tests once it has a row here.
ROWS = {
    "absolute_difference": {},
    "activation": {"function": ACTIVATED},
    "add": {},
    "average": {},
    "attention": {
        "heads": FEW,
        "key_dim": FEW,
        "dropout": st.sampled_from([0, 0.25]),
    },
    "avgpool": WINDOW,
    "batchnorm": {"momentum": MOMENTA, "epsilon": EPSILONS},
    "bottleneck": {"filters": FEW, "stride": STRIDES, "expansion": FEW, **NORMALIZED},
    "cnn": {
        "filters": WIDTHS,
        "kernel_size": PAIRED,
        "stride": STEPS,
        "padding": PADDED,
        **SLIDING,
        **ACTIVE,
    },
    "branch_from": {},
    "concatenate": {"axis": st.sampled_from([-1, -1, 1, 2, 3])},
    "conv": {
        "filters": WIDTHS,
        "kernel_size": PAIRED,
        "stride": STEPS,
        "padding": PADDED,
        "activation": ACTIVATED,
        **SLIDING,
        **CONVOLUTIONAL,
    },
    "conv_transpose": {
        "filters": WIDTHS,
        "kernel_size": PAIRED,
        "stride": STEPS,
        "padding": PADDED,
        "activation": ACTIVATED,
        **CONVOLUTIONAL,
    },
    "convnext": {"kernel_size": WINDOWS, "expansion": FEW, "scale": FACTORS},
    "crop": {"size": BORDERS},
    "dense": {"units": WIDTHS, "activation": ACTIVATED, **CONVOLUTIONAL},
    "dense_block": {"depth": FEW, "growth_rate": FEW, **NORMALIZED},
    "depthwise": {
        "kernel_size": PAIRED,
        "stride": STRIDES,
        "padding": PADDED,
        "activation": ACTIVATED,
        "dilation": DILATED,
        **CONVOLUTIONAL,
    },
    "dot": {"normalize": FLAGS, "axes": st.integers(1, 3)},
    "dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "fire": {"squeeze": WIDTHS, "expand": WIDTHS, **CONVOLUTIONAL},
    "flatten": {},
    "gap": {},
    "gmp": {},
    "gate": {},
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
        "kernel_size": st.integers(2, 6),
        "squeeze_ratio": FEW,
        **ACTIVE,
    },
    "layer_scale": {"initial": FACTORS},
    "layernorm": {"epsilon": EPSILONS},
    "lrn": {"size": WINDOWS, "alpha": FACTORS, "beta": FACTORS, "k": st.just(1.5)},
    "maximum": {},
    "maxpool": WINDOW,
    "multiply": {},
    "normalization": {
        "mean": st.sampled_from([0, 0.5, (0.5,)]),
        "variance": st.sampled_from([0.25, 1]),
    },
    "parallel": {"join": st.sampled_from(["concatenate", "add", "maximum"])},
    "random_contrast": {"factor": FACTORS},
    "random_crop": {"padding": FEW},
    "random_flip": {"mode": st.sampled_from(["horizontal", "vertical"])},
    "random_rotation": {"factor": FACTORS},
    "random_translation": {"height": FACTORS, "width": FACTORS},
    "random_zoom": {"factor": FACTORS},
    "repeat": {},
    "rescaling": {"scale": FACTORS, "offset": st.sampled_from([-1, 0.5])},
    "reshape": {"height": FEW, "width": FEW, "channels": WIDTHS},
    "residual": {"filters": WIDTHS, "stride": STRIDES, **NORMALIZED},
    "separable": {
        "filters": WIDTHS,
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        **NORMALIZED,
    },
    "skip": {
        "join": st.sampled_from(["add", "concatenate", "subtract"]),
        "shortcut": st.sampled_from(["auto", "identity", "[conv(8), batchnorm]"]),
    },
    "spatial_dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "squeeze_excite": {"ratio": st.sampled_from([1, 2, 16])},
    "stochastic_depth": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "subtract": {},
    "transition": {"reduction": st.sampled_from([0.3, 0.5, 1]), **NORMALIZED},
    "upsample": {
        "size": FEW | st.tuples(FEW, FEW),
        "interpolation": st.sampled_from(["nearest", "bilinear"]),
    },
    "vgg": {"filters": WIDTHS, "convs": FEW, **CONVOLUTIONAL},
    "zeropad": {"size": BORDERS},
}


JOINS = ("add", "average", "concatenate", "maximum", "multiply", "subtract")
PAIRS = ("absolute_difference", "dot")
BY_NAME = (*JOINS, *PAIRS, "branch_from")
HOT = (
    *("x", "n", "self", "training", "keras", "zip", "range", "layer", "cnn", "CNN", "x_1"),
    *(
        "features",
        "left_features",
        "layers_1",
        "blocks",
        "model",
        "tower",
        "match",
        "super",
    ),
)
"""Names for bricks that generated code uses for other things, or would like to."""
HOLDERS = ("gate", "parallel", "repeat", "skip")
ALONE = tuple(sorted(ROWS.keys() - BY_NAME))
"""Bricks that continue from what reached them alone."""


def held_by(draw: st.DrawFn, word: str, words: tuple[str, ...], deeper: int) -> list[str]:
    """The bricks in another, which hold others no deeper than that."""
    if deeper == 0:
        words = tuple(other for other in words if other not in HOLDERS)
    inner = st.lists(bricks(words, owner=None, deeper=deeper - 1), min_size=1, max_size=2)
    if word == "parallel":
        branches = draw(st.lists(st.just([]) | inner, min_size=2, max_size=3))
        return [f"[{', '.join(branch)}]" for branch in branches]
    if word != "repeat":
        return draw(inner)
    times = draw(FEW)
    if draw(st.booleans()):
        return [str(times), *draw(inner)]
    width = draw(st.sampled_from(["i", "2 * i", "9 // i", "max(i, 2)"]))
    return [str(times), f"lambda i: [conv({width}), {', '.join(draw(inner))}]"]


def given_to(draw: st.DrawFn, word: str) -> list[str]:
    """Arguments of a brick as its row has them, optional ones given or left out."""
    return [
        f"{argument.name}={draw(ROWS[word][argument.name])}"
        for argument in all_bricks()[word].arguments()
        if argument.name in ROWS[word]
        and (argument.default is MISSING or draw(st.booleans()))
    ]


@st.composite
def joins(draw: st.DrawFn, *names: str) -> str:
    """The notation of any brick that joins what reaches it with the bricks of these names."""
    word = draw(st.sampled_from([*JOINS, *PAIRS]))
    given = [*(f'"{name}"' for name in names), *given_to(draw, word)]
    return f"{word}({', '.join(given)})"


@st.composite
def bricks(
    draw: st.DrawFn,
    words: tuple[str, ...] = ALONE,
    name: str | None = None,
    owner: str | None = "own",
    deeper: int = 2,
) -> str:
    """The notation of any one brick, optional arguments given or left out.

    It has that name, or perhaps one that begins with its `owner`, or is hot if it has none.
    """
    word = draw(st.sampled_from(words))
    given = given_to(draw, word)
    if word in HOLDERS:
        given = held_by(draw, word, words, deeper) + given
    if name is None and owner is None and draw(st.booleans()):
        name = draw(st.sampled_from(HOT))
    elif name is None and draw(st.integers(0, 4)) == 0:
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
        return assemble(plan, heads=False).slots[-1].output
    except InputError:
        return None
