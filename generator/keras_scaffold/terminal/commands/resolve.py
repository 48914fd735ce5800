"""`scaffold resolve`: what updates on two branches left in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from keras_scaffold.errors import ConflictError
from keras_scaffold.terminal.options import Json
from keras_scaffold.terminal.printing import Tally

if TYPE_CHECKING:
    from keras_scaffold.updating.resolving import Resolution

NOTHING = "nothing is in conflict"


def resolve(
    projects: Annotated[
        Optional[list[Path]],
        typer.Argument(help="Projects [all of this repository that need it]."),
    ] = None,
    json: Json = False,
) -> None:
    """Merge what updates on two branches left in conflict; exit code 5 if something is left."""
    from keras_scaffold.updating.resolving import elsewhere, in_conflict, resolve_project

    tally = Tally(json)
    outcomes: list[Resolution] = []
    for path in projects or in_conflict(Path()):
        with tally.refusals(path, named=True):
            made = resolve_project(path)
            outcomes.append(made)
            tally.add(resolution_data(made), made.exit_code)
    if rest := elsewhere(projects or [Path()], outcomes, tally.refused):
        tally.add(rest_data(rest), ConflictError.exit_code)
    if not json:
        for line in lines(outcomes, rest) if tally.data else [NOTHING]:
            print(line)
    tally.end()


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
