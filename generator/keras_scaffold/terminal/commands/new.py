"""`scaffold new`: a project from answers."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from keras_scaffold.errors import InputError
from keras_scaffold.project_files import BASE_FILE, NEEDED
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
from keras_scaffold.terminal.reports.proofs import proof_data, proof_table, proof_words
from keras_scaffold.terminal.reports.tables import verbatim

if TYPE_CHECKING:
    from rich.console import RenderableType

    from keras_scaffold.answers import Answers, Found
    from keras_scaffold.projects import Created


@takes_answers
def new(
    ctx: typer.Context,
    destination: Annotated[
        Path, typer.Argument(help="Directory to make, or a clone that is all but empty.")
    ],
    request: Request,
    data: Annotated[
        Optional[Path],
        typer.Option(
            metavar="PATH", help="Your own images, by classes in a directory or in a CSV."
        ),
    ] = None,
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

    from keras_scaffold.answers import Key, look_at
    from keras_scaffold.projects import create_project, file_list
    from keras_scaffold.proof import Smoke, choose_interpreter
    from keras_scaffold.templates import open_template
    from keras_scaffold.terminal.given import checked_answers, wanted_template, with_data
    from keras_scaffold.terminal.reports import networks

    with ExitStack() as stack:
        smoke, beside = None, []
        try:
            if not (no_smoke or dry_run):  # it imports TensorFlow meanwhile
                smoke = stack.enter_context(Smoke(choose_interpreter(python)))
        except InputError as error:
            beside = error.problems
        wanted = wanted_template(request.template, request.template_ref, request.file)
        template = stack.enter_context(open_template(*wanted, copy=ctx.obj.copy))
        found = look_at(data, request.flags[Key.DATASET]) if data else None
        given = request.answers()
        answers = checked_answers(
            with_data(given, request.flags, found) if found else given,
            template.questions,
            destination,
            show=None if json or not is_interactive() else console().print,
            defaults=defaults,
            size_limit=request.size_limit,
            beside=beside,
            found=found,
        )
        told = found.told(answers.plan.inputs[0].shape) if found else []
        network = answers.architecture
        if not json:
            show(*told)
        if dry_run:
            files = file_list(template, answers)
            if json:
                data_of_files = {"files": posix(files), "told": told}
                print_json(data_of_files | networks.preview_data(network))
            else:
                tree = file_tree(destination.resolve().name, files)
                show(tree, networks.preview_table(network))
            return
        show_step = stack.enter_context(progress(shown=not json))
        made = create_project(
            destination,
            answers,
            template,
            smoke=smoke,
            git=not no_git,
            tell=interruptible(show_step),
        )
    if json:
        print_json(created_data(made, told) | networks.preview_data(network))
    else:
        show(*created(made, answers, found, drawn=is_terminal(sys.stdout)))
    if made.proof is not None and not made.works:
        fail_unproved(made.proof, json=json)


def created(
    made: Created, answers: Answers, found: Found | None, *, drawn: bool
) -> list[RenderableType]:
    """What `new` made: files, proof and what to type next if `drawn`, else in plain lines."""
    from keras_scaffold.terminal.reports.networks import totals

    ignored = [ignored_line(made)] if made.ignored else []
    if not drawn:
        total = f"{answers.architecture.total:,} parameters"
        facts = f"{made.path}: {len(made.files)} files, {total}, {proof_words(made.proof)}"
        line = "; ".join(filter(None, [facts, made.repository, made.remark]))
        return [line, *made.settled, *ignored]
    parts: list[RenderableType | None] = [
        file_tree(made.path.resolve().name, made.files),
        *made.settled,
        made.repository,
        *ignored,
        proof_table(made.proof) if made.proof else None,
        made.remark,
        totals(answers.architecture),
    ]
    steps = _next_steps(made, answers, found) if made.works else []
    return [*(part for part in parts if part), *steps]


def _next_steps(made: Created, answers: Answers, found: Found | None) -> list[str]:
    """What to type next, or to do."""
    from keras_scaffold.answers import find_dataset

    here = made.path.resolve() == Path.cwd()
    steps = [] if here else [f"cd {quote(str(made.path))}"]
    steps.append("pip install -e .")
    if not found and find_dataset(answers.dataset).lie:
        steps.append("(put your images into data/, as README.md says)")
    steps.append(
        f"{answers.name} train" + (f" --data {quote(found.path)}" if found else "")
    )
    return ["", "Next:", *(f"  {step}" for step in steps)]


def ignored_line(made: Created) -> str:
    """What is not committed with the rest, and what that means for updates."""
    needed = [path for path in made.ignored if path in NEEDED]
    first = BASE_FILE if BASE_FILE in needed else [*needed, *made.ignored][0]
    more = f" and {len(made.ignored) - 1} more" if len(made.ignored) > 1 else ""
    ignored = f"git ignores `{first}`{more} here"
    if not needed:
        return f"{ignored}: not committed, and left alone by updates"
    own = dict.fromkeys(made.path / path.split("/")[0] for path in needed)
    places = " ".join(quote(str(place)) for place in own)
    return (
        f"{ignored}, and without `{first}` there is no updating; change what ignores it (a "
        f".gitignore or `core.excludesFile`), or `git add --force {places}`"
    )


def created_data(made: Created, told: list[str]) -> dict[str, Any]:
    """What `new` made, for programs."""
    return {
        "path": str(made.path),
        "files": posix(made.files),
        "repository": made.repository,
        "settled": made.settled,
        "ignored": made.ignored,
        "smoke": proof_data(made.proof) if made.proof is not None else None,
        "told": [*told, made.remark] if made.remark else told,
    }


def file_tree(root: str, files: Iterable[Path]) -> RenderableType:
    """The files as a tree."""
    from rich.tree import Tree

    made = Tree(verbatim(root + "/"))
    branches = {Path("."): made}
    for file in files:
        for directory in reversed(file.parents):
            if directory not in branches:
                above = branches[directory.parent]
                branches[directory] = above.add(verbatim(directory.name + "/"))
        branches[file.parent].add(verbatim(file.name))
    return made


def posix(files: Iterable[Path]) -> list[str]:
    """Relative paths as every system writes them."""
    return [path.as_posix() for path in files]
