"""What commands print: for people at a terminal, in plain lines, or as JSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer

from keras_scaffold.errors import ProofError, ScaffoldError
from keras_scaffold.terminal.reports.tables import verbatim

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from keras_scaffold.proof import Proof

PLAIN_WIDTH = 200
UNREAD = 141
"""What a shell has for a command whose output is not read to its end."""
UNWRITTEN = 74
"""What sysexits.h has for output that cannot be written."""


def tell_errors(problems: list[str], *, json: bool) -> None:
    """Print what is wrong, a sentence each."""
    if json:
        print_json({"errors": problems})
    else:
        for problem in problems:
            print(f"error: {problem}", file=sys.stderr)


def tell_problems(error: ScaffoldError, project: Path | None) -> None:
    """Show what is wrong with a project, which is named if it is one of several."""
    where = f"{project}: " if project else ""
    tell_errors([where + problem for problem in error.problems], json=False)


@dataclass
class Tally:
    """What became of several projects, one after the other."""

    json: bool
    data: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)
    worst: int = 0

    @contextmanager
    def refusals(self, project: Path, *, named: bool) -> Iterator[None]:
        """Tell an expected error of one project, so that the next has its turn."""
        try:
            yield
        except ScaffoldError as error:
            self.refused.append(project)
            self.add({"project": str(project), "errors": error.problems}, error.exit_code)
            if not self.json:
                tell_problems(error, project if named else None)

    def add(self, result: dict[str, Any], exit_code: int) -> None:
        """Count the result of a project, as programs read it."""
        self.data.append(result)
        self.worst = max(self.worst, exit_code)

    def end(self) -> None:
        """Print what was counted, for programs, and end with the worst exit code."""
        if self.json:
            print_json(self.data)
        if self.worst:
            raise typer.Exit(self.worst)


def print_json(data: Any) -> None:
    """Print plain data."""
    import json

    print(json.dumps(data, indent=2))


def is_interactive() -> bool:
    """Whether somebody can be asked."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream, which may be closed, is a terminal."""
    return stream is not None and stream.isatty()


def console(*, stderr: bool = False) -> Console:
    """What draws tables, as wide as the terminal, or as they are for a pipe."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not made.is_terminal:
        made.width = PLAIN_WIDTH
    return made


def show(*parts: RenderableType) -> None:
    """Print tables and texts, in which nothing is markup; for a pipe no text is folded."""
    for part in parts:
        if not isinstance(part, str):
            console().print(part)
        elif is_terminal(sys.stdout):
            console().print(verbatim(part))
        else:
            print(part)


def is_coloured(made: Console) -> bool:
    """Whether what is printed may have colours: at a terminal that has some, and wants them."""
    return made.is_terminal and bool(made.color_system) and not made.no_color


def show_code(source: str) -> None:
    """Print Python, no line of it folded: in colours where they are wanted, else as it is."""
    if not (is_terminal(sys.stdout) and is_coloured(made := console())):
        print(source, end="")
        return
    from keras_scaffold.terminal.reports.code import highlighted

    made.print(highlighted(source), end="", soft_wrap=True)


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """What tells of each step, on one line of a terminal, or tells nothing."""
    if not (shown and is_terminal(sys.stderr)):
        yield lambda step: None
        return
    with console(stderr=True).status("starting") as status:
        yield status.update


def fail_unproved(proof: Proof, *, json: bool) -> NoReturn:
    """End with the exit code of a failed proof, having said which check failed."""
    if not json:
        tell_failed_check(proof)
    raise typer.Exit(ProofError.exit_code)


def tell_failed_check(proof: Proof) -> None:
    """Say which check of a proof failed, and how."""
    failed = next(check for check in proof.checks if not check.ok)
    if failed.log:
        print(failed.log, file=sys.stderr)
    print(f"error: smoke test: {failed.name}: {failed.detail}", file=sys.stderr)


class UnprintedError(Exception):
    """A stream takes no more of what is printed."""

    def __init__(self, stream: TextIO, error: OSError) -> None:
        self.stream = stream
        unread = isinstance(error, BrokenPipeError)
        self.exit_code = UNREAD if unread else UNWRITTEN
        why = error.strerror or error
        super().__init__("" if unread else f"the output cannot be written: {why}")

    def discard(self) -> None:
        """Let what is left of the stream go nowhere, where at exit it would fail again."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())


@contextmanager
def guarded(*streams: TextIO | None) -> Iterator[None]:
    """Raise UnprintedError as soon as one of the streams, of which some may be closed, fails."""
    there: list[Any] = [stream for stream in streams if stream]
    for stream in there:
        stream.write = _guarded(stream, stream.write)
        stream.flush = _guarded(stream, stream.flush)
    try:
        try:
            yield
        finally:
            for stream in there:
                stream.flush()  # at exit it would be too late to notice
    finally:
        for stream in there:
            del stream.write, stream.flush


def _guarded(stream: TextIO, method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        try:
            return method(*arguments)
        except OSError as error:
            raise UnprintedError(stream, error) from error

    return call
