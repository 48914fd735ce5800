"""Updates that are refused, while every byte of the project stays."""

import pytest

from tests.repositories import digest, replace


@pytest.fixture
def refused(net, team_files, update):
    """Updates `net` to a changed template; gives the errors, having compared every byte."""
    replace(team_files / "lines.txt", "line 3", "line three")

    def run(*arguments, code=2):
        before = digest(net)
        result = update("net", *arguments)
        assert (result.exit_code, result.stdout) == (code, "")
        assert digest(net) == before
        assert result.stderr.startswith("error: ")
        return result.stderr.removeprefix("error: ").removesuffix("\n")

    return run
