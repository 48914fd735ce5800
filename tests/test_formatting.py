"""Formats: what a pyproject.toml tells, and what Black then writes."""

import pytest

from generator.formatting import Format

SOURCE = "name = 'a'\ncall(first, second,)\n"
NORMAL = 'name = "a"\n'
EXPLODED = "call(\n    first,\n    second,\n)\n"


@pytest.mark.parametrize(
    ("pyproject", "written"),
    [
        ("", NORMAL + EXPLODED),
        ("[tool.black]\nline-length = 100\npreview = true\n", NORMAL + EXPLODED),
        ("[tool.black]\nskip-string-normalization = true\n", "name = 'a'\n" + EXPLODED),
        (
            "[tool.black]\nskip_magic_trailing_comma = true\n",
            NORMAL + "call(first, second)\n",
        ),
        (
            "[tool.black]\nskip-magic-trailing-comma = true\nline-length = 18\n",
            NORMAL + "call(\n    first, second\n)\n",
        ),
    ],
)
def test_settings(pyproject, written):
    """What is told changes what Black writes; the rest is as without any settings."""
    form = Format.told_by(pyproject.encode())

    assert form.apply(SOURCE) == written


@pytest.mark.parametrize(
    "pyproject",
    [
        b"[tool.black",
        b"\xff",
        b"tool = 1\n",
        b"[tool]\nblack = []\n",
        b"[tool.black]\nline-length = '100'\n",
        b"[tool.black]\nline-length = true\n",
        b"[tool.black]\nskip-string-normalization = 1\n",
    ],
)
def test_refused_settings(pyproject):
    """What Black could not read tells no format."""
    assert Format.told_by(pyproject) is None


def test_names():
    """Every other format has another name, whether or not it was applied."""
    forms = [Format(), Format(100), Format(skip_string_normalization=True)]
    forms[0].apply(SOURCE)

    assert len({form.name for form in forms}) == 3
    assert forms[0].name == Format().name
