"""The git repository around a project: what it holds, and why it may not be updated now."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from keras_scaffold.errors import GitError, InputError
from keras_scaffold.git.commands import NO_ATTRIBUTES, NO_PROGRAMS, run_git
from keras_scaffold.git.entries import SUBMODULE, Entries, as_entries
from keras_scaffold.git.files import above
from keras_scaffold.git.operations import under_way
from keras_scaffold.project_files import (
    ANSWERS_FILE,
    BASE_FILE,
    project_of,
)

OLDEST_GIT = (2, 38)


@dataclass(frozen=True)
class Repository:
    """A project within a git repository, at a commit of it."""

    project: Path
    top: Path
    prefix: str
    """The project's path below `top`, with a slash behind; empty if they are the same."""
    commit: str
    """The last one; empty if there is none yet."""
    object_format: str
    git_directory: Path
    """Where git keeps what is this work tree's own."""
    objects: Path

    @classmethod
    def around(cls, project: Path, *, merging: bool = False) -> Repository:
        """The repository of a project; raises InputError if there is no good one.

        While `merging`, the project need not be committed on this branch.
        """
        if not project.is_dir():
            raise InputError(f"`{project}` is not a directory; name a project's")
        repository = cls.holding(project)
        if not repository.commit:
            raise InputError(f"`{project}` has no commit yet; commit everything first")
        return repository._of_the_project(merging=merging)

    @classmethod
    def holding(cls, project: Path) -> Repository:
        """The repository that a directory is in; raises InputError if it is in none."""
        check_version()
        told = ("--show-prefix", "--show-object-format")
        places = (
            "--path-format=absolute",
            "--show-toplevel",
            "--git-dir",
            "--git-common-dir",
        )
        last = ("--revs-only", "HEAD")  # nothing where there is no commit
        try:
            output = run_git("rev-parse", *told, *places, *last, inside=project)
        except GitError as error:
            if "not a git repository" not in str(error) and "work tree" not in str(error):
                raise InputError(f"`{project}`: {error}") from None
            raise InputError(_outside(project)) from None
        prefix, object_format, top, git_directory, common, commit, *_ = [
            *os.fsdecode(output).split("\n"),
            "",
        ]
        return cls(
            project,
            Path(top),
            prefix,
            commit,
            object_format,
            Path(git_directory),
            Path(common) / "objects",
        )

    def _of_the_project(self, *, merging: bool) -> Repository:
        """The same for the project that a directory is in, which is mostly itself."""
        parts = self.prefix.split("/")[:-1]
        prefixes = [
            "".join(f"{part}/" for part in parts[:depth])
            for depth in range(len(parts), -1, -1)
        ]
        if (self.project / ANSWERS_FILE).exists():
            prefixes = prefixes[:1]  # a project that is not committed is in no other
        paths = [prefix + ANSWERS_FILE for prefix in prefixes]
        found = self.git("ls-tree", "-z", "--name-only", self.commit, "--", *paths)
        if merging:  # which of one that this branch deleted may leave no answers
            paths += [prefix + BASE_FILE for prefix in prefixes]
            found += self.git("--literal-pathspecs", "ls-files", "-z", "--", *paths)
        places = {
            os.fsdecode(path).removesuffix(ANSWERS_FILE).removesuffix(BASE_FILE)
            for path in found.split(b"\0")[:-1]
        }
        for prefix in prefixes:
            if prefix in places:
                return self if prefix == self.prefix else self._above(prefix)
        command = under_way(self.git_directory)
        if not merging and (command or self.unmerged()):
            state = f"`git {command}` is under way" if command else "files are in conflict"
            raise InputError(
                f"{state} in `{self.top}`, and `{self.project}` is not committed on this "
                "branch; run `scaffold resolve`, and end that first"
            )
        raise InputError(
            f"`{self.project}` is no project that `scaffold new` made, or it is not "
            f"committed: there is no {ANSWERS_FILE} in git; commit it, or name another "
            "directory"
        )

    def _above(self, prefix: str) -> Repository:
        project = Path(os.path.relpath(self.top / prefix, Path.cwd()))
        return replace(self, project=project, prefix=prefix)

    def git(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        """Run git at the top of the work tree."""
        return run_git(*arguments, inside=self.top, stdin=stdin, index=index)

    @cached_property
    def tree(self) -> str:
        """The project's committed files."""
        if not self.commit:
            return self.git("hash-object", "-t", "tree", "--stdin").decode().strip()
        return self._tree_of(self.commit)

    @cached_property
    def entries(self) -> Entries:
        """Every committed file of the project's."""
        output = self.git("ls-tree", "-r", "-z", "--full-tree", self.tree)
        return as_entries(output, 2)

    @property
    def submodules(self) -> set[str]:
        """Where other repositories of the project's are committed."""
        return {path for path, (mode, _) in self.entries.items() if mode == SUBMODULE}

    def has_moved(self) -> bool:
        """Whether other files of the project are committed by now."""
        try:
            return self._tree_of("HEAD") != self.tree
        except GitError:
            return bool(self.commit)

    def _tree_of(self, commit: str) -> str:
        return self.git("rev-parse", f"{commit}:{self.prefix}").decode().strip()

    def paths(self) -> set[str]:
        """Every path of the project's that is committed or staged."""
        tracked, _ = self.listed()
        return tracked

    def listed(self) -> tuple[set[str], set[str]]:
        """The project's paths that are committed or staged, and others but the ignored."""
        output = self.git(
            *("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard"),
            *("--full-name", "--", self._here),
        )
        found: tuple[set[str], set[str]] = set(), set()
        for entry in output.split(b"\0")[:-1]:
            found[entry[:1] == b"?"].add(self._relative(entry[2:]))
        return found

    def index_entries(self, index: Path) -> Entries:
        """What an index has of the project."""
        output = self.git("ls-files", "-z", "-s", "--", self._here, index=index)
        found = as_entries(output, 1)
        return {path.removeprefix(self.prefix): entry for path, entry in found.items()}

    def keeps_modes(self) -> bool:
        """Whether the work tree tells which files can be executed."""
        told = self.git("config", "--type=bool", "--default=true", "core.fileMode")
        return told.strip() == b"true"

    def unmerged(self) -> set[str]:
        """Every path of the project's that has a conflict in the index."""
        output = self.git("ls-files", "-z", "-u", "--full-name", "--", self._here)
        entries = [entry for entry in output.split(b"\0") if entry]
        return {self._relative(entry.split(b"\t", 1)[1]) for entry in entries}

    def read(self, path: str) -> bytes | None:
        """A committed file of the project's."""
        try:
            return self.git("cat-file", "blob", f"{self.commit}:{self.prefix}{path}")
        except GitError:
            return None

    def unclean(self, nested: Collection[str] = ()) -> list[tuple[str, str]]:
        """What is not as committed, neither byte for byte nor by the user's line ends.

        Files below the `nested` directories do not count.
        """
        changed = self._status(self.git, nested)
        if changed:  # which may be due to line ends alone
            by_user = self._status(self._look, nested)
            changed = [entry for entry in changed if entry in by_user]
        return changed

    def hidden(self, nested: Collection[str] = ()) -> list[str]:
        """Paths of the project, but in `nested` ones, whose changes git was told to overlook."""
        here = self._here_but(nested)
        output = self.git("ls-files", "-v", "-z", "--full-name", "--", *here)
        return [
            self._relative(entry[2:])
            for entry in output.split(b"\0")
            if entry and (entry[:1].islower() or entry[:1] == b"S")
        ]

    def staged(self, nested: Collection[str] = ()) -> bytes:
        """The project's files as the index has them, as `git update-index` reads them.

        Those below the `nested` directories are left out.
        """
        here = self._here_but(nested)
        output = self.git("ls-files", "-z", "-s", "--full-name", "--", *here)
        entries = [entry.split(b"\t", 1) for entry in output.split(b"\0") if entry]
        prefix = os.fsencode(self.prefix)
        return b"".join(
            told + b"\t" + path.removeprefix(prefix) + b"\0" for told, path in entries
        )

    def in_the_way(self, added: Iterable[str], removed: Iterable[str]) -> list[str]:
        """Of paths that are to be added, those that something ignored or untracked holds."""
        gone = set(removed)
        found = set()
        for path in added:
            for higher in above(path):
                place = self.top / self.prefix / higher
                if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
                    found |= {higher} - gone
                elif os.path.lexists(place / ".git"):
                    found.add(higher)
            place = self.top / self.prefix / path
            if os.path.lexists(place) and not self._emptied(path, gone):
                found.add(path)
        return sorted(found)

    def _emptied(self, path: str, gone: set[str]) -> bool:
        """Whether a directory at `path` holds nothing but what is to be removed."""
        place = self.top / self.prefix / path
        if place.is_symlink() or not place.is_dir():
            return path in gone
        root = self.top / self.prefix
        going = gone.union(*map(above, gone))
        return all(each.relative_to(root).as_posix() in going for each in place.rglob("*"))

    def check_out(self, paths: Iterable[str], index: Path, *arguments: str) -> None:
        """Write files of an index as at their places, with line ends by the user's settings."""
        stdin = b"".join(os.fsencode(self.prefix + path) + b"\0" for path in paths)
        command = (*NO_ATTRIBUTES, "checkout-index", "-z", "--stdin", *arguments)
        self._look(*command, stdin=stdin, index=index)

    def refresh(self) -> None:
        """Let git look at touched files."""
        self._look("update-index", "-q", "--refresh")

    def _look(
        self, *arguments: str, stdin: bytes = b"", index: Path | None = None
    ) -> bytes:
        """Run git on the work tree as it is: by the user's own settings for line ends."""
        return run_git(
            *(*NO_PROGRAMS, *arguments),
            inside=self.top,
            stdin=stdin,
            index=index,
            forced=False,
        )

    def _status(
        self, git: Callable[..., bytes], nested: Collection[str]
    ) -> list[tuple[str, str]]:
        """Two letters, as git tells the state, and path of each file that is not clean."""
        output = git(
            *("--no-optional-locks", "status", "--porcelain", "-z", "--no-renames"),
            *("--untracked-files=all", "--ignore-submodules=dirty"),
            *("--", *self._here_but(nested)),
        )
        entries = [entry for entry in output.split(b"\0") if entry]
        return [(entry[:2].decode(), self._relative(entry[3:])) for entry in entries]

    @property
    def _here(self) -> str:
        """The project, as git's commands are told at the top."""
        return f":(top,literal){self.prefix}" if self.prefix else ":(top)"

    def _here_but(self, nested: Iterable[str]) -> list[str]:
        """The same without directories within it."""
        but = [f":(top,exclude,literal){self.prefix}{path}" for path in nested]
        return [self._here, *but]

    def _relative(self, path: bytes) -> str:
        return os.fsdecode(path).removeprefix(self.prefix)


def _outside(directory: Path) -> str:
    """What to say of a directory that is in no repository."""
    project = project_of(directory)
    if (project / ANSWERS_FILE).is_file() or os.path.lexists(directory / ".git"):
        return (
            f"`{directory}` is not in a git repository, which keeps your edits apart from "
            "the template's; run `git init`, add and commit everything"
        )
    return (
        f"`{directory}` is no project that `scaffold new` made: there is no {ANSWERS_FILE} "
        "in it; name another directory"
    )


def check_version() -> None:
    """Raise InputError where git is missing, or too old."""
    try:
        told = run_git("version").decode()
    except FileNotFoundError:
        raise InputError(
            "updates are merged by git, which is not installed; install it"
        ) from None
    numbers = re.search(r"(\d+)\.(\d+)", told)
    if numbers and (int(numbers[1]), int(numbers[2])) < OLDEST_GIT:
        raise InputError(
            f"{told.strip()} cannot merge beside a work tree; install git 2.38 or newer"
        )
