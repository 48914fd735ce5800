"""Git as this tool calls it, without the caller's repository in the environment."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from keras_scaffold.errors import GitError, InputError, ScaffoldError
from keras_scaffold.interruption import closed, uninterrupted


def try_git(
    *arguments: str, inside: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run git, never asking for anything; raises FileNotFoundError where it is missing.

    What the user configured is used where it says who they are, not where it would run
    programs, sign, or change the bytes of files.
    """
    code, printed, errors = _ended(["git", *FORCED, *arguments], inside, _environment())
    words = (text.decode(errors="replace") for text in (printed, errors))
    return subprocess.CompletedProcess(arguments, code, *words)


def ignored_paths(directory: Path, paths: Iterable[Path]) -> list[str]:
    """Those of a directory's paths that git does not know, and is told to ignore."""
    stdin = b"".join(os.fsencode(path.as_posix()) + b"\0" for path in paths)
    try:
        found = run_git(
            "check-ignore", "-z", "--stdin", inside=directory, stdin=stdin, codes=(0, 1)
        )
    except (FileNotFoundError, GitError):  # there is no git, or no repository
        return []
    return [os.fsdecode(path) for path in found.split(b"\0") if path]


def run_git(
    *arguments: str,
    inside: Path | None = None,
    stdin: bytes = b"",
    codes: Iterable[int] = (0,),
    index: Path | None = None,
    objects: tuple[Path, Path] | None = None,
    forced: bool = True,
) -> bytes:
    """What git prints, as bytes; raises GitError for any other exit code than `codes`.

    `index` is another file than the repository's own index, `objects` another directory
    to write objects to, and one to find more in. A filter that fails is an InputError.
    """
    command = ["git", *(FORCED if forced else ()), *arguments]
    environment = _environment() | ({"GIT_INDEX_FILE": str(index)} if index else {})
    if objects:
        environment["GIT_OBJECT_DIRECTORY"] = str(objects[0])
        environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = _quoted(objects[1])
    code, printed, errors = _ended(command, inside, environment, stdin)
    if code not in codes:
        raise _failure(arguments, errors.decode(errors="replace"))
    return printed


def _quoted(path: Path) -> str:
    """A path in a list of them, in which a colon or a quote would end it."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _failure(arguments: tuple[str, ...], errors: str) -> ScaffoldError:
    """What a failed command means."""
    if not (found := FILTER_FAILED.search(errors)):
        return GitError(arguments, errors)
    path, kind, name = found.groups()
    way = "git lfs install" if name == "lfs" else f"git config --get-regexp filter.{name}"
    why = " ".join(errors[: found.start()].split()) or "it is missing"
    return InputError(
        f"`{path}`: the {kind} filter `{name}`, which .gitattributes asks for, failed here "
        f"({why}); install what it calls, or {'run' if name == 'lfs' else 'see'} `{way}`"
    )


def _ended(
    command: list[str],
    inside: Path | None,
    environment: Mapping[str, str],
    stdin: bytes = b"",
) -> tuple[int, bytes, bytes]:
    """Exit code, output and errors of a command, of which nothing runs any more.

    Unlike with `subprocess.run`, that is so after Ctrl-C too: else git goes on writing
    where the one who cleans up has been already.
    """
    process = None
    try:
        with uninterrupted():  # else nobody would know the process that was started
            process = subprocess.Popen(
                command,
                cwd=inside,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=closed(),  # git would heed the terminal's Ctrl-C
            )
        printed, errors = process.communicate(stdin)
    except BaseException:
        if process:
            process.kill()
            with process:
                process.wait()
        raise
    return process.returncode, printed, errors


def _environment() -> dict[str, str]:
    kept = {
        name: text for name, text in os.environ.items() if name not in REPOSITORY_SETTINGS
    }
    return kept | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "LANGUAGE": "C"}


NO_PROGRAMS = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
)
NO_ATTRIBUTES = ("-c", f"core.attributesFile={os.devnull}")
NO_EXCLUDES = ("-c", f"core.excludesFile={os.devnull}")
"""What the user's own ignore file hides elsewhere is a part of the project."""
FORCED = (
    *NO_PROGRAMS,
    *NO_ATTRIBUTES,
    *("-c", "commit.gpgSign=false"),
    *("-c", "core.autocrlf=false"),
)
OLDEST_GIT = (2, 38)
FILTER_FAILED = re.compile(
    r"^fatal: (.*): (clean|smudge) filter '?(.*?)'? failed", re.MULTILINE
)
REPOSITORY_SETTINGS = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG_PARAMETERS",
        "GIT_DIR",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_INDEX_FILE",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
    }
)

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


def check_version() -> None:
    """Raise InputError where git is missing, or too old."""
    try:
        version = run_git("version").decode()
    except FileNotFoundError:
        raise InputError(
            "updates are merged by git, which is not installed; install it"
        ) from None
    numbers = re.search(r"(\d+)\.(\d+)", version)
    if numbers and (int(numbers[1]), int(numbers[2])) < OLDEST_GIT:
        raise InputError(
            f"{version.strip()} cannot merge beside a work tree; install git 2.38 or newer"
        )


def top_around(directory: Path) -> str:
    """The top of the work tree that a directory is in; empty if it is in none."""
    return try_git("rev-parse", "--show-toplevel", inside=directory).stdout.removesuffix(
        "\n"
    )


def start_repository(directory: Path, message: str, needed: Sequence[str] = ()) -> str:
    """Make `directory` a repository whose first commit holds it; tells what was done.

    What its own .gitignore names is left out, unless it is `needed`. Nothing is done inside
    another repository. Where git has no name to commit with, all is staged instead.
    """
    try:
        around = top_around(directory)
    except FileNotFoundError:
        return "git is not installed, so there is no repository"
    if around:
        return f"part of the git repository `{around}`; commit it there"
    commands = [("init", "--quiet", "--template="), ("add", "--all")]
    if needed:
        commands.append(("add", "--force", "--", *needed))
    for command in commands:
        done = try_git(*NO_EXCLUDES, *command, inside=directory)
        if done.returncode:
            return f"`git {command[0]}` failed: {done.stderr.strip()}"
    commit = try_git("commit", "--quiet", "-m", message, inside=directory)
    if commit.returncode:
        return f"git repository with everything staged; {_uncommitted(commit.stderr)}"
    return "git repository with one commit"


def _uncommitted(errors: str) -> str:
    """Why nothing was committed, by what git told, and the way out."""
    if "user.email" in errors:
        return (
            "git does not know who you are: tell it by `git config --global user.name NAME` "
            "and `git config --global user.email ADDRESS`, then `git commit`"
        )
    why = errors.strip().splitlines()[-1:]
    return "; ".join(["commit it yourself", *(f"git said: {line}" for line in why)])


def under_way(git_directory: Path) -> str:
    """The command of git's that has begun and not ended, of those that can be undone."""
    for name, command in UNDER_WAY.items():
        if (git_directory / name).exists():
            return command
    sequence = git_directory / SEQUENCE
    if not sequence.is_file():
        return ""
    return "revert" if sequence.read_bytes().startswith(b"revert") else "cherry-pick"
