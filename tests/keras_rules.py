"""Rules of Keras' layers with random arguments, on random shapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING
from math import prod
from typing import Any

from hypothesis import strategies as st

from keras_scaffold.bricks import arguments, keras_kinds, sizes
from keras_scaffold.bricks.keras_arguments import kinds
from keras_scaffold.bricks.keras_terms import notation
from keras_scaffold.layers import (
    Layer,
    Shape,
    ShapeError,
    find_rule,
    layer_words,
    object_classes,
)

Drawn = st.SearchStrategy[Any]
INNER = (
    *(
        "Attention",
        "BatchNormalization",
        "Conv1D",
        "Conv2D",
        "Conv2DTranspose",
        "ConvLSTM1D",
    ),
    *("Dense", "DepthwiseConv1D", "Dropout", "Embedding", "Flatten", "GRU", "LSTM"),
    *("MaxPooling1D", "SeparableConv1D", "SimpleRNN"),
)
"""Layers to put into others."""
EQUATIONS = (
    *("ab,bc->ac", "ab,bc->ca", "ab,cd->ad", "aab,bc->ac", "abc,bcd->ad"),
    *("abc,bd->adc", "abc,cd->abd", "abc,cd->adb", "abc,ce->abd", "abc,cde->abde"),
    *(
        "...b,bc->...c",
        "...bc,cd->...bd",
        "ab...,bc->ac...",
        "...ab,bc->ac...",
        "ab,ac->ac",
    ),
)


def one_or(one: Drawn, number: int) -> Drawn:
    """One value, or so many."""
    return one | st.tuples(*[one] * number)


def one_or_few(one: Drawn) -> Drawn:
    """One value, or a few."""
    return one | st.lists(one, min_size=1, max_size=3).map(tuple)


def _borders(kind: sizes.Borders) -> Drawn:
    width = st.integers(0, 2)
    if kind.rank == 1:
        return one_or(width, 2)
    return width | st.tuples(*[one_or(width, 2)] * kind.rank)


def _limits(kind: keras_kinds.Limits) -> Drawn:
    if not kind.alone:
        return st.sampled_from([(0, 255), (0, 1), (-1.0, 1.0)])
    low, high = max(kind.low, -1), min(kind.high, 8)
    bits = st.integers(1, 8)
    one = bits if kind.low == 1 else st.sampled_from([low, 0, 0.1, 0.5, 1 if low else high])
    return one | st.tuples(one, one).map(lambda pair: (*sorted(pair),))


def _noise(_: sizes.Noise) -> Drawn:
    side = st.sampled_from([None, 1, 2])
    sides = st.lists(side, min_size=1, max_size=4)
    return st.tuples(st.sampled_from([None, 1]), sides).map(
        lambda both: (both[0], *both[1])
    )


@st.composite
def _objects(draw: st.DrawFn, kind: keras_kinds.Object) -> Any:
    made = object_classes(f"keras.{kind.module}.")
    word = draw(st.sampled_from([word for word in made if kind.allows(word)]))
    return word if draw(st.booleans()) else draw(instances(made[word]))


DRAWN: dict[type[arguments.Kind], Callable[[Any], Drawn]] = {
    arguments.Choice: lambda kind: st.sampled_from(kind.words),
    arguments.Count: lambda kind: st.integers(1, 4),
    arguments.Flag: lambda kind: st.booleans(),
    arguments.Number: lambda kind: st.sampled_from([kind.low, min(kind.high, 0.5)]),
    keras_kinds.DataFormat: lambda kind: st.just("channels_last"),
    keras_kinds.Equation: lambda kind: st.sampled_from(EQUATIONS),
    keras_kinds.Inner: lambda kind: st.sampled_from(
        INNER + ("LSTM", "GRU", "Conv1D") * 4
    ).flatmap(lambda word: instances(find_rule(word))),
    keras_kinds.Letters: lambda kind: st.sampled_from(["c", "d", "bd", "ac", "e"]),
    keras_kinds.Limits: _limits,
    keras_kinds.Numbers: lambda kind: one_or_few(st.sampled_from([0.5, 2])),
    keras_kinds.Object: _objects,
    keras_kinds.OneOf: lambda kind: st.sampled_from(kind.values),
    keras_kinds.Only: lambda kind: st.just(kind.value),
    keras_kinds.Real: lambda kind: st.sampled_from([-1, 0, 0.5]),
    sizes.Axes: lambda kind: (
        one_or_few(st.integers(-4, 4)) if kind.several else st.integers(-4, 4)
    ).filter(kind.allows),
    sizes.AxisPair: lambda kind: one_or(st.integers(-3, 3), 2).filter(kind.allows),
    sizes.Borders: _borders,
    sizes.Grid: lambda kind: st.tuples(st.integers(1, 3), st.integers(1, 8)),
    sizes.Noise: _noise,
    sizes.Order: lambda kind: st.integers(1, 4).flatmap(
        lambda number: st.permutations(range(1, number + 1)).map(tuple)
    ),
    sizes.Sides: lambda kind: one_or_few(st.integers(1, 4)),
    sizes.Sizes: lambda kind: one_or(
        st.sampled_from([1, 3]) if kind.odd else st.integers(kind.low, 3), kind.rank
    ),
    sizes.Target: lambda kind: one_or_few(st.integers(1, 4) | st.just(-1)).filter(
        kind.allows
    ),
    sizes.Whole: lambda kind: st.integers(kind.low, 4) | st.just(kind.also or kind.low),
}
"""Small values of each kind."""


@st.composite
def instances(draw: st.DrawFn, rule: type[Any]) -> Any:
    """A rule with any arguments, those that it can do without mostly left out."""
    of_kind = kinds(rule)
    given = {}
    for argument in rule.arguments():
        if argument.default is MISSING or draw(st.integers(0, 3)) == 0:
            kind = of_kind[argument.name]
            given[argument.name] = draw(DRAWN[type(kind)](kind))
    return rule(**given)


@st.composite
def on_shapes(draw: st.DrawFn, rule: type[Layer]) -> tuple[Layer, list[Shape]]:
    """A layer, and shapes that often suit it."""
    layer = draw(instances(rule))
    if rule.family == "merging":
        return layer, draw(merged(rule))
    steps = rule.__name__.startswith("ConvLSTM") or rule.__name__ == "TimeDistributed"
    usual = getattr(rule, "rank", draw(st.integers(0, 2))) + 1 + steps
    if rule.family == "augmentation" or "Height" in str(rule):
        usual = 3
    axes = draw(st.sampled_from([usual] * 5 + [1, 2, 3]))
    largest = 9 if axes < 4 else 5
    sides = draw(st.lists(st.integers(1, largest), min_size=axes - 1, max_size=axes - 1))
    return layer, [(*sides, draw(st.sampled_from([1, 2, 3, 3, 4])))]


@st.composite
def merged(draw: st.DrawFn, rule: type[Layer]) -> list[Shape]:
    """Shapes that often can be joined."""
    first = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    number = rule.most or draw(st.integers(2, 3))
    side = st.integers(1, 3)

    def other() -> Shape:
        changed = [draw(side) if draw(st.integers(0, 4)) == 0 else one for one in first]
        return tuple(changed)

    return [tuple(first), *(other() for _ in range(number - 1))]


ALONE = tuple(word for word in layer_words() if find_rule(word).family != "merging")
"""Layers of one tensor."""
SEEDED_WHEN_BUILT = (
    *("AdditiveAttention", "GroupQueryAttention", "MultiHeadAttention"),
    "SpectralNormalization",
)
"""Layers that draw seeds of weights when they are built; others do when they are made."""


def seeded_when_made(layer: Any) -> bool:
    """Whether a layer, and any inside of it, draws all seeds of its weights when it is made."""
    within = (getattr(layer, name, None) for name in ("layer", "backward_layer"))
    return (
        type(layer).__name__ not in SEEDED_WHEN_BUILT
        and getattr(layer, "lora_rank", None) is None
        and not getattr(layer, "renorm", False)
        and all(seeded_when_made(one) for one in within if one is not None)
    )


def _fits(drawn: tuple[Layer, list[Shape]]) -> bool:
    layer, shapes = drawn
    if not seeded_when_made(layer):
        return False  # one seed gives it other weights in other styles
    try:
        return 0 < prod(layer.output_shape(*shapes)) < 2_000
    except ShapeError:
        return False


@st.composite
def anywhere(draw: st.DrawFn) -> str:
    """Any of Keras' layers, behind those that make of any tensor one that suits it."""
    word = draw(st.sampled_from(ALONE))
    layer, [shape] = draw(on_shapes(find_rule(word)).filter(_fits))
    text = f"{word}({', '.join(layer.given(notation))})"
    sides = ", ".join(map(str, shape))
    # Values are below 1, as what looks up in a table of one needs it.
    values = f"Dense({prod(shape)}, sigmoid) Rescaling(0.9)"
    return f"Flatten {values} Reshape(({sides},)) {text}"
