"""A project that was made before: its answers, its template and what it was generated as."""

from __future__ import annotations

from collections.abc import Mapping
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
    defined_anew,
    read_answers_file,
    read_secrets,
    replace_answers,
)
from keras_scaffold.errors import InputError
from keras_scaffold.git import LINK, File, Repository, Snapshot
from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from keras_scaffold.projects import DamagedError, formatter_of, from_zip
from keras_scaffold.safe_yaml import load
from keras_scaffold.updating.answers_text import rewritten
from keras_scaffold.updating.texts import plain

MISSING = "is missing"


def read_base(archive: bytes) -> Snapshot:
    """What an archive tells was last generated; raises DamagedError."""
    base = from_zip(archive)
    try:
        content = load(base[ANSWERS_FILE].content)
    except (KeyError, yaml.YAMLError) as error:
        raise DamagedError(str(error)) from None
    if not isinstance(content, dict):
        raise DamagedError("it has no answers")
    return base


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
        return {key: value for key, value in self._content.items() if key.startswith("_")}

    @property
    def answers(self) -> dict[str, Any]:
        """The answers file's other lines; raises InputError."""
        return {key: value for key, value in self._content.items() if key[:1] != "_"}

    @cached_property
    def _content(self) -> dict[str, Any]:
        return read_answers_file(self.path / ANSWERS_FILE)

    def rewritten_answers(self, base: Snapshot, new: Snapshot) -> File | None:
        """The answers file with what is answered now, as the user wrote it.

        None where it is as it was generated, so that it will be what is generated now.
        """
        generated = base[ANSWERS_FILE].content
        mode, _ = self.repository.entries[ANSWERS_FILE]
        own = self.repository.read(ANSWERS_FILE) or b""
        if mode == LINK or plain(File(mode, own)).content == generated:
            return None
        texts = (own, generated, new[ANSWERS_FILE].content)
        return File(mode, rewritten(*(text.decode() for text in texts)).encode())

    def refuse_newer(self) -> None:
        """Raise InputError for a project that was made by a newer version of the tool."""
        version = str(self.origin.get("_scaffold"))
        try:
            newer = Version(version) > Version(__version__)
        except InvalidVersion:
            raise InputError(
                f"`_scaffold: {version}` in `{self.path / ANSWERS_FILE}` is no version; "
                "restore that line from git"
            ) from None
        if newer:
            raise InputError(
                f"`{self.path}` was made by scaffold {version}, and this is {__version__}; "
                "run `pip install -U keras-scaffold`"
            )

    @cached_property
    def base(self) -> Snapshot:
        """What was last generated; raises InputError where that is missing or damaged."""
        problem = self.base_problem()
        if not problem:
            return self._base
        place = self.path / BASE_FILE
        if problem == MISSING and place.exists():
            problem = (
                "is not in git, maybe since a .gitignore says `*.zip`; `git add --force` and "
                "commit it"
            )
        else:
            problem += (
                "; restore it from git, or take what would be generated now in its place with "
                "--adopt: what the template changed until now then never reaches the project"
            )
        raise InputError(f"`{place}`, which holds what was last generated, {problem}")

    def base_problem(self) -> str:
        """Why there is no telling what was last generated; empty if there is."""
        try:
            assert self._base
        except FileNotFoundError:
            return MISSING
        except DamagedError as error:
            return f"is damaged ({error})"
        return ""

    @property
    def base_format(self) -> str:
        """The name of the format that what was last generated is in; empty without that."""
        return "" if self.base_problem() else formatter_of(self._archive)

    @cached_property
    def _base(self) -> Snapshot:
        return read_base(self._archive)

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
        without a base nobody can tell. No line on optional files is none of them.
        """
        self.refuse_newer()
        kept = {**self.answers, **self._secrets(given, questions)}
        remarks: list[str] = []
        generated = load(base[ANSWERS_FILE].content) if base else dict(kept)
        for key in [key for key in kept if key not in questions and key in generated]:
            remarks.append(f"`{key}: {kept.pop(key)}` is no longer asked, and is left out")
        kept = replace_answers(kept, given)
        if given.get(Key.STYLE, "sequential") != "sequential":
            kept.pop(Key.SEQUENTIAL_FORM, None)  # which is of no use to the other styles
        none: dict[str, Any] = {Key.WITH: []} if Key.WITH in questions else {}
        return {**none, **kept, **given, **defined_anew(kept, given)}, remarks
