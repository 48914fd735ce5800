"""The arguments of a brick around others, read from a call of it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from keras_scaffold.bricks.arguments import Several, kind
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.meaning.meant import AS_LAST, brick_called
from keras_scaffold.bricks.notation import MOST_WRONG, NO_BRICK, Vocabulary, brick_of
from keras_scaffold.bricks.registry import find_brick
from keras_scaffold.bricks.symbols import Symbol
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.bricks.wholes.kinds import Joining, Shortcut, Times
from keras_scaffold.bricks.wholes.taken import counts_badly
from keras_scaffold.errors import InputError, brief

COUNTS = "counts repetitions with one name, as in `repeat(2, lambda i: conv(8 * i))`"


SCALAR = (ast.Name, ast.Constant)
"""What is no brick and no list of some."""


@dataclass
class Held:
    """A call of a brick around others, while its arguments are read."""

    call: Call
    of: type[Brick]
    vocabulary: Vocabulary
    problems: list[str] = field(default_factory=list)

    def read(self) -> tuple[list[Any], list[tuple[str, Any]]]:
        """Its arguments; raises InputError with all that is wrong with the bricks in it."""
        declared = {argument.name: kind(argument) for argument in self.of.arguments()}
        before = [one for one in declared.values() if not isinstance(one, Several)]
        first = sum(1 for one in before if not isinstance(one, Joining | Shortcut))
        rest, given = self.call.positional[first:], list[tuple[str, Any]]()
        if rest and isinstance(rest[0], ast.Lambda):
            given = [("index", self.index(rest[0]))]
            held = self.repeated(rest[0], rest[1:])
        else:
            held = tuple(map(self.held, rest))
        positional = [*self.call.values(first), held]
        for keyword in self.call.by_name:
            if keyword.arg == "index":
                self.problems.append(f"there is no argument `index`; a lambda {COUNTS}")
            takes = declared.get(keyword.arg or "")
            word = isinstance(takes, Shortcut) and isinstance(keyword.value, SCALAR)
            bricks = isinstance(takes, Joining | Shortcut) and not word
            if isinstance(takes, Joining) and (meant := self.joining(keyword.value)):
                self.problems.append(meant)
                continue
            value = self.held(keyword.value) if bricks else self.call.named(keyword)
            if isinstance(takes, Shortcut) and isinstance(value, Brick):
                value = (value,)
            if isinstance(takes, Shortcut) and isinstance(value, Symbol):
                self.problems.append(
                    f"{keyword.arg} is told where it stands, by no parameter"
                )
            given.append((keyword.arg or "**", value))
        self.problems += [
            f"{name} must be {declared[name].says}, not `0`"
            for name, value in (*zip(declared, positional, strict=False), *given)
            if isinstance(declared.get(name), Times) and type(value) is int and value == 0
        ]
        if self.problems:
            raise InputError(self.problems)
        return positional, given

    def held(self, node: ast.expr, names: frozenset[str] = frozenset()) -> Any:
        """A brick, or a list of some; None for one that is wrong, and why is a problem."""
        if isinstance(node, ast.List | ast.Tuple):
            return tuple(self.held(one, names) for one in node.elts)
        if len(self.problems) >= MOST_WRONG:
            return None
        try:
            return brick_of(self.call.inner(node, NO_BRICK, names), (), self.vocabulary)
        except InputError as error:
            place = f"in `{brief(self.call.text(node))}`"
            self.problems += [
                f"{place}: {why.removesuffix(AS_LAST)}" for why in error.problems
            ]
            return None

    def joining(self, node: ast.expr) -> str | None:
        """What is said of a word that is no brick, and means one that joins."""
        word = node.id if isinstance(node, ast.Name) else ""
        if not word or self.vocabulary.find(word) is not None:
            return None
        meant = find_brick(brick_called(word) or "")
        if meant is None or not meant.reads_names:
            return None
        return f"there is no brick `{brief(word)}`; did you mean `{meant.word()}`?"

    def index(self, node: ast.Lambda) -> str | None:
        """What a lambda calls the number of a repetition."""
        names = [one.arg for one in node.args.args]
        if ast.unparse(node.args) != "".join(names[:1]) or not names:
            self.problems.append(f"`{brief(self.call.text(node))}`: it {COUNTS}")
            return None
        words = self.vocabulary.bricks.values()
        if names[0] in self.call.names or counts_badly(names[0], words):
            self.problems.append(
                f"`{names[0]}` has another meaning here; count with another name"
            )
        return names[0]

    def repeated(self, counted: ast.Lambda, others: Sequence[ast.expr]) -> tuple[Any, ...]:
        """The bricks of a lambda, and those behind it, which know its number too."""
        names = frozenset(one.arg for one in counted.args.args)
        found: tuple[Any, ...] = ()
        for node in (counted.body, *others):
            held = self.held(node, names)
            found += held if isinstance(held, tuple) else (held,)
        return found
