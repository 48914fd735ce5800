"""Signals that ask a command to end: exceptions, so that everything on the way out cleans up."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType, TracebackType
from typing import Any, ClassVar, Self

NOTHING_WRITTEN = "nothing was written"
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
RAISED = (KeyboardInterrupt, SystemExit)
MOMENT = 0.01  # seconds
SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a command."""
INTERRUPTED = SIGNALLED + signal.SIGINT
TERMINATED = SIGNALLED + signal.SIGTERM


class Interruption:
    """While it is entered, a signal raises KeyboardInterrupt or SystemExit, once."""

    entered: ClassVar[list[Interruption]] = []

    def __init__(self) -> None:
        self._previous: dict[int, Any] = {}
        self._received = 0
        self._held = False
        self.closed = False
        """Whether signals do nothing."""
        self.left = NOTHING_WRITTEN

    def __enter__(self) -> Self:
        self._received = 0
        self.closed = False
        self.left = NOTHING_WRITTEN
        self.entered.append(self)
        self._hook = sys.unraisablehook
        sys.unraisablehook = self._dropped
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
        sys.unraisablehook = self._hook
        self.entered.remove(self)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let a signal that comes meanwhile raise at the end of it."""
        before = self._received
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._received != before:
            self.raise_received()

    def raise_received(self) -> None:
        """Raise what a signal raised before, where that was lost."""
        if self._received == signal.SIGINT:
            raise KeyboardInterrupt
        if self._received:
            raise SystemExit(SIGNALLED + self._received)

    def close(self) -> None:
        """Let signals do nothing from now on: what they would undo is done."""
        for number in self._previous:
            signal.signal(number, signal.SIG_IGN)
        self.closed = True
        self.raise_received()

    def reopen(self, left: str) -> None:
        """Let signals end the command again, and tell what it has `left` by now."""
        self.left = left
        self.closed = False
        for number in self._previous:
            signal.signal(number, self._receive)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not stop the cleaning
        self._received = number
        if not self._held:
            self.raise_received()

    def _dropped(self, unraisable: sys.UnraisableHookArgs) -> None:
        """Give the same signal again, a moment later, where Python dropped what it raised.

        It drops exceptions in the callbacks of weak references and in finalizers.
        """
        if not (self._received and isinstance(unraisable.exc_value, RAISED)):
            self._hook(unraisable)
            return
        number = self._received
        signal.signal(number, self._receive)
        again = threading.Timer(MOMENT, os.kill, (os.getpid(), number))
        again.daemon = True
        again.start()


def tell_interrupted(left: str = NOTHING_WRITTEN) -> int:
    """Tell in a line that Ctrl-C ended the command, and what that has left; gives its code.

    Where KeyboardInterrupt was raised in what `exec` runs, as dataclasses are made, Python notes
    that, and dies of the signal at its end; the next `exec` takes the note back.
    """
    exec("")  # noqa: S102
    print(f"interrupted; {left}", file=sys.stderr)
    return INTERRUPTED


def uninterrupted() -> AbstractContextManager[None]:
    """For a step that must not be left between its two halves: a signal raises after it."""
    if not Interruption.entered:
        return nullcontext()
    return Interruption.entered[-1].held()


def closed() -> bool:
    """Whether signals do nothing now, to processes that are started either."""
    return any(interruption.closed for interruption in Interruption.entered)
