"""`scaffold check`: what an update would change, and what the user changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from keras_scaffold.errors import DemandError
from keras_scaffold.terminal.options import (
    AnswersFile,
    Json,
    Projects,
    TemplateRef,
    TemplateSource,
)
from keras_scaffold.terminal.printing import Tally, console
from keras_scaffold.terminal.reports.tables import table, verbatim

if TYPE_CHECKING:
    from rich.console import RenderableType

    from keras_scaffold.updating import Checked


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
    from keras_scaffold.updating import Project, Templates, check_project

    paths = projects or [Path()]
    given = given_answers({}, answers)
    tally = Tally(json)
    with Templates(template, template_ref, ctx.obj.copy) as templates:
        for path in paths:
            with tally.refusals(path, named=len(paths) > 1):
                result = check_project(Project.at(path), templates.of, given)
                failed = result.fails(outdated=outdated, modified=modified)
                tally.add(checked_data(result), DemandError.exit_code if failed else 0)
                if not json:
                    console().print(checked_table(result))
    tally.end()


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
