"""`scaffold bricks` and `scaffold presets`: what there is to choose from."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from keras_scaffold.terminal import options
from keras_scaffold.terminal.options import Json
from keras_scaffold.terminal.printing import console, print_json


def bricks(
    brick: Annotated[
        Optional[str],
        typer.Argument(
            help="One of them, with all its options.", autocompletion=options.bricks
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List the bricks with their arguments and defaults."""
    from keras_scaffold.bricks import all_bricks, get_brick
    from keras_scaffold.terminal.reports import listings

    shown = [get_brick(brick)] if brick else [*all_bricks().values()]
    if json:
        print_json(listings.bricks_data(shown))
    elif brick:
        console().print(listings.brick_table(*shown))
    else:
        console().print(listings.bricks_table(shown))


def presets(json: Json = False) -> None:
    """List the presets."""
    from keras_scaffold.bricks import PRESETS
    from keras_scaffold.terminal.reports import listings

    if json:
        print_json(listings.presets_data(PRESETS.values()))
    else:
        console().print(listings.presets_table(PRESETS.values()))
