"""What is to be said of an update, beside the files that it changes."""

from __future__ import annotations

from pathlib import Path

from keras_scaffold.answers import Answers
from keras_scaffold.git import SUBMODULE, above, lies_at, link_above
from keras_scaffold.updating.alignment import Aligned
from keras_scaffold.updating.moves import Heirs, directory, name


def ignored(project: Path, sides: Aligned) -> list[str]:
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


def left_deleted(project: Path, sides: Aligned) -> Heirs:
    """Files that were deleted, though the template changed them, with those like them."""
    there = ignored(project, sides)
    return {path: like for path, like in sides.left_deleted.items() if path not in there}


def told_of_links(project: Path, sides: Aligned) -> list[str]:
    """What is to be said of links that stand where directories of the template were."""
    links = {link_above(project, path) for path in sides.left_deleted} - {None}
    return [
        f"`{link}` is a link here, which updates do not follow: change what it leads to yourself"
        for link in sorted(map(str, links))
    ]


def told_of_package(answers: Answers, sides: Aligned, *, proved: bool) -> list[str]:
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
