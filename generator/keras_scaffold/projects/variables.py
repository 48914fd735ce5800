"""What model.py calls tensors, and layers in loops: names that mean nothing else."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from keras_scaffold.bricks import Repeat
from keras_scaffold.network import Part, Slot

RESERVED = frozenset("""
    x n self inputs training keras layers build_model INPUT_SHAPE CLASSES INPUT_SHAPES
    OUTPUTS
    """.split()) | frozenset(dir(builtins))
"""What every model.py calls other things than tensors, or reads as Python's own."""


@dataclass(frozen=True)
class LayerCall:
    """One line: what it reads, what it gives, and what it is a call of."""

    reads: tuple[int, ...]
    gives: int
    part: Part
    slot: Slot | None
    """The brick or head; none for a call of a shared tower."""


def variables(
    calls: Sequence[LayerCall],
    inputs: Mapping[int, str],
    roles: Mapping[int, str],
    taken: Collection[str],
    kept: Collection[int] = (),
) -> dict[int, str]:
    """A variable for each tensor, none of them `taken`.

    An input's is its name. Others are `x` if only the next line reads them, and they are not
    `kept`; else they are called like their brick, if it has a name of its own, or their role.
    """
    taken = {*RESERVED, *taken}
    names = {tensor: _free(name, taken) for tensor, name in inputs.items()}
    for position, call in enumerate(calls):
        if call.gives in names:
            continue
        readers = [row for row, other in enumerate(calls) if call.gives in other.reads]
        if readers == [position + 1] and call.gives not in kept:
            names[call.gives] = "x"
            continue
        given = call.slot.brick.name if call.slot and call.slot.brick else None
        own = call.slot.name if call.slot else call.part.name
        names[call.gives] = _free(given or roles.get(call.gives) or own, taken)
    return names


def loop_words(repeat: Repeat, taken: Collection[str]) -> list[str]:
    """What a loop over repeated bricks calls the layers of one repetition, none `taken`."""
    taken = {*RESERVED, *taken}
    return [
        _free(suffix.removeprefix("_") or brick.word(), taken)
        for brick, suffix in zip(repeat.bricks, repeat.suffixes(), strict=True)
    ]


def _free(name: str, taken: set[str]) -> str:
    """`name`, or one like it that is free; it is taken then."""
    wanted = f"{name}_" if keyword.iskeyword(name) else name
    found = next(
        candidate
        for number in count()
        if (candidate := f"{wanted}_{number}" if number else wanted) not in taken
    )
    taken.add(found)
    return found
