"""`scaffold preview`: a network, and no project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keras_scaffold.terminal.options import Json, Request, takes_answers
from keras_scaffold.terminal.printing import print_json, show


@takes_answers
def preview(
    request: Request,
    layers: Annotated[bool, typer.Option("--layers", help="Show every layer.")] = False,
    svg: Annotated[
        Optional[Path],
        typer.Option("--svg", metavar="FILE", help="Draw it, as lego bricks, in a file."),
    ] = None,
    json: Json = False,
) -> None:
    """Show what a network would be: shapes and parameters, and no project written."""
    from keras_scaffold.answers import Key, check_answers, suiting_dataset
    from keras_scaffold.templates import open_template
    from keras_scaffold.terminal.given import wanted_template
    from keras_scaffold.terminal.reports import networks

    wanted = wanted_template(request.template, request.template_ref, request.file)
    with open_template(*wanted, to_render=False) as template:
        given = request.answers()
        alone = Key.DATASET not in given
        given = {Key.NAME: "preview", Key.DATASET: suiting_dataset(given), **given}
        answers = check_answers(
            given, template.questions, size_limit=request.size_limit, alone=alone
        )
    if svg:
        from keras_scaffold.pictures import write_svg

        write_svg(answers.architecture, svg)
    if json:
        data = networks.preview_data(answers.architecture)
        print_json(data | ({"svg": str(svg)} if svg else {}))
        return
    show(networks.preview_table(answers.architecture, layers=layers))
    if svg:
        print(f"drawn in {svg}")
