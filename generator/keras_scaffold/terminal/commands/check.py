"""`scaffold check`: what an update would change, and what the user changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from keras_scaffold.errors import DemandError, ScaffoldError
from keras_scaffold.terminal.options import (
    AnswersFile,
    Json,
    Projects,
    TemplateRef,
    TemplateSource,
)
from keras_scaffold.terminal.printing import console, print_json, tell_problems


def check(
    ctx: typer.Context,
    projects: Projects = None,
    outdated: Annotated[
        bool, typer.Option("--outdated", help="Fail if an update would change a file.")
    ] = False,
    modified: Annotated[
        bool, typer.Option("--modified", help="Fail if a generated file was edited.")
    ] = False,
    answers: AnswersFile = None,
    template: TemplateSource = None,
    template_ref: TemplateRef = None,
    json: Json = False,
) -> None:
    """Tell what an update would change, and what you changed; exit code 6 for a failure."""
    from keras_scaffold.terminal.given import given_answers
    from keras_scaffold.terminal.reports import checks
    from keras_scaffold.updating import Project, Templates, check_project

    paths = projects or [Path()]
    given = given_answers({}, answers)
    data: list[dict[str, Any]] = []
    worst = 0
    with Templates(template, template_ref, ctx.obj.copy) as templates:
        for path in paths:
            try:
                result = check_project(Project.at(path), templates.of, given)
            except ScaffoldError as error:
                worst = max(worst, error.exit_code)
                data.append({"project": str(path), "errors": error.problems})
                if not json:
                    tell_problems(error, path if len(paths) > 1 else None)
                continue
            if result.fails(outdated=outdated, modified=modified):
                worst = max(worst, DemandError.exit_code)
            data.append(checks.checked_data(result))
            if not json:
                console().print(checks.checked_table(result))
    if json:
        print_json(data)
    if worst:
        raise typer.Exit(worst)
