"""Random bricks around bricks, and random definitions: what holds what, to any depth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from hypothesis import strategies as st
from keras_rules import anywhere
from strategies import shapes

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan

DEEPEST = 3
MAP = "Flatten Dense(48) Reshape((4, 4, 3))"
"""Makes a map of anything."""
MOST = 4
"""So many bricks are one after the other."""
MOST_PARAMETERS = 10_000_000
"""More would take minutes to execute, and a project refuses 200 million."""
KEEPING = (
    *("batchnorm", "layernorm", "activation(tanh)", "dropout(0.25)", "lrn", "layer_scale"),
    *(
        "squeeze_excite",
        "depthwise",
        "maxpool(2, stride=1, padding=same)",
        "convnext(3, 2)",
    ),
    *("random_flip", "transition(1)", "flatten", "gap", "maxpool(2)", "zeropad"),
)
"""Bricks without a width, most of which leave a map its shape."""
WIDE = (
    *(
        "conv({})",
        "conv({}, 1)",
        "cnn({})",
        "separable({})",
        "inception({}, {})",
        "fire(2, {})",
    ),
    *("residual({})", "bottleneck({}, expansion=2)", "inverted_residual({})", "vgg({}, 2)"),
    *("dense({})", "dense_block(2, {})", "dense_block(1, growth_rate={})"),
)
"""Bricks with a width."""
STRIDED = (
    *("conv({}, stride={})", "cnn({}, 3, {})", "residual({}, stride={})"),
    *("inverted_residual({}, stride={})", "depthwise(3, {1}, activation=linear)"),
)
"""Bricks with a width and a stride."""
JOINS = ("add", "concatenate", "maximum", "average", "subtract", "absolute_difference")
NAMES = "stem a x shortcut body layer cnn n join add branch_a".split()
"""Names of bricks, some of which generated code uses for other things."""
PARAMETERS = ("filters", "width", "stride", "n", "k", "a", "shortcut_1", "conv", "i")


@dataclass(frozen=True)
class Words:
    """What a brick may be made of: expressions for numbers, and defined words."""

    widths: tuple[str, ...] = ("1", "2", "3", "4", "8")
    strides: tuple[str, ...] = ("1", "2")
    times: tuple[str, ...] = ("1", "2", "3")
    defined: tuple[str, ...] = ()
    """Calls of definitions with a field for each width."""
    taken: tuple[str, ...] = ()


@st.composite
def leaves(draw: st.DrawFn, words: Words) -> str:
    """A brick that holds no other, or a few of Keras' own layers."""
    if draw(st.integers(0, 4)) == 0:
        width = draw(st.sampled_from(words.widths))
        end = draw(st.sampled_from(["", f" Flatten Dense({width})", f" {MAP}"]))
        return draw(anywhere()) + end
    forms = [KEEPING, WIDE, WIDE, STRIDED, *([words.defined] * 2 if words.defined else [])]
    form = draw(st.sampled_from(draw(st.sampled_from(forms))))
    if form in STRIDED:
        width, stride = (
            draw(st.sampled_from(one)) for one in (words.widths, words.strides)
        )
        return form.format(width, stride)
    fields = form.count("{}")
    return form.format(*(draw(st.sampled_from(words.widths)) for _ in range(fields)))


@st.composite
def chains(draw: st.DrawFn, words: Words, deeper: int, most: int = 3) -> list[str]:
    """Bricks one after the other, which hold others so deep."""
    return draw(st.lists(held(words, deeper), min_size=1, max_size=most))


@st.composite
def held(draw: st.DrawFn, words: Words, deeper: int) -> str:
    """Any brick, with a name of its own or without."""
    kind = draw(st.sampled_from(["leaf", "skip", "parallel", "gate", "repeat"]))
    if deeper == 0 or kind == "leaf":
        text = draw(leaves(words))
    else:
        text = draw(
            {"skip": skips, "parallel": parallels, "gate": gates}.get(kind, repeats)(
                words, deeper - 1
            )
        )
    if draw(st.integers(0, 5)) == 0:
        name = f'name="{draw(st.sampled_from(NAMES))}"'
        text = f"{text[:-1]}, {name})" if text.endswith(")") else f"{text}({name})"
    return text


@st.composite
def skips(draw: st.DrawFn, words: Words, deeper: int) -> str:
    """A way around bricks."""
    given = draw(chains(words, deeper, 2))
    width = draw(st.sampled_from(words.widths))
    if draw(st.integers(0, 2)) == 0:
        flat = f"Flatten, Dense({width})"
        return f"skip({', '.join(given)}, {flat}, shortcut=[{flat}])"
    if draw(st.integers(0, 2)) == 0:
        given.append(f"join={draw(st.sampled_from(JOINS))}")
    shortcuts = ["auto", "auto", "auto", "identity", f"[conv({width}, 1), batchnorm]"]
    return f"skip({', '.join(given)}, shortcut={draw(st.sampled_from(shortcuts))})"


@st.composite
def parallels(draw: st.DrawFn, words: Words, deeper: int) -> str:
    """Branches."""
    branches = draw(
        st.lists(st.just([]) | chains(words, deeper, 2), min_size=2, max_size=3)
    )
    if draw(st.integers(0, 2)) == 0:
        width = draw(st.sampled_from(words.widths))
        branches = [[*branch, f"Flatten Dense({width})"] for branch in branches]
    given = [f"[{' '.join(branch)}]" for branch in branches]
    if draw(st.integers(0, 2)) == 0:
        given.append(f"join={draw(st.sampled_from(JOINS))}")
    return f"parallel({', '.join(given)})"


@st.composite
def gates(draw: st.DrawFn, words: Words, deeper: int) -> str:
    """A factor for each value."""
    ends = ("conv(1, 1, activation=sigmoid)", "lrn", "gap", "activation(sigmoid)")
    before = draw(chains(words, deeper, 1)) if draw(st.booleans()) else []
    return f"gate({' '.join([*before, draw(st.sampled_from(ends))])})"


@st.composite
def repeats(draw: st.DrawFn, words: Words, deeper: int) -> str:
    """Bricks again and again, perhaps wider each time."""
    times = draw(st.sampled_from(words.times))
    free = [letter for letter in "ijk" if letter not in words.taken]
    if not free or draw(st.booleans()):
        return f"repeat({times}, {', '.join(draw(chains(words, deeper, 2)))})"
    letter = free[0]
    inner = Words(
        (*words.widths, letter, f"2 * {letter}", f"8 // {letter}", f"max({letter}, 2)"),
        (*words.strides, f"1 + {letter} % 2"),
        words.times,
        words.defined,
        (*words.taken, letter),
    )
    return (
        f"repeat({times}, lambda {letter}: [{', '.join(draw(chains(inner, deeper, 2)))}])"
    )


@st.composite
def definitions(draw: st.DrawFn) -> tuple[list[str], tuple[str, ...]]:
    """Definitions of which each may use those before it, and calls of them."""
    told: list[str] = []
    calls: list[str] = []
    for number in range(draw(st.integers(0, 2))):
        names = draw(
            st.lists(st.sampled_from(PARAMETERS), min_size=1, max_size=3, unique=True)
        )
        names = draw(st.permutations(names))
        width, *others = names
        stride = (others[0],) if others else ()
        times = tuple(others[1:])
        words = Words(
            (
                width,
                f"2 * {width}",
                f"{width} + 1",
                f"max(1, {width} // 2)",
                "in_channels",
                "4",
            ),
            ("1", *stride),
            ("2", *times),
            tuple(calls),
            tuple(names),
        )
        body = " ".join(draw(chains(words, 2, 2)))
        head = [width, *(f"{name}=1" for name in stride), *(f"{name}=2" for name in times)]
        used = [f"repeat({name}, batchnorm)" for name in times]
        used += [f"conv({width}, 1, stride={name})" for name in stride]
        told.append(f"block_{number}({', '.join(head)}): {' '.join(used)} {body}")
        calls.append(f"block_{number}({{}})")
        calls += [f"block_{number}({{}}, {name}=2)" for name in stride]
        calls += [f"block_{number}({{}}, {name}={n})" for name in times for n in (0, 3)]
    return told, tuple(calls)


@st.composite
def nested(draw: st.DrawFn) -> tuple[list[str], list[str], tuple[int, int, int], int]:
    """Definitions, bricks, an input shape and a number of classes that make a network.

    Bricks that do not fit onto those before them are left out.
    """
    shape = draw(shapes())
    told, calls = draw(definitions())
    try:
        vocabulary = read_definitions(told)
    except InputError:  # such as one with two layers of one name
        told, calls, vocabulary = [], (), read_definitions([])
    chosen: list[str] = []
    flat = False

    def fits(brick: str) -> bool:
        nonlocal flat
        try:
            bricks = parse(" ".join([*chosen, brick]), vocabulary)
            found = assemble(Plan.plain(bricks, shape, 2), heads=False)
        except InputError:
            return False
        if len(found.graph.nodes) >= 150 or found.total >= MOST_PARAMETERS:
            return False
        flat = len(found.slots[-1].output) == 1
        return True

    words = Words(defined=calls)
    called = st.sampled_from(calls) if calls else st.nothing()
    call = called.map(lambda text: text.replace("{}", "4"))
    for brick in draw(st.lists(held(words, DEEPEST) | call, min_size=2, max_size=8)):
        if len(chosen) < MOST:
            chosen += islice(filter(fits, [brick, f"{MAP} {brick}"]), 1)
    if not flat:
        chosen.append("gap" if fits("gap") else "flatten")
    return told, chosen, shape, draw(st.integers(2, 12))
