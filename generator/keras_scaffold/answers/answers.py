"""What was asked for: every answer checked the same way, wherever it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from keras_scaffold.answers.completion import with_defaults
from keras_scaffold.answers.networks import (
    recorded_answers,
)
from keras_scaffold.answers.reading import OWN, Given, Questions, Reading
from keras_scaffold.errors import InputError
from keras_scaffold.network import Architecture, Plan, size_problems

ONEDNN = "onednn"
"""The question that nobody is asked: it is answered where a proof crashes."""


@dataclass(frozen=True)
class Answers:
    """Checked answers, and the architecture that they tell."""

    style: str
    sequential_form: str
    dataset: str
    name: str
    package: str
    architecture: Architecture
    network: Mapping[str, Any]
    """The answers that tell the architecture, as they are kept."""
    extra: Mapping[str, Any]
    """Answers to questions that only a team's own template asks."""
    secrets: frozenset[str] = frozenset()
    """Of these, the questions whose answers are to be in no commit."""

    @property
    def plan(self) -> Plan:
        """What the architecture was put together from."""
        return self.architecture.plan

    @property
    def onednn(self) -> bool:
        """Whether the project lets TensorFlow use oneDNN: unless that was seen to crash."""
        return self.extra.get(ONEDNN) is not False

    def without_onednn(self) -> Answers:
        """The same answers for a project that turns oneDNN off."""
        return replace(self, extra={**self.extra, ONEDNN: False})

    @property
    def secret(self) -> dict[str, Any]:
        """The answers that are to be in no commit."""
        return {key: self.extra[key] for key in sorted(self.secrets)}

    def recorded(self) -> dict[str, Any]:
        """The answers as Copier takes and remembers them."""
        return {
            "style": self.style,
            "sequential_form": self.sequential_form,
            **self.network,
            "dataset": self.dataset,
            "name": self.name,
            "package": self.package,
            **self.extra,
        }


def check_answers(
    given: Given, questions: Questions, *, size_limit: bool = True
) -> Answers:
    """The answers that `given` and the defaults amount to.

    Raises InputError with all that is wrong; so do absurd sizes if there is a limit.
    """
    reading = Reading.of(with_defaults(given, questions), questions)
    architecture = reading.architecture
    if size_limit and architecture:
        reading.problems += size_problems(architecture)
    if reading.problems or architecture is None:
        raise InputError(reading.problems)
    read = reading.values
    return Answers(
        style=read["style"],
        sequential_form=read["sequential_form"],
        dataset=read["dataset"],
        name=read["name"],
        package=read["package"],
        architecture=architecture,
        network=recorded_answers(read),
        extra={key: read[key] for key in questions if key in read and key not in OWN},
        secrets=frozenset(
            key for key in questions if key in read and questions[key].secret
        ),
    )
