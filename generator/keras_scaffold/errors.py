"""The errors that users meet, each with its exit code; anything else is our own bug."""

from __future__ import annotations

from collections.abc import Sequence

NOISE = ("dumping crash report", "die() called many times")
"""What git says beside why it failed: of a report in a directory that is gone, of itself."""


LONGEST_QUOTE = 200
"""Characters of what somebody wrote that an error repeats."""


def brief(written: object) -> str:
    """What an error says of something written: its beginning and its end, if it is long."""
    text = str(written)
    if len(text) <= LONGEST_QUOTE:
        return text
    return f"{text[: LONGEST_QUOTE * 3 // 4]}…{text[-LONGEST_QUOTE // 4 :]}"


class ScaffoldError(Exception):
    """An expected failure: told in a sentence, without a traceback."""

    exit_code = 2

    @property
    def problems(self) -> list[str]:
        """What is wrong, a sentence each."""
        return [str(self)]


class SystemRefusal(ScaffoldError):
    """The operating system refused to read or write something."""

    def __init__(self, error: OSError) -> None:
        place = f" `{error.filename}`" if error.filename else ""
        why = error.strerror or " ".join(str(error).split())  # a failed program's is empty
        super().__init__(f"the system said no{place}: {why}")


class BugError(ScaffoldError):
    """A bug of this tool, of which the traceback is told."""

    exit_code = 1


class InputError(ScaffoldError):
    """What was asked for cannot be made; carries everything that is wrong with it."""

    def __init__(self, problems: Sequence[str] | str) -> None:
        self._problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self._problems))

    @property
    def problems(self) -> list[str]:
        """What is wrong, a sentence each."""
        return self._problems


class TemplateError(ScaffoldError):
    """The template cannot be rendered, or makes a file that is not Python."""

    exit_code = 4


class ProofError(ScaffoldError):
    """The smoke test could not be run to its end."""

    exit_code = 3


class GitError(ScaffoldError):
    """Git refused what it was asked to do."""

    def __init__(self, arguments: Sequence[str], errors: str) -> None:
        words = [word for word in arguments if word[:1] != "-" and "=" not in word]
        lines = dict.fromkeys(errors.strip().splitlines())  # it may fail at failing
        reasons = [line for line in lines if not any(noise in line for noise in NOISE)]
        why = "\n".join(reasons) or "it did not say why"
        super().__init__(f"`git {words[0]}` failed: {why}")


class ConflictError(ScaffoldError):
    """An update left conflicts that its user has to resolve."""

    exit_code = 5


class DemandError(ScaffoldError):
    """`check` found what its flags do not allow."""

    exit_code = 6
