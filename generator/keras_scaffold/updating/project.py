"""A project that was made before: its answers, its template and what it was generated as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

from keras_scaffold import __version__
from keras_scaffold.answers import (
    SECRETS_KEY,
    Key,
    Question,
    read_answers_file,
    read_secrets,
    replace_answers,
)
from keras_scaffold.errors import InputError
from keras_scaffold.git import File, Repository, Snapshot, read_file
from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from keras_scaffold.projects import (
    BUILT_IN,
    DamagedError,
    Format,
    Rendered,
    Settings,
    formatter_of,
    from_zip,
    merge_settings,
    settings_in,
    settings_of,
)
from keras_scaffold.safe_yaml import load
from keras_scaffold.updating.answers_text import rewritten
from keras_scaffold.updating.migrations import MIGRATIONS, migrate
from keras_scaffold.updating.restyling import Restyling

MISSING = "is missing"


@dataclass(frozen=True)
class Project:
    """A project in a git repository, as it is committed."""

    path: Path
    repository: Repository

    @classmethod
    def at(cls, path: Path) -> Project:
        """The project that a directory is in; raises InputError if there is none to be updated."""
        repository = Repository.around(path)
        return cls(repository.project, repository)

    @property
    def origin(self) -> dict[str, Any]:
        """The answers file's lines on the tool and the template; raises InputError."""
        return {key: told for key, told in self._content.items() if key.startswith("_")}

    @property
    def answers(self) -> dict[str, Any]:
        """The answers file's other lines; raises InputError."""
        return {key: told for key, told in self._content.items() if key[:1] != "_"}

    @cached_property
    def _content(self) -> dict[str, Any]:
        return read_answers_file(self.path / ANSWERS_FILE)

    def rewritten_answers(self, base: Snapshot, new: Snapshot) -> File | None:
        """The answers file with what is answered now, as the user wrote it.

        None where it is as it was generated, so that it will be what is generated now.
        """
        place = self.path / ANSWERS_FILE
        made = base[ANSWERS_FILE].content
        if place.is_symlink() or read_file(place).content.replace(b"\r\n", b"\n") == made:
            return None
        own = self.repository.read(ANSWERS_FILE) or made
        if own == made:
            return None
        text = rewritten(
            *(text.decode() for text in (own, made, new[ANSWERS_FILE].content))
        )
        return File(read_file(place).mode, text.encode())

    @property
    def version(self) -> str:
        """The version of the tool that made or updated it; raises InputError."""
        told = str(self.origin.get("_scaffold"))
        try:
            newer = Version(told) > Version(__version__)
        except InvalidVersion:
            raise InputError(
                f"`_scaffold: {told}` in `{self.path / ANSWERS_FILE}` is no version; "
                "restore that line from git"
            ) from None
        if newer:
            raise InputError(
                f"`{self.path}` was made by scaffold {told}, and this is {__version__}; "
                "run `pip install -U keras-scaffold`"
            )
        return told

    @cached_property
    def base(self) -> Snapshot:
        """What was last generated; raises InputError where that is missing or damaged."""
        problem = self.base_problem()
        if problem == MISSING and (self.path / BASE_FILE).exists():
            raise InputError(
                f"`{self.path / BASE_FILE}`, which holds what was last generated, is not in "
                "git, maybe since a .gitignore says `*.zip`; `git add --force` and commit it"
            )
        if problem:
            raise InputError(
                f"`{self.path / BASE_FILE}`, which holds what was last generated, {problem}; "
                "restore it from git, or take what would be generated now in its place with "
                "--adopt: what the template changed until now then never reaches the project"
            )
        return self._base

    def base_problem(self) -> str:
        """Why there is no telling what was last generated; empty if there is."""
        try:
            content = load(self._base[ANSWERS_FILE].content)
        except FileNotFoundError:
            return MISSING
        except (DamagedError, KeyError, yaml.YAMLError) as error:
            return f"is damaged ({error})"
        return "" if isinstance(content, dict) else "is damaged (it has no answers)"

    @property
    def base_format(self) -> str:
        """The name of the format that what was last generated is in; empty without that."""
        try:
            return formatter_of(self._archive) if self._base else ""
        except (FileNotFoundError, DamagedError):
            return ""

    def format_of(self, base: Snapshot, new: Settings) -> Format:
        """The format of an update, where `new` is what the template tells of it now.

        As long as the user's pyproject.toml cannot be read, it is the last one; so it is
        where they took out what the template had told.
        """
        return self._format(base, lambda made, own: merge_settings(made, own, new))

    def restyling(self, base: Snapshot, rendered: Rendered) -> Restyling:
        """How files come to the format of what is rendered now.

        What the user has as the template tells it now is the template's: an update may
        have brought it that is not committed yet.
        """
        new = rendered.told

        def before(made: Settings, own: Settings) -> Format:
            brought = {key for key in own if key in new and own[key] == new[key]}
            kept = {key: made[key] for key in brought if key in made}
            left = {key: told for key, told in own.items() if key not in brought}
            return merge_settings(made, {**left, **kept}, made)

        return Restyling(self.base_format, self._format(base, before), rendered.form)

    def _format(
        self, base: Snapshot, choose: Callable[[Settings, Settings], Format]
    ) -> Format:
        """What is chosen of the base's settings and the user's, where those can be read."""
        try:
            made, own = settings_of(base), self._own_settings()
        except ValueError:
            return Format.named(self.base_format)
        if made and own is None:
            return Format.named(self.base_format) if self.base_format else Format(**made)
        return choose(made or {}, own or {})

    def _own_settings(self) -> Settings | None:
        """What the user's formatter goes by: the nearest that is told; raises ValueError."""
        top = self.repository.top
        root = self.repository.root
        for directory in (root, *root.parents):
            settings = settings_in(directory)
            if settings is not None or directory == top:
                return settings
        return None

    @cached_property
    def _base(self) -> Snapshot:
        return from_zip(self._archive)

    @cached_property
    def _archive(self) -> bytes:
        archive = self.repository.read(BASE_FILE)
        if archive is None:
            raise FileNotFoundError(BASE_FILE)
        return archive

    def _secrets(
        self, given: Mapping[str, Any], questions: Mapping[str, Question]
    ) -> dict[str, Any]:
        """The secret answers; raises InputError for those that this clone does not have."""
        names = [name for name in self.origin.get(SECRETS_KEY) or () if name in questions]
        if not names:
            return {}
        known = read_secrets(self.path)
        missing = [name for name in names if name not in known and name not in given]
        if missing:
            raise InputError(
                [
                    f"`{name}` (--answers): its answer is secret, which only the clone keeps "
                    "where it was given; give it again, in a file with --answers"
                    for name in missing
                ]
            )
        return {name: known[name] for name in names if name in known}

    def renewed(
        self,
        given: Mapping[str, Any],
        questions: Mapping[str, Question],
        base: Snapshot | None,
    ) -> tuple[dict[str, Any], list[str]]:
        """The present answers, changed by what was `given`, and what the user is to know.

        They are not checked yet. An answer to a question that the template no longer has
        is dropped, and told; one that somebody wrote by hand is left to be refused, unless
        without a base nobody can tell.
        """
        made_by, kept = self.version, {**self.answers, **self._secrets(given, questions)}
        told: list[str] = []
        if self.origin.get("_template") == BUILT_IN:
            kept, told = migrate(kept, made_by, MIGRATIONS)
        generated = load(base[ANSWERS_FILE].content) if base else dict(kept)
        for key in [key for key in kept if key not in questions and key in generated]:
            told.append(f"`{key}: {kept.pop(key)}` is no longer asked, and is left out")
        kept = replace_answers(kept, given)
        if given.get(Key.STYLE, "sequential") != "sequential":
            kept.pop(Key.SEQUENTIAL_FORM, None)  # which is of no use to the other styles
        return {**kept, **given}, told
