"""Which files of a project's one side gave another name, as far as that is beyond doubt."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from operator import ge

from keras_scaffold.git import Repository

Heirs = dict[str, list[str]]
"""Files that are gone, each with the new ones that are like it."""
Copies = Callable[[Heirs], set[tuple[str, str]]]
"""Which of these are known to be no heirs."""


@dataclass(frozen=True)
class Moves:
    """Where one side has the base's files that are not at their place any more."""

    files: dict[str, str] = field(default_factory=dict)
    directories: dict[str, str] = field(default_factory=dict)
    """Those that moved as a whole."""
    unsure: Heirs = field(default_factory=dict)
    """Files that are gone, and those like them, of which none is surely the heir."""

    def follow(self, path: str, there: Container[str]) -> str:
        """Where a new file at `path` belongs, since its directory moved.

        A directory that is still `there` keeps its new files.
        """
        above = directory(path)
        while above not in self.directories:
            if not above or above in there:
                return path
            above = directory(above)
        return joined(self.directories[above], path[len(above) + 1 :])


def moves(
    base: AbstractSet[str],
    side: AbstractSet[str],
    alike: Mapping[str, str],
    known: Copies = lambda heirs: set(),
) -> Moves:
    """How the files of `base` that are gone from a `side` are called there.

    `alike` tells which file of the base each new one is most like; `known` tells which
    of these are known not to be heirs. A file that is like one that stayed is a copy, and
    so is one that lies among copies. What is doubtful is no move.
    """
    gone = base - side
    like: Heirs = {}
    for new, old in sorted(alike.items()):
        if old in gone:
            like.setdefault(old, []).append(new)
    apart = (known(like) if like else set()) | _among_copies(base, gone, alike)
    heirs = {old: [n for n in new if (old, n) not in apart] for old, new in like.items()}
    directories, doubtful, others = _directories(base, gone, heirs)
    files: dict[str, str] = {}
    for old in sorted(gone):
        place = directories.get(directory(old))
        same = None if place is None else joined(place, name(old))
        left = [new for new in heirs.get(old, ()) if directory(new) not in others[old]]
        if same is not None and same in side - base:
            files[old] = same
        elif (
            directory(old) not in doubtful and (heir := closest_path(old, left)) is not None
        ):
            files[old] = heir
    files = {old: new for old, new in files.items() if _only(new, files)}
    unsure = {old: new for old, new in like.items() if old not in files}
    return Moves(files, directories, unsure)


def _only(new: str, files: Mapping[str, str]) -> bool:
    return list(files.values()).count(new) == 1


def _among_copies(
    base: AbstractSet[str], gone: AbstractSet[str], alike: Mapping[str, str]
) -> set[tuple[str, str]]:
    """Files that are gone, and ones like them in a directory that is rather a copy.

    It is one where more of its files are like such as stayed than like such as are gone.
    """
    votes: Counter[tuple[str, str]] = Counter()
    for new, old in alike.items():
        if name(new) == name(old):
            votes[directory(old), directory(new)] += -1 if old in gone else 1
    return {
        (old, new)
        for new, old in alike.items()
        if name(new) == name(old) and votes[directory(old), directory(new)] > 0
    }


def _directories(
    base: AbstractSet[str], gone: AbstractSet[str], heirs: Heirs
) -> tuple[dict[str, str], set[str], dict[str, set[str]]]:
    """Where directories moved, those of which that is in doubt, and those with copies only.

    These are told for each file that is gone.
    """
    files: dict[str, list[str]] = {}
    for old in base:
        files.setdefault(directory(old), []).append(old)
    moved: dict[str, str] = {}
    doubtful: set[str] = set()
    others: dict[str, set[str]] = {old: set() for old in gone}
    for place, inside in files.items():
        if not gone >= set(inside):
            continue
        votes = Counter(
            directory(new)
            for old in inside
            for new in heirs.get(old, ())
            if name(new) == name(old) and directory(new) != place
        )
        likely = [new for new, number in votes.items() if 2 * number >= len(inside)]
        target = closest_path(place, likely)
        if target is not None:
            moved[place] = target
            others.update({old: set(votes) - {target} for old in inside})
        elif likely:
            doubtful.add(place)
    return moved, doubtful, others


def closest_path(old: str, candidates: Iterable[str]) -> str | None:
    """The path that keeps the most of `old`, at its beginning and at its end, and adds least.

    None if there is no path, or if none is at least as good as every other in all of that.
    """
    kept = {new: _kept(_parts(old), _parts(new)) for new in candidates}
    best = [
        new
        for new, mine in kept.items()
        if all(
            mine != theirs and all(map(ge, mine, theirs))
            for path, theirs in kept.items()
            if path != new
        )
    ]
    return best[0] if best else None


def _kept(old: list[str], new: list[str]) -> tuple[int, int, int]:
    """How many parts two paths share, first and last ones; the others of `new`, negative."""
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    left = range(most - first)
    last = next((n for n in left if old[-1 - n] != new[-1 - n]), len(left))
    return first, last, first + last - len(new)


def _parts(path: str) -> list[str]:
    return path.split("/") if path else []


def copies(repository: Repository, heirs: Heirs) -> set[tuple[str, str]]:
    """By the history, files that are gone, each with those that were there beside it already.

    These are copies, or were alike before: a file that was moved is there once the other
    is gone. Where the history does not reach back, nothing is told.
    """
    beside: set[tuple[str, str]] = set()
    present = repository.entries.keys()
    left = {old for old in heirs if old not in present}
    for old in heirs.keys() - left:  # which is gone from the work tree alone
        beside |= {(old, new) for new in heirs[old] if new in present}
    while left:
        commit, deleted = _last_deletion(repository, left)
        if not deleted:
            break
        pairs = {(old, new) for old in deleted for new in heirs[old]}
        there = _existing(repository, f"{commit}^", {new for _, new in pairs})
        beside |= {(old, new) for old, new in pairs if new in there}
        left -= deleted
    return beside


def _last_deletion(repository: Repository, paths: set[str]) -> tuple[str, set[str]]:
    """The newest commit that deleted any of some files, and all of them that it deleted."""
    output = repository.git(
        *("log", "-1", "-z", "--format=%H", "--no-renames", "--no-show-signature"),
        *("--diff-filter=D", "--name-only", repository.commit, "--"),
        *(f":(top,literal){repository.prefix}{path}" for path in sorted(paths)),
    )
    commit, *deleted = os.fsdecode(output).split("\0")
    gone = {path.lstrip("\n").removeprefix(repository.prefix) for path in deleted}
    return commit, gone & paths


def _existing(repository: Repository, commit: str, paths: set[str]) -> set[str]:
    """Those of some files that a commit has."""
    output = repository.git(
        *("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--"),
        *(repository.prefix + path for path in sorted(paths)),
    )
    there = os.fsdecode(output).split("\0")
    return {path.removeprefix(repository.prefix) for path in there} & paths


def directory(path: str) -> str:
    """What is above a path; empty at the top."""
    return path.rpartition("/")[0]


def name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def joined(above: str, path: str) -> str:
    """A path below a directory, which may be the top."""
    return f"{above}/{path}" if above else path
