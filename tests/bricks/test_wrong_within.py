"""What is wrong deep within bricks, or a definition, is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network import Plan, assemble

FULL = settings.default.max_examples > 100
ALIKE = ("cnn(3)", "conv(4, 1)", "batchnorm", "dropout(0.5)", "depthwise", "residual(4)")
AROUND = (
    "skip({}, shortcut=auto)",
    "skip({} {}, join=concatenate)",
    "parallel([{}], [])",
    "parallel([cnn(2)], [{} {}], join=concatenate)",
    "gate({} activation(sigmoid))",
    "repeat(2, {})",
    "repeat(2, lambda INDEX: [{}, conv(8 * INDEX)])",
    "repeat(3, {}, dropout(0.1))",
)
UNREADABLE = {
    "cnn(0)": "filters must be a whole number",
    "cnn(8, stride=1.5)": "stride must be a whole number",
    "conv": "filters is missing",
    "conv(8, colour=red)": "there is no argument `colour`",
    "bogus(3)": "there is no brick `bogus`",
    "dropout(2)": "rate must be a number",
    "Conv2D(8)": "kernel_size is missing",
    "Dense(8, activation=relux)": "activation must be one of",
    'add("stem")': "name no others",
    "repeat(2)": "there is none",
    "parallel([cnn(8)])": "from 2 to 26 lists",
    "skip(cnn(8), join=gap)": "join must be a brick that joins",
    "skip(cnn(8), shortcut=none)": "shortcut must be one of identity, auto",
    "conv(8 - 8, 1)": "filters must be a whole number",
    "cnn(width)": "filters must be a whole number",
}
"""What cannot be read, and what is said of it."""
UNFIT = {
    "maxpool(99)": "a window of 99x99 does not fit",
    "reshape(3, 3, 3)": "choose sides whose product",
    "groupnorm(7)": "cannot be divided into 7 groups",
    "Conv1D(3, 2)": "it needs a sequence",
    "skip(conv(5, padding=valid))": "cannot be added",
}
"""What is read, and cannot be built where it stands."""


@st.composite
def buried(draw, wrong):
    """The notation of something wrong, deep in bricks that are right."""
    text = draw(st.sampled_from(sorted(wrong)))
    inner = text
    for index in "ijkm"[: draw(st.integers(wrong is UNREADABLE, 4))]:
        around = draw(st.sampled_from(AROUND))
        others = [draw(st.sampled_from(ALIKE)) for _ in range(around.count("{}") - 1)]
        places = draw(st.permutations([inner, *others]))
        inner = around.format(*places).replace("INDEX", index)
    before = draw(st.lists(st.sampled_from(ALIKE), max_size=3))
    return text, before, inner


def refused(text, definitions=()):
    """All that is said of bricks that cannot be a network."""
    with pytest.raises(InputError) as error:
        bricks = parse(text, read_definitions(definitions))
        assemble(Plan.plain(bricks, (13, 11, 3), 4))
    return error.value.problems


@settings(max_examples=800 if FULL else 60)
@given(buried(UNREADABLE))
def test_unreadable_within(executed, drawn):
    """The brick of the chain and the one within it are named, and why it is wrong."""
    wrong, before, inner = drawn

    problems = refused(" ".join([*before, inner, "gap"]))

    assert problems[0].startswith(f"brick {len(before) + 1} `")
    assert UNREADABLE[wrong] in problems[0]
    assert wrong.partition("(")[0] in problems[0].partition(": ")[2]
    executed("wrong bricks deep within others, refused")


@settings(max_examples=800 if FULL else 60)
@given(buried(UNFIT))
def test_unfit_within(executed, drawn):
    """A brick that does not fit is named with the brick of the chain, and the shape there."""
    wrong, before, inner = drawn

    problems = refused(" ".join([*before, inner, "gap"]))

    assert problems[0].startswith(f"brick {len(before) + 1} `")
    assert UNFIT[wrong] in problems[0]
    executed("bricks that do not fit deep within others, refused")


@settings(max_examples=800 if FULL else 60)
@given(buried(UNREADABLE), st.booleans())
def test_wrong_within_a_definition(executed, drawn, used):
    """The definition is named, the brick of it, and the one within that."""
    wrong, before, inner = drawn
    body = " ".join([*before, inner])

    problems = refused(
        "wide(8) gap" if used else "gap", [f"wide(f): {body} conv(f)", "other: gap"]
    )

    assert problems[0].startswith(f"definition `wide`: brick {len(before) + 1} `")
    assert UNREADABLE[wrong] in problems[0]
    executed("wrong bricks within definitions, refused")
