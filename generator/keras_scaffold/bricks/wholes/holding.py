"""What bricks around bricks have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Self

from keras_scaffold.bricks.arguments import Count, kind, value_complaint
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.keras_arguments import wrong_within
from keras_scaffold.bricks.symbols import bind, is_open
from keras_scaffold.bricks.term import MOST_KINDS
from keras_scaffold.bricks.wholes.kinds import Joining
from keras_scaffold.bricks.wholes.scope import PLAIN, Item, Scope, Steps
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import ShapeError, Tensor


@dataclass(frozen=True)
class Holder(Brick):
    """A brick around others.

    What it holds has names behind its own; those of one without a name of its own, within
    another, are names of the whole that both are in.
    """

    block = False
    holds_bricks = True

    @abstractmethod
    def held(self) -> list[Item]:
        """What it has names for, but itself."""

    @abstractmethod
    def hold(self, x: Tensor, name: str, scope: Scope, steps: Steps) -> Tensor:
        """Continue from `x` with all that it holds, named in `scope`; raises ShapeError."""

    def items(self) -> list[Item]:
        own = [(self.name, self.word())]
        return own if self.name else own + self.held()

    def place(self, x: Tensor, scope: Scope, steps: Steps) -> Tensor:
        name = scope.next()
        if not self.name:
            return self.hold(x, name, scope, steps)
        return self.hold_apart(x, name, steps)

    def hold_apart(self, x: Tensor, name: str, steps: Steps = PLAIN) -> Tensor:
        """The same, with names behind that one; raises ShapeError."""
        return self.hold(x, name, Scope(name, self.held()), steps)

    def build(self, x: Tensor, name: str) -> Tensor:
        return self.hold_apart(x, name)

    def parts(self) -> tuple[Brick, ...]:
        """All that it holds, those in them among them."""
        return tuple(part for brick in held_by(self) for part in brick.parts())

    def scaled(self, multiplier: float) -> Self:
        """The same around scaled bricks."""
        return replace(self, **changed_within(self, lambda brick: brick.scaled(multiplier)))


def held_by(brick: Brick) -> Iterator[Brick]:
    """The bricks in a brick, in their order; what joins them is none of them."""
    for argument in brick.arguments() if brick.holds_bricks else ():
        if not isinstance(kind(argument), Joining):
            yield from _bricks_in(getattr(brick, argument.name))


def _bricks_in(value: object) -> Iterator[Brick]:
    if isinstance(value, Brick):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _bricks_in(member)


def changed_within(brick: Brick, change: Callable[[Brick], Brick]) -> dict[str, Any]:
    """The values of a brick that are bricks, or hold some, with each of them changed."""

    def changed(value: Any) -> Any:
        if isinstance(value, Brick):
            return change(value)
        return tuple(map(changed, value)) if isinstance(value, tuple) else value

    if not brick.holds_bricks:
        return {}
    values = {each.name: getattr(brick, each.name) for each in fields(brick)}
    return {
        name: changed(value) for name, value in values.items() if any(_bricks_in(value))
    }


def stack(bricks: Iterable[Brick], x: Tensor, scope: Scope, steps: Steps) -> Tensor:
    """What bricks one after the other give; raises ShapeError, with the brick's place."""
    for brick in bricks:
        try:
            x = brick.place(x, scope, steps)
        except ShapeError as error:
            raise error.within(f"`{brief(brick)}`") from None
    return x


def depth(brick: Brick) -> int:
    """How many bricks are within each other there, the outermost among them."""
    if hasattr(brick, "body"):
        return _depth_of(type(brick))
    return 1 + max(map(depth, held_by(brick)), default=0)


@lru_cache(MOST_KINDS)
def _depth_of(block: Any) -> int:
    return 1 + max(map(depth, block.bricks()))


def loops_within(brick: Brick) -> int:
    """How many loops are within each other in code of it."""
    inner = max(map(loops_within, held_by(brick)), default=0)
    return inner + brick.loops


def written(brick: Brick) -> Brick:
    """A brick as it was written, with the names of parameters that were replaced since."""
    found: Brick = vars(brick).get("_written", brick)
    return found


def bound(brick: Brick, values: Mapping[str, Any]) -> Brick:
    """A brick with names replaced by their values; raises ShapeError for bad ones.

    It remembers how it was `written`.
    """
    given: dict[str, Any] = {}
    problems, way_out = [], "give other values"
    for argument in brick.arguments():
        value = getattr(brick, argument.name)
        if not is_open(value) or any(_bricks_in(value)):
            continue
        try:
            given[argument.name] = bind(value, values)
        except InputError as error:
            problems += error.problems
            continue
        told = f"{argument.name}={value} of `{brick.word()}` is {given[argument.name]}"
        if not is_open(given[argument.name]) and value_complaint(
            argument, given[argument.name]
        ):
            problems.append(f"{told}, and must be {kind(argument).says}")
            if isinstance(given[argument.name], float) and isinstance(
                kind(argument), Count
            ):
                way_out = f"make it whole, by `int({value})`, or give other values"
        problems += wrong_within(value, given[argument.name])
    if problems:
        raise ShapeError("; ".join(problems), way_out)
    given |= changed_within(brick, lambda inner: bound(inner, values))
    if not given:
        return brick
    made = replace(brick, **given)
    vars(made)["_written"] = written(brick)
    return made


def fixed(brick: Brick, values: Mapping[str, Any]) -> Brick:
    """The same, as if it had been written so; raises ShapeError."""
    made = bound(brick, values)
    return replace(made, **changed_within(made, lambda inner: fixed(inner, {})))
