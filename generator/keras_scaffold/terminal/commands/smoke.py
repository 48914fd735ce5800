"""`scaffold smoke`: the proof, once more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keras_scaffold.terminal.options import Json, Python
from keras_scaffold.terminal.printing import console, fail_unproved, print_json, progress


def smoke(
    project: Annotated[
        Path, typer.Argument(help="A project [the one of the present directory].")
    ] = Path("."),
    python: Python = None,
    json: Json = False,
) -> None:
    """Prove a project again: import, build, count, fit, save and reload."""
    from keras_scaffold.answers import read_project
    from keras_scaffold.project_files import project_of
    from keras_scaffold.projects import as_generated
    from keras_scaffold.proof import Smoke, Subject, choose_interpreter, model_files
    from keras_scaffold.terminal.reports import proofs

    project = project_of(project)
    with (
        Smoke(choose_interpreter(python, project)) as started,
        progress(shown=not json) as tell,
    ):
        kept = read_project(project)
        unedited = as_generated(project, model_files(kept.package))
        subject = Subject(project, kept.package, kept.architecture, unedited, kept.onednn)
        proof = started.prove(subject, tell)
    if json:
        print_json(proofs.proof_data(proof))
    else:
        console().print(proofs.proof_table(proof))
    if not proof.works:
        fail_unproved(proof, json=json)
