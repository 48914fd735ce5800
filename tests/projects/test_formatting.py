"""Formats: what a pyproject.toml tells, and what Black then writes."""

import pytest
from black.files import parse_pyproject_toml

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.git.files import REGULAR, File
from keras_scaffold.projects.formatting import Format, merge_settings, settings_of
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template


def told(pyproject):
    """What a pyproject.toml tells of a format."""
    return settings_of({"pyproject.toml": File(REGULAR, pyproject)})


SOURCE = "name = 'a'\ncall(first, second,)\n"
NORMAL = 'name = "a"\n'
EXPLODED = "call(\n    first,\n    second,\n)\n"


@pytest.mark.parametrize(
    ("table", "written"),
    [
        ("", NORMAL + EXPLODED),
        ("line-length = 100\ntarget-version = ['py312']\n", NORMAL + EXPLODED),
        ("skip-string-normalization = true\n", "name = 'a'\n" + EXPLODED),
        ("skip_magic_trailing_comma = 'yes'\n", NORMAL + "call(first, second)\n"),
        (
            "skip-magic-trailing-comma = 1\nline-length = ' 18 '\n",
            NORMAL + "call(\n    first, second\n)\n",
        ),
    ],
)
def test_settings(table, written):
    """What is told changes what Black writes; the rest is as without any settings."""
    settings = told(f"[tool.black]\n{table}".encode())

    assert Format(**settings).apply(SOURCE) == written


def test_keys(tmp_path):
    """Keys are read as Black reads them."""
    text = "[tool.black]\n--line-length = 79\nskip_magic-trailing_comma = true\n"
    (tmp_path / "pyproject.toml").write_text(text)

    settings = told(text.encode())

    assert settings == {"line_length": 79, "skip_magic_trailing_comma": True}
    assert settings.keys() == parse_pyproject_toml(str(tmp_path / "pyproject.toml")).keys()


@pytest.mark.parametrize("pyproject", [b"", b'[tool.ruff]\nsrc = ["src"]\n', b"tool = 1\n"])
def test_no_table(pyproject):
    """Without its table nothing is told, not even nothing."""
    assert told(pyproject) is None


@pytest.mark.parametrize(
    ("pyproject", "why"),
    [
        (b"[tool.black", "Expected"),
        (b"[tool.black]\n[tool.black]\n", "twice"),
        (b"\xff", "decode"),
        (b"[tool.black]\nline-length = 'wide'\n", "`line-length = 'wide'`"),
        (b"[tool.black]\nline-length = true\n", "`line-length = True`"),
        (
            b"[tool.black]\nskip-string-normalization = 2\n",
            "`skip-string-normalization = 2`",
        ),
    ],
)
def test_refused(pyproject, why):
    """What Black could not read is refused, with the reason."""
    with pytest.raises(ValueError, match=why):
        told(pyproject)


@pytest.mark.parametrize(
    ("base", "yours", "new", "expected"),
    [
        ({}, {}, {"line_length": 100}, Format(100)),
        ({}, {"line_length": 88}, {"line_length": 100}, Format(88)),
        ({"line_length": 100}, {}, {"line_length": 100}, Format()),
        ({"line_length": 100}, {"line_length": 79}, {"line_length": 120}, Format(79)),
        (
            {"line_length": 100},
            {"line_length": 100, "skip_string_normalization": True},
            {"line_length": 120, "skip_magic_trailing_comma": True},
            Format(120, True, True),
        ),
    ],
)
def test_merged(base, yours, new, expected):
    """Each setting is the user's where they changed it, or else the template's."""
    assert merge_settings(base, yours, new) == expected


@pytest.mark.parametrize("form", [Format(), Format(100), Format(79, preview=True)])
def test_names(form):
    """A format is known by its name again, after it was applied too."""
    form.apply(SOURCE)

    assert Format.parse(form.name) == form


def test_no_name():
    """A name of before there were settings is Black's own format."""
    assert Format.parse("black 24.1.0, PY311") == Format()


def test_templates_are_formatted(tmp_path, monkeypatch):
    """The default project needs no Black, whose work is most of what an update could cost."""
    rewritten = []
    black = Format.apply

    def apply(form, source):
        formatted = black(form, source)
        if formatted != source:
            rewritten.append(source)
        return formatted

    monkeypatch.setattr(Format, "apply", apply)
    with open_template() as template:
        answers = check_answers(
            {"name": "net", "preset": "final-model"}, template.questions
        )
        render(template, answers, tmp_path)

    assert rewritten == []


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (
            'x = layers.Dense(10, name="logits")(x)  # (10,)',
            ['x = layers.Dense(10, name="logits")(x)  # (10,)'],
        ),
        (
            'x = layers.Conv2D(16, 3, name="c")(x)  # (8, 8, 16)',
            ["# (8, 8, 16)", 'x = layers.Conv2D(16, 3, name="c")(x)'],
        ),
        (
            'x = layers.Conv2D(16, 3, padding="same", name="c")(x)  # (8, 8, 16) at last',
            [
                "# (8, 8, 16) at last",
                "x = layers.Conv2D(",
                '    16, 3, padding="same", name="c"',
                ")(x)",
            ],
        ),
        (
            'x = layers.Concatenate(name="side")([left, right])',
            ["x = layers.Concatenate(", '    name="side",', ")([left, right])"],
        ),
        (
            'x = residual(x, 16, stride=2, name="res")  # (8, 8, 16)',
            ["# (8, 8, 16)", 'x = residual(x, 16, stride=2, name="res")'],
        ),
        (
            'x = residual(x, 16, stride=2, momentum=0.5, name="r")  # (8, 8, 16)',
            [
                "x = residual(",
                '    x, 16, stride=2, momentum=0.5, name="r"',
                ")  # (8, 8, 16)",
            ],
        ),
    ],
)
def test_long_lines_are_broken_where_a_person_would(line, written):
    """A shape moves above a line that fits without; a call is broken before the second one."""
    form = Format(line_length=48)

    composed = form.compose(f"{line}\n")

    assert composed.splitlines() == written
    assert form.apply(composed) == composed
