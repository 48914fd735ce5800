"""Answers that a template calls secret: kept beside a clone's objects, in no commit."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from keras_scaffold.errors import GitError
from keras_scaffold.git import run_git
from keras_scaffold.project_files import BASE_FILE

SECRETS_KEY = "_secret"
"""The key of the answers file that tells which there are."""
Answered = Mapping[str, Any]
PLACE = "scaffold-secrets.json"
BEFORE = "before"
"""The key, among the projects' prefixes, of what they said before their last change.

Each goes with the base that it was said of: it is right again once an update is undone.
"""


def read_secrets(project: Path) -> dict[str, Any]:
    """The secret answers of a project that this clone has."""
    place, prefix = _place(project)
    return dict(_said_at(_all(place), prefix, _digest(project)))


def keep_secrets(project: Path, answers: Answered) -> None:
    """Let this clone have a project's secret answers; without a repository they are lost."""
    try:
        place, prefix = _place(project)
    except (FileNotFoundError, GitError):
        return
    known, now = _all(place), _digest(project)
    if known.get(prefix) == answers == _said_at(known, prefix, now):
        return
    before = {other: said for other, said in _before(known).items() if other != prefix}
    committed = _committed(project)
    if prefix in known and committed != now:
        before[prefix] = [committed, _said_at(known, prefix, committed)]
    unfinished = place.with_suffix(".new")
    with os.fdopen(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
    ) as file:
        json.dump({**known, prefix: dict(answers), BEFORE: before}, file)
    unfinished.replace(place)


def _place(project: Path) -> tuple[Path, str]:
    """Where a repository has them, and under what name those of a project of its."""
    arguments = ("--path-format=absolute", "--git-common-dir", "--show-prefix")
    common, prefix = os.fsdecode(run_git("rev-parse", *arguments, inside=project)).split(
        "\n"
    )[:2]
    return Path(common) / PLACE, prefix


def _said_at(known: Answered, prefix: str, base: str) -> Answered:
    """What a project says as long as it was last generated as this base."""
    of, answers = _before(known).get(prefix, ("", {}))
    return cast(Answered, answers if of and of == base else known.get(prefix, {}))


def _before(known: Answered) -> dict[str, Any]:
    return dict(known.get(BEFORE, {}))


def _digest(project: Path) -> str:
    """The base on disk, by its digest; empty where there is none."""
    try:
        return hashlib.sha256((project / BASE_FILE).read_bytes()).hexdigest()
    except OSError:
        return ""


def _committed(project: Path) -> str:
    """The base of the last commit, which an undone update comes back to."""
    try:
        content = run_git("cat-file", "blob", f"HEAD:./{BASE_FILE}", inside=project)
    except GitError:
        return ""
    return hashlib.sha256(content).hexdigest()


def _all(place: Path) -> dict[str, Any]:
    try:
        known = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
