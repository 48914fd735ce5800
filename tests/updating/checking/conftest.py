"""How the tests of `scaffold check` run it."""

import pytest


@pytest.fixture
def check(scaffold, team_template):
    """Checks projects against the team's template as it is now."""
    return lambda *arguments: scaffold("check", *arguments, "--template", team_template)
