"""Random architectures that can be built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING

from hypothesis import strategies as st
from rows import FEW, ROWS

from keras_scaffold.answers.datasets import IMAGE_CHANNELS, shape_complaint
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.errors import InputError
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan

EAGERLY = st.integers(0, 11).map(bool)
"""Whether to train eagerly: mostly, for it takes seconds to trace a step."""

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
ALONE = tuple(sorted(ROWS.keys() - BY_NAME - {"backbone"}))
"""Bricks that continue from what reached them alone; no drawn image is large enough for backbone."""


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
def architectures(
    draw: st.DrawFn, channels: tuple[int, ...] = IMAGE_CHANNELS
) -> tuple[list[str], tuple[int, int, int], int]:
    """Bricks, an input shape and a number of classes that make a network.

    Bricks that do not fit onto those before them are left out.
    """
    shape = draw(shapes(channels))
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
def shapes(
    draw: st.DrawFn, channels: tuple[int, ...] = IMAGE_CHANNELS
) -> tuple[int, int, int]:
    """The shape of a small image of so many channels, which do not seem to stand first."""
    side = st.integers(1, 20)
    drawn = st.tuples(side, side, st.sampled_from(channels))
    return draw(drawn.filter(lambda shape: shape_complaint(shape, alone=True) is None))


def ends(chosen: Iterable[str], shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape that bricks end in, on an input; None if they do not fit."""
    try:
        plan = Plan.plain(parse(" ".join(chosen)), shape, 2)
        return assemble(plan, heads=False).slots[-1].output
    except InputError:
        return None
