"""What Keras' layers may be given: the kind of each label that their rules' types have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from keras_scaffold.bricks.arguments import (
    ACTIVATIONS,
    PADDINGS,
    Choice,
    Count,
    Flag,
    Kind,
    Number,
)
from keras_scaffold.bricks.keras_kinds import (
    DataFormat,
    Equation,
    Inner,
    Letters,
    Limits,
    Numbers,
    Object,
    OneOf,
    Only,
    Real,
)
from keras_scaffold.bricks.sizes import (
    Axes,
    AxisPair,
    Borders,
    Grid,
    Noise,
    Order,
    Sides,
    Sizes,
    Target,
    Whole,
)
from keras_scaffold.bricks.symbols import is_open
from keras_scaffold.layers import Layer, Written, keras_argument

WIDTH = Count(scales=True)
"""What the width multiplier scales."""

KINDS: dict[str, Kind | Callable[[int], Kind]] = {
    "width": WIDTH,
    "count": Count(),
    "groups": Whole(1, also=-1),
    "seed": Whole(0),
    "bits": Limits(1, 8),
    "share": Number(0, 1),
    "number": Real(),
    "natural": Number(0, 1e9),
    "positive": Number(1e-12, 1e9),
    "numbers": Numbers(),
    "sizes": Sizes,
    "grid": Grid(),
    "extras": lambda rank: Sizes(rank, low=0),
    "odds": lambda rank: Sizes(rank, odd=True),
    "borders": Borders,
    "target": Target(),
    "sides": Sides(),
    "order": Order(),
    "axis": Axes(several=False),
    "axes": Axes(),
    "weight_axes": Axes(batch=True),
    "places": Axes(low=1),
    "pair": AxisPair(),
    "noise": Noise(),
    "amount": Limits(0, 1),
    "change": Limits(-1, 1),
    "zoom": Limits(-0.99, 1),
    "range": Limits(-1e6, 1e6, alone=False),
    "padding": Choice(PADDINGS),
    "sequence_padding": Choice((*PADDINGS, "causal")),
    "resampling": Choice(
        ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area")
    ),
    "data_format": DataFormat(),
    "activation": Choice(ACTIVATIONS),
    "initializer": Object("initializers", without=("Identity",)),
    "matrix_initializer": Object("initializers"),
    "vector_initializer": Object("initializers", without=("Identity", "Orthogonal")),
    "regularizer": Object("regularizers", without=("OrthogonalRegularizer",)),
    "matrix_regularizer": Object("regularizers"),
    "constraint": Object("constraints"),
    "equation": Equation(),
    "letters": Letters(),
    "layer": Inner(),
    "one_tensor": Only(False, "a brick gives one tensor"),
    "stateless": Only(False, "a batch goes on from no other"),
    "unwritten": Only(None, "it takes an object of Python"),
}
"""By label; those of a map's axes are told how many there are."""


def kinds(rule: type[Written]) -> dict[str, Kind]:
    """The kind of each of a rule's arguments, by its field's name."""
    return _kinds(cast(Any, rule))  # which has a hash, whatever mypy thinks of its type


@cache
def _kinds(rule: Any) -> dict[str, Kind]:
    hints = get_type_hints(rule, include_extras=True)
    rank = getattr(rule, "rank", 2)
    return {each.name: _kind(hints[each.name], rank) for each in rule.arguments()}


def wrong_within(value: object, made: object) -> Iterator[str]:
    """What is wrong with what a layer or an object inside of an argument is given.

    It is `made` of a `value` in which names stood; those that still do are not looked at.
    """
    if not isinstance(value, Written) or not isinstance(made, Written):
        return
    of_kind, word = kinds(type(made)), type(made).__name__
    for argument, given in made.changed():
        before = getattr(value, argument.name)
        if not is_open(given) and not of_kind[argument.name].allows(given):
            told = f"{keras_argument(argument)}={before} of `{word}` is {given}"
            yield f"{told}, and must be {of_kind[argument.name].says}"
        yield from wrong_within(before, given)


def widths_within(layer: Layer) -> Iterator[Any]:
    """The numbers of filters or units of a layer, and of those inside of it."""
    for argument in layer.arguments():
        value = getattr(layer, argument.name)
        if kinds(type(layer))[argument.name] == WIDTH:
            yield value
        elif isinstance(value, Layer):
            yield from widths_within(value)


def scaled_within(layer: Layer, change: Callable[[int], int]) -> Layer:
    """The same layer with each of these numbers changed."""
    given: dict[str, Any] = {}
    for argument in layer.arguments():
        value = getattr(layer, argument.name)
        if value is not None and kinds(type(layer))[argument.name] == WIDTH:
            given[argument.name] = change(value)
        elif isinstance(value, Layer):
            given[argument.name] = scaled_within(value, change)
    return replace(layer, **given)


def _kind(hint: Any, rank: int) -> Kind:
    """The kind that a type is: None beside it is left to the default."""
    if get_origin(hint) in (Union, UnionType):
        [hint] = [one for one in get_args(hint) if one is not type(None)]
    if hint is bool:
        return Flag()
    if get_origin(hint) is Literal:
        values = get_args(hint)
        if all(isinstance(value, str) for value in values):
            return Choice(values)
        return OneOf(values)
    assert get_origin(hint) is Annotated
    found = KINDS[get_args(hint)[1]]
    return found if isinstance(found, Kind) else found(rank)
