"""`scaffold new`: render beside the destination, prove, rename into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from keras_scaffold import __version__
from keras_scaffold.answers import ONEDNN, Answers, keep_secrets
from keras_scaffold.errors import InputError
from keras_scaffold.git import ignored_paths, read_directory, start_repository
from keras_scaffold.project_files import NEEDED, OWN_FILES
from keras_scaffold.projects.archive import keeping
from keras_scaffold.projects.clone import settle
from keras_scaffold.projects.destination import (
    appear,
    destination_problems,
    is_clone,
    staging,
)
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof import Proof, Smoke, Subject
from keras_scaffold.templates import Template

LAST_STEP = "putting it into place"
IN_CLONE = "staged in the git repository that was there; look at it, and commit it"


@dataclass(frozen=True)
class Created:
    """What `new` made."""

    path: Path
    files: list[Path]
    proof: Proof | None
    """What the smoke test saw; None if none was wanted."""
    repository: str
    settled: list[str]
    """What became of files that were in the destination before."""
    ignored: list[str]
    """Of the files, those that git leaves out when the project is committed."""
    remark: str = ""
    """What else the user is to know of it."""

    @property
    def works(self) -> bool:
        """Whether the smoke test was green, if one was wanted."""
        return self.proof is None or self.proof.works


def create_project(
    destination: Path,
    answers: Answers,
    template: Template,
    *,
    smoke: Smoke | None,
    git: bool,
    tell: Callable[[str], None] = lambda step: None,
) -> Created:
    """Write the project, whole or not at all; `tell` hears of each step.

    A project whose smoke test is red is kept; one that is red for oneDNN alone is made
    anew without it, and proved so. Raises InputError where the destination cannot be used,
    TemplateError for a bad template.
    """
    if problems := destination_problems(destination):
        raise InputError(problems)
    cloned = is_clone(destination)
    with staging(destination) as directory:
        tell("rendering and formatting")
        files = generate(template, answers, directory)
        repository = IN_CLONE if cloned else ""
        settled = settle(directory, destination) if cloned else []
        if git and not cloned:
            tell("starting a git repository")
            message = f"Start {answers.name} with keras-scaffold {__version__}"
            needed = sorted(NEEDED & {file.as_posix() for file in files})
            repository = start_repository(directory, message, needed)
        proof = None
        if smoke:
            proof = smoke.prove(proof_subject(directory, answers), tell)
        crash = proof.crash if proof and may_turn_off(answers, template) else ""
        if not crash:
            tell(LAST_STEP)
            appear(directory, destination)
            if answers.secret:
                keep_secrets(destination, answers.secret)
            left = ignored_paths(destination, files)
            return Created(destination, files, proof, repository, settled, left)
    without = answers.without_onednn()
    created = create_project(
        destination, without, template, smoke=smoke, git=git, tell=tell
    )
    remark = turned_off(crash, answers.package) if created.works else ""
    return replace(created, remark=remark)


def may_turn_off(answers: Answers, template: Template) -> bool:
    """Whether the project has oneDNN on, and the template knows that it can be off."""
    return answers.onednn and ONEDNN in template.questions


def proof_subject(
    directory: Path, answers: Answers, *, as_previewed: bool = True
) -> Subject:
    """What is to be proved of a project that was made of these answers."""
    return Subject(
        directory, answers.package, answers.architecture, as_previewed, answers.onednn
    )


def turned_off(crash: str, package: str) -> str:
    """What the user is told of a project that was made to go without oneDNN."""
    return f"TensorFlow's oneDNN is off in src/{package}/__init__.py, for with it: {crash}"


def file_list(template: Template, answers: Answers) -> list[Path]:
    """The files that `create` would write, which are rendered elsewhere to find out."""
    with TemporaryDirectory(prefix="scaffold-") as temporary:
        return generate(template, answers, Path(temporary) / answers.name)


def generate(template: Template, answers: Answers, directory: Path) -> list[Path]:
    """Render a project, and keep what was rendered for updates; gives all files, sorted."""
    made = render(template, answers, directory)
    for path, file in keeping(read_directory(directory), made.format.name).items():
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_bytes(file.content)
    return sorted({*made.files, *map(Path, OWN_FILES)})
