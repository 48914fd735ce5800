"""What every command is run in: expected errors end it with a sentence and their code."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from keras_scaffold.errors import ScaffoldError, SystemRefusal
from keras_scaffold.interruption import INTERRUPTED, TERMINATED, Interruption
from keras_scaffold.terminal.output import UnprintedError, guarded
from keras_scaffold.terminal.printing import is_terminal, tell_errors

if TYPE_CHECKING:
    from keras_scaffold.copying import Copy

RENDERING = (["new"], ["update"], ["check"])
UsageError: Any = typer.BadParameter.__base__
"""What Typer raises for a wrong call of a command; it has no public name there."""

interruption = Interruption()
atexit.register(gc.freeze)  # what is left is not searched for garbage: 70 ms, at the end


class Invocation:
    """What is known of a call of the tool before its options are read."""

    def __init__(self, json: bool, renders: bool) -> None:
        self.json = json
        self.renders = renders
        """Whether the command renders a template, as far as its first word tells."""
        self.copy: Copy | None = None
        """Has Copier render it; None to do it in this process."""


class Commands(TyperGroup):
    """Every command of the tool; expected errors end it with a sentence and their code."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command line; without a word where nobody reads what it prints."""
        try:
            with interruption, guarded(sys.stdout, sys.stderr):
                return super().main(*arguments, **options)
        except UnprintedError as error:
            error.discard()
            try:
                if str(error):
                    tell_errors([str(error)], json=False)
            except OSError as other:
                UnprintedError(sys.stderr, other).discard()
            sys.exit(error.exit_code)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """What is known before a command reads its options."""
        words = [*takewhile(lambda arg: arg != "--", args)]
        call = Invocation(
            "--json" in words, words[:1] in RENDERING and "--help" not in words
        )
        with ending_told(), _misuse_told(json=call.json):
            return super().make_context(info_name, args, parent, obj=call, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called, and tell what is wrong in a sentence."""
        try:
            with ending_told(), _uncollected(), _misuse_told(json=ctx.obj.json):
                _print_any_name()
                if not ctx.obj.renders:
                    return super().invoke(ctx)
                from keras_scaffold.copying import ahead

                with ahead() as ctx.obj.copy:
                    return super().invoke(ctx)
        except ScaffoldError as error:

            tell_errors(error.problems, json=ctx.obj.json)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            refusal = SystemRefusal(error)
            tell_errors([str(refusal)], json=ctx.obj.json)
            raise typer.Exit(refusal.exit_code) from None


@contextmanager
def ending_told() -> Iterator[None]:
    """Tell in a line that a signal ended the command, and what that has left."""
    try:
        yield
    except KeyboardInterrupt:
        # Where it was raised in what `exec` runs, as dataclasses are made, Python notes that, and
        # dies of the signal at its end; the next `exec` takes the note back.
        exec("")  # noqa: S102
        print(f"interrupted; {interruption.left}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except SystemExit as error:
        if error.code == TERMINATED:  # of SIGHUP nobody is there to be told
            # a question may be drawn by half, so that nobody knows where the cursor is
            start = "\n" if is_terminal(sys.stderr) else ""
            print(f"{start}ended; {interruption.left}", file=sys.stderr)
        raise


@contextmanager
def _misuse_told(*, json: bool) -> Iterator[None]:
    """Let what Typer refuses, such as an option that there is not, be JSON where all is."""
    try:
        yield
    except UsageError as error:
        if not json:
            raise
        tell_errors([error.format_message()], json=True)
        raise typer.Exit(error.exit_code) from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage, of which imports and rendering make none: a twelfth faster."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print_any_name() -> None:
    """Let no name of a file that the output's encoding lacks end a command half-told."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def interruptible(show: Callable[[str], None]) -> Callable[[str], None]:
    """What shows each step unless a signal came; from the last one on it is too late."""
    from keras_scaffold.projects import LAST_STEP

    def tell(step: str) -> None:
        interruption.close() if step == LAST_STEP else interruption.check()
        show(step)

    return tell
