"""One brick, or what is written like one, made from a call of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field
from typing import Any, TypeVar

from keras_scaffold.bricks.arguments import (
    Joining,
    Several,
    Shortcut,
    kind,
    value_complaint,
)
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.brick_names import brick_name_complaint
from keras_scaffold.bricks.meaning.meant import AS_LAST, suggest_brick, suggest_known
from keras_scaffold.bricks.meaning.values import suggest_argument, suggest_value
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import find_brick
from keras_scaffold.bricks.symbols import FUNCTIONS
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.bricks.term import Term
from keras_scaffold.errors import InputError, brief
from keras_scaffold.suggestions import closest, did_you_mean, same

MOST_WRONG = 20
"""Bricks whose mistakes are told before reading stops."""
NO_BRICK = "it is not a brick; write one as a name, e.g. `cnn(32)`"
ALONE = "arguments stand right behind their brick; leave the space between them out"

W = TypeVar("W", bound=Term)


@dataclass(frozen=True)
class Vocabulary:
    """What words mean beside those of the catalogue."""

    bricks: Mapping[str, type[Brick]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    """Parameters of the definition that is being read."""

    def find(self, word: str) -> type[Brick] | None:
        """The brick that is called so, if there is one; raises InputError for a bad one."""
        return self.bricks.get(word) or find_brick(word)


CATALOGUE = Vocabulary()


def parse_brick(
    text: str, earlier: Sequence[str] = (), vocabulary: Vocabulary = CATALOGUE
) -> Brick:
    """One brick, its arguments by position or keyword, behind some of the `earlier` names.

    Raises InputError.
    """
    if is_preset(text):
        raise InputError(f"there is no brick `{text}`; {suggest_known(text)}")
    otherwise = ALONE if text[:1] == "(" else NO_BRICK
    return brick_of(Call.read(text, otherwise, vocabulary.names), earlier, vocabulary)


def is_preset(word: str) -> bool:
    """Whether it is the name of a preset that reads as something else, as `final-model`."""
    return not word.isidentifier() and same(word, PRESETS) is not None


def parse_term(text: str, known: Mapping[str, type[W]], what: str) -> W:
    """One of a few other things that are written like bricks; raises InputError."""
    call = Call.read(text, f"`{text}` is no {what}; write e.g. `{next(iter(known))}`")
    if call.word not in known:
        raise InputError(
            f"there is no {what} `{call.word}`; {did_you_mean(call.word, known)}"
        )
    return make(known[call.word], call.values(), call.keywords())


def brick_of(
    call: Call, earlier: Sequence[str] = (), vocabulary: Vocabulary = CATALOGUE
) -> Brick:
    """The brick that a call tells; raises InputError."""
    kind = vocabulary.find(call.word)
    if kind is None:
        meant = closest(call.word, vocabulary.bricks)
        why = f"did you mean `{meant}`?" if meant else suggest_brick(call, earlier).advice
        raise InputError(f"there is no brick `{brief(call.word)}`; {why}")
    if kind.holds_bricks:
        return make(kind, *_Held(call, kind, vocabulary).read())
    if kind.reads_names and (of := dict(call.keywords()).get("of")) is not None:
        names = of if isinstance(of, tuple) else (of,)
        written = ", ".join(f'"{name}"' for name in (*call.values(), *names))
        if any(brick_name_complaint(name) for name in names):
            raise InputError(f"names stand without `of=`, as in `{kind.written_example()}`")
        raise InputError(f"names stand without `of=`; write `{call.word}({written})`")
    positional = call.values()
    return make(
        kind, [tuple(positional)] if kind.reads_names else positional, call.keywords()
    )


@dataclass
class _Held:
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
            given, held = [("index", self.index(rest[0]))], self.repeated(rest)
        else:
            held = tuple(map(self.held, rest))
        positional = [*self.call.values(first), held]
        for keyword in self.call.by_name:
            takes = declared.get(keyword.arg or "")
            word = isinstance(takes, Shortcut) and isinstance(keyword.value, ast.Name)
            bricks = isinstance(takes, Joining | Shortcut) and not word
            value = (self.held if bricks else self.call.value)(keyword.value)
            if isinstance(takes, Shortcut) and isinstance(value, Brick):
                value = (value,)
            given.append((keyword.arg or "**", value))
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

    def index(self, node: ast.Lambda) -> str | None:
        """What a lambda calls the number of a repetition."""
        names = [one.arg for one in node.args.args]
        taken = {*self.call.names, *FUNCTIONS}
        wrong = (
            "it counts repetitions with one name, as in `repeat(2, lambda i: conv(8 * i))`"
        )
        if ast.unparse(node.args) != "".join(names[:1]) or not names:
            self.problems.append(f"`{brief(self.call.text(node))}`: {wrong}")
            return None
        if names[0] in taken:
            self.problems.append(
                f"`{names[0]}` has another meaning here; count with another name"
            )
        return names[0]

    def repeated(self, nodes: Sequence[ast.expr]) -> tuple[Any, ...]:
        """The bricks of a lambda, and those behind it."""
        found: tuple[Any, ...] = ()
        for node in nodes:
            names = frozenset[str]()
            if isinstance(node, ast.Lambda):
                names, node = frozenset(one.arg for one in node.args.args), node.body
            held = self.held(node, names)
            found += held if isinstance(held, tuple) else (held,)
        return found


def _decimal(values: list[Any]) -> str:
    """What is said of the last values, if they may be one number with a decimal comma."""
    if len(values) != 2 or values[0] != 0 or {*map(type, values)} != {int}:
        return ""
    return f"; did you mean `{values[0]}.{values[1]}`?"


def make(of: type[W], positional: list[Any], keywords: list[tuple[str, Any]]) -> W:
    """A brick, or what is written like one; raises InputError with all that is wrong."""
    declared = {argument.name: argument for argument in of.arguments()}
    problems = []
    places = [name for name, argument in declared.items() if not argument.kw_only]
    if len(positional) > len(places):
        problems.append(
            f"it takes at most {len(places)} arguments without a name: {of.signature()}"
            + _decimal(positional[len(places) - 1 :] if places else [])
        )
    given = dict(zip(places, positional, strict=False))
    for name, value in keywords:
        if name in given:
            problems.append(f"{name} is given twice")
        elif name not in declared and name not in of.also_takes:
            problems.append(f"there is no argument `{name}`; {suggest_argument(name, of)}")
        given[name] = value
    for name, argument in declared.items():
        if name not in given and argument.default is MISSING:
            problems.append(f"{name} is missing: {of.signature()}")
        if name in given and (why := value_complaint(argument, given[name])):
            problems.append(why + suggest_value(argument, given[name], of))
    if given.get("name") is not None and (why := brick_name_complaint(given["name"])):
        problems.append(why)
    if problems:
        raise InputError(problems)
    return of(**given)
