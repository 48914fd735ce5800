"""A project's files that git left in conflict, and what is put in their place."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from shutil import copy2

from keras_scaffold.errors import GitError, InputError
from keras_scaffold.git import (
    BASE,
    OURS,
    THEIRS,
    UPDATE_INDEX,
    Edit,
    File,
    Stage,
    as_stages,
    check_version,
    index_info,
    numbers_of,
    removal,
    run_git,
)
from keras_scaffold.git.publishing import at_work
from keras_scaffold.updating.resolving.touched import WorkTree

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


class Unmerged(WorkTree):
    """The files of a project that are in conflict, in the index and on disk."""

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
        checkout = ("checkout-index", "--force", "-z", "--stdin")
        # it is the user's own settings that tell how lines end
        self.repository.look(*checkout, stdin=self.repository.from_top(files), index=index)
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
                name = self.quarantine.object_id(file.content)
                entries.append(Stage(file.mode, name, 0, path))
        stdin = index_info(entries, self.repository.prefix)
        self.repository.git(*UPDATE_INDEX, stdin=stdin, index=index)
