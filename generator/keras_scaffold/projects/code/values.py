"""The source of a value that depends on the number of a repetition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from keras_scaffold.bricks import number_source
from keras_scaffold.projects.code.tree import Index


def source_of_values(
    values: Mapping[Index, Any], variables: Sequence[str], *, calls: bool
) -> str | None:
    """The source of what has these values; None if only each call of a block can tell.

    The `variables` count repetitions. Where `calls` is true the first number of an index
    is that of a call, which the source may not depend on.
    """
    sources: dict[Index, str] = {}
    for index, value in values.items():
        source = number_source(value)
        if source is None or sources.setdefault(index[calls:], source) != source:
            return None
    return _by_repetition(sources, variables)


def filled(values: Mapping[Index, Any], every: Iterable[Index]) -> dict[Index, Any]:
    """Values that are the same in all repetitions, or else None for those without one."""
    if len({*map(number_source, values.values())}) == 1:
        return dict(values)
    return {index: values.get(index) for index in every}


def _by_repetition(sources: Mapping[Index, str], variables: Sequence[str]) -> str:
    if len({*sources.values()}) == 1:
        return next(iter(sources.values()))
    [variable, *inner] = variables
    within: dict[int, dict[Index, str]] = {}
    for (number, *rest), source in sources.items():
        within.setdefault(number, {})[(*rest,)] = source
    own = {number: _by_repetition(within[number], inner) for number in within}
    first, *others = (own[number] for number in _read_for(own))
    if {*others} <= {first}:  # of one repetition there are no others
        return first
    if len({*others}) > 1:
        return f"({', '.join([first, *others])})[{variable} - 1]"
    if {first, others[0]} == {"True", "False"}:
        return f"{variable} == 1" if first == "True" else f"{variable} > 1"
    return f"{closed(first)} if {variable} == 1 else {others[0]}"


def closed(source: str) -> str:
    """A source that may stand before `if`, or behind it."""
    return f"({source})" if " if " in source else source


def _read_for(numbers: Collection[int]) -> list[int]:
    """For each repetition the number of one with a value: its own, or where it has none another.

    It has none where what came in is not changed, and reads none.
    """
    return [
        number if number in numbers else min(numbers)
        for number in range(1, max(numbers) + 1)
    ]


def told(values: Mapping[Index, Any]) -> Any:
    """What a call tells of values that its block cannot know: one, or one for each repetition."""
    if [*values] == [()]:
        return values[()]
    within: dict[int, dict[Index, Any]] = {}
    for (number, *rest), value in values.items():
        within.setdefault(number, {})[(*rest,)] = value
    return tuple(told(within[number]) for number in _read_for(within))
