"""What a smoke test saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from generator.reports.tables import literal, table
from generator.smoke import Check, green

if TYPE_CHECKING:
    from rich.console import RenderableType


def checks_table(checks: Iterable[Check]) -> RenderableType:
    """The smoke test, a line a check."""
    made = table("smoke test", "", "", "seconds", numbers=("seconds",))
    for check in checks:
        mark = "[green]passed" if check.ok else "[red]FAILED"
        made.add_row(check.name, mark, literal(check.detail), f"{check.seconds:.2f}")
    return made


def checks_data(checks: list[Check]) -> dict[str, Any]:
    """The smoke test for programs."""
    return {
        "passed": green(checks),
        "checks": [
            {
                "check": check.name,
                "ok": check.ok,
                "detail": check.detail,
                "seconds": check.seconds,
            }
            | ({"log": check.log} if check.log else {})
            for check in checks
        ],
    }
