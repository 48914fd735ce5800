"""`scaffold bricks` and `scaffold presets`: what there is to choose from."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from keras_scaffold.errors import InputError
from keras_scaffold.terminal import options
from keras_scaffold.terminal.options import Json, Markdown
from keras_scaffold.terminal.printing import console, print_json


def bricks(
    brick: Annotated[
        Optional[str],
        typer.Argument(
            help="One of them, with all its options.", autocompletion=options.bricks
        ),
    ] = None,
    markdown: Markdown = False,
    json: Json = False,
) -> None:
    """List the bricks with their arguments and defaults."""
    from keras_scaffold.bricks import all_bricks, get_brick
    from keras_scaffold.terminal.reports import listings

    _refuse_two_forms(markdown, json)
    shown = [get_brick(brick)] if brick else [*all_bricks().values()]
    if json:
        print_json(listings.bricks_data(shown))
    elif markdown:
        print(listings.brick_markdown(*shown) if brick else listings.bricks_markdown(shown))
    elif brick:
        console().print(listings.brick_table(*shown))
    else:
        console().print(listings.bricks_table(shown))


def presets(markdown: Markdown = False, json: Json = False) -> None:
    """List the presets."""
    from keras_scaffold.bricks import PRESETS
    from keras_scaffold.terminal.reports import listings

    _refuse_two_forms(markdown, json)
    if json:
        print_json(listings.presets_data(PRESETS.values()))
    elif markdown:
        print(listings.presets_markdown(PRESETS.values()))
    else:
        console().print(listings.presets_table(PRESETS.values()))


def _refuse_two_forms(markdown: bool, json: bool) -> None:
    if markdown and json:
        raise InputError(
            "`--markdown` and `--json` ask for the list twice; give one of them"
        )
