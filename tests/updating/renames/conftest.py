"""A project whose package is renamed, in the ways that tests choose."""

import pytest

from tests.packages import CHANGED
from tests.repositories import commit, replace


@pytest.fixture
def changed(team_files, net, update):
    """A package of three modules; then the template changes one of them."""
    for module in ("first", "second"):
        text = "".join(f"{module}_{n} = {n}\n" for n in range(8))
        (team_files / "src" / f"{module}.py").write_text(text)
    (team_files / "src" / "__init__.py").touch()
    update("net")
    commit(net)
    replace(team_files / "src" / "names.py", "name_7 = 7\n", CHANGED)
    return net
