"""A clone of what a hosting site made, and how a project is made there."""

import pytest

from tests.lives import write
from tests.options import QUICK
from tests.repositories import HOSTED, commit, git


@pytest.fixture
def clone(workplace):
    """A clone of what a hosting site made, in the present directory: `net`."""
    net = workplace / "net"
    git(workplace, "init", "--quiet", "--initial-branch=main", "net")
    write(net, HOSTED)
    commit(net)
    return net


@pytest.fixture
def new(scaffold, team_template):
    """Makes a project of the team's template, which has a README and a .gitignore."""
    files = {".gitignore": "/runs/\n", "README.md.jinja": "# {{ name }}\n\nUse it.\n"}
    write(team_template / "template/project", files)
    options = (*QUICK, "--template", team_template)
    return lambda *arguments: scaffold("new", *arguments, *options)
