"""Both sides' renames, done before the merge: each file has one name in all three trees."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from keras_scaffold.errors import InputError
from keras_scaffold.git import (
    SUBMODULE,
    Entries,
    File,
    Quarantine,
    Snapshot,
    above,
    repository_within,
)
from keras_scaffold.project_files import OWN_FILES, projects_within
from keras_scaffold.updating.moves import (
    Copies,
    Heirs,
    Moves,
    copies,
    directory,
    joined,
    moves,
    name,
)

DELETED = "the template deleted what you moved"


@dataclass(frozen=True)
class Aligned:
    """What is to be merged, by the names that its files are to have, and what was decided."""

    base: Snapshot
    new: Snapshot
    yours: Entries
    apart: Entries
    """What no update touches: projects and repositories within this one."""
    nested: set[str] = field(default_factory=set)
    """The directories of these projects."""
    renames: dict[str, str] = field(default_factory=dict)
    """What is to be called otherwise than the base does, or the template's new files."""
    moved: dict[str, str] = field(default_factory=dict)
    """What the user calls otherwise than the base does."""
    clashes: dict[str, str] = field(default_factory=dict)
    """Files that the user has to decide upon, and why, even where their lines merge."""
    left_deleted: Heirs = field(default_factory=dict)
    """What the template changed and the user deleted, with those that may be its heir."""


def align(quarantine: Quarantine, base: Snapshot, new: Snapshot, yours: Entries) -> Aligned:
    """Follow the renames of both sides, so that git, which would guess, need not.

    Raises InputError for a repository within the project where the template adds files.
    """
    repositories = {path for path, (mode, _) in yours.items() if mode == SUBMODULE}
    generated = {*base, *new}
    left_alone = apart(generated, yours) | repositories
    own = {path: yours[path] for path in yours.keys() - left_alone - OWN_FILES}
    user = _Side.of(quarantine, base, own, partial(copies, quarantine.repository))
    template = _Side.of(quarantine, base, new)
    names = _Names(user, template, {*generated, *yours})
    sides = Aligned(
        base={},
        new=dict(new),
        yours=dict(own),
        apart={path: yours[path] for path in left_alone},
        nested=projects_within(generated, yours),
    )
    for old, file in base.items():
        names.rename(old, file, sides)
    sides.renames.update(names.followed(sides.yours, sides.base, user, template))
    sides.renames.update(names.followed(sides.new, sides.base, template, user))
    if taken := repositories & {
        place for path in sides.new for place in (path, *above(path))
    }:
        raise InputError([repository_within(path) for path in sorted(taken)])
    return sides


def apart(generated: set[str], yours: Collection[str]) -> set[str]:
    """The files of projects within this one, but what was generated with it."""
    nested = projects_within(generated, yours)
    if not nested:
        return set()
    # places at which what is generated needs room
    full = generated.union(*map(above, generated))
    return {
        path
        for path in yours
        if path not in full
        and nested.intersection(above(path))
        and generated.isdisjoint(above(path))
    }


def untouched(directories: set[str], paths: set[str]) -> list[str]:
    """The outermost of some directories of which none of the paths is a part, or a parent."""
    touched = paths.union(*map(above, paths))
    left = {place for place in directories - touched if paths.isdisjoint(above(place))}
    return sorted(place for place in left if left.isdisjoint(above(place)))


@dataclass(frozen=True)
class _Side:
    """One side's files, and how it renamed the base's."""

    files: AbstractSet[str]
    moves: Moves

    @classmethod
    def of(
        cls,
        quarantine: Quarantine,
        base: Snapshot,
        files: Snapshot | Entries,
        *known: Copies,
    ) -> _Side:
        """A side with its renames, which there are where it lacks files of the base."""
        if not base.keys() - files.keys():
            return cls(files.keys(), Moves())
        alike = quarantine.alike(base, files)
        return cls(files.keys(), moves(base.keys(), files.keys(), alike, *known))

    def has(self, old: str, other: _Side) -> str | None:
        """Where this side has a file of the base; None if it has not.

        What the `other` side has there, or above or below it, is another file, unless it
        calls this one so too.
        """
        if old in self.files:
            return old
        place = self.moves.files.get(old)
        if place is None or other.moves.files.get(old) == place:
            return place
        return None if other.in_the_way(place, old) else place

    def in_the_way(self, place: str, old: str) -> bool:
        """Whether this side has another file than `old` where one is to be at `place`."""
        if any(path in self.files and path != old for path in (place, *above(place))):
            return True
        below = f"{place}/"
        return place in self.directories and any(
            path.startswith(below) for path in self.files if path != old
        )

    @cached_property
    def directories(self) -> set[str]:
        """Those that hold a file."""
        return {place for path in self.files for place in above(path)}


@dataclass(frozen=True)
class _Names:
    """The names of all files, from which those in the result are chosen."""

    yours: _Side
    template: _Side
    used: set[str]

    def rename(self, old: str, file: File, sides: Aligned) -> None:
        """Bring a file of the base to the name that it is to have on every side."""
        mine = self.yours.has(old, self.template)
        theirs = self.template.has(old, self.yours)
        changed = None if theirs is None else sides.new.pop(theirs)
        if mine is None:
            if theirs is not None and (theirs, changed) != (old, file):
                sides.left_deleted[theirs] = self.yours.moves.unsure.get(old, [])
            return
        final = mine if theirs is None else self._chosen(old, mine, theirs)
        sides.base[final] = file
        sides.yours[final] = sides.yours.pop(mine)
        if changed:
            sides.new[final] = changed
        if final != old:
            sides.renames[old] = final
        if mine != old:
            sides.moved[old] = mine
        if theirs is None and mine != old:
            sides.clashes[mine] = DELETED
        elif theirs not in (None, old, final) and final == mine:
            sides.clashes[mine] = f"you renamed it, and the template calls it `{theirs}`"

    def _chosen(self, old: str, mine: str, theirs: str) -> str:
        """The name of a file, of which directory and last part are merged alone."""
        place = _name_of_both(*map(directory, (old, mine, theirs)))
        last = _name_of_both(*map(name, (old, mine, theirs)))
        chosen = mine if place is None or last is None else joined(place, last)
        if chosen not in (mine, theirs) and not self._free(chosen):
            return mine
        self._use(chosen)
        return chosen

    def _free(self, place: str) -> bool:
        """Whether there can be a file: no other is there, nor above or below it."""
        full = place in self.used or place in self._directories
        return not full and self.used.isdisjoint(above(place))

    def _use(self, place: str) -> None:
        self.used.add(place)
        self._directories.update(above(place))

    @cached_property
    def _directories(self) -> set[str]:
        return {place for path in self.used for place in above(path)}

    def followed(
        self, files: dict[str, Any], named: Snapshot, whose: _Side, other: _Side
    ) -> dict[str, str]:
        """Bring one side's new files to where the other moved their directory.

        Not what is `named` already: the heirs of the base's files, wherever they lie.
        """
        renames: dict[str, str] = {}
        if other.moves.directories:
            for path in sorted(whose.files & files.keys() - named.keys()):
                place = other.moves.follow(path, other.directories)
                if self._free(place):
                    self._use(place)
                    renames[path] = place
                    files[place] = files.pop(path)
        return renames


def _name_of_both(old: str, mine: str, theirs: str) -> str | None:
    """A name that one side changed, or both alike; None if they changed it differently."""
    if theirs in (old, mine):
        return mine
    return theirs if mine == old else None
