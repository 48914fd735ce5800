"""What `scaffold resolve` settled, and what it left."""

from __future__ import annotations

from typing import Any

from generator.resolve import Resolution


def resolution_lines(made: Resolution) -> list[str]:
    """What became of a project's conflicts, a line a file, and what is to be done next."""
    settled = [f"{path}: merged" for path in made.settled]
    left = [f"{path}: left, {why}" for path, why in made.left.items()]
    if made.left:
        then = "resolve what is left, `git add` it, commit"
    elif made.settled:
        then = "commit"
    else:
        return [f"{made.project}: nothing is in conflict"]
    told = f"{len(made.settled)} merged, {len(made.left)} left"
    return [*settled, *left, f"{made.project}: {told}; {then}, and run `scaffold update`"]


def resolution_data(made: Resolution) -> dict[str, Any]:
    """The same, for programs."""
    return {"project": str(made.project), "merged": made.settled, "left": made.left}
