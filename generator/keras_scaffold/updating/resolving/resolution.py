"""`scaffold resolve`: two branches that both updated a project, merged where git cannot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from keras_scaffold.errors import ConflictError, InputError
from keras_scaffold.git import (
    BASE,
    OURS,
    REGULAR,
    THEIRS,
    File,
    Quarantine,
    Repository,
    Snapshot,
    git_command,
)
from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE, projects_within
from keras_scaffold.projects import DamagedError, formatter_of, to_zip
from keras_scaffold.safe_yaml import load
from keras_scaffold.updating.alignment import apart
from keras_scaffold.updating.project import read_base
from keras_scaffold.updating.resolving.answers import merge_answers, origin
from keras_scaffold.updating.resolving.bases import Bases, newer_side
from keras_scaffold.updating.resolving.unmerged import (
    Files,
    Sides,
    Unmerged,
    unmerged_paths,
    why,
)
from keras_scaffold.updating.restyling import OLDER

NAMES = {BASE: "the common ancestor", OURS: "this branch", THEIRS: "the other branch"}
HEADS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD")
"""What git calls the commit on the other side."""


@dataclass(frozen=True)
class Resolution:
    """What became of a project's conflicts."""

    project: Path
    settled: list[str]
    left: dict[str, str]
    """What its user has to decide upon, and why."""

    @property
    def exit_code(self) -> int:
        """0 if nothing is left."""
        return ConflictError.exit_code if self.left else 0


def in_conflict(directory: Path) -> list[Path]:
    """The projects of the repository around a directory whose base or answers conflict."""
    top, paths = unmerged_paths(directory)
    projects = {
        top / path.removesuffix(file)
        for path, sides in paths.items()
        for file in (BASE_FILE, ANSWERS_FILE)
        if f"/{path}".endswith(f"/{file}") and sides != {BASE}  # where nothing lies
    }
    return [Path(os.path.relpath(project, directory)) for project in sorted(projects)]


def elsewhere(
    directories: Iterable[Path], outcomes: Iterable[Resolution], refused: Iterable[Path]
) -> dict[str, str]:
    """What git lists as unmerged in the repositories around, and why.

    What is left of projects, or lies in those that were refused, was told already.
    """
    known = {Path(os.path.realpath(path)) for path in refused}
    for each in outcomes:
        known |= {Path(os.path.realpath(each.project), path) for path in each.left}
    unmerged: dict[str, str] = {}
    for directory in directories:
        with suppress(InputError):  # which was told as well
            top, paths = unmerged_paths(directory)
            for path, sides in paths.items():
                if known.isdisjoint([top / path, *(top / path).parents]):
                    unmerged[os.path.relpath(top / path)] = why(sides)
    return unmerged


def resolve_project(path: Path) -> Resolution:
    """Merge what git left in conflict of a project, as far as nobody has to decide.

    Files that somebody edited since git wrote its markers into them are left alone. Raises
    InputError for what is no project, or has a base that is damaged on a side, ConflictError
    for one that a side has no longer.
    """
    repository = Repository.around(path, merging=True)
    with TemporaryDirectory(prefix="scaffold-") as name:
        unmerged = Unmerged(Quarantine(Path(name) / "objects.git", repository))
        sides = unmerged.sides()
        archives = sides.pop(BASE_FILE, {})
        bases = _bases(repository, archives, sides)
        edited, settled = {}, {}
        if archives or ANSWERS_FILE in sides:  # else all is for its user to decide
            edited = unmerged.edited(sides)
            settled = _settle(unmerged, bases, archives, sides, edited)
    left = {
        path: edited.get(path, why(sides[path]))
        for path in sorted(sides.keys() - settled.keys())
    }
    return Resolution(repository.project, sorted(settled), left)


def _bases(
    repository: Repository, archives: Sides, conflicts: dict[str, Sides]
) -> dict[int, Snapshot]:
    """What was last generated on each side; leaves other projects' files out of the conflicts."""
    tracked = repository.paths()
    if lost := _lost(archives, conflicts.get(ANSWERS_FILE), tracked):
        raise ConflictError(_ways_out(repository, lost, projects_within((), tracked)))
    bases = {number: _base(number, file) for number, file in archives.items()}
    for other in apart({*chain(*bases.values())}, tracked):
        conflicts.pop(other, None)
    return bases


def _settle(
    unmerged: Unmerged,
    bases: Mapping[int, Snapshot],
    archives: Sides,
    conflicts: Mapping[str, Sides],
    edited: dict[str, str],
) -> Files:
    """Put into place what is settled, but for what is `edited`; adds what stays, and why."""

    def writable(path: str, file: File | None) -> bool:
        return path not in edited or unmerged.lies_there(path, file)

    newest = _newer(bases)
    others = {path: sides for path, sides in conflicts.items() if path != ANSWERS_FILE}
    settled = _by_bases(unmerged.quarantine, bases, archives, others, newest, writable)
    merged, keys = _answers(conflicts.get(ANSWERS_FILE, {}), newest)
    shown: Files = {}
    if merged and writable(ANSWERS_FILE, merged):
        shown = {ANSWERS_FILE: merged}
        edited[ANSWERS_FILE] = f"both sides changed {', '.join(keys)}"
        settled |= {} if keys else shown
    if settled or shown:
        unmerged.put(settled, shown)
    return settled


def _lost(archives: Sides, answers: Sides | None, tracked: set[str]) -> int:
    """Which side of a conflict has neither base nor answers of the project; 0 if none."""
    if not archives or (answers is None and ANSWERS_FILE in tracked):
        return 0
    kept = archives.keys() | (answers or {}).keys()
    return next((side for side in (OURS, THEIRS) if side not in kept), 0)


def _ways_out(repository: Repository, lost: int, nested: set[str]) -> str:
    """What to do about a project that one side has no longer."""
    project, directory = repository.project, repository.git_directory
    head = "HEAD"
    if lost == OURS:
        head = next((name for name in HEADS if (directory / name).exists()), "COMMIT")
    keep = git_command(project, nested, "checkout", head, "--")
    delete = git_command(project, nested, "rm", "-r", "-f", "--quiet", "--")
    of = ", where that is what you merge" if head == "COMMIT" else ""
    reason = why({BASE, THEIRS if lost == OURS else OURS})
    return f"{reason}; keep all of it by `{keep}`{of}, or delete it by `{delete}`"


def _base(number: int, file: File) -> Snapshot:
    """What was last generated on a side of the conflict."""
    try:
        return read_base(file.content)
    except DamagedError as error:
        raise InputError(
            f"`{BASE_FILE}` of {NAMES[number]} is damaged ({error}); take a good one by "
            "`git checkout --ours` or `--theirs`, and `git add` it"
        ) from None


def _newer(bases: Mapping[int, Snapshot]) -> int:
    """Which side was generated by a newer template; 0 if that cannot be told."""
    if not {OURS, THEIRS} <= bases.keys():
        return 0
    origins = {
        number: origin(load(base[ANSWERS_FILE].content)) for number, base in bases.items()
    }
    return newer_side(origins.get(BASE, {}), origins[OURS], origins[THEIRS])


def _by_bases(
    quarantine: Quarantine,
    bases: Mapping[int, Snapshot],
    archives: Sides,
    conflicts: Mapping[str, Sides],
    newest: int,
    writable: Callable[[str, File | None], bool],
) -> Files:
    """The archive of both sides together, and the files that are settled by it."""
    if not {OURS, THEIRS} <= bases.keys():  # at most one side has it still
        last = archives.get(OURS) or archives.get(THEIRS)
        return {BASE_FILE: last} if last else {}
    both = bases[OURS], bases[THEIRS]
    merged = Bases.of(quarantine, bases.get(BASE, {}), both, newest)
    settled = merged.settled(
        quarantine,
        {path: (sides.get(OURS), sides.get(THEIRS)) for path, sides in conflicts.items()},
    )
    settled = {path: file for path, file in settled.items() if writable(path, file)}
    formats = [formatter_of(archives[side].content) for side in (OURS, THEIRS)]
    newest_format = formats[newest == THEIRS].removesuffix(OLDER)
    mixed = OLDER if {*formats} != {newest_format} else ""
    content = to_zip(merged.kept(settled), newest_format + mixed)
    return {**settled, BASE_FILE: File(REGULAR, content)}


def _answers(sides: Sides, newest: int) -> tuple[File | None, list[str]]:
    """The answers file of both sides together, and the keys that its user has to choose."""
    if not {OURS, THEIRS} <= sides.keys():
        return None, []
    texts = [sides[number].content if number in sides else b"" for number in (1, 2, 3)]
    try:
        before, ours, theirs = (text.decode() for text in texts)
        text, keys = merge_answers(before, ours, theirs, newest)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(
            f"`{ANSWERS_FILE}` cannot be read on both branches ({error}); resolve it by hand, "
            "and `git add` it"
        ) from None
    return File(sides[OURS].mode, text.encode()), [f"`{key}`" for key in keys]
