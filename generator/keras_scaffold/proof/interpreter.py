"""The Python that proves a project: the tool's own, the project's, or one that is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shlex import join
from shutil import which

from packaging.version import InvalidVersion, Version

from keras_scaffold.errors import InputError

OLDEST = {"Python": "3.11", "tensorflow": "2.18", "keras": "3.8"}
"""What generated projects need, as their pyproject.toml has it."""
ENVIRONMENT = ".venv"
"""The directory in which a project may have an environment of its own."""
WITHIN = "Scripts/python.exe" if os.name == "nt" else "bin/python"
PATIENCE = 60
PROBE = """
import json, sys
found = {"Python": ".".join(map(str, sys.version_info[:3]))}
try:
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec
except ImportError:
    find_spec = lambda name: None
for name in ("tensorflow", "keras"):
    if find_spec(name):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
print(json.dumps(found))
"""
"""Tells what an interpreter is and has; even one that is far too old can run it."""


@dataclass(frozen=True)
class Interpreter:
    """A Python that has TensorFlow."""

    path: str
    own: bool = False
    """Whether it is the one that runs this tool."""


OWN = Interpreter(sys.executable, own=True)


def choose_interpreter(named: str | None, project: Path | None = None) -> Interpreter:
    """The Python to prove with: the one that was `named`, the project's, or the tool's own.

    Raises InputError, by its name, for what is no Python that could run the project.
    """
    if named is not None:
        found = which(named)
        if not found:
            raise InputError(f"--python: `{named}` {_no_program(Path(named))}")
        return _examined(Path(found), f"--python: `{Path(found)}`", "name another")
    if project is None or not (project / ENVIRONMENT).is_dir():
        return OWN
    return _own_environment(project)


def usual_interpreter(named: str | None, project: Path) -> Interpreter:
    """The one that `choose_interpreter` gives, or the tool's own where that is of no use."""
    try:
        return choose_interpreter(named, project)
    except InputError:
        return OWN


def _no_program(path: Path) -> str:
    """Why there is no running what was named, and the way out."""
    if path.is_dir():
        return f"is a directory; name the Python in it, e.g. `{path / WITHIN}`"
    if path.exists():
        return "is nothing that can be run; name a Python"
    return f"is not there; name a Python, e.g. `{ENVIRONMENT}/{WITHIN}`"


def _own_environment(project: Path) -> Interpreter:
    """The Python of a project's environment, in which the project is to be installed."""
    environment = project / ENVIRONMENT
    path = environment / WITHIN
    make = join([sys.executable, "-m", "venv", "--clear", str(environment)])
    fill = join([str(path), "-m", "pip", "install", "-e", str(project)])
    install = f"install the project in it by `{fill}`, or name another Python by --python"
    anew = f"make it anew by `{make}` and {install}"
    if not path.exists():
        raise InputError(f"`{environment}` has no {WITHIN}; {anew}")
    return _examined(path, f"`{path}`", anew, install)


def _examined(named: Path, shown: str, unfit: str, install: str = "") -> Interpreter:
    """An interpreter that has what projects need; raises InputError for any other.

    That ends with a way out: where it is `unfit`, or how to `install` what it lacks.
    """
    path = Path(os.path.abspath(named))  # not resolved: an environment's is a link
    own = Path(sys.executable)
    if path.parent == own.parent and path.samefile(own):  # python and python3, say
        return OWN
    found = _probe(path)
    if "Python" not in found:
        raise InputError(f"{shown} is no Python; {unfit}")
    for what, oldest in OLDEST.items():
        if what not in found:
            add = install or f"add it by `{named} -m pip install {what}`, or {unfit}"
            raise InputError(f"{shown} has no {what}; {add}")
        if _is_older(found[what], oldest):
            way = unfit if what == "Python" else install or unfit
            raise InputError(
                f"{shown} has {what} {found[what]}, and projects need {oldest} or newer; {way}"
            )
    return Interpreter(str(path))


def _probe(path: Path) -> dict[str, str]:
    """The versions of an interpreter and of what it has; empty if it is none."""
    try:
        printed = subprocess.run(
            [path, "-c", PROBE],
            cwd=path.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        ).stdout
        return dict(json.loads(printed.splitlines()[-1]))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError, TypeError):
        return {}


def _is_older(found: str, oldest: str) -> bool:
    """Whether a version is known, and before another."""
    try:
        return Version(found) < Version(oldest)
    except InvalidVersion:
        return False
