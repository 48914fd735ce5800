"""A bare repository of our own, in which trees are made and merged beside the user's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from shutil import copyfile, rmtree
from stat import S_IMODE
from typing import TypeVar

from keras_scaffold.errors import GitError
from keras_scaffold.git.commands import check_version, run_git
from keras_scaffold.git.entries import (
    SUBMODULE,
    Change,
    Entries,
    MergedTree,
    Stage,
    as_changes,
    as_entries,
    blob,
)
from keras_scaffold.git.fast_import import Edit, branch
from keras_scaffold.git.files import REGULAR, File, Snapshot
from keras_scaffold.git.repository import Repository
from keras_scaffold.project_files import OWN_FILES

Key = TypeVar("Key")
YOURS, TEMPLATE = "yours", "template"
"""The branches that are merged; git writes their names beside its conflict markers."""
CONFIG = """\
[core]
	repositoryformatversion = 1
	bare = true
[extensions]
	objectFormat = {}
"""
"""What makes a directory a repository: `git init` would take as long as the merge."""
MERGE_SETTINGS = (
    *("-c", "merge.default=text"),
    *("-c", "merge.conflictStyle=merge"),
    *("-c", "merge.renames=false"),
    *("-c", "diff.algorithm=histogram"),
    *("-c", "diff.renames=true"),
    *("-c", "diff.renameLimit=10000"),
    *("-c", "core.quotePath=false"),
    *("-c", "core.bigFileThreshold=512m"),
    *("-c", "core.compression=1"),
    *("-c", "fastimport.unpackLimit=1000000"),
)


class Quarantine:
    """Sees every object of the user's repository, and writes none there until told to."""

    def __init__(
        self, directory: Path, repository: Repository, objects: Path | None = None
    ) -> None:
        """`objects` are what is seen, if not the repository's own alone."""
        self.directory = directory
        self.repository = repository
        (directory / "objects" / "info").mkdir(parents=True)
        (directory / "refs").mkdir()
        (directory / "HEAD").write_text("ref: refs/heads/base\n")
        (directory / "config").write_text(CONFIG.format(repository.object_format))
        alternates = directory / "objects" / "info" / "alternates"
        alternates.write_bytes(os.fsencode(objects or repository.objects) + b"\n")

    def git(
        self,
        *arguments: str,
        stdin: bytes = b"",
        codes: Iterable[int] = (0,),
        index: Path | None = None,
        inside: Path | None = None,
    ) -> bytes:
        """Run git in here, with settings that no user's can change."""
        command = (f"--git-dir={self.directory}", *MERGE_SETTINGS, *arguments)
        return run_git(*command, stdin=stdin, codes=codes, index=index, inside=inside)

    def borrow(
        self, *arguments: str, index: Path, stdin: bytes = b"", inside: Path | None = None
    ) -> bytes:
        """Run git on the user's repository, but put the objects that it makes in here."""
        inside = inside or self.repository.top
        objects = (self.directory / "objects", self.repository.objects)
        whole = ("-c", "core.splitIndex=false")  # else a part of it is the user's
        command = (*whole, *arguments)
        return run_git(*command, inside=inside, index=index, stdin=stdin, objects=objects)

    def store(self, base: Snapshot, template: Snapshot, yours: Edit) -> None:
        """Make the two branches, which start from a commit of `base`."""
        self._import(
            ("base", None, Edit(base)),
            (TEMPLATE, "base", Edit(template)),
            (YOURS, "base", yours),
        )

    def _import(self, *branches: tuple[str, str | None, Edit]) -> None:
        known = (self.repository.object_format, self._known)
        stream = b"".join(chain.from_iterable(branch(*each, *known) for each in branches))
        self.git("fast-import", "--quiet", "--force", "--done", stdin=stream + b"done\n")

    def merge(self) -> MergedTree:
        """Merge the two branches; neither of them moves."""
        command = ("merge-tree", "--write-tree", "-z", YOURS, TEMPLATE)
        try:
            return MergedTree.read(self.git(*command, codes=(0, 1)))
        except GitError:
            check_version()
            raise

    def alike(self, base: Snapshot, other: Snapshot | Entries) -> dict[str, str]:
        """The new files of another side, each with the one of `base` that it is most like."""
        self._import(("base", None, Edit(base)), ("other", None, Edit(other)))
        arguments = ("-r", "-z", "-C", "--find-copies-harder", "--diff-filter=RC")
        output = self.git("diff-tree", *arguments, "base", "other")
        fields = [os.fsdecode(field) for field in output.split(b"\0")[:-1]]
        return dict(zip(fields[2::3], fields[1::3], strict=True))

    def unmerged(self, stages: Iterable[Stage]) -> dict[str, dict[int, File]]:
        """The files of each path in conflict, by the numbers of their sides."""
        stages = list(stages)
        entries = {
            (stage.path, stage.number): (stage.mode, stage.object_id) for stage in stages
        }
        contents = self.files(entries, entries)
        found: dict[str, dict[int, File]] = {}
        for stage in stages:
            file = contents.get((stage.path, stage.number), File(stage.mode, b""))
            found.setdefault(stage.path, {})[stage.number] = file
        return found

    def read(self, tree: str, paths: Iterable[str]) -> Snapshot:
        """Those of some files that a tree has."""
        output = self.git("ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths)
        entries = as_entries(output, 2)
        return self.files(entries, entries)

    def files(
        self, entries: Mapping[Key, tuple[str, str]], wanted: Iterable[Key]
    ) -> dict[Key, File]:
        """Those of some files that there are, with what is in them; no submodules."""
        found = {
            path: entries[path]
            for path in wanted
            if entries.get(path, (SUBMODULE, ""))[0] != SUBMODULE
        }
        stdin = "".join(f"{name}\n" for _, name in found.values()).encode()
        output = self.git("cat-file", "--batch", stdin=stdin) if found else b""
        files, position = {}, 0
        for path, (mode, _) in found.items():
            end = output.index(b"\n", position)
            size = int(output[position:end].split()[2])
            files[path] = File(mode, output[end + 1 : end + 1 + size])
            position = end + size + 2
        return files

    def edit(self, edit: Edit) -> str:
        """Git's name for a tree, which is made."""
        self._import(("edited", None, edit))
        return self.git("rev-parse", "edited^{tree}").decode().strip()

    def export(self, tree: str, directory: Path) -> Path:
        """Write a tree's files as the work tree has the project's; tells where."""
        index, prefix = self.directory / "export-index", self.repository.prefix
        read = ("read-tree", f"--prefix={prefix}", tree) if prefix else ("read-tree", tree)
        self.borrow(*read, index=index)
        self.borrow("checkout-index", "--all", f"--prefix={directory}/", index=index)
        return directory / prefix

    def changes(self, old: str, new: str, *paths: str) -> list[Change]:
        """The paths that differ between two trees, of some or of all, sorted."""
        command = ("diff-tree", "-r", "-z", "--no-renames", old, new, "--", *paths)
        return as_changes(self.git(*command))

    def diff(self, old: str, new: str) -> str:
        """The difference between two trees, as people read it."""
        output = self.git(
            *("diff", "--no-color", "--no-ext-diff", "--no-textconv", old, new),
            *("--", ".", *(f":(exclude){path}" for path in sorted(OWN_FILES))),
        )
        return output.decode(errors="replace")

    @cached_property
    def _known(self) -> set[str]:
        """Git's names for what the user's files hold."""
        return {object_id for _, object_id in self.repository.entries.values()}

    def knows(self, content: bytes) -> bool:
        """Whether a file of the user's has just this content."""
        return blob(content, self.repository.object_format) in self._known

    def stage(self, path: str, file: File | tuple[str, str], number: int = 0) -> Stage:
        """A file as an entry of an index."""
        if isinstance(file, File):
            file = file.mode, blob(file.content, self.repository.object_format)
        return Stage(*file, number, path)

    def merge_texts(self, texts: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
        """Base, yours and the template's of some files merged, with markers in conflicts."""
        if not texts:
            return {}
        beside = self.directory / "texts.git"
        apart = Quarantine(beside, self.repository, self.directory / "objects")
        paths = dict(zip(map(str, range(len(texts))), texts, strict=True))
        base, yours, template = (
            {
                name: File(REGULAR, texts[path][side].encode())
                for name, path in paths.items()
            }
            for side in range(3)
        )
        apart.store(base, template, Edit(yours))
        merged = apart.read(apart.merge().tree, paths)
        rmtree(beside)
        return {path: merged[name].content.decode() for name, path in paths.items()}

    def hand_over(self) -> None:
        """Give every object that was made here to the user's repository."""
        ours, objects = self.directory / "objects", self.repository.objects
        for path in sorted(ours.glob("??/*")):
            target = objects / path.relative_to(ours)
            if not target.exists():
                if not target.parent.exists():
                    target.parent.mkdir(exist_ok=True)
                    with suppress(PermissionError):  # it may be a group's
                        target.parent.chmod(S_IMODE(objects.stat().st_mode))
                temporary = target.with_name(f"tmp_obj_{os.getpid()}_{target.name}")
                try:
                    copyfile(path, temporary)
                    temporary.chmod(0o444)
                    temporary.replace(target)
                finally:
                    temporary.unlink(missing_ok=True)
