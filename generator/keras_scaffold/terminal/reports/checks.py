"""What `scaffold check` found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keras_scaffold.terminal.reports.tables import table, verbatim
from keras_scaffold.updating import Checked

if TYPE_CHECKING:
    from rich.console import RenderableType


def checked_table(result: Checked) -> RenderableType:
    """What `check` found, a line a file."""
    if not result.files:
        return verbatim(f"{result.project}: up to date, and as it was generated")
    made = table(str(result.project), "")
    for path, states in result.files.items():
        made.add_row(verbatim(path), ", ".join(states))
    return made


def checked_data(result: Checked) -> dict[str, Any]:
    """What `check` found, for programs."""
    files = {path: [*map(str, states)] for path, states in result.files.items()}
    return {"project": str(result.project), "files": files}
