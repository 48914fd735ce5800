"""A project's files that git left in conflict, and what is put in their place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copy2

from keras_scaffold.errors import GitError, InputError
from keras_scaffold.git import (
    BASE,
    OURS,
    SUBMODULE,
    THEIRS,
    UPDATE_INDEX,
    Edit,
    File,
    Quarantine,
    Repository,
    as_stages,
    check_version,
    index_info,
    numbers_of,
    read_file,
    removal,
    run_git,
)
from keras_scaffold.git.publishing import at_work
from keras_scaffold.updating.texts import CONFLICT, conflicting_texts, plain, text_of

Sides = dict[int, File]
"""The sides of one file, by their numbers in git's index."""
Files = dict[str, File | None]
"""What paths become; None is removed."""
WHY = {
    (BASE,): "deleted or moved on both sides",
    (OURS,): "only this side has it under this name",
    (THEIRS,): "only the other side has it under this name",
    (BASE, OURS): "changed on this side, deleted or moved on the other",
    (BASE, THEIRS): "deleted or moved on this side, changed on the other",
}
"""What the sides that git has of a file tell of its conflict."""
BOTH = "changed on both sides"
EDITED = "you edited it since the merge began"
UNKNOWN = "git does not tell whether you edited it since the merge began"
GITS_OWN = re.compile(
    r"^<{7} [^\n]*\n(.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}\n(.*?)^>{7} [^\n]*\n",
    re.MULTILINE | re.DOTALL,
)
"""A conflict in any of git's styles, whatever it calls the sides."""


def unmerged_paths(directory: Path) -> tuple[Path, dict[str, set[int]]]:
    """The top of the repository around a directory, and the sides of all conflicts there."""
    check_version()
    try:
        top = Path(
            os.fsdecode(run_git("rev-parse", "--show-toplevel", inside=directory))[:-1]
        )
    except GitError:
        raise InputError(
            f"`{directory.resolve()}` is not in a git repository; name a project's directory"
        ) from None
    output = run_git("ls-files", "-z", "-u", "--full-name", "--", ":(top)", inside=top)
    return top, numbers_of(as_stages(output.split(b"\0")[:-1]))


def why(sides: Iterable[int]) -> str:
    """Why a file is in conflict, of which git has these sides."""
    return WHY.get(tuple(sorted(sides)), BOTH)


@dataclass(frozen=True)
class Unmerged:
    """The files of a project that are in conflict, in the index and on disk."""

    quarantine: Quarantine

    @property
    def repository(self) -> Repository:
        """The one that has the files."""
        return self.quarantine.repository

    def sides(self) -> dict[str, Sides]:
        """The sides of each path."""
        return self.quarantine.unmerged(self.repository.unmerged())

    def edited(self, conflicts: Mapping[str, Sides]) -> dict[str, str]:
        """Those of the files in conflict that are not as git left them, and why."""
        reason = EDITED
        try:
            changed = self._changed() & conflicts.keys()
        except GitError:  # not every merge tells what it wrote
            changed, reason = {*conflicts}, UNKNOWN
        changed = {
            path
            for path in changed
            if SUBMODULE not in {side.mode for side in conflicts[path].values()}
        }
        merged = self._merged_again({path: conflicts[path] for path in changed})
        return {
            path: reason
            for path in sorted(changed)
            if not self._is_as_left(path, conflicts[path], merged.get(path))
        }

    def lies_there(self, path: str, file: File | None) -> bool:
        """Whether a file is on disk already, but for its line ends; or None is."""
        place = self._place(path)
        if not (place.is_symlink() or place.is_file()):
            return file is None
        return file is not None and plain(read_file(place)) == plain(file)

    def _changed(self) -> set[str]:
        """What is not as git's own merge wrote it, by the user's settings for line ends."""
        command = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff")
        output = self.repository.look(*command, "--no-relative", "AUTO_MERGE", "--")
        prefix = self.repository.prefix
        paths = [os.fsdecode(path) for path in output.split(b"\0")]
        return {path.removeprefix(prefix) for path in paths if path.startswith(prefix)}

    def _merged_again(self, conflicts: Mapping[str, Sides]) -> dict[str, str]:
        """The texts that both sides have, merged once more."""
        texts = {}
        for path, sides in conflicts.items():
            plain_sides = {number: plain(side) for number, side in sides.items()}
            if three := conflicting_texts(plain_sides):
                texts[path] = three
        return self.quarantine.merge_texts(texts)

    def _is_as_left(self, path: str, sides: Sides, merged: str | None) -> bool:
        """Whether a file is what git makes of both sides."""
        if merged is None:  # of what is no text, git leaves this branch's
            return self.lies_there(path, sides.get(OURS) or sides.get(THEIRS))
        place = self._place(path)
        if place.is_symlink() or not place.is_file():
            return False
        file = plain(read_file(place))
        text = text_of(file)
        if text is None or file.mode not in {side.mode for side in sides.values()}:
            return False
        return all(
            GITS_OWN.sub(way, text) == CONFLICT.sub(way, merged) for way in (r"\1", r"\2")
        )

    def _place(self, path: str) -> Path:
        return self.repository.root / path

    def put(self, settled: Files, shown: Files) -> None:
        """Write files into the project, and stage those that are settled."""
        lock = self.repository.git_directory / "index.lock"
        if lock.exists():  # before anything is written
            raise InputError(at_work(str(lock)))
        files = {path: file for path, file in {**settled, **shown}.items() if file}
        self.quarantine.edit(Edit(files))
        self.quarantine.hand_over()
        index = self.quarantine.directory / "work-tree-index"
        copy2(self.repository.git_directory / "index", index)
        self._stage({**settled, **shown}, index)
        self.repository.check_out(files, index, "--force")
        for path in settled.keys() - files.keys():
            place = self.repository.root / path
            if place.is_symlink() or place.is_file():  # not if each side renamed it
                place.unlink()
        self._stage(settled)
        with suppress(GitError):  # which it raises where something else is in conflict
            self.repository.refresh()

    def _stage(self, files: Files, index: Path | None = None) -> None:
        entries = []
        for path, file in files.items():
            entries.append(removal(path, self.repository.commit))
            if file:
                entries.append(self.quarantine.stage(path, file))
        stdin = index_info(entries, self.repository.prefix)
        self.repository.git(*UPDATE_INDEX, stdin=stdin, index=index)
