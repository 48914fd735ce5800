"""How the Python files of a project are formatted: by Black, as its pyproject.toml says."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.snapshot import LINK, File

if TYPE_CHECKING:
    from black.mode import Mode

PYPROJECT = "pyproject.toml"
TARGET = "PY311"


@dataclass(frozen=True)
class Format:
    """The settings of Black's that change what it writes; without any it has its own."""

    line_length: int = 88
    """In columns."""
    skip_string_normalization: bool = False
    skip_magic_trailing_comma: bool = False

    @classmethod
    def told_by(cls, pyproject: bytes) -> Format | None:
        """The format that `[tool.black]` tells; None where Black itself would refuse it."""
        try:
            told: Any = tomllib.loads(pyproject.decode()).get("tool", {}).get("black", {})
            settings = {key.replace("-", "_"): value for key, value in told.items()}
        except (ValueError, AttributeError):
            return None
        own = asdict(cls())
        known = {key: settings[key] for key in own if key in settings}
        if any(type(value) is not type(own[key]) for key, value in known.items()):
            return None
        return cls(**known)

    @classmethod
    def of(cls, project: Path) -> Format:
        """The format of the project in a directory, which is Black's own without another."""
        try:
            told = cls.told_by((project / PYPROJECT).read_bytes())
        except OSError:
            told = None
        return told or cls()

    @cached_property
    def name(self) -> str:
        """What formats the files, as the archive of the last generated ones tells it."""
        settings = ", ".join(f"{key}={value}" for key, value in asdict(self).items())
        return f"black {version('black')}, {TARGET}, {settings}"

    def apply(self, source: str) -> str:
        """The source as Black writes it; raises ValueError if it is no Python."""
        from black import format_file_contents
        from black.report import NothingChanged

        try:
            return format_file_contents(source, fast=True, mode=self._mode)
        except NothingChanged:
            return source

    def reformat(self, path: str, file: File) -> File:
        """A file in this format; itself if it is no Python."""
        if not path.endswith(".py") or file.mode == LINK:
            return file
        try:
            return replace(file, content=self.apply(file.content.decode()).encode())
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
        )
