"""A bare repository of our own, in which trees are made and merged beside the user's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path
from shutil import rmtree

from keras_scaffold.git.commands import run_git
from keras_scaffold.git.entries import (
    NO_ENTRIES,
    SUBMODULE,
    UPDATE_INDEX,
    Change,
    Entries,
    Stage,
    as_changes,
    as_entries,
    blob,
    index_info,
    removal,
)
from keras_scaffold.git.fast_import import branch, listed, without_archive
from keras_scaffold.git.files import REGULAR, File, Snapshot
from keras_scaffold.git.merge_tree import MergedTree
from keras_scaffold.git.objects import hand_over
from keras_scaffold.project_files import OWN_FILES

YOURS, TEMPLATE = "yours", "template"
"""The branches that are merged; git writes their names beside its conflict markers."""
NOTHING: AbstractSet[str] = frozenset()

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
        self,
        directory: Path,
        objects: Path,
        object_format: str,
        known: AbstractSet[str] = NOTHING,
    ) -> None:
        """`known` are git's names for contents that the user's repository has."""
        self.directory = directory
        self.object_format = object_format
        self._known = known
        self._objects = objects
        arguments = ("--bare", "--template=", f"--object-format={object_format}")
        run_git("init", "--quiet", *arguments, str(directory))
        (directory / "objects" / "info").mkdir(exist_ok=True)
        alternates = directory / "objects" / "info" / "alternates"
        alternates.write_bytes(os.fsencode(objects) + b"\n")

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
        self, *arguments: str, inside: Path, index: Path, stdin: bytes = b""
    ) -> bytes:
        """Run git on the user's repository, but put the objects that it makes in here."""
        objects = (self.directory / "objects", self._objects)
        whole = ("-c", "core.splitIndex=false")  # else a part of it is the user's
        command = (*whole, *arguments)
        return run_git(*command, inside=inside, index=index, stdin=stdin, objects=objects)

    def store(self, base: Snapshot, template: Snapshot, yours: str | Snapshot) -> None:
        """Make the two branches, which start from a commit of `base`.

        Of yours, where it is given as a tree, the archive is left out, which holds a copy
        of each file: git could take it for one that was renamed.
        """
        own = without_archive(yours) if isinstance(yours, str) else self._listed(yours)
        self._import(
            branch("base", None, self._listed(base)),
            branch(TEMPLATE, "base", self._listed(template)),
            branch(YOURS, "base", own),
        )

    def _import(self, *branches: Iterable[bytes]) -> None:
        stream = b"".join([*chain.from_iterable(branches), b"done\n"])
        self.git("fast-import", "--quiet", "--force", "--done", stdin=stream)

    def _listed(self, files: Mapping[str, File | tuple[str, str]]) -> Iterator[bytes]:
        return listed(files, self.object_format, self._known)

    def merge(self) -> MergedTree:
        """Merge the two branches; neither of them moves."""
        output = self.git("merge-tree", "--write-tree", "-z", YOURS, TEMPLATE, codes=(0, 1))
        return MergedTree.read(output)

    def sides(self, path: str) -> tuple[Stage, ...]:
        """What base, yours and the template's have at a path, as stages of a conflict."""
        found = []
        for number, side in enumerate(("base", YOURS, TEMPLATE), start=1):
            entry = self.git("ls-tree", "-z", "--full-tree", side, "--", path).split()
            if entry:
                found.append(Stage(entry[0].decode(), entry[2].decode(), number, path))
        return tuple(found)

    def alike(self, base: Snapshot, other: Snapshot | Entries) -> dict[str, str]:
        """The new files of another side, each with the one of `base` that it is most like."""
        self._import(
            branch("base", None, self._listed(base)),
            branch("other", None, self._listed(other)),
        )
        arguments = ("-r", "-z", "-C", "--find-copies-harder", "--diff-filter=RC")
        output = self.git("diff-tree", *arguments, "base", "other")
        fields = [os.fsdecode(field) for field in output.split(b"\0")[:-1]]
        return dict(zip(fields[2::3], fields[1::3], strict=True))

    def same_file(self, one: str, other: str, path: str) -> bool:
        """Whether two trees, or branches, have the same at `path`."""
        return not self.git("diff-tree", "--name-only", one, other, "--", path)

    def read(self, tree: str, paths: Iterable[str]) -> Snapshot:
        """Those of some files that a tree has."""
        output = self.git("ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths)
        entries = as_entries(output, 2)
        return self.files(entries, entries)

    def files(self, entries: Entries, paths: Iterable[str]) -> Snapshot:
        """Those of some files that there are, with what is in them; no submodules."""
        found = {
            path: entries[path]
            for path in paths
            if entries.get(path, (SUBMODULE, ""))[0] != SUBMODULE
        }
        contents = self.contents(name for _, name in found.values())
        return {
            path: File(mode, content)
            for (path, (mode, _)), content in zip(found.items(), contents, strict=True)
        }

    def contents(self, names: Iterable[str]) -> Iterator[bytes]:
        """What git has under some names."""
        lines = "".join(f"{name}\n" for name in names)
        if not lines:
            return
        output = self.git("cat-file", "--batch", stdin=lines.encode())
        position = 0
        for _ in lines.splitlines():
            end = output.index(b"\n", position)
            size = int(output[position:end].split()[2])
            yield output[end + 1 : end + 1 + size]
            position = end + size + 2

    def edit(
        self,
        tree: str,
        puts: Mapping[str, File],
        removes: Iterable[str] = (),
        entries: Mapping[str, tuple[str, str]] = NO_ENTRIES,
    ) -> str:
        """A tree with some files put into it, made or known before, and others removed."""
        index = self.directory / "edit-index"
        stages = [removal(path, tree) for path in removes]
        stored = self.stored([file.content for file in puts.values()])
        made = {
            path: (file.mode, name)
            for (path, file), name in zip(puts.items(), stored, strict=True)
        }
        for path, (mode, name) in {**entries, **made}.items():
            stages.append(Stage(mode, name, 0, path))
        self.git("read-tree", tree, index=index)
        if stages:
            self.git(*UPDATE_INDEX, stdin=index_info(stages), index=index)
        return self.git("write-tree", "--missing-ok", index=index).decode().strip()

    def stored(self, contents: list[bytes]) -> list[str]:
        """Make blobs; git's names for them."""
        if not contents:
            return []
        names = []
        for number, content in enumerate(contents):
            place = self.directory / f"content-{number}"
            place.write_bytes(content)
            names.append(str(place))
        arguments = ("-w", "--no-filters", "--stdin-paths")
        output = self.git("hash-object", *arguments, stdin=os.fsencode("\n".join(names)))
        return output.decode().split()

    def tree(self, entries: bytes) -> str:
        """The tree of an index's entries."""
        index = self.directory / "entries-index"
        self.git(*UPDATE_INDEX, stdin=entries, index=index)
        return self.git("write-tree", "--missing-ok", index=index).decode().strip()

    def export(self, tree: str, top: Path, prefix: str, directory: Path) -> Path:
        """Write a tree's files as the work tree at `top` has them at `prefix`; tells where."""
        index = self.directory / "export-index"
        read = ("read-tree", f"--prefix={prefix}", tree) if prefix else ("read-tree", tree)
        self.borrow(*read, inside=top, index=index)
        arguments = ("checkout-index", "--all", f"--prefix={directory}/")
        self.borrow(*arguments, inside=top, index=index)
        return directory / prefix

    def changes(self, old: str, new: str) -> list[Change]:
        """The paths that differ between two trees, sorted."""
        return as_changes(self.git("diff-tree", "-r", "-z", "--no-renames", old, new))

    def diff(self, old: str, new: str) -> str:
        """The difference between two trees, as people read it."""
        output = self.git(
            *("diff", "--no-color", "--no-ext-diff", "--no-textconv", old, new),
            *("--", ".", *(f":(exclude){path}" for path in sorted(OWN_FILES))),
        )
        return output.decode(errors="replace")

    def object_id(self, content: bytes) -> str:
        """Git's name for a file's content."""
        return blob(content, self.object_format)

    def blobs(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """The contents that git has by these names."""
        names = [*dict.fromkeys(object_ids)]
        return dict(zip(names, self.contents(names), strict=True))

    def merge_texts(self, texts: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
        """Base, yours and the template's of some files merged, with markers in conflicts."""
        if not texts:
            return {}
        beside = self.directory / "texts.git"
        apart = Quarantine(beside, self.directory / "objects", self.object_format)
        paths = dict(zip(map(str, range(len(texts))), texts, strict=True))
        base, yours, template = (
            {
                name: File(REGULAR, texts[path][side].encode())
                for name, path in paths.items()
            }
            for side in range(3)
        )
        apart.store(base, template, yours)
        merged = apart.read(apart.merge().tree, paths)
        rmtree(beside)
        return {path: merged[name].content.decode() for name, path in paths.items()}

    def hand_over(self, objects: Path) -> None:
        """Give every object that was made here to the user's repository."""
        hand_over(self.directory / "objects", objects)
