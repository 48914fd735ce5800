"""What is told of an error in a project: the project's own place, and little of other code.

It is used in the process that proves, which has nothing of this tool but what lies beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import FrameSummary, StackSummary, TracebackException

FRAMES = 6
"""Calls of the project's that are kept of a traceback."""
FIRST, LAST = 3, 9
"""Lines that are kept of a longer text."""
OWN_PLACE = re.compile(r'File "(src[/\\][^"]+)", line (\d+)')
CONTROL = re.compile(
    r"""
    (\x1b\[|\x9b)[0-?]*[ -/]*[@-~]  # such as colours
    |\x1b\].*?(\x07|\x1b\\)  # such as links
    |\x1b[ -/]*[0-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]
    """,
    re.VERBOSE,
)


class Trace:
    """The traceback of the first error that is of the project, of one and what it came of."""

    def __init__(self, error: BaseException, project: Path) -> None:
        self._above = f"{project}{os.sep}"
        self._source = f"{project / 'src'}{os.sep}"
        self._trace = TracebackException.from_exception(error)
        for other in _chain(error):
            trace = TracebackException.from_exception(other)
            if self._places(trace):
                self._trace = trace
                break

    def located(self, message: str) -> str:
        """A message behind the file and line of the project's that it is about, if any."""
        places = self._places(self._trace)
        where = "{}, line {}: ".format(*places[-1]) if places else ""
        return where + self._plain(message)

    def log(self) -> str:
        """The project's calls, the one that failed, and the message."""
        stack = [*self._trace.stack]
        last = len(stack) - 1
        own = [n for n, call in enumerate(stack) if call.filename.startswith(self._source)]
        kept = sorted({*own[-FRAMES:], last}) if own else [*range(len(stack))][-FRAMES:]
        calls = self._plain("".join(_calls(stack, kept)), whole=True)
        message = self._plain("".join(self._trace.format_exception_only()))
        return f"Traceback (most recent call last):\n{calls}{message}"

    def _places(self, trace: TracebackException) -> list[tuple[str, str]]:
        """The places in the project that a traceback, or its message, leads through."""
        text = "".join(trace.format(chain=False))
        return OWN_PLACE.findall(text.replace(self._above, ""))

    def _plain(self, text: str, *, whole: bool = False) -> str:
        text = without_control(text.replace(self._above, ""))
        return text if whole else shortened(text)


def message(error: BaseException) -> str:
    """The kind of an error and what it says, without the place in a file."""
    lines = TracebackException.from_exception(error).format_exception_only()
    return next(line for line in lines if not line.startswith("  ")).strip()


def without_control(text: str) -> str:
    """A text without what would control a terminal, but for line ends and tabs."""
    return CONTROL.sub("", text)


def shortened(text: str) -> str:
    """The first and the last lines of a text, if it is long."""
    lines = text.strip().splitlines()
    if len(lines) > FIRST + LAST:
        lines[FIRST:-LAST] = [f"({len(lines) - FIRST - LAST} lines are left out)"]
    return "\n".join(lines)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it came of, one after the other."""
    seen = set()
    while error is not None and id(error) not in seen:  # `raise error from error` is legal
        seen.add(id(error))
        yield error
        hidden = error.__cause__ is not None or error.__suppress_context__
        error = error.__cause__ if hidden else error.__context__


def _calls(stack: list[FrameSummary], kept: Iterable[int]) -> Iterator[str]:
    """Some calls of a traceback, and how many lie between them."""
    next_one = 0
    for number in kept:
        if number > next_one:
            yield f"  ({number - next_one} calls of other code)\n"
        yield from StackSummary.from_list([stack[number]]).format()
        next_one = number + 1
