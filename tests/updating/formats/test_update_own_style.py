"""What users write in their own quotes, indentation and line ends stays so."""

import pytest

from keras_scaffold.updating.texts import CONFLICT
from tests.formats import BLACK, CODE, FUNCTION, RUFF, change_first, ruff
from tests.repositories import commit, git, replace, unmerged

SINGLE = "def {}():\n    return ['a',\n            'b']\n"


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
