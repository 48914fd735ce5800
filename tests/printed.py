"""What commands print, as tests compare it."""

import json


def errors(result):
    """The lines that a command which failed has said."""
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()


def files(result):
    """The states of the one project's files, from the JSON."""
    (project,) = json.loads(result.stdout)
    return project["files"]


CHANGED = {"lines.txt": ["outdated"]}
"""The states of a project's files where the template changed one of them."""
