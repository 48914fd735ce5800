"""A project's life in the tests of what any updates keep: made, edited, updated, merged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.git.commands import start_repository
from keras_scaffold.git.files import REGULAR, File, Snapshot, read_directory
from keras_scaffold.project_files import BASE_FILE
from keras_scaffold.projects.archive import from_zip
from keras_scaffold.projects.creation import generate
from keras_scaffold.templates.template import Template
from keras_scaffold.updating.pending import Wishes, examine
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.update import update
from keras_scaffold.updating.updated import Updated
from tests.repositories import commit, git, unmerged


class Life:
    """A project and the template that it is made from, which has some files as they are."""

    def __init__(self, place: Path, team_template: Path, files: Mapping[str, str]) -> None:
        self.root = copytree(team_template, place / "team")
        self.source = self.root / "template" / "project"
        self.files: dict[str, str] = {}
        self.change_template(files)
        self.project = place / "net"
        self.project.mkdir()
        template = self.template
        answers = check_answers({"name": "net", "style": "functional"}, template.questions)
        generate(template, answers, self.project)
        start_repository(self.project, "made")

    @property
    def template(self) -> Template:
        """The template as it is now."""
        return Template(self.root, "team")

    def change_template(self, files: Mapping[str, str]) -> None:
        """Let the template have these files, and none that it had before."""
        for path in self.files:
            (self.source / path).unlink()
        self.files = dict(files)
        write(self.source, files)

    def edit(self, files: Mapping[str, str]) -> None:
        """Write files as the project's user, and commit them."""
        write(self.project, files)
        commit(self.project)

    def update(self, **given: Any) -> Updated:
        """Update the project, with no proof."""
        wishes = Wishes()
        planned = examine(Project.at(self.project), self.template, given, wishes)
        return update(planned, wishes, smoke=None)

    def read(self) -> Snapshot:
        """What lies in the project, but git's own files and the archive."""
        return project_files(self.project)

    def base(self) -> Snapshot:
        """What was last generated."""
        return from_zip((self.project / BASE_FILE).read_bytes())

    def theirs(self) -> Snapshot:
        """What the index has as the other side of conflicting paths."""
        return template_sides(self.project)


def project_files(project: Path) -> Snapshot:
    """What lies in a project, but git's own files and the archive."""
    files = read_directory(project)
    return {path: file for path, file in files.items() if not path.startswith(".git/")}


def template_sides(project: Path) -> Snapshot:
    """What the index has as the template's side of conflicting paths."""
    paths = [path for path, stages in unmerged(project).items() if 3 in stages]
    shown = {path: git(project, "show", f":3:./{path}") for path in paths}
    return {
        path: File(REGULAR, text.encode(errors="surrogateescape"))
        for path, text in shown.items()
    }


def write(directory: Path, files: Mapping[str, str]) -> None:
    """Write texts, each into its directory."""
    for path, text in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
