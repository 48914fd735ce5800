"""The kinds of argument that are bricks."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Count, Kind, Several
from keras_scaffold.bricks.traced import Traced


class Bricks(Several):
    """Other bricks, at least one."""

    shown, text = "brick, ...", "{}"
    says = "one or more bricks that name no others"

    def allows(self, value: object) -> bool:
        return isinstance(value, tuple) and bool(value) and all(map(_is_alone, value))


@dataclass(frozen=True)
class Times(Count):
    """How often: none at all, where that was computed."""

    def allows(self, value: object) -> bool:
        return super().allows(value) or (type(value) in (int, Traced) and value == 0)


class Branches(Several):
    """Lists of bricks, at least two."""

    shown, text = "[brick, ...], ...", "{}"
    most = 26
    says = (
        f"from 2 to {most} lists of bricks that name no others, such as `[cnn(32)], [gap]`"
    )

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or not 2 <= len(value) <= self.most:
            return False
        return all(
            isinstance(branch, tuple) and all(map(_is_alone, branch)) for branch in value
        )


class Joining(Kind):
    """A brick that joins, without names."""

    says = "a brick that joins, such as `add` or `concatenate`, without names in it"

    def allows(self, value: object) -> bool:
        return getattr(value, "of", None) == () and hasattr(value, "apply")


@dataclass(frozen=True)
class Shortcut(Kind):
    """One of a few words, or bricks."""

    words: tuple[str, ...]

    @property
    def says(self) -> str:
        return f"one of {', '.join(self.words)}, or a list of bricks that hold and name no others"

    def allows(self, value: object) -> bool:
        if isinstance(value, str):
            return value in self.words
        if not isinstance(value, tuple) or not value:
            return False
        return not any(
            getattr(one, "holds_bricks", True) or one.reads_names or one.on_itself
            for one in value
        )


def _is_alone(brick: object) -> bool:
    """Whether it is a brick that continues from what reaches it alone."""
    return not getattr(brick, "reads_names", True)
