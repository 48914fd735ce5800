"""Two ways to do one thing, measured side by side and compared pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeVar

Measured = TypeVar("Measured")
Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Row:
    """One line of the table; what has no bar is neither met nor missed."""

    what: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    bar: str = ""
    met: bool | None = None


def alternate(
    ours: Callable[[], Measured], theirs: Callable[[], Measured], repeats: int
) -> list[tuple[Measured, Measured]]:
    """Measure A B A B, after one of each that does not count."""
    ours(), theirs()
    return [(ours(), theirs()) for _ in range(repeats)]


def at_most(bar: float, what: str, seconds: Pairs) -> Row:
    """The line of two times of which ours is to be the shorter."""
    row = compared(what, seconds, "s")
    return replace(row, bar=f"<= {bar:.2f}", met=paired_median(seconds) <= bar)


def at_least(bar: float, what: str, rates: Pairs) -> Row:
    """The line of two rates of which ours is to be the higher."""
    row = compared(what, rates, "images/s")
    return replace(row, bar=f">= {bar:.2f}", met=paired_median(rates) >= bar)


def compared(what: str, pairs: Pairs, unit: str) -> Row:
    """The line of two measurements that no bar is set for."""
    ours, theirs = (told(median(side), unit) for side in zip(*pairs, strict=True))
    return Row(what, ours, theirs, f"{paired_median(pairs):.2f}")


def paired_median(pairs: Pairs) -> float:
    """The median of the pairs' ratios, since a machine's load drifts for both alike."""
    return median(ours / theirs for ours, theirs in pairs)


def told(value: float, unit: str) -> str:
    """A measured value with its unit."""
    return f"{value:,.{0 if value >= 100 else 2}f} {unit}"
