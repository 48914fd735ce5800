"""The command line: which commands there are."""

from __future__ import annotations

from typing import Annotated

import typer

from keras_scaffold import __version__
from keras_scaffold.terminal.commands.check import check
from keras_scaffold.terminal.commands.listings import bricks, presets
from keras_scaffold.terminal.commands.new import new
from keras_scaffold.terminal.commands.preview import preview
from keras_scaffold.terminal.commands.resolve import resolve
from keras_scaffold.terminal.commands.show import show
from keras_scaffold.terminal.commands.smoke import smoke
from keras_scaffold.terminal.commands.update import update
from keras_scaffold.terminal.group import Commands

app = typer.Typer(
    name="scaffold",
    cls=Commands,
    help="Write complete Keras image-model projects from an architecture told in bricks.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (new, preview, show, smoke, update, check, resolve, bricks, presets):
    app.command()(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"scaffold {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass
