"""Git repositories as the tests of updates make them and look at them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from shutil import rmtree
from typing import Any

MARKED = "<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> template\n"
"""A conflict as it is left in a file."""
HOSTED = {
    "README.md": "# net\n\nMine.\n",
    "LICENSE": "mine\n",
    ".gitignore": "lib/\n*.zip\n*.svg\n",
    ".gitattributes": "* text=auto\n",
    ".github/workflows/ci.yml": "on: push\n",
    "CODE_OF_CONDUCT.md": "be kind\n",
    "LICENSE-MIT.txt": "mine too\n",
    "README.zh-CN.md": "# net\n",
}
"""What a hosting site puts into a new repository, and users soon after."""


def git(directory: Path | str, *arguments: object) -> str:
    """What git prints."""
    return subprocess.run(
        ["git", *map(str, arguments)],
        cwd=directory,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=True,
    ).stdout


def git_directory(project: Path | str) -> Path:
    """Where git keeps what it knows of a project."""
    return Path(git(project, "rev-parse", "--absolute-git-dir").strip())


def commit(directory: Path | str) -> None:
    """Commit all that is in a work tree, ignored or not."""
    git(directory, "add", "--all", "--force")
    git(directory, "commit", "--quiet", "--allow-empty", "-m", "mine")


def unmerged(directory: Path | str) -> dict[str, list[int]]:
    """The stages that the index has of each conflicting path."""
    found: dict[str, list[int]] = {}
    for entry in git(directory, "ls-files", "--unmerged", "-z").split("\0")[:-1]:
        told, path = entry.split("\t")
        found.setdefault(path, []).append(int(told.split()[2]))
    return found


def status(directory: Path | str) -> list[str]:
    """What git tells of each file that is not as it is committed, and not ignored."""
    return git(directory, "-c", "core.quotePath=false", "status", "--short").splitlines()


def digest(directory: Path) -> str:
    """A hash of every name, kind and byte below a directory, with .git."""
    found = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        kind = "link" if path.is_symlink() else "directory" if path.is_dir() else "file"
        found.update(f"{path.relative_to(directory)}\0{kind}\0".encode())
        if kind == "link":
            found.update(os.fsencode(os.readlink(path)))
        if kind == "file":
            found.update(oct(path.stat().st_mode).encode() + path.read_bytes())
    return found.hexdigest()


def replace(path: Path, old: str, new: str) -> None:
    """Change a text in a file, which has to be there."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def told(result: Any) -> Any:
    """What an update told of the one project, as JSON."""
    (outcome,) = json.loads(result.stdout)
    return outcome


def seen(result: Any) -> Any:
    """The tree that an update told."""
    (outcome,) = json.loads(result.stdout)
    assert result.exit_code == 0, outcome
    return outcome["tree"]


def define(directory: Path, store: Path, required: str = "true") -> None:
    """Tell git what the filter `stored` is."""
    git(directory, "config", "filter.stored.clean", store / "clean")
    git(directory, "config", "filter.stored.smudge", store / "smudge")
    git(directory, "config", "filter.stored.required", required)


def stored(directory: Path, place: str) -> bytes:
    """What git has of a file, byte for byte, in the index or at another place."""
    command = ["git", "show", f":{place}"]
    return subprocess.run(command, cwd=directory, capture_output=True, check=True).stdout


def start(net: Path, attributes: str = "") -> None:
    """The project's repository made anew, as its user would, with these attributes."""
    rmtree(net / ".git")
    git(net, "init", "--quiet")
    if attributes:
        (net / ".gitattributes").write_text(attributes)
