"""`scaffold new`: render beside the destination, prove, rename into place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp

from generator import __version__
from generator.answers import Answers
from generator.errors import DestinationError
from generator.git import start_repository
from generator.render import render
from generator.smoke import Check, SmokeProcess, green
from generator.template import Template

LAST_STEP = "putting it into place"


@dataclass(frozen=True)
class Created:
    """What `new` made."""

    path: Path
    files: list[Path]
    checks: list[Check] = field(default_factory=list)
    repository: str = ""

    @property
    def works(self) -> bool:
        """Whether the smoke test was green; true if none was wanted."""
        return not self.checks or green(self.checks)


def create(
    destination: Path,
    answers: Answers,
    template: Template,
    *,
    smoke: SmokeProcess | None,
    git: bool,
    tell: Callable[[str], None] = lambda step: None,
) -> Created:
    """Write the project, whole or not at all; `tell` hears of each step.

    A project whose smoke test is red is kept. Raises DestinationError where the
    destination cannot be used, TemplateError for a bad template.
    """
    check_destination(destination)
    with staging(destination) as directory:
        tell("rendering and formatting")
        files = render(template, answers, directory)
        repository = ""
        if git:
            tell("starting a git repository")
            message = f"Start {answers.name} with keras-scaffold {__version__}"
            repository = start_repository(directory, message)
        checks = []
        if smoke:
            tell("proving: waiting for TensorFlow")
            for check in smoke.prove(directory, answers.package, answers.architecture):
                checks.append(check)
                tell(f"proving: {check.name} {'passed' if check.ok else 'failed'}")
        tell(LAST_STEP)
        publish(directory, destination)
    return Created(destination, files, checks, repository)


def file_list(template: Template, answers: Answers) -> list[Path]:
    """The files that `create` would write, which are rendered elsewhere to find out."""
    with TemporaryDirectory(prefix="scaffold-") as temporary:
        return render(template, answers, Path(temporary) / answers.name)


def check_destination(destination: Path) -> None:
    """Refuse a destination that holds something, or that is the present directory."""
    if destination.resolve() == Path.cwd():
        raise DestinationError(
            f"`{destination}` is the directory that you are in; name a new one beside it"
        )
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        raise DestinationError(f"`{destination}` exists already; choose another name")
    beside = nearest_existing(destination)
    if not beside.is_dir():
        raise DestinationError(
            f"`{destination}` cannot be made, for `{beside}` is a file; choose another place"
        )
    if not os.access(beside, os.W_OK):
        raise DestinationError(
            f"`{beside}` may not be written to by you; choose another place"
        )
    if destination.is_dir() and any(destination.iterdir()):
        raise DestinationError(
            f"`{destination}` exists and is not empty; choose another name, or empty it"
        )


@contextmanager
def staging(destination: Path) -> Iterator[Path]:
    """A directory on the destination's file system; gone afterwards, whatever happens."""
    temporary = Path(mkdtemp(prefix=".scaffold-", dir=nearest_existing(destination)))
    try:
        directory = temporary / destination.resolve().name
        directory.mkdir()
        yield directory
    finally:
        rmtree(temporary, ignore_errors=True)


def nearest_existing(destination: Path) -> Path:
    """What exists of the path to the destination, down to its parent."""
    beside = destination.resolve().parent
    while not beside.exists():
        beside = beside.parent
    return beside


def publish(directory: Path, destination: Path) -> None:
    """Let the finished directory appear at its destination, in one step."""
    destination = destination.resolve()
    destination.parent.mkdir(parents=True, exist_ok=True)
    if destination.is_dir():
        destination.rmdir()  # it is empty; Windows cannot rename onto a directory
    directory.rename(destination)
