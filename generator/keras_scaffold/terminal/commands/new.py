"""`scaffold new`: a project from answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from keras_scaffold.errors import InputError
from keras_scaffold.terminal.group import interruptible
from keras_scaffold.terminal.options import (
    Defaults,
    Json,
    NoSmoke,
    Python,
    Request,
    takes_answers,
)
from keras_scaffold.terminal.printing import (
    console,
    fail_unproved,
    is_interactive,
    is_terminal,
    print_json,
    progress,
    show,
)


@takes_answers
def new(
    ctx: typer.Context,
    destination: Annotated[
        Path, typer.Argument(help="Directory to make, or a clone that is all but empty.")
    ],
    request: Request,
    defaults: Defaults = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the files and the preview; write nothing."),
    ] = False,
    no_smoke: NoSmoke = False,
    python: Python = None,
    no_git: Annotated[
        bool, typer.Option("--no-git", help="Make no git repository.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a project, prove it, and put it at DESTINATION."""
    from contextlib import ExitStack

    from keras_scaffold.projects import create_project, file_list, open_template
    from keras_scaffold.proof import Smoke, choose_interpreter
    from keras_scaffold.terminal.given import checked_answers, wanted_template
    from keras_scaffold.terminal.reports import creations, networks

    with ExitStack() as stack:
        smoke, beside = None, []
        try:
            if not (no_smoke or dry_run):  # it imports TensorFlow meanwhile
                smoke = stack.enter_context(Smoke(choose_interpreter(python)))
        except InputError as error:
            beside = error.problems
        wanted = wanted_template(request.template, request.template_ref, request.file)
        template = stack.enter_context(open_template(*wanted, copy=ctx.obj.copy))
        answers = checked_answers(
            request.answers(),
            template.questions,
            destination,
            show=None if json or not is_interactive() else console().print,
            defaults=defaults,
            size_limit=request.size_limit,
            beside=beside,
        )
        network = answers.architecture
        if dry_run:
            files = file_list(template, answers)
            if json:
                listed = {"files": creations.posix(files)}
                print_json(listed | networks.preview_data(network))
            else:
                tree = creations.tree(destination.resolve().name, files)
                show(tree, networks.preview_table(network))
            return
        show_step = stack.enter_context(progress(shown=not json))
        created = create_project(
            destination,
            answers,
            template,
            smoke=smoke,
            git=not no_git,
            tell=interruptible(show_step),
        )
    if json:
        print_json(creations.created_data(created) | networks.preview_data(network))
    else:
        show(*creations.created(created, answers, drawn=is_terminal(sys.stdout)))
    if created.proof is not None and not created.works:
        fail_unproved(created.proof, json=json)
