"""Signals that ask a command to end: exceptions, so that everything on the way out cleans up."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, Self

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a command."""


class Interruption:
    """While it is entered, a signal raises KeyboardInterrupt or SystemExit, once."""

    def __init__(self) -> None:
        self._previous: dict[int, Any] = {}
        self._received = 0

    def __enter__(self) -> Self:
        self._received = 0
        for name in NAMES:
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number and signal.getsignal(number) != signal.SIG_IGN:
                self._previous[number] = signal.signal(number, self._receive)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        while self._previous:
            signal.signal(*self._previous.popitem())

    def check(self) -> None:
        """Raise what a signal raised before, where that was lost.

        Python drops an exception that is raised in a weak reference's callback.
        """
        if self._received == signal.SIGINT:
            raise KeyboardInterrupt
        if self._received:
            raise SystemExit(SIGNALLED + self._received)

    def close(self) -> None:
        """Let signals do nothing from now on: what they would undo is done."""
        for number in self._previous:
            signal.signal(number, signal.SIG_IGN)
        self.check()

    def _receive(self, number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not stop the cleaning
        self._received = number
        self.check()
