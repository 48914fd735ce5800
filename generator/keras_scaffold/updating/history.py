"""What a repository's history tells of files that are alike."""

from __future__ import annotations

import os

from keras_scaffold.git import Repository
from keras_scaffold.updating.moves import Heirs


def copies(repository: Repository, heirs: Heirs) -> set[tuple[str, str]]:
    """Files that are gone, each with those that were there beside it already.

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
