"""What was asked for: every answer checked the same way, wherever it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from keras_scaffold.answers.completion import complete
from keras_scaffold.answers.keys import CHOSEN, ONEDNN, OWN, Key
from keras_scaffold.answers.questions import Given, Questions
from keras_scaffold.answers.reading import Reading
from keras_scaffold.errors import InputError
from keras_scaffold.network import Architecture, Plan

BESIDE = (*CHOSEN, Key.NAME, Key.PACKAGE)
"""What is asked beside the network."""


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
    optional: list[Any]
    """The optional files that the project has."""
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
        every = {
            Key.STYLE: self.style,
            Key.SEQUENTIAL_FORM: self.sequential_form,
            **self.network,
            Key.DATASET: self.dataset,
            Key.WITH: self.optional,
            Key.NAME: self.name,
            Key.PACKAGE: self.package,
            **self.extra,
        }
        if not self.optional:
            del every[Key.WITH]  # off leaves no line
        return {str(key): every[key] for key in every}


def check_answers(
    given: Given, questions: Questions, *, size_limit: bool = True, alone: bool = False
) -> Answers:
    """The answers that `given`, which holds a name, and the defaults amount to.

    Raises InputError with all that is wrong; so do absurd sizes if there is a limit, and
    channels that images do not have unless the network is meant `alone`.
    """
    reading = Reading(given, questions, alone=alone)
    return check_reading(reading, size_limit=size_limit)


def check_reading(reading: Reading, *, size_limit: bool) -> Answers:
    """The answers that those which were read, and the defaults amount to; see above."""
    reading = complete(reading)
    values, architecture = reading.values, reading.architecture
    problems = reading.problems + (reading.size_problems if size_limit else [])
    if problems or architecture is None:
        raise InputError(problems)
    secret = {key for key, question in reading.questions.items() if question.secret}
    extra = {key: values[key] for key in reading.questions if key in values.keys() - OWN}
    return Answers(
        **{key: values[key] for key in BESIDE},
        architecture=architecture,
        optional=reading.optional,
        network=reading.network.recorded(),
        extra=extra,
        secrets=frozenset(secret & values.keys()),
    )
