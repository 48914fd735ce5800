"""The git repository around a project: what it holds, and why it may not be updated now."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from keras_scaffold.errors import GitError, InputError
from keras_scaffold.git.commands import (
    NO_ATTRIBUTES,
    NO_PROGRAMS,
    check_version,
    run_git,
    under_way,
)
from keras_scaffold.git.entries import (
    SUBMODULE,
    Entries,
    Stage,
    as_entries,
    as_stages,
    blob,
)
from keras_scaffold.project_files import (
    ANSWERS_FILE,
    BASE_FILE,
    without_repository,
)


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
    tree: str
    """Git's name for the project's committed files; empty if the last commit has none."""

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
        wanted = (
            *("--show-prefix", "--show-object-format", "--path-format=absolute"),
            *("--show-toplevel", "--git-dir", "--git-common-dir"),
            *("--revs-only", "HEAD", "HEAD:./"),  # nothing of what is not there
        )
        try:
            output = run_git("rev-parse", *wanted, inside=project)
            prefix, object_format, top, own, common, *head = os.fsdecode(output).split("\n")
            if not os.path.isabs(top):  # an older git repeats options that it does not know
                raise ValueError(top)
        except (FileNotFoundError, ValueError):
            check_version()
            raise
        except GitError as error:
            check_version()
            if "not a git repository" not in str(error) and "work tree" not in str(error):
                raise InputError(f"`{project}`: {error}") from None
            raise InputError(without_repository(project)) from None
        commit, tree, *_ = [*head, ""]
        if not commit:  # the tree of no files has a name all the same
            named = run_git("hash-object", "-t", "tree", "--stdin", inside=project)
            tree = named.decode().strip()
        objects = Path(common) / "objects"
        return cls(
            project, Path(top), prefix, commit, object_format, Path(own), objects, tree
        )

    def _of_the_project(self, *, merging: bool) -> Repository:
        """The same for the project that a directory is in, which is mostly itself."""
        if ANSWERS_FILE in self.entries:
            return self
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
        tree = self._tree_of(self.commit, prefix)
        return replace(self, project=project, prefix=prefix, tree=tree)

    @property
    def root(self) -> Path:
        """The project's directory, from the root of the file system."""
        return self.top / self.prefix

    def git(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        """Run git at the top of the work tree."""
        return run_git(*arguments, inside=self.top, stdin=stdin, index=index)

    @cached_property
    def entries(self) -> Entries:
        """Every committed file of the project's."""
        if not self.tree:
            return {}
        output = self.git("ls-tree", "-r", "-z", "--full-tree", self.tree)
        return as_entries(output, 2)

    @property
    def submodules(self) -> set[str]:
        """Where other repositories of the project's are committed."""
        return {path for path, (mode, _) in self.entries.items() if mode == SUBMODULE}

    def has_moved(self) -> bool:
        """Whether other files of the project are committed by now."""
        return self._tree_of("HEAD", self.prefix) != (self.tree if self.commit else "")

    def _tree_of(self, commit: str, prefix: str) -> str:
        """Git's name for a directory of a commit; empty if it is not there."""
        return self.git("rev-parse", "--revs-only", f"{commit}:{prefix}").decode().strip()

    def paths(self) -> set[str]:
        """Every path of the project's that is committed or staged."""
        tracked, _ = self.listed()
        return tracked

    def listed(self) -> tuple[set[str], set[str]]:
        """The project's paths that are committed or staged, and others but the ignored."""
        output = self.git(
            *("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard"),
            *("--full-name", "--", self.here),
        )
        found: tuple[set[str], set[str]] = set(), set()
        for entry in output.split(b"\0")[:-1]:
            found[entry[:1] == b"?"].add(self.relative(entry[2:]))
        return found

    def index_entries(
        self, index: Path | None = None, nested: Collection[str] = ()
    ) -> Entries:
        """What the index, or another one, has of the project, but the `nested` directories."""
        command = ("ls-files", "-z", "-s", "--full-name", "--", *self.paths_but(nested))
        found = as_entries(self.git(*command, index=index), 1)
        return {path.removeprefix(self.prefix): entry for path, entry in found.items()}

    def keeps_modes(self) -> bool:
        """Whether the work tree tells which files can be executed."""
        setting = self.git("config", "--type=bool", "--default=true", "core.fileMode")
        return setting.strip() == b"true"

    def unmerged(self) -> list[Stage]:
        """What the index has of the project in conflict."""
        output = self.git("ls-files", "-z", "-u", "--full-name", "--", self.here)
        stages = as_stages(output.split(b"\0")[:-1])
        return [
            replace(stage, path=stage.path.removeprefix(self.prefix)) for stage in stages
        ]

    def read(self, path: str) -> bytes | None:
        """A committed file of the project's: as it lies there, if git would call that so."""
        if path not in self.entries:
            return None
        _, object_id = self.entries[path]
        place = self.root / path
        if place.is_file() and not place.is_symlink():
            content = place.read_bytes()
            if blob(content, self.object_format) == object_id:
                return content
        return self.git("cat-file", "blob", object_id)

    def check_out(self, paths: Iterable[str], index: Path, *arguments: str) -> None:
        """Write files of an index as at their places, with line ends by the user's settings."""
        command = (*NO_ATTRIBUTES, "checkout-index", "-z", "--stdin", *arguments)
        self.look(*command, stdin=self.from_top(paths), index=index)

    def from_top(self, paths: Iterable[str]) -> bytes:
        """Paths of the project, as git's commands read them with `-z --stdin` at the top."""
        return b"".join(os.fsencode(self.prefix + path) + b"\0" for path in paths)

    def refresh(self) -> None:
        """Let git look at touched files."""
        self.look("update-index", "-q", "--refresh")

    def look(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        """Run git on the work tree as it is: by the user's own settings for line ends."""
        return run_git(
            *(*NO_PROGRAMS, *arguments),
            inside=self.top,
            stdin=stdin,
            index=index,
            forced=False,
        )

    @property
    def here(self) -> str:
        """The project, as git's commands are told at the top."""
        return f":(top,literal){self.prefix}" if self.prefix else ":(top)"

    def paths_but(self, nested: Iterable[str]) -> list[str]:
        """The same without directories within it."""
        but = [f":(top,exclude,literal){self.prefix}{path}" for path in nested]
        return [self.here, *but]

    def relative(self, path: bytes) -> str:
        """A path of git's, as it is in the project."""
        return os.fsdecode(path).removeprefix(self.prefix)
