"""What an update did, or would do, and what else is to be said of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from keras_scaffold.answers import Answers
from keras_scaffold.git import SUBMODULE, Change, above, lies_at, link_above
from keras_scaffold.proof import Proof
from keras_scaffold.updating.alignment import Aligned
from keras_scaffold.updating.merging import Conflict
from keras_scaffold.updating.moves import Heirs, directory, name


@dataclass(frozen=True)
class Updated:
    """What an update did, or would do."""

    project: Path
    remarks: list[str]
    """What became of answers that the template no longer knows, and of oneDNN."""
    changes: list[Change]
    """The files that it changes, but the one that holds what was generated."""
    kept: int
    """How many files of the project's stay as they are."""
    left_deleted: Heirs
    """Files that its user deleted, and that stay so; with others that may be their heirs."""
    ignored: list[str]
    """Files that lie there, and git was never given; the template has changed them."""
    renames: dict[str, str]
    """What the base calls otherwise than the project, or will do."""
    conflicts: list[Conflict]
    tree: str
    """Git's name for the project's files after the update."""
    diff: str
    proof: Proof | None
    """What the smoke test saw; None if there was none."""
    published: bool
    undo: str
    """The command that undoes it; what is in the projects within stays as it is."""

    @property
    def works(self) -> bool:
        """Whether the smoke test was green, if there was one."""
        return self.proof is None or self.proof.works


def ignored_files(project: Path, sides: Aligned) -> list[str]:
    """Files that were not deleted, though git does not have them.

    What lies in a repository within the project is another one's.
    """
    others = {path for path, (mode, _) in sides.apart.items() if mode == SUBMODULE}
    return [
        path
        for path in sides.left_deleted
        if others.isdisjoint(above(path)) and lies_at(project, path)
        if (project / path).is_symlink() or not (project / path).is_dir()
    ]


def link_remarks(project: Path, deleted: Collection[str]) -> list[str]:
    """What is to be said of links that stand where directories of the template were."""
    links = {link_above(project, path) for path in deleted} - {None}
    return [
        f"`{link}` is a link here, which updates do not follow: change what it leads to yourself"
        for link in sorted(map(str, links))
    ]


def package_remarks(answers: Answers, sides: Aligned, *, proved: bool) -> list[str]:
    """What is to be said of a package that its user moved."""
    package = f"src/{answers.package}"
    places = {
        directory(new) for old, new in sides.moved.items() if directory(old) == package
    }
    if len(places) != 1 or package in places:
        return []
    (place,) = places
    if directory(place) == "src":
        way = f"`--package {name(place)}` lets all that is generated go by that"
    elif proved:
        way = f"the proof looks for `{package}`; move it to `src`, or give --no-smoke"
    else:
        return []
    return [f"`{package}` is `{place}` here; {way}"]
