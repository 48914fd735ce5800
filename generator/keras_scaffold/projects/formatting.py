"""How the Python files of a project are formatted: by Black, as its pyproject.toml says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keras_scaffold.git import LINK, File, read_file
from keras_scaffold.projects.notebook import SUFFIX as NOTEBOOK
from keras_scaffold.projects.notebook import rewrite

if TYPE_CHECKING:
    from black.mode import Mode

PYTHON, PYPROJECT = ".py", "pyproject.toml"
RUFF_FILES = ("ruff.toml", ".ruff.toml")
"""Which Ruff reads in the place of the other, the last of them first."""
TARGET = "PY311"
Settings = Mapping[str, Any]
"""What is told of a format, by the names of its fields."""
WITH_SHAPE = re.compile(r"^( *)(\S.*)  (# \([\d, ]+\).*)$", re.MULTILINE)
"""A line of code that ends with the shape of what it gives."""
SECOND_CALL = re.compile(r"(?<=[^(,\s])\)\(\n *(.+)\n *\)")
"""The end of a call with arguments, and the call of what it gives, which alone is broken."""
FLAGS = {
    **dict.fromkeys(("true", "1", "yes", "on", "t", "y"), True),
    **dict.fromkeys(("false", "0", "no", "off", "f", "n"), False),
}
"""How Black reads a setting that is on or off."""


@dataclass(frozen=True)
class Format:
    """Black's settings that a project may choose; those that are not told are Black's own.

    Which files Black is to leave alone, and which Python it writes for, is not among them.
    """

    line_length: int = 88
    skip_string_normalization: bool = False
    skip_magic_trailing_comma: bool = False
    preview: bool = False
    unstable: bool = False

    @cached_property
    def name(self) -> str:
        """What formats the files, as the archive of the last generated ones tells it."""
        settings = ", ".join(f"{key}={value}" for key, value in asdict(self).items())
        return f"black {version('black')}, {TARGET}, {settings}"

    @classmethod
    def parse(cls, name: str) -> Format:
        """The format of a name, whichever Black it tells; Black's own if it tells none."""
        return cls(**_known(dict(re.findall(r"(\w+)=(\w+)", name))))

    def apply(self, source: str) -> str:
        """The source as Black writes it; raises ValueError if it is no Python."""
        from black import format_file_contents
        from black.report import NothingChanged

        try:
            return format_file_contents(source, fast=True, mode=self._mode)
        except NothingChanged:
            return source

    def compose(self, source: str) -> str:
        """Generated source in this format; raises ValueError if it is no Python.

        What is too long is broken where a person would. The shape at a line's end goes above
        it where that makes it fit. Black breaks a call of what a call gives,
        `layers.Dense(10)(x)`, in the second pair of brackets if that suffices: a comma at the
        end of the first makes it break that one.
        """
        written = self.apply(WITH_SHAPE.sub(self._shape_above, source))
        opened = SECOND_CALL.sub(r",)(\1)", written)
        return written if opened == written else self.apply(opened)

    def _shape_above(self, line: re.Match[str]) -> str:
        indent, code, shape = line.groups()
        fits = len(indent + code) <= self.line_length
        if len(line[0]) <= self.line_length or not (fits or ")(" in code):
            return line[0]
        return f"{indent}{shape}\n{indent}{code}"

    def reformat(self, path: str, file: File) -> File:
        """A file in this format, a notebook's cells too; itself if it is no Python."""
        if not path.endswith((PYTHON, NOTEBOOK)) or file.mode == LINK:
            return file
        try:
            text = file.content.decode()
            written = (
                self.apply(text) if path.endswith(PYTHON) else rewrite(text, self.apply)
            )
            return replace(file, content=written.encode())
        except ValueError:
            return file

    @cached_property
    def _mode(self) -> Mode:
        from black.mode import Mode, TargetVersion

        return Mode(
            target_versions={TargetVersion[TARGET]},
            line_length=self.line_length,
            string_normalization=not self.skip_string_normalization,
            magic_trailing_comma=not self.skip_magic_trailing_comma,
            preview=self.preview or self.unstable,
            unstable=self.unstable,
        )


def settings_of(files: Mapping[str, File]) -> Settings | None:
    """What files in one directory tell of a format; None if nothing.

    That is `[tool.black]`, or what Ruff is told where it is the one that formats.
    Raises ValueError for what is no TOML, and for a value that Black refuses.
    """
    named = (files.get(name) for name in (PYPROJECT, *RUFF_FILES))
    return _settings(*(file.content if file else None for file in named))


def settings_in(directory: Path) -> Settings | None:
    """What the files of a directory tell of a format, as `settings_of` does."""
    places = {name: directory / name for name in (PYPROJECT, *RUFF_FILES)}
    return settings_of(
        {name: read_file(place) for name, place in places.items() if place.is_file()}
    )


@cache
def _settings(pyproject: bytes | None, *ruff_files: bytes | None) -> Settings | None:
    tools = tomllib.loads((pyproject or b"").decode()).get("tool")
    tools = tools if isinstance(tools, dict) else {}
    for content in ruff_files:
        if content is not None:
            tools = {**tools, "ruff": tomllib.loads(content.decode())}
    black, ruff = tools.get("black"), tools.get("ruff")
    if isinstance(ruff, dict) and ("format" in ruff or not isinstance(black, dict)):
        own = ruff.get("format")
        told = {"line-length": ruff["line-length"]} if "line-length" in ruff else {}
        if isinstance(own, dict):
            told |= {key: own[key] for key in own if key == "skip-magic-trailing-comma"}
            if "quote-style" in own:  # Black cannot write single quotes
                told["skip-string-normalization"] = own["quote-style"] != "double"
        return _known(told) or None
    if isinstance(black, dict):
        return _known(black)
    return None


def _known(settings: Mapping[str, Any]) -> Settings:
    """Those of some settings that a format has, as Black reads them: text for numbers too."""
    given = {key.replace("--", "").replace("-", "_"): settings[key] for key in settings}
    known: dict[str, int | bool] = {}
    for name in [field.name for field in fields(Format) if field.name in given]:
        text = str(given[name]).strip().lower()
        try:
            known[name] = int(text) if name == "line_length" else FLAGS[text]
        except (ValueError, KeyError):
            setting = f"{name.replace('_', '-')} = {given[name]!r}"
            raise ValueError(f"`{setting}` is nothing that Black takes") from None
    return known


def merge_settings(base: Settings, yours: Settings, new: Settings) -> Format:
    """The format of a merge: each setting as the user has it if they changed it, else as new."""
    missing = object()
    changed = {
        field.name
        for field in fields(Format)
        if yours.get(field.name, missing) != base.get(field.name, missing)
    }
    kept = {key: value for key, value in new.items() if key not in changed}
    return Format(**kept, **{key: yours[key] for key in changed if key in yours})
