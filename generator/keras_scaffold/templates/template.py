"""A template: its questions, and what the answers file tells of its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keras_scaffold.answers import Question
from keras_scaffold.bricks import outside_templates
from keras_scaffold.copying import Copy
from keras_scaffold.copying import copy as copy_here
from keras_scaffold.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment

QUESTIONS = "copier.yml"
JINJA = re.compile("{[{%#]")
BUILT_IN = "built-in"
BRICKS = "template/bricks"
"""Where a template has those of blocks."""


@dataclass(frozen=True)
class Template:
    """A directory that Copier can render, and what the answers file tells of its origin."""

    root: Path
    source: str
    """A repository's URL without a password, a directory's name, or BUILT_IN."""
    ref: str | None = None
    commit: str | None = None
    copy: Copy = copy_here
    """Has Copier render it."""

    @property
    def label(self) -> str:
        """The template in messages."""
        ref = f"@{self.ref}" if self.ref else ""
        return self.source + ref + (f"#{self.commit}" if self.commit else "")

    @property
    def recorded(self) -> dict[str, str]:
        """What the answers file keeps, from which an update finds the template again."""
        kept = {
            "_template": self.source,
            "_template_ref": self.ref,
            "_template_commit": self.commit,
        }
        return {key: value for key, value in kept.items() if value}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions by name, in their order; raises TemplateError."""
        secrets = self._content.get("_secret_questions") or ()
        return {
            name: _question(name, asked, secret=name in secrets)
            for name, asked in self._content.items()
            if not name.startswith("_")
        }

    @cached_property
    def skipped(self) -> list[str]:
        """The patterns of files that are not to be changed once they exist.

        Raises TemplateError for what is no list of them, or depends on answers.
        """
        patterns = self._content.get("_skip_if_exists") or []
        listed = patterns if isinstance(patterns, list) else [patterns]
        for pattern in listed:
            if (
                listed is not patterns
                or not isinstance(pattern, str)
                or JINJA.search(pattern)
            ):
                raise TemplateError(
                    f"template `{self.label}`: {QUESTIONS}: `_skip_if_exists` has "
                    f"`{pattern}`, which updates cannot honour; make it a list of patterns "
                    "without Jinja"
                )
        return listed

    @property
    def subdirectory(self) -> str:
        """Where the project's files lie in it."""
        return str(self._content.get("_subdirectory") or "")

    @property
    def suffix(self) -> str:
        """How the names of files end that are rendered."""
        return str(self._content.get("_templates_suffix", ".jinja"))

    @cached_property
    def environment(self) -> Environment:
        """Jinja as Copier sets it up for it, for who has no time for Copier.

        Templates of blocks that other packages add are found where Copier would have them.
        """
        from jinja2 import (
            ChoiceLoader,
            DictLoader,
            FileSystemLoader,
            StrictUndefined,
            Undefined,
        )
        from jinja2.sandbox import SandboxedEnvironment

        told = self._content.get("_envops")
        options = {
            "keep_trailing_newline": True,
            **(told if isinstance(told, dict) else {}),
        }
        strict = options.pop("undefined", "") == "jinja2.StrictUndefined"
        added = {
            f"{BRICKS}/{path.name}": path.read_text(encoding="utf-8")
            for path in outside_templates()
        }
        return SandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(self.root), DictLoader(added)]),
            undefined=StrictUndefined if strict else Undefined,
            **options,
        )

    def holds(self, path: str) -> bool:
        """Whether projects get what is at a path of it, as far as that can be told."""
        within = self.subdirectory
        return bool(JINJA.search(within)) or Path(path).is_relative_to(within)

    @cached_property
    def _content(self) -> dict[str, Any]:
        import yaml

        from keras_scaffold.safe_yaml import load

        try:
            raw = load((self.root / QUESTIONS).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise TemplateError(f"template `{self.label}`: {QUESTIONS}: {error}") from None
        if not isinstance(raw, dict) or not all(isinstance(name, str) for name in raw):
            raise TemplateError(
                f"template `{self.label}`: {QUESTIONS} does not hold questions by name"
            )
        return raw


def _question(name: str, asked: Any, *, secret: bool) -> Question:
    if not isinstance(asked, dict):
        asked = {"default": asked}
    secret = secret or bool(asked.get("secret"))
    several, default = bool(asked.get("multiselect")), asked.get("default")
    choices = _choices(asked.get("choices"))
    return Question(
        name,
        str(asked.get("help", name)),
        "yaml" if several else str(asked.get("type") or type(default).__name__),
        choices,
        default,
        several,
        left=any(
            (
                several,
                "when" in asked,
                secret,
                "choices" in asked and not choices,
                not (default is None or _plain(default)),
            )
        ),
        secret=secret,
    )


def _choices(listed: Any) -> dict[str, Any]:
    """Choices that are plain values; any others are Copier's to check."""
    if isinstance(listed, list) and all(map(_plain, listed)):
        return {str(choice): choice for choice in listed}
    if isinstance(listed, dict) and all(map(_plain, listed.values())):
        return {str(shown): choice for shown, choice in listed.items()}
    return {}


def _plain(value: Any) -> bool:
    """Whether `value` is no list and the like, and nothing that Jinja has to render."""
    return isinstance(value, str | int | float) and not JINJA.search(str(value))
