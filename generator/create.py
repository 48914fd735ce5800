"""`scaffold new`: render beside the destination, prove, rename into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import __version__
from generator.answers import Answers
from generator.destination import destination_problems, is_clone, publish, settle, staging
from generator.errors import InputError
from generator.git import start_repository
from generator.render import render
from generator.smoke import Check, SmokeProcess, green
from generator.snapshot import OWN_FILES, keeping, read_directory
from generator.template import Template

LAST_STEP = "putting it into place"
IN_CLONE = "staged in the git repository that was there; look at it, and commit it"


@dataclass(frozen=True)
class Created:
    """What `new` made."""

    path: Path
    files: list[Path]
    checks: list[Check] | None
    """What the smoke test saw; None if none was wanted."""
    repository: str
    settled: list[str]
    """What became of files that were in the destination before."""

    @property
    def works(self) -> bool:
        """Whether the smoke test was green, if one was wanted."""
        return self.checks is None or green(self.checks)


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

    A project whose smoke test is red is kept. Raises InputError where the
    destination cannot be used, TemplateError for a bad template.
    """
    if problems := destination_problems(destination):
        raise InputError(problems)
    cloned = is_clone(destination)
    with staging(destination) as directory:
        tell("rendering and formatting")
        files = generate(template, answers, directory)
        repository = IN_CLONE if cloned else ""
        settled = settle(directory, destination)
        if git and not cloned:
            tell("starting a git repository")
            message = f"Start {answers.name} with keras-scaffold {__version__}"
            repository = start_repository(directory, message)
        checks = None
        if smoke:
            checks = []
            tell("proving: waiting for TensorFlow")
            for check in smoke.prove(directory, answers.package, answers.architecture):
                checks.append(check)
                tell(f"proving: {check.name} {'passed' if check.ok else 'failed'}")
        tell(LAST_STEP)
        publish(directory, destination)
    return Created(destination, files, checks, repository, settled)


def file_list(template: Template, answers: Answers) -> list[Path]:
    """The files that `create` would write, which are rendered elsewhere to find out."""
    with TemporaryDirectory(prefix="scaffold-") as temporary:
        return generate(template, answers, Path(temporary) / answers.name)


def generate(template: Template, answers: Answers, directory: Path) -> list[Path]:
    """Render a project, and keep what was rendered for updates; gives all files, sorted."""
    made = render(template, answers, directory)
    for path, file in keeping(read_directory(directory), made.form.name).items():
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_bytes(file.content)
    return sorted({*made.files, *map(Path, OWN_FILES)})
