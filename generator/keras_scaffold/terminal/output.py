"""What a command prints: where that fails is told apart from failures of other files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

UNREAD = 141
"""What a shell has for a command whose output is not read to its end."""
UNWRITTEN = 74
"""What sysexits.h has for output that cannot be written."""


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
