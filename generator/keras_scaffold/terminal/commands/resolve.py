"""`scaffold resolve`: what updates on two branches left in conflict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from keras_scaffold.errors import ConflictError, ScaffoldError
from keras_scaffold.terminal.options import Json
from keras_scaffold.terminal.printing import print_json, tell_problems


def resolve(
    projects: Annotated[
        Optional[list[Path]],
        typer.Argument(help="Projects [all of this repository that need it]."),
    ] = None,
    json: Json = False,
) -> None:
    """Merge what updates on two branches left in conflict; exit code 5 if something is left."""
    from keras_scaffold.terminal.reports import resolutions
    from keras_scaffold.updating.resolving import (
        Resolution,
        elsewhere,
        in_conflict,
        resolve_project,
    )

    outcomes: list[Resolution] = []
    data: list[dict[str, Any]] = []
    refused: list[Path] = []
    worst = 0
    for path in projects or in_conflict(Path()):
        try:
            made = resolve_project(path)
        except ScaffoldError as error:
            worst = max(worst, error.exit_code)
            refused.append(path)
            data.append({"project": str(path), "errors": error.problems})
            if not json:
                tell_problems(error, path)
            continue
        worst = max(worst, made.exit_code)
        outcomes.append(made)
        data.append(resolutions.resolution_data(made))
    if rest := elsewhere(projects or [Path()], outcomes, refused):
        worst = max(worst, ConflictError.exit_code)
        data.append(resolutions.rest_data(rest))
    if json:
        print_json(data)
    else:
        for line in resolutions.lines(outcomes, rest):
            print(line)
        if not data:
            print(resolutions.NOTHING)
    if worst:
        raise typer.Exit(worst)
