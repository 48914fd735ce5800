"""Projects of released versions are brought to the present one."""

from __future__ import annotations

from shutil import copytree

import pytest
from keep_release import RELEASED

from keras_scaffold.git.commands import run_git
from keras_scaffold.git.files import read_directory

VERSIONS = sorted(path.name for path in RELEASED.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_update_of_a_released_version(version, scaffold, workplace):
    """A project that was made and edited then is, after an update, what is made now, edited."""
    copytree(RELEASED / version, workplace / "net")
    with (workplace / "net" / "src" / "net" / "model.py").open("a") as model:
        model.write("\n\nMINE = 1\n")
    for command in (["init", "-q"], ["add", "--all", "--force"], ["commit", "-qm", "old"]):
        run_git(*command, inside=workplace / "net")
    answers = workplace / "net" / ".copier-answers.yml"
    made = ("--answers", answers, "--defaults", "--no-smoke", "--no-git")
    assert scaffold("new", "now/net", *made).exit_code == 0

    result = scaffold("update", "net")

    assert result.exit_code == 0, result.output
    updated, now = (read_directory(workplace / place) for place in ("net", "now/net"))
    updated = {path: file for path, file in updated.items() if not path.startswith(".git/")}
    edited = updated.pop("src/net/model.py")
    assert edited.content == now.pop("src/net/model.py").content + b"\n\nMINE = 1\n"
    assert updated == now
