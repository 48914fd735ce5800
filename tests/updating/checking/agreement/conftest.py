"""`check` beside `update`, which have to agree."""

import json

import pytest

from tests.repositories import replace, told


@pytest.fixture
def check(scaffold, team_template):
    """The states of the files of `net`, against the team's template as it is now."""

    def files():
        result = scaffold("check", "net", "--template", team_template, "--json")
        return json.loads(result.stdout)[0]["files"]

    return files


@pytest.fixture
def agree(check, update):
    """What `check` tells, having seen that an update changes just what is outdated."""

    def states():
        found = check()
        files = told(update("net", "--dry-run", "--json"))["files"]
        assert {path for path, told in found.items() if "outdated" in told} == {*files}
        return found

    return states


@pytest.fixture
def outdated(net, team_files):
    """A project of which one file is outdated."""
    replace(team_files / "lines.txt", "line 3", "line three")
    return net
