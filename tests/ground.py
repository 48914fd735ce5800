"""Projects to be updated with faults: how they were before, and what is left there."""

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from traceback import print_exc

import faults
from typer.testing import CliRunner

from keras_scaffold.projects.rendering import render
from keras_scaffold.terminal.cli import app
from keras_scaffold.updating import generation
from tests.processes import settle
from tests.repositories import git, git_directory

BEFORE = {
    "README.md.jinja": "# {{ name }}\n\nfirst\n",
    "changed.txt": "one\ntwo\nthree\nfour\nfive\n",
    "deleted.txt": "to be deleted\n",
    "deep/down/renamed.txt": "to be renamed\n" * 9,
    "file": "to be a directory\n",
    "directory/file.txt": "in what is to be a file\n",
    "kept.txt": "kept\n",
    "run.sh": "#!/bin/sh\n",
}
AFTER = {
    "README.md.jinja": "# {{ name }}\n\nsecond\n",
    "changed.txt": "one\ntwo\nthree\nfour\nsix\n",
    "added/below/added.txt": "added\n",
    "renamed.txt": "to be renamed\n" * 9,
    "file/inside.txt": "in what was a file\n",
    "directory": "what was a directory\n",
    "kept.txt": "kept\n",
    "run.sh": "#!/bin/sh\n",
}
CLEAN = "mine\ntwo\nthree\nfour\nfive\n"
CONFLICTING = "one\ntwo\nthree\nfour\nmine\n"
"""What the user makes of `changed.txt`."""
ASKED = ("--style", "subclassing")
EDIT = b"edited meanwhile\n"


@dataclass(frozen=True)
class State:
    """All that a user can see of a project."""

    files: dict[str, tuple[int, bytes]]
    """Mode and content by path; a directory has no content."""
    index: str
    status: str

    @classmethod
    def of(cls, project):
        """The state of a project now."""
        files = {
            path.relative_to(project).as_posix(): (
                path.stat().st_mode,
                path.read_bytes() if path.is_file() else b"",
            )
            for path in project.rglob("*")
            if ".git" not in path.parts
        }
        index = git(project, "ls-files", "--stage")
        status = git(project, "--no-optional-locks", "status", "--porcelain")
        return cls(files, index, status)

    def without(self, name):
        """Every file but one, and no directory."""
        return {path: told for path, told in self.files.items() if told[1] and path != name}


@dataclass(frozen=True)
class Updating:
    """A process that updates."""

    number: int
    output: int

    def ended(self):
        """Exit code, which is negative for a signal, and what it printed."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        with open(self.output, encoding="utf-8") as output:
            return code, output.read()


@dataclass(frozen=True)
class Ground:
    """A project whose template has changed, and what it is before and after an update."""

    project: Path
    template: Path

    def copy(self):
        """The project as it was, copied to where it always is."""
        place = self.project.with_name("copy")
        rmtree(place, ignore_errors=True)
        return copytree(self.project, place, symlinks=True)

    def command(self, project):
        """The words that update a project."""
        return ["update", str(project), "--no-smoke", "--template", str(self.template)]

    def steps(self, whose):
        """Those that wrote in the last update with faults: `updating`, or `moving` files."""
        path = self.project.with_name(f"{whose}.log")
        return path.read_text().splitlines() if path.exists() else []

    def update(self, project, *arguments, **options):
        """Exit code and words of an update with faults, once nothing of it runs."""
        ended = self.start(project, *arguments, **options).ended()
        settle(project)
        return ended

    def start(self, project, *arguments, updating="", moving="", limit=None):
        """Begin an update in a process of its own, which is quicker as a copy of this one.

        There are faults for that process, and for the one that moves files; `limit` is how
        large a file may grow.
        """
        for whose in ("updating", "moving"):
            self.project.with_name(f"{whose}.log").unlink(missing_ok=True)
        reader, writer = os.pipe()
        process = os.fork()
        if process:
            os.close(writer)
            return Updating(process, reader)
        try:
            sys.executable = str(self.project.with_name("python"))
            os.environ["FAULTS"] = moving
            os.environ["FAULTS_PLACE"] = f"{project}/"
            os.environ["FAULTS_LOG"] = str(self.project.with_name("moving.log"))
            if limit is None:
                log = self.project.with_name("updating.log")
                faults.install(updating, f"{project}/", log)
            else:
                generation.render = render
                os.environ["PATH"] = f"{self.project.parent}:{os.environ['PATH']}"
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            result = CliRunner().invoke(app, [*self.command(project), *arguments])
            os.write(writer, result.output.encode())
            os._exit(result.exit_code)
        finally:
            print_exc()
            os._exit(99)


def commit(project):
    """Commit everything."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "-m", "edits")


def write(directory, files):
    """Put a template's files in the place of those that were there."""
    for path in [*directory.rglob("*.txt"), directory / "file"]:
        path.unlink(missing_ok=True)
    rmtree(directory / "directory", ignore_errors=True)
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)


def leftovers(project):
    """What an update left in git's directory or beside the files."""
    places = (git_directory(project), project)
    names = ("scaffold*", ".scaffold-*", "index.lock")
    return [path for place in places for name in names for path in place.glob(name)]


def under_way(project):
    """Whether an update is known to be unfinished, and git's commands are locked out."""
    directory = git_directory(project)
    journals = [*directory.glob("scaffold-update-*/journal.json")]
    return bool(journals) and (directory / "index.lock").exists()
