"""Commands run as a user's shell would run them, timed and checked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which


def program(name: str) -> str:
    """The command that is installed beside this Python."""
    found = which(name, path=str(Path(sys.executable).parent))
    if not found:
        raise SystemExit(f"`{name}` is not installed; run `pip install -e '.[test]'`")
    return found


def script(name: str) -> list[str]:
    """The command that runs a script of this directory."""
    return [sys.executable, str(Path(__file__).with_name(name))]


@contextmanager
def talk_to(*command: object, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A command that is told what to do, and that ends when there is no more to do."""
    with subprocess.Popen(
        list(map(str, command)),
        env=ENVIRONMENT | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.communicate()


def output(*command: object, **variables: str) -> str:
    """What a command prints; ends the benchmark, with what it says, if it fails."""
    done = subprocess.run(
        list(map(str, command)),
        env=ENVIRONMENT | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(done.args)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def seconds(*command: object, expect: str = "", **variables: str) -> float:
    """How long a command takes, which has to print what is expected."""
    start = time.perf_counter()
    printed = output(*command, **variables)
    elapsed = time.perf_counter() - start
    if expect not in printed:
        raise SystemExit(f"{' '.join(map(str, command))} did not print `{expect}`")
    return elapsed


def _environment() -> dict[str, str]:
    """The user's, with bytecode cached, and a name for git to commit with."""
    kept = dict(os.environ)
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    for role in ("AUTHOR", "COMMITTER"):
        kept[f"GIT_{role}_NAME"] = "benchmark"
        kept[f"GIT_{role}_EMAIL"] = "benchmark@localhost"
    return kept


ENVIRONMENT = _environment()
