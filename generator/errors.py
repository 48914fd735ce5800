"""The errors that users meet, each with its exit code; anything else is our own bug."""

from __future__ import annotations

from collections.abc import Sequence


class ScaffoldError(Exception):
    """An expected failure: told in a sentence, without a traceback."""

    exit_code = 2


class InputError(ScaffoldError):
    """What was asked for cannot be made; carries everything that is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class TemplateError(ScaffoldError):
    """The template cannot be rendered, or makes a file that is not Python."""

    exit_code = 4


class ProofError(ScaffoldError):
    """The smoke test could not be run to its end."""

    exit_code = 3
