"""Bricks that are told by bricks: those of the catalogue, and those that users define."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, make_dataclass, replace
from functools import lru_cache
from inspect import cleandoc
from textwrap import wrap
from typing import Any, ClassVar

from keras_scaffold.bricks.arguments import Anything
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.notation import CATALOGUE, Vocabulary
from keras_scaffold.bricks.symbols import Symbol
from keras_scaffold.bricks.term import MOST_KINDS
from keras_scaffold.bricks.wholes.holding import (
    Holder,
    bound,
    changed_within,
    fixed,
    held_by,
    stack,
)
from keras_scaffold.bricks.wholes.scope import PLAIN, Scope, Steps, items_of
from keras_scaffold.layers import Shape, ShapeError, Tensor

MOST_TOLD = 2
"""Pairs of shapes that the code of a block tells."""
INDENT, WIDTH = "    ", 84
"""How a docstring has bricks."""
IN_CHANNELS = "in_channels"
"""What the number of channels that reach a block is called in its bricks."""


@dataclass(frozen=True)
class Composite(Brick):
    """A block that is bricks one after the other, in which its arguments are known by name.

    So is `in_channels`, the number of channels that reach it. An option of its goes to each
    brick within that has one of the same name, and is given no other value.
    """

    body: ClassVar[str]
    """Its bricks, in the notation."""
    gives: ClassVar[str] = ""
    """The shape that it gives, in words, where that can be told of all."""
    vocabulary: ClassVar[Vocabulary] = CATALOGUE
    """What words mean in it."""

    @classmethod
    @lru_cache(MOST_KINDS)
    def bricks(cls) -> tuple[Brick, ...]:
        """Its bricks, with names for its arguments; raises InputError."""
        from keras_scaffold.bricks.chain import parse  # which reads with the catalogue

        names = {argument.name for argument in cls.arguments()} | {IN_CHANNELS}
        found = parse(cls.body, replace(cls.vocabulary, names=frozenset(names)))
        options = {name: Symbol(name, frozenset({name})) for name in cls.options()}
        return tuple(_with_options(brick, options) for brick in found)

    def bricks_for(self, shape: Shape) -> tuple[Brick, ...]:
        """Its bricks where that shape reaches it; raises ShapeError."""
        values = {
            argument.name: getattr(self, argument.name) for argument in self.arguments()
        }
        return self.bricks_with({**values, IN_CHANNELS: shape[-1]})

    @classmethod
    def bricks_with(
        cls, values: Mapping[str, Any], constants: Mapping[str, Any] | None = None
    ) -> tuple[Brick, ...]:
        """Its bricks with values for names; raises ShapeError.

        They do not remember the names of `constants`.
        """
        bricks = cls.bricks()
        if constants:
            bricks = tuple(fixed(brick, constants) for brick in bricks)
        return tuple(bound(brick, values) for brick in bricks)

    @classmethod
    def notation(cls) -> str:
        """Its bricks as they are written."""
        return " ".join(map(str, cls.bricks()))

    @classmethod
    def about(cls, shapes: Sequence[tuple[Shape, Shape]]) -> list[str]:
        """The lines of what its code says of it; `shapes` are those that it takes and gives."""
        about = cleandoc(cls.__doc__ or "").splitlines()
        if cls.gives:
            return [
                *about,
                "",
                "Takes a feature map (height, width, channels) and gives",
                f"{cls.gives}.",
            ]
        each = [*dict.fromkeys(f"{given} to {gives}" for given, gives in shapes)]
        others = len(each) - MOST_TOLD
        more = f", and {others} other{'s' if others > 1 else ''}" if others > 0 else ""
        told = ",\n".join(each[:MOST_TOLD]) + more
        notation = wrap(
            cls.notation(), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
        )
        return [*about, "", *notation, "", *f"In this network: {told}.".split("\n")]

    def build(self, x: Tensor, name: str) -> Tensor:
        return self.put_on(x, name, PLAIN)

    def put_on(self, x: Tensor, name: str, steps: Steps) -> Tensor:
        """Continue from `x` with its bricks, in these steps; raises ShapeError."""
        bricks = self.bricks_for(x.shape)
        found = stack(bricks, x, Scope(name, items_of(bricks)), steps)
        if found is x:  # for all that it repeats is repeated no times
            raise ShapeError("with these values it has no layers", "leave it out")
        return found


def _with_options(brick: Brick, options: Mapping[str, Symbol]) -> Brick:
    """A brick, and those that it holds, with options of the block that they are part of."""
    given: dict[str, Any] = {
        argument.name: options[argument.name]
        for argument in brick.arguments()
        if argument.name in options and getattr(brick, argument.name) == argument.default
    }
    if isinstance(brick, Holder):
        given |= changed_within(brick, lambda inner: _with_options(inner, options))
    return replace(brick, **given) if given else brick


def define(
    word: str, parameters: Mapping[str, Any], body: str, vocabulary: Vocabulary
) -> type[Composite]:
    """The brick of a definition; a parameter without a default has MISSING for it.

    Raises InputError.
    """
    fields = [
        (name, Any, field(default=default, metadata={"kind": Anything()}))
        for name, default in parameters.items()
    ]
    namespace = {
        "body": body,
        "vocabulary": vocabulary,
        "word": classmethod(lambda cls: word),
        "summary": classmethod(lambda cls: cls.notation()),
        "example": ", ".join("8" for each in parameters.values() if each is MISSING),
    }
    made: type[Composite] = make_dataclass(
        class_name(word), fields, bases=(Composite,), namespace=namespace, frozen=True
    )
    made.bricks()  # which are read here, or are wrong
    made.__doc__ = f"The block `{word}`, in bricks:"
    return made


def class_name(word: str) -> str:
    """What the layer of a block is called: `wide_block` is WideBlock."""
    return "".join(part[:1].upper() + part[1:] for part in word.split("_"))


def leaves(bricks: Iterable[Brick]) -> list[Brick]:
    """Bricks that are no holders, those within holders among them."""
    return [
        leaf
        for brick in bricks
        for leaf in (leaves(held_by(brick)) if isinstance(brick, Holder) else [brick])
    ]


def joins_in(bricks: Iterable[Brick]) -> list[Brick]:
    """The bricks that join what holders hold."""
    found: list[Brick] = []
    for brick in bricks:
        if isinstance(brick, Holder):
            join = getattr(brick, "join", None)
            found += [*joins_in(held_by(brick)), *([join] if join else [])]
    return found


def trains(brick: Brick) -> bool:
    """Whether a brick behaves differently while training."""
    if isinstance(brick, Composite):
        return any(map(trains, leaves(brick.bricks())))
    return brick.takes_training


def made_of(brick: type[Brick]) -> tuple[type[Brick], ...]:
    """The bricks that the generated code of a block is made of."""
    if issubclass(brick, Composite):
        bricks = brick.bricks()
        return tuple(type(part) for part in (*leaves(bricks), *joins_in(bricks)))
    return brick.uses
