"""Updates leave the user's format alone: what nobody changed is not rewritten."""

import subprocess
import sys

import pytest

from keras_scaffold.updating.texts import CONFLICT
from tests.repositories import commit, digest, git, replace, unmerged

FUNCTION = '''def {0}():
    """Whatever it does."""
    first = call("one", argument={1}, another="with a text that is long")
    return first, "last"


'''
CODE = (
    "".join(FUNCTION.format(name, 0) for name in ("near", "between", "far")).rstrip() + "\n"
)
SINGLE = "def {}():\n    return ['a',\n            'b']\n"
BLACK = "[tool.black]\nline-length = 100\n"
RUFF = "[tool.ruff]\nline-length = 100\n"


@pytest.fixture
def wide(net_once, team_files):
    """A project of a hundred columns, with a module of three functions."""
    (team_files / "pyproject.toml").write_text(BLACK + "\n" + RUFF)
    (team_files / "code.py").write_text(CODE)
    (team_files / "same.py").write_text(CODE)
    net = net_once("wide", "--template", team_files.parents[1])
    assert (net / "code.py").read_text() == CODE
    return net


def change_first(team_files):
    """Let the template change the first function of its module."""
    text = (team_files / "code.py").read_text()
    (team_files / "code.py").write_text(text.replace("argument=0", "argument=1", 1))


def ruff(project, *options):
    """Format a project as a user of Ruff does."""
    command = [sys.executable, "-m", "ruff", "format", "--quiet", *options, project]
    subprocess.run(command, check=True)


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


def test_single_quotes_stay(wide, team_files, update):
    """What the user formatted by Ruff stays as it is around what the template changed."""
    own = RUFF + "[tool.ruff.format]\nquote-style = 'single'\n"
    (wide / "pyproject.toml").write_text(own)
    ruff(wide)
    before = (wide / "code.py").read_text()
    before = "'very last'".join(before.rsplit("'last'", 1))
    (wide / "code.py").write_text(before)
    commit(wide)
    assert "call('one', argument=0" in before
    change_first(team_files)

    result = update("net")

    assert result.exit_code == 0
    new = FUNCTION.format("near", 1)
    line = next(line for line in new.splitlines() if "argument" in line)
    quoted = next(line for line in before.splitlines() if "argument" in line)
    assert (wide / "code.py").read_text() == before.replace(quoted, line, 1)


def test_conflict_far_away(wide, team_files, update):
    """A conflict in one function leaves one far from it as its user wrote it."""
    own = CODE + "\n\n" + SINGLE.format("own")
    own = own.replace('call("one", argument=0', "call(  'one', argument=5", 1)
    (wide / "code.py").write_text(own)
    (wide / "pyproject.toml").write_text(BLACK.replace("100", "60") + "\n" + RUFF)
    commit(wide)
    change_first(team_files)

    result = update("net")

    merged = (wide / "code.py").read_text()
    assert result.exit_code == 5
    assert unmerged(wide) == {"code.py": [1, 2, 3]}
    assert git(wide, "show", ":2:code.py") == own
    start, _, rest = merged.partition("<<<<<<< yours\n")
    conflict, _, end = rest.partition(">>>>>>> template\n")
    yours, _, theirs = conflict.partition("=======\n")
    assert start + yours + end == own
    assert "argument=1" in theirs


def test_single_quotes_beside_a_conflict(wide, team_files, update):
    """Where one function is in conflict, quotes alone are none in another one."""
    own = CODE.replace('call("one", argument=0', 'call("one", argument=5', 1)
    quoted = own.replace('"one", argument=0', "'one', argument=0", 1)
    (wide / "code.py").write_text(quoted)
    replace(wide / "pyproject.toml", BLACK, BLACK + "skip-string-normalization = true\n")
    commit(wide)
    replace(team_files / "code.py", "argument=0", "argument=1")

    result = update("net")

    merged = (wide / "code.py").read_text()
    assert result.exit_code == 5
    assert merged.count("<<<<<<< yours\n") == 1
    assert merged.endswith(CODE.replace("argument=0", "argument=1").split("\n\n\n", 1)[1])


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


def test_line_ends(wide, team_files, update):
    """A module that its user keeps with other line ends and quotes keeps both."""
    own = CODE.replace('"last"', "'last'").replace("\n", "\r\n")
    (wide / "code.py").write_bytes(own.encode())
    commit(wide)
    change_first(team_files)

    result = update("net")

    assert result.exit_code == 0
    assert (wide / "code.py").read_bytes().decode() == own.replace(
        "argument=0", "argument=1", 1
    )


def test_tabs(wide, team_files, update):
    """A module that is indented by tabs stays so."""
    own = CODE.replace("    ", "\t").replace("argument=0", "argument=5", 1)
    (wide / "code.py").write_text(own)
    commit(wide)
    text = (team_files / "code.py").read_text()
    (team_files / "code.py").write_text(text + "\n\nADDED = 1\n")
    replace(team_files / "code.py", "def far():", "def very_far():")

    result = update("net")

    assert result.exit_code == 0
    expected = own.replace("def far", "def very_far") + "\n\nADDED = 1\n"
    assert (wide / "code.py").read_text() == expected


@pytest.mark.parametrize("unit", ["\t", "  ", "   "])
def test_other_indentation(unit, wide, team_files, update):
    """A module that its user indents otherwise stays so, with what the template changes."""
    own = CODE.replace("argument=0", "argument=5", 1).replace("    ", unit)
    own = own.replace(' another="with', f'\n{unit}{unit}another = "with', 1)
    added = (
        '\n\ndef added():\n    """Two\n    lines."""\n    if True:\n        return f(1)\n'
    )
    (wide / "code.py").write_text(own)
    commit(wide)
    changed = CODE.replace("def far", "def very_far").replace("argument=0", "argument=1")
    near = changed.replace("argument=1", "argument=0", 1)
    (team_files / "code.py").write_text(near + added)

    result = update("net")

    assert result.exit_code == 0
    expected = own.replace("def far", "def very_far").replace("argument=0", "argument=1")
    tail = added.replace("    ", unit).replace(f"{unit}lines", "    lines")
    assert (wide / "code.py").read_text() == expected + tail


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


@pytest.mark.parametrize("strange", ["name = 1 if", "\ufeffname = 1", "type = 0o8"])
def test_what_cannot_be_read_beside_a_conflict(strange, wide, team_files, update):
    """A file that is no Python, to this one, is merged as git does, and not rewritten."""
    own = f"{strange}\n{CODE}\n{SINGLE.format('mine')}".replace('"one"', "'one'", 1)
    (wide / "code.py").write_text(own, encoding="utf-8")
    commit(wide)
    change_first(team_files)

    result = update("net")

    merged = (wide / "code.py").read_text(encoding="utf-8")
    assert result.exit_code == 5
    assert merged.count("<<<<<<< yours\n") == 1
    assert CONFLICT.sub(r"\1", merged) == own


@pytest.mark.parametrize("mixed", [0, 1, 3])
def test_mixed_line_ends(mixed, wide, team_files, update):
    """A line that ends otherwise than the rest makes no other line end so."""
    lines = CODE.replace('"last"', "'last'").split("\n")
    lines[mixed] += "\r"
    own = "\n".join(lines)
    (wide / "code.py").write_bytes(own.encode())
    commit(wide)
    replace(team_files / "code.py", '"last"', '"least"')

    result = update("net")

    merged = (wide / "code.py").read_bytes().decode()
    assert result.exit_code == 5
    assert CONFLICT.sub(r"\1", merged) == own
