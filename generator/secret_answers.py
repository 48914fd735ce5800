"""Answers that a template calls secret: kept beside a clone's objects, in no commit."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.errors import GitError
from generator.git import run

RECORDED = "_secret"
"""The key of the answers file that tells which there are."""
PLACE = "scaffold-secrets.json"


def read(project: Path) -> dict[str, Any]:
    """The secret answers of a project that this clone has."""
    place, prefix = _place(project)
    return dict(_all(place).get(prefix, {}))


def keep(project: Path, answers: Mapping[str, Any]) -> None:
    """Let this clone have a project's secret answers; without a repository they are lost."""
    try:
        place, prefix = _place(project)
    except (FileNotFoundError, GitError):
        return
    known = _all(place)
    if known.get(prefix) == answers:
        return
    unfinished = place.with_suffix(".new")
    with os.fdopen(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
    ) as file:
        json.dump({**known, prefix: dict(answers)}, file)
    unfinished.replace(place)


def _place(project: Path) -> tuple[Path, str]:
    """Where a repository has them, and under what name those of a project of its."""
    arguments = ("--path-format=absolute", "--git-common-dir", "--show-prefix")
    common, prefix = os.fsdecode(run("rev-parse", *arguments, inside=project)).split("\n")[
        :2
    ]
    return Path(common) / PLACE, prefix


def _all(place: Path) -> dict[str, Any]:
    try:
        known = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
