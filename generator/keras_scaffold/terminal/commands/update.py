"""`scaffold update`: projects brought up to date, one by one."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keras_scaffold.terminal.group import interruptible, interruption
from keras_scaffold.terminal.options import (
    Defaults,
    Json,
    NoSmoke,
    Projects,
    Python,
    Request,
    takes_answers,
)
from keras_scaffold.terminal.printing import (
    console,
    is_interactive,
    is_terminal,
    print_json,
    progress,
    show,
    tell_failed_check,
    tell_problems,
)

if TYPE_CHECKING:
    from keras_scaffold.updating import Ask, Outcome


@takes_answers
def update(
    ctx: typer.Context,
    request: Request,
    projects: Projects = None,
    defaults: Defaults = False,
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt", help="Take what is generated now for what was: where that is lost."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Update though the smoke test fails.")
    ] = False,
    no_smoke: NoSmoke = False,
    python: Python = None,
    json: Json = False,
) -> None:
    """Bring projects up to date with their template and with new answers, keeping edits."""
    from contextlib import ExitStack

    from keras_scaffold.proof import Smoke, usual_interpreter
    from keras_scaffold.terminal.reports import updates
    from keras_scaffold.updating import Templates, Updater, Wishes, worst_code

    paths = projects or [Path()]
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        smoke = None
        if no_smoke or dry_run:
            python = None
        else:
            smoke = stack.enter_context(Smoke(usual_interpreter(python, paths[0])))
        asks = not (json or defaults) and is_interactive()
        show_step = stack.enter_context(progress(shown=not (json or asks)))
        templates = Templates(request.template, request.template_ref, ctx.obj.copy)
        updater = Updater(
            request.answers(),
            stack.enter_context(templates),
            Wishes(adopt=adopt, dry_run=dry_run, force=force, python=python),
            smoke=smoke,
            ask=_asking(size_limit=request.size_limit) if asks else None,
            size_limit=request.size_limit,
            tell=interruptible(show_step),
        )
        for path in paths:
            done = f"{len(outcomes)} of {len(paths)} projects were done before"
            interruption.reopen(done if outcomes else "nothing was changed")
            outcomes.append(updater.update(path))
            interruption.raise_received()  # an error may come of what a signal cut off
            if not json:
                _tell_outcome(outcomes[-1], dry_run=dry_run, several=len(paths) > 1)
    if json:
        print_json(updates.outcomes_data(outcomes))
    elif len(paths) > 1:
        console().print(updates.outcomes_table(outcomes, dry_run=dry_run))
    if worst := worst_code(outcomes):
        raise typer.Exit(worst)


def _asking(*, size_limit: bool) -> Ask:
    """What asks for answers at the terminal."""
    from keras_scaffold.terminal.prompts.interview import ask

    return partial(ask, show=console().print, size_limit=size_limit)


def _tell_outcome(outcome: Outcome, *, dry_run: bool, several: bool) -> None:
    """Show what became of a project."""
    from keras_scaffold.terminal.reports import updates

    if outcome.updated:
        drawn = is_terminal(sys.stdout)
        show(*updates.updated(outcome.updated, dry_run=dry_run, drawn=drawn))
        if dry_run:
            print(outcome.updated.diff, end="")
        if outcome.updated.proof and not outcome.updated.works:
            tell_failed_check(outcome.updated.proof)
    if outcome.error:
        tell_problems(outcome.error, outcome.path if several else None)
