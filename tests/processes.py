"""The command in processes of its own: how it starts, what it starts, and when it is done."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import TypeVar

from hypothesis import settings

from tests.repositories import git_directory

SCAFFOLD = [sys.executable, "-m", "keras_scaffold"]
ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
"""A template's text that is never rendered to its end."""

Found = TypeVar("Found")


def wait_for(found: Callable[[], Found]) -> Found:
    """What `found` gives once it is true."""
    for _ in range(600):
        if value := found():
            return value
        time.sleep(0.05)
    raise TimeoutError


def children(parent: int, module: str) -> list[int]:
    """The ids of a process' children that run a module: git's, and forks, come and go."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, check=True
    )
    rows = [line.split() for line in listed.stdout.decode().splitlines()]
    return [
        int(child)
        for child, its_parent, *command in rows
        if int(its_parent) == parent and module in " ".join(command)
    ]


def program(path: Path, script: str) -> None:
    """Make a program of a line for the shell."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def settle(project: Path) -> None:
    """Wait until the process that moves files is not at work."""
    lock = git_directory(project) / "scaffold.lock"
    if lock.exists():
        with lock.open() as file:
            flock(file, LOCK_EX)


def spread(first: int, last: int, share: int = 1) -> list[int]:
    """Of some numbers as many as there are to be examples, or a share of that, evenly."""
    wanted = min(last - first + 1, max(settings().max_examples // share, 2))
    return sorted(
        {first + each * (last - first) // max(wanted - 1, 1) for each in range(wanted)}
    )
