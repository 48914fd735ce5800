"""What a training depends on beside its settings: code, versions of packages, git's commit."""

import os
import subprocess
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("keras", "numpy", "tensorflow")
AFTERWARDS = {
    *("child.py", "cli.py", "commands.py", "convert.py", "explain.py", "export.py", "formats.py"),
    *("inference.py", "inspection.py", "report.py", "runs.py", "settings.py"),
    "surroundings.py",
}
"""Modules that have no part in what a training comes to."""


def surroundings():
    """All that, as it is now."""
    package = Path(__file__).parent
    packages = sorted({*PACKAGES, os.environ["KERAS_BACKEND"]})
    return {
        "code": {
            path.name: sha256(path.read_bytes()).hexdigest()
            for path in sorted(package.glob("*.py"))
            if path.name not in AFTERWARDS
        },
        "versions": {name: version(name) for name in packages},
        "commit": git_commit(package),
    }


def git_commit(directory):
    """The commit that the code is of, with a `+` where it was edited since; None without git."""
    try:
        command = ["git", "-C", directory, "describe", "--always", "--abbrev=40", "--dirty=+"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def changed(record, now):
    """What is not as it was when a run began, of settings also how; git's commit may be another."""
    told = []
    for group in now.keys() - {"commit"}:
        before, after = record.get(group, {}), now[group]
        for name in {**before, **after}:
            if before.get(name) != after.get(name):
                how = f" (from {before.get(name)} to {after.get(name)})"
                told.append(name + (how if group in ("settings", "versions") else ""))
    return sorted(told)
