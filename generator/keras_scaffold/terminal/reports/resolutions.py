"""What `scaffold resolve` settled, and what it left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from keras_scaffold.updating.resolving import Resolution

NOTHING = "nothing is in conflict"


def lines(outcomes: Iterable[Resolution], rest: Mapping[str, str]) -> list[str]:
    """What became of projects' conflicts, and the `rest`, a line a file."""
    listed = [line for made in outcomes for line in _resolution(made, rest)]
    where = "elsewhere" if listed else "for you"
    listed += [f"{path}: left, {why}" for path, why in rest.items()]
    if rest:
        listed.append(
            f"{len(rest)} left {where}; git commits nothing before you `git add` or "
            "`git rm` it"
        )
    return listed


def _resolution(made: Resolution, rest: Mapping[str, str]) -> list[str]:
    """What became of one project's conflicts, and what is to be done next."""
    settled = [f"{path}: merged" for path in made.settled]
    left = [f"{path}: left, {why}" for path, why in made.left.items()]
    if made.left or (made.settled and rest):
        then = "resolve what is left, `git add` it, commit"
    elif made.settled:
        then = "commit"
    else:
        return [f"{made.project}: {NOTHING}"]
    summary = f"{len(made.settled)} merged, {len(made.left)} left"
    further = "and run `scaffold update`: until then generated files may be of one branch"
    return [*settled, *left, f"{made.project}: {summary}; {then}, {further}"]


def resolution_data(made: Resolution) -> dict[str, Any]:
    """The same, for programs."""
    return {"project": str(made.project), "merged": made.settled, "left": made.left}


def rest_data(rest: Mapping[str, str]) -> dict[str, Any]:
    """What is left elsewhere, as if it were in a project without a name."""
    return {"project": None, "merged": [], "left": dict(rest)}
