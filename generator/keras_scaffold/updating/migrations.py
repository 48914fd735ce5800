"""Answers of older projects, made into what the present questions understand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from packaging.version import Version


@dataclass(frozen=True)
class Migration:
    """What became of some answers in a version: applied to projects that are older."""

    version: str
    remark: str
    """What changes, as the user is told."""
    change: Callable[[dict[str, Any]], dict[str, Any]]
    """The answers as the version has them; equal ones if the change does not touch them."""


MIGRATIONS: tuple[Migration, ...] = ()
"""In the order of their versions; a team's own template has none."""


def migrate(
    answers: dict[str, Any], made_by: str, migrations: Iterable[Migration] = MIGRATIONS
) -> tuple[dict[str, Any], list[str]]:
    """The answers after every migration since version `made_by`, and what was told of them."""
    remarks = []
    for migration in migrations:
        if Version(made_by) < Version(migration.version):
            changed = migration.change(dict(answers))
            if changed != answers:
                remarks.append(migration.remark)
                answers = changed
    return answers, remarks
