"""One network in every style that can say it."""

from __future__ import annotations

from dataclasses import dataclass, field

from keras_scaffold.answers.answers import Answers, check_answers
from keras_scaffold.answers.keys import Key
from keras_scaffold.answers.questions import Given, Questions
from keras_scaffold.errors import InputError

SEQUENTIAL = "sequential"


@dataclass(frozen=True)
class InStyles:
    """The answers by their style, and of the others why they cannot say the network."""

    answers: dict[str, Answers] = field(default_factory=dict)
    unsaid: dict[str, InputError] = field(default_factory=dict)

    @property
    def remark(self) -> str:
        """A line on the styles that are left out, and why; empty if none is."""
        return "; ".join(
            f"{style}: {_brief(error)}" for style, error in self.unsaid.items()
        )


def check_in_styles(
    given: Given, questions: Questions, *, size_limit: bool = True, alone: bool = False
) -> InStyles:
    """The answers that `given` amounts to in each style that the template offers.

    Raises InputError with all that is wrong if no style can say them.
    """
    found = InStyles()
    for style in questions[Key.STYLE].choices.values():
        asked = {**given, Key.STYLE: style}
        if style != SEQUENTIAL:
            asked.pop(Key.SEQUENTIAL_FORM, None)
        try:
            found.answers[style] = check_answers(
                asked, questions, size_limit=size_limit, alone=alone
            )
        except InputError as error:
            found.unsaid[style] = error
    if not found.answers:
        raise found.unsaid[style]
    return found


def _brief(error: InputError) -> str:
    """The first of some problems without its way out, and how many more there are."""
    first, *more = error.problems
    why, _, _ = first.rpartition("; ")
    return f"left out, for {why or first}" + (f" (and {len(more)} more)" if more else "")
