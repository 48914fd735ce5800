"""Updates rewrite no more than the template changed, where formats differ."""

import pytest

from tests.formats import BLACK, CODE, RUFF, change_first, ruff
from tests.repositories import commit, digest, git, replace


def test_nothing_changes(built_in, scaffold):
    """A table that goes rewrites no file that the template did not change."""
    replace(
        built_in / "pyproject.toml",
        "\n[tool.black]\nline-length = 100 # for a brick, its name and its shape\n",
        "",
    )
    commit(built_in)
    head = git(built_in, "rev-parse", "HEAD:").strip()

    checked = scaffold("check", "net", "--outdated")
    result = scaffold("update", "net", "--no-smoke")

    assert checked.exit_code == result.exit_code == 0
    assert git(built_in, "write-tree").strip() == head


def test_removed_table(wide, team_files, update):
    """Without a table what the template brings is in the format of the base."""
    (wide / "pyproject.toml").write_text(RUFF)
    commit(wide)
    replace(team_files / "code.py", "argument=0", "argument=1")

    result = update("net")

    assert result.exit_code == 0
    assert (wide / "code.py").read_text() == CODE.replace("argument=0", "argument=1")
    assert (wide / "same.py").read_text() == CODE


def test_format_and_content_in_one_line(wide, team_files, update):
    """What the template changes in a statement that the user only formatted is taken."""
    own = CODE.replace(
        'call("one", argument=0, another="with a text that is long")',
        "call(\n        'one', argument = 0,\n        another = 'with a text that is long')",
    )
    (wide / "code.py").write_text(own)
    commit(wide)
    change_first(team_files)

    result = update("net")

    changed, kept = CODE.replace("argument=0", "argument=1", 1), own
    near = changed.index("def between")
    assert result.exit_code == 0
    assert (wide / "code.py").read_text() == changed[:near] + kept[
        kept.index("def between") :
    ]


def test_templates_own_width(wide, team_files, update, scaffold, team_template):
    """What the template changes of the format comes to what nobody edited, but no further."""
    (team_files / "pyproject.toml").write_text(BLACK.replace("100", "60") + "\n" + RUFF)
    own = CODE.replace('"last"', "'last'")
    (wide / "code.py").write_text(own)
    commit(wide)

    result = update("net")

    assert result.exit_code == 0
    assert "\n    first = call(\n" in (wide / "same.py").read_text()
    assert "'last'" in (wide / "code.py").read_text()
    commit(wide)
    before = digest(wide)
    assert (update("net").exit_code, digest(wide)) == (0, before)
    options = ("--outdated", "--template", team_template)
    assert scaffold("check", "net", *options).exit_code == 0


def test_two_updates(wide, team_files, update, scaffold, team_template):
    """A file that still is in an older format is unedited, until the template changes it."""
    (wide / "pyproject.toml").write_text(BLACK.replace("100", "60") + "\n" + RUFF)
    commit(wide)
    assert update("net").exit_code == 0
    commit(wide)
    assert (wide / "code.py").read_text() == CODE
    options = ("--outdated", "--modified", "--json", "--template", team_template)
    assert '"code.py"' not in scaffold("check", "net", *options).stdout
    replace(team_files / "code.py", "argument=0", "argument=1")

    result = update("net")

    assert result.exit_code == 0
    assert "\n    first = call(\n" in (wide / "code.py").read_text()
    assert (wide / "same.py").read_text() == CODE


@pytest.mark.parametrize("name", ["ruff.toml", ".ruff.toml"])
def test_file_of_ruffs(name, wide, team_files, update):
    """Ruff's own file is read before pyproject.toml."""
    (wide / name).write_text("line-length = 60\n[format]\n")
    commit(wide)
    replace(team_files / "code.py", "argument=0", "argument=1")

    result = update("net")

    assert result.exit_code == 0
    assert "\n    first = call(\n" in (wide / "code.py").read_text()
    ruff(wide / "code.py", "--check")
