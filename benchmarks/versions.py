"""A template of plain files in two versions, and a project that each tool made of the first."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree

from benchmarks.children import ENVIRONMENT, output, program
from keras_scaffold.templates.fetching import open_template

FIRST, SECOND = "1.0.0", "2.0.0"
ANSWERS = (
    "{% if made_by is defined %}{{ dict(_copier_answers, **made_by) | to_nice_yaml }}"
    "{% else %}{{ _copier_answers | to_nice_yaml }}{% endif %}"
)
Files = Mapping[str, str | bytes]


def git(directory: Path, *arguments: str) -> str:
    """Run git there, and give what it prints."""
    return output("git", "-c", "core.hooksPath=/dev/null", "-C", directory, *arguments)


def template(root: Path, first: Files, second: Files, more: str = "") -> Path:
    """A git repository with both versions as tags; `more` is added to the second's settings."""
    project = root / "template" / "project"
    git_init(root)
    for files, tag, settings in ((first, FIRST, ""), (second, SECOND, more)):
        rmtree(project, ignore_errors=True)
        write(project, {**files, "{{ _copier_conf.answers_file }}.jinja": ANSWERS})
        with open_template() as builtin:
            questions = (builtin.root / "copier.yml").read_text()
        (root / "copier.yml").write_text(questions + settings)
        commit(root, tag)
        git(root, "tag", tag)
    return root


def git_init(directory: Path) -> None:
    """An empty repository."""
    directory.mkdir(parents=True, exist_ok=True)
    git(directory, "init", "--quiet", "--initial-branch=main")


def write(directory: Path, files: Files) -> None:
    """Write files by their paths."""
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def commit(directory: Path, message: str) -> None:
    """Commit all that is there."""
    git(directory, "add", "--all", "--force")
    git(directory, "commit", "--quiet", "--allow-empty", "-m", message)


def make_ours(source: Path, place: Path) -> None:
    """A project of the first version, made by scaffold, as a repository."""
    flags = ("--defaults", "--no-smoke", "--template", source, "--template-ref", FIRST)
    output(program("scaffold"), "new", place, *flags)


def make_theirs(source: Path, place: Path) -> None:
    """The same, made by Copier."""
    answers = (
        "-d",
        f"name={place.name}",
        "-d",
        f"package={place.name}",
        "-d",
        "blocks=[gap]",
    )
    flags = ("--defaults", "--quiet", "--vcs-ref", FIRST, *answers)
    output(program("copier"), "copy", *flags, source, place)
    git_init(place)
    commit(place, "start")


def update_ours(source: Path) -> list[object]:
    """The command that brings projects, which follow it, to the second version."""
    flags = ("--no-smoke", "--defaults", "--template", source, "--template-ref", SECOND)
    return [program("scaffold"), "update", *flags]


def update_theirs(place: Path) -> list[object]:
    """Copier's command that brings a project to the second version."""
    flags = ("--defaults", "--quiet", "--trust", "--vcs-ref", SECOND)
    return [program("copier"), "update", *flags, place]


def attempt(command: list[object]) -> int:
    """The exit code of a command that may fail."""
    return subprocess.run(
        list(map(str, command)), env=ENVIRONMENT, capture_output=True, check=False
    ).returncode
