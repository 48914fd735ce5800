"""Commands of git's that have begun and not ended."""

from __future__ import annotations

from pathlib import Path

UNDER_WAY = {
    "rebase-apply/applying": "am",
    "rebase-apply": "rebase",
    "rebase-merge": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""What git keeps of a command that has begun; those above may have called those below."""
SEQUENCE = "sequencer/todo"
"""What is left of several cherry-picks or reverts."""


def under_way(git_directory: Path) -> str:
    """The command of git's that has begun and not ended, of those that can be undone."""
    for name, command in UNDER_WAY.items():
        if (git_directory / name).exists():
            return command
    sequence = git_directory / SEQUENCE
    if not sequence.is_file():
        return ""
    return "revert" if sequence.read_bytes().startswith(b"revert") else "cherry-pick"
