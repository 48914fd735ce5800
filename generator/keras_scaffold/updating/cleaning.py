"""Generated files as git would store them: past a repository's filters, with its line ends."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory

from keras_scaffold.errors import InputError
from keras_scaffold.git import (
    EXECUTABLE,
    LINK,
    REGULAR,
    YOURS,
    Entries,
    File,
    Quarantine,
    Repository,
    Snapshot,
    above,
    blob,
    write_directory,
)
from keras_scaffold.project_files import OWN_FILES
from keras_scaffold.updating.alignment import Aligned
from keras_scaffold.updating.merging import Conflict
from keras_scaffold.updating.texts import plain

ATTRIBUTES = ".gitattributes"
ENCODING, BOM = "working-tree-encoding", "-BOM"
NO_FILES: Snapshot = {}


@dataclass(frozen=True)
class Cleaning:
    """How a repository stores files, where its attributes say anything of that."""

    quarantine: Quarantine
    yours: Entries
    """The user's files, as they are stored."""

    @property
    def repository(self) -> Repository:
        """The one whose attributes count."""
        return self.quarantine.repository

    def cleaned(self, base: Snapshot, new: Snapshot) -> tuple[Snapshot, Snapshot]:
        """What `git add` would have made of the files that were and are generated.

        A file that is committed as it was generated stays so. What the template adds goes
        by the attributes that come with it, if these come into effect.
        """
        brought = {
            path: file
            for path, file in new.items()
            if _attributes(path) and self._unedited(path, base.get(path))
        }
        if not (self._wanted or brought):
            return base, new
        edited = {path: base[path] for path in base if not self._unedited(path, base[path])}
        stored = {**base, **self._stored(edited)}
        changed = {path for path, file in new.items() if not _same(file, base.get(path))}
        added = changed - base.keys() - self.yours.keys()
        now = {
            path: replace(new[path], content=stored[path].content)
            for path in new.keys() - changed
        }
        now |= self._stored({path: new[path] for path in changed - added})
        now |= self._stored({path: new[path] for path in added}, brought)
        return stored, now

    @cached_property
    def _wanted(self) -> bool:
        """Whether there are attributes, of the repository's own."""
        outside = ("", *above(self.repository.prefix))[:-1]
        places = [self.repository.top / path / ATTRIBUTES for path in outside]
        places.append(self.repository.objects.parent / "info" / "attributes")
        inside = self.yours.keys() - OWN_FILES
        return any(map(_attributes, inside)) or any(place.exists() for place in places)

    def _unedited(self, path: str, file: File | None) -> bool:
        """Whether just this file is committed at a path, or none of either."""
        committed = self.yours.get(path)
        if file is None or committed is None:
            return file is None and committed is None
        return committed[1] == blob(file.content, self.repository.object_format)

    def _stored(self, files: Snapshot, attributes: Snapshot = NO_FILES) -> Snapshot:
        """Files as `git add` would store them, by what is committed and these attributes."""
        filtered = {
            path: file
            for path, file in files.items()
            if file.mode != LINK and not _attributes(path)
        }
        if not filtered:
            return files
        stored = self.quarantine.files(self._added(filtered, attributes), filtered)
        return {
            path: replace(file, content=stored[path].content) if path in stored else file
            for path, file in files.items()
        }

    def _added(self, files: Snapshot, attributes: Snapshot) -> Entries:
        """What a copy of the index has once each file is added to it."""
        repository = self.repository
        with TemporaryDirectory(prefix="scaffold-") as name:
            work, index = Path(name) / "work", Path(name) / "index"
            (work / repository.prefix).mkdir(parents=True)
            copy2(repository.git_directory / "index", index)
            paths = repository.from_top(files)
            attributes_of = repository.git(
                "check-attr", "-z", "--cached", "--stdin", ENCODING, stdin=paths
            )
            encodings = os.fsdecode(attributes_of).split("\0")[2::3]
            on_disk = {
                path: _encoded(file, encoding)
                for (path, file), encoding in zip(files.items(), encodings, strict=True)
            }
            write_directory({**on_disk, **attributes}, work / repository.prefix)
            places = (f"--git-dir={repository.git_directory}", f"--work-tree={work}")
            self.quarantine.borrow(
                *(*places, "update-index", "-z", "--add", "--replace", "--stdin"),
                stdin=paths,
                index=index,
                inside=work,
            )
            return repository.index_entries(index)

    def alike_ends(self, sides: Aligned) -> Aligned:
        """The sides, where what both changed has the user's line ends throughout.

        They may have come about as git stored the file, by settings that are long gone.
        """
        both = [path for path, file in sides.base.items() if self._both(path, file, sides)]
        base, new = dict(sides.base), dict(sides.new)
        for path, yours in self.quarantine.files(sides.yours, both).items():
            end = _end(yours.content)
            if end and _is_text(base[path]) and _end(base[path].content) != end:
                for side in (base, new):
                    if path in side and _is_text(side[path]):
                        side[path] = replace(side[path], content=_ended(side[path], end))
        return replace(sides, base=base, new=new)

    def _both(self, path: str, file: File, sides: Aligned) -> bool:
        """Whether the user and the template changed a file, or deleted it."""
        mode, name = sides.yours[path]
        edited = name != blob(file.content, self.repository.object_format)
        changed = not _same(file, sides.new.get(path))
        return edited and changed and {mode, file.mode} <= {REGULAR, EXECUTABLE}

    def refuse_missing(self, sides: Aligned, conflicts: list[Conflict]) -> None:
        """Raise InputError for conflicts that are due to a filter that git does not know.

        In such a file nothing of what was generated is left, since it was stored filtered.
        """
        paths = [conflict.path for conflict in conflicts if conflict.path in sides.base]
        if not (self._wanted and paths):
            return
        own = self.quarantine.read(YOURS, paths)
        strange = [path for path in own if not _lines(own[path]) & _lines(sides.base[path])]
        if missing := self._missing(strange):
            raise InputError(
                [
                    f"`{path}` is stored by the filter `{name}`, as .gitattributes says, and "
                    f"git is not told here what that is; {_way(name)}, then update"
                    for path, name in missing.items()
                ]
            )

    def _missing(self, paths: list[str]) -> dict[str, str]:
        """Those of some files whose filter is not defined, with its name."""
        if not paths:
            return {}
        git, prefix = self.repository.git, self.repository.prefix
        names = [prefix + path for path in paths]
        fields = os.fsdecode(git("check-attr", "-z", "filter", "--", *names)).split("\0")
        defined = os.fsdecode(git("config", "--list", "--name-only", "-z")).split("\0")
        known = {key.split(".", 1)[1].rpartition(".")[0] for key in defined if "." in key}
        return {
            path.removeprefix(prefix): name
            for path, name in zip(fields[::3], fields[2::3], strict=False)
            if name not in {"unspecified", "unset", "set", *known}
        }


def _encoded(file: File, encoding: str) -> File:
    """A file as it lies in a work tree, where it may have another encoding than in git."""
    codec = encoding.removesuffix(BOM)
    try:
        text = ("\ufeff" if codec != encoding else "") + file.content.decode()
        return replace(file, content=text.encode(codec))
    except (LookupError, UnicodeError):  # `unspecified`, or what git refuses by itself
        return file


def _end(content: bytes) -> bytes | None:
    """How all lines of a text end; None if that differs, or there are none."""
    total, crlf = content.count(b"\n"), content.count(b"\r\n")
    if not total or b"\0" in content or 0 < crlf < total:
        return None
    return b"\r\n" if crlf else b"\n"


def _is_text(file: File) -> bool:
    return b"\0" not in file.content


def _ended(file: File, end: bytes) -> bytes:
    return plain(file).content.replace(b"\n", end)


def _lines(file: File) -> set[bytes]:
    return {line.strip() for line in file.content.splitlines()} - {b""}


def _way(name: str) -> str:
    return "run `git lfs install`" if name == "lfs" else f"set `filter.{name}.clean`"


def _attributes(path: str) -> bool:
    return path.rpartition("/")[2] == ATTRIBUTES


def _same(file: File, other: File | None) -> bool:
    return other is not None and file.content == other.content
