"""What every command is run in: expected errors end it with a sentence and their code."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from keras_scaffold.errors import ScaffoldError, SystemRefusal
from keras_scaffold.interruption import TERMINATED, Interruption, tell_interrupted
from keras_scaffold.terminal.printing import (
    UnprintedError,
    guarded,
    is_terminal,
    tell_errors,
)

if TYPE_CHECKING:
    from keras_scaffold.copying import Copy

RENDERING = (["new"], ["update"], ["check"])
UsageError: Any = typer.BadParameter.__base__
"""What Typer raises for a wrong call of a command; it has no public name there."""

interruption = Interruption()
atexit.register(gc.freeze)  # what is left is not searched for garbage: 70 ms, at the end


class Invocation:
    """What is known of a call of the tool before its options are read."""

    def __init__(self, words: Sequence[str]) -> None:
        told = [*takewhile(lambda word: word != "--", words)]
        self.json = "--json" in told
        self.renders = told[:1] in RENDERING and "--help" not in told
        """Whether the command renders a template, as far as its first word tells."""
        self.copy: Copy | None = None
        """Has Copier render it; None to do it in this process."""


class Commands(TyperGroup):
    """Every command of the tool; expected errors end it with a sentence and their code."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run a command line; without a word where nobody reads what it prints."""
        call = Invocation(sys.argv[1:] if args is None else args)
        try:
            with interruption, guarded(sys.stdout, sys.stderr), _ahead(call):
                return super().main(args, *rest, obj=call, **options)
        except UnprintedError as error:
            error.discard()
            try:
                if str(error):
                    tell_errors([str(error)], json=False)
            except OSError as other:
                UnprintedError(sys.stderr, other).discard()
            sys.exit(error.exit_code)

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        """Read what stands before a command; what is wrong there is told as later."""
        with ending_told(), _misuse_told(json=extra["obj"].json):
            return super().make_context(*arguments, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called, and tell what is wrong in a sentence."""
        try:
            with ending_told(), _uncollected(), _misuse_told(json=ctx.obj.json):
                _print_any_name()
                return super().invoke(ctx)
        except ScaffoldError as error:
            tell_errors(error.problems, json=ctx.obj.json)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            refusal = SystemRefusal(error)
            tell_errors([str(refusal)], json=ctx.obj.json)
            raise typer.Exit(refusal.exit_code) from None


@contextmanager
def _ahead(call: Invocation) -> Iterator[None]:
    """Let Copier be imported while the command line is read, where the call may render."""
    if not call.renders:
        yield
        return
    from keras_scaffold.copying import ahead

    with ahead() as call.copy:
        yield


@contextmanager
def ending_told() -> Iterator[None]:
    """Tell in a line that a signal ended the command, and what that has left."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(tell_interrupted(interruption.left)) from None
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
        interruption.close() if step == LAST_STEP else interruption.raise_received()
        show(step)

    return tell
