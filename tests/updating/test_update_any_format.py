"""No update loses an edit, or reformats what nobody changed, whichever formatter a user has."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass, replace

from hypothesis import given, note, settings
from hypothesis import strategies as st

from keras_scaffold.git.files import File, Snapshot
from keras_scaffold.projects.formatting import PYPROJECT, Format
from keras_scaffold.updating.texts import CONFLICT
from tests.lives import Life
from tests.promise import Case, assert_nothing_is_lost
from tests.repositories import commit, git

MANY = settings.default.max_examples
STATEMENTS = (
    "{0} = 0",
    "# about {0}\n{0} = 'a text, and more of it'",
    '{0} = call("{0}, a text of some length", argument_of_{0}=[1, 2, "three"], more=0)',
    "{0} = {{\n    '{0}_key': 1,\n    'other_{0}': (2, 3),\n}}",
    """def {0}(a, b=None):
    '''Tell {0}.'''
    first_{0} = [a, b, {{'{0}': "text"}}]
    if first_{0}:
        return first_{0}, '{0}, as it is'
    return {0}_other(a, b)
""",
    "class {0}(Base):\n    attribute_of_{0} = ['one', 'two']\n",
)
NAMES = [f"{letter}{letter}_{number}" for letter in "abcdefg" for number in range(2)]
TABLES = {
    "black": "[tool.black]\nline-length = 70\n",
    "narrow": "[tool.black]\nline-length = 50\n",
    "quotes": "[tool.black]\nline-length = 70\nskip-string-normalization = true\n",
    "none": "",
    "ruff": "[tool.ruff]\nline-length = 70\n[tool.ruff.format]\nquote-style = 'single'\n",
    "ruff narrow": "[tool.ruff]\nline-length = 50\n[tool.ruff.format]\n",
}
EVERY = frozenset(range(20))
EVEN = Format(line_length=10_000, skip_magic_trailing_comma=True)
"""In which each statement is one line, whatever its format was."""
Module = tuple[str, ...]
"""Statements, each of which has a name of its own."""


@dataclass(frozen=True)
class Drawn:
    """One update: a module of the template's on three sides, and how its user formats."""

    base: Module
    yours: Module
    new: Module
    table: str
    new_table: str
    style: str
    styled: frozenset[int]
    """Of the user's statements, those that are in their format."""


@st.composite
def modules(draw) -> Module:
    """Statements of any kinds."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=9, unique=True))
    return tuple(draw(st.sampled_from(STATEMENTS)).format(name) for name in names)


@st.composite
def edited(draw, module: Module, who: str) -> Module:
    """A module with a few statements changed, taken out, or added by somebody."""
    made = list(module)
    kinds = st.sampled_from(["text", "change", "delete", "insert"])
    for number, kind in enumerate(draw(st.lists(kinds, max_size=3))):
        place = draw(st.integers(0, max(0, len(made) - 1)))
        new = draw(st.sampled_from(STATEMENTS)).format(f"{who}_{number}")
        if kind == "insert" or not made:
            made.insert(place, new)
        elif kind == "delete":
            del made[place]
        elif kind == "change":
            made[place] = new
        else:
            made[place] = made[place].replace("text", f"{who}_{number}")
    return tuple(made)


@st.composite
def updates(draw) -> Drawn:
    """Edits of both sides beside a format that one of them, or none, changed."""
    base = draw(modules())
    return Drawn(
        base,
        draw(edited(base, "yours")),
        draw(edited(base, "template")),
        draw(st.sampled_from(sorted(TABLES))),
        draw(st.sampled_from(["black", "black", "black", "narrow", "ruff"])),
        draw(
            st.sampled_from(
                ["as it was", "black", "narrow", "quotes", "ruff", "ruff narrow"]
            )
        ),
        draw(st.just(EVERY) | st.frozensets(st.integers(0, 9))),
    )


def source(module: Module) -> str:
    """A module's text."""
    return "\n".join(module) + "\n"


def formatted(text: str, style: str, directory) -> str:
    """A text as a user's formatter writes it."""
    if style == "as it was":
        return Format(70).apply(text)
    if not style.startswith("ruff"):
        width = 50 if style == "narrow" else 70
        return Format(width, skip_string_normalization=style == "quotes").apply(text)
    (directory / "ruff.toml").write_text(
        TABLES[style].replace("[tool.ruff]\n", "").replace("tool.ruff.", "")
    )
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "-"]
    done = subprocess.run(
        command, cwd=directory, input=text.encode(), check=True, capture_output=True
    )
    return done.stdout.decode()


def own_text(drawn: Drawn, directory) -> str:
    """The user's module, of which maybe only some statements are in their format."""
    if drawn.styled >= set(range(len(drawn.yours))):
        return formatted(source(drawn.yours), drawn.style, directory)
    parts = [
        formatted(
            statement + "\n",
            drawn.style if number in drawn.styled else "as it was",
            directory,
        )
        for number, statement in enumerate(drawn.yours)
    ]
    return "\n\n".join(parts)


def even(files: Snapshot) -> Snapshot:
    """Files of which each statement is one line; a conflict's sides one after the other."""
    made = {}
    for path, file in files.items():
        if path.endswith(".py"):
            text = file.content.decode()
            sides = dict.fromkeys(CONFLICT.sub(rf"\{side}", text) for side in (1, 2))
            file = replace(file, content="".join(map(EVEN.apply, sides)).encode())
        made[path] = file
    return made


def segments(file: File) -> dict[str, str]:
    """The text of each statement of a module, by how it is written in one line."""
    text = file.content.decode()
    found = [ast.get_source_segment(text, node) or "" for node in ast.parse(text).body]
    return {EVEN.apply(segment + "\n"): segment for segment in found}


def assert_own_text_stays(case: Case, raw: Case, path: str) -> None:
    """What the template left alone in a module that its user edited has every letter."""
    if case.new[path] == case.base[path]:
        assert raw.result[path] == raw.yours[path]
    elif raw.yours[path] == raw.base[path]:
        assert raw.result[path] == raw.new[path]
    else:
        base, yours, new = (segments(side[path]) for side in (raw.base, raw.yours, raw.new))
        for statement in base.keys() & yours.keys() & new.keys():
            assert yours[statement] in raw.result[path].content.decode()


@settings(max_examples=MANY // 2)
@given(drawn=updates())
def test_any_format(drawn, fresh, team_template, workplace, executed):
    """Edits beside any formats are kept, and so is every letter that nobody had to change."""
    directory = fresh()
    files = {PYPROJECT: TABLES["black"], "code.py": source(drawn.base), "a.py": "A = 0\n"}
    life = Life(directory, team_template, files)
    base = life.base()
    own = own_text(drawn, directory)
    life.edit({PYPROJECT: TABLES[drawn.table], "code.py": own})
    yours = life.read()
    life.change_template(
        {**files, PYPROJECT: TABLES[drawn.new_table], "code.py": source(drawn.new)}
    )

    made = life.update()

    executed("updates beside formats")
    raw = Case(base, yours, life.base(), life.read(), life.theirs(), made)
    note(own)
    note(raw.result["code.py"].content.decode())
    case = Case(*map(even, (base, yours, raw.new, raw.result, raw.theirs)), made)
    assert_nothing_is_lost(case)
    for path in case.conflicts - {PYPROJECT}:
        assert case.yours[path] != case.base[path] != case.new[path]
    if drawn.new_table == "black":
        assert_own_text_stays(case, raw, "code.py")
        assert raw.result["a.py"] == raw.yours["a.py"]
    if not made.conflicts:
        commit(life.project)
        before = git(life.project, "rev-parse", "HEAD:")
        assert (life.update().changes, git(life.project, "write-tree")) == ([], before)
        executed("updates that change nothing")
