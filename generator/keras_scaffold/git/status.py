"""What of a project is not as it was committed, and what is there now, committed or not."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from shutil import copy2

from keras_scaffold.git.entries import Entries
from keras_scaffold.git.files import above, lies_at
from keras_scaffold.git.quarantine import Quarantine
from keras_scaffold.git.repository import Repository


def unclean(repository: Repository, nested: Collection[str] = ()) -> list[tuple[str, str]]:
    """What is not as committed, neither byte for byte nor by the user's line ends.

    Files below the `nested` directories do not count.
    """
    changed = _status(repository, repository.git, nested)
    if changed:  # which may be due to line ends alone
        by_user = _status(repository, repository.look, nested)
        changed = [entry for entry in changed if entry in by_user]
    return changed


def overlooked(repository: Repository, nested: Collection[str] = ()) -> list[str]:
    """Paths of the project, but in `nested` ones, whose changes git was told to overlook."""
    here = repository.paths_but(nested)
    output = repository.git("ls-files", "-v", "-z", "--full-name", "--", *here)
    return [
        repository.relative(entry[2:])
        for entry in output.split(b"\0")
        if entry and (entry[:1].islower() or entry[:1] == b"S")
    ]


def in_the_way(
    repository: Repository, added: Iterable[str], removed: Iterable[str]
) -> list[str]:
    """Of paths that are to be added, those that something ignored or untracked holds."""
    gone = set(removed)
    found = set()
    for path in added:
        for higher in above(path):
            place = repository.root / higher
            if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
                found |= {higher} - gone
            elif os.path.lexists(place / ".git"):
                found.add(higher)
        place = repository.root / path
        if os.path.lexists(place) and not _emptied(repository, path, gone):
            found.add(path)
    return sorted(found)


def _emptied(repository: Repository, path: str, gone: set[str]) -> bool:
    """Whether a directory at `path` holds nothing but what is to be removed."""
    place = repository.root / path
    if place.is_symlink() or not place.is_dir():
        return path in gone
    root = repository.root
    going = gone.union(*map(above, gone))
    return all(each.relative_to(root).as_posix() in going for each in place.rglob("*"))


def _status(
    repository: Repository, git: Callable[..., bytes], nested: Collection[str]
) -> list[tuple[str, str]]:
    """Two letters, as git tells the state, and path of each file that is not clean."""
    output = git(
        *("--no-optional-locks", "status", "--porcelain", "-z", "--no-renames"),
        *("--untracked-files=all", "--ignore-submodules=dirty"),
        *("--", *repository.paths_but(nested)),
    )
    entries = [entry for entry in output.split(b"\0") if entry]
    return [(entry[:2].decode(), repository.relative(entry[3:])) for entry in entries]


def present_entries(quarantine: Quarantine, generated: Iterable[str]) -> Entries:
    """What `git add --update` would make of the project, with what may be moved files.

    These are not tracked yet, and called like a `generated` file that is gone. What git
    cannot see in a work tree, such as the modes of files, is as it was added.
    """
    repository, index = quarantine.repository, quarantine.directory / "present-index"
    copy2(repository.git_directory / "index", index)
    tracked, others = repository.listed()
    gone = {
        path.rpartition("/")[2] for path in generated if not lies_at(repository.root, path)
    }
    paths = [*tracked, *(path for path in others if path.rpartition("/")[2] in gone)]
    arguments = ("update-index", "-z", "--add", "--remove", "--replace", "--stdin")
    quarantine.borrow(*arguments, index=index, stdin=repository.from_top(paths))
    return repository.index_entries(index)
