"""Git as this tool calls it: without the caller's repository in the environment."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(*arguments: str, inside: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run git, never asking for anything; raises FileNotFoundError where it is missing.

    What the user configured is used where it says who they are, not where it would run
    programs, sign, or change the bytes of files.
    """
    environment = {
        name: value for name, value in os.environ.items() if name not in REPOSITORY_SETTINGS
    }
    return subprocess.run(
        ["git", *FORCED, *arguments],
        cwd=inside,
        env=environment | {"GIT_TERMINAL_PROMPT": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


FORCED = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "commit.gpgSign=false"),
    *("-c", "core.autocrlf=false"),
    *("-c", f"core.attributesFile={os.devnull}"),
)
REPOSITORY_SETTINGS = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
    }
)


def start_repository(directory: Path, message: str) -> str:
    """Make `directory` a repository whose first commit holds it; tells what was done.

    Nothing is done inside another repository. Where git has no name to commit with, all
    is staged instead.
    """
    try:
        around = git("rev-parse", "--is-inside-work-tree", inside=directory)
    except FileNotFoundError:
        return "git is not installed, so there is no repository"
    if around.stdout.strip() == "true":
        return "inside an existing git repository, so none was made"
    # --force: what the user's own ignore file hides elsewhere is part of the project
    for command in (["init", "--quiet", "--template="], ["add", "--all", "--force"]):
        done = git(*command, inside=directory)
        if done.returncode:
            return f"`git {command[0]}` failed: {done.stderr.strip()}"
    commit = git("commit", "--quiet", "-m", message, inside=directory)
    if commit.returncode:
        return "git repository with everything staged; commit it yourself"
    return "git repository with one commit"
