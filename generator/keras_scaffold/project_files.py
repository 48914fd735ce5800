"""What makes a directory a project: the files of this tool that lie in it."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

ANSWERS_FILE = ".copier-answers.yml"
BASE_FILE = ".scaffold/base.zip"
"""Where a project keeps what was last generated, before anybody edited it."""
ATTRIBUTES_FILE = ".scaffold/.gitattributes"
IGNORE_FILE = ".scaffold/.gitignore"
OWN_FILES = frozenset({BASE_FILE, ATTRIBUTES_FILE})
"""Files of a project that are no part of what was generated from the template."""
NEEDED = OWN_FILES | {IGNORE_FILE, ANSWERS_FILE}
"""What updates start from: part of a project's repository, whatever is ignored there."""


def project_of(directory: Path) -> Path:
    """The project that a directory is in; the directory itself if it is in none."""
    places = [directory, *directory.absolute().parents]
    return next((place for place in places if (place / ANSWERS_FILE).is_file()), directory)


def projects_within(made: Collection[str], yours: Collection[str]) -> set[str]:
    """The directories of projects within this one that were not generated with it."""
    return {
        path.removesuffix(mark)
        for path in yours
        for mark in (f"/{ANSWERS_FILE}", f"/{BASE_FILE}")
        if path.endswith(mark) and path not in made
    }


def without_repository(directory: Path) -> str:
    """What to say of a directory that is in no repository."""
    project = project_of(directory)
    if (project / ANSWERS_FILE).is_file() or os.path.lexists(directory / ".git"):
        return (
            f"`{directory}` is not in a git repository, which keeps your edits apart from "
            "the template's; run `git init`, add and commit everything"
        )
    return (
        f"`{directory}` is no project that `scaffold new` made: there is no {ANSWERS_FILE} "
        "in it; name another directory"
    )
