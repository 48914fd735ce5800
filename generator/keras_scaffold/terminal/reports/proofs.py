"""What a smoke test saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keras_scaffold.terminal.reports.tables import mark, table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from keras_scaffold.proof import Proof


def proof_table(proof: Proof) -> RenderableType:
    """The smoke test, a line a check."""
    rows = (
        (check.name, mark(check.ok, "passed"), check.detail, f"{check.seconds:.2f}")
        for check in proof.checks
    )
    by = "" if proof.interpreter.own else f"by {proof.interpreter.path}"
    columns = ("smoke test", "", "", "seconds")
    return table(*columns, rows=rows, numbers=("seconds",), caption=by)


def proof_words(proof: Proof | None) -> str:
    """The smoke test in a few words, with the Python that made it unless it is our own."""
    if proof is None:
        return "not proved"
    by = "" if proof.interpreter.own else f" (by {proof.interpreter.path})"
    return ("smoke test passed" if proof.works else "smoke test FAILED") + by


def proof_data(proof: Proof) -> dict[str, Any]:
    """The smoke test for programs."""
    return {
        "passed": proof.works,
        "python": proof.interpreter.path,
        "checks": [
            {
                "check": check.name,
                "ok": check.ok,
                "detail": check.detail,
                "seconds": check.seconds,
            }
            | ({"log": check.log} if check.log else {})
            for check in proof.checks
        ],
    }
