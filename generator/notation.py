"""The notation of bricks, `cnn(32) maxpool(3) gap`, read with Python's own parser."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass
from typing import Any, TypeVar, cast
from warnings import catch_warnings

from generator.arguments import complaint
from generator.brick import Brick
from generator.bricks import named, outside
from generator.errors import InputError
from generator.names import brick_name_complaint
from generator.suggest import did_you_mean
from generator.written import Written

OPENING, CLOSING, QUOTES = "([{", ")]}", "'\""
LONGEST_BRICK = 1_000

W = TypeVar("W", bound=Written)


def parse(text: str) -> list[Brick]:
    """The bricks that `text` tells; raises InputError with all that is wrong in it."""
    outside()  # what is wrong with those is told as such, not of a brick in `text`
    bricks, problems = [], []
    for position, word in enumerate(split(text), start=1):
        try:
            bricks.append(parse_brick(word))
        except InputError as error:
            problems += [f"brick {position} `{word}`: {why}" for why in error.problems]
    if not bricks and not problems:
        problems = ["no bricks were given; write some, e.g. `cnn(32) gap`"]
    if problems:
        raise InputError(problems)
    return bricks


def split(text: str) -> Iterator[str]:
    """The words of `text`: split at white space that is outside brackets and quotes."""
    word, depth, quote = "", 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in QUOTES:
            quote = character
        else:
            depth += (character in OPENING) - (character in CLOSING)
        if character.isspace() and depth <= 0 and not quote:
            if word:
                yield word
            word = ""
        else:
            word += character
    if word.strip():
        yield word.strip()


def parse_brick(text: str) -> Brick:
    """One brick, its arguments by position or keyword; raises InputError."""
    call = _call(text, "it is not a brick; write one as a name, e.g. `cnn(32)`")
    brick = named(call.func.id)
    positional, keywords = _arguments(call, text)
    if brick.holds_bricks:
        positional[1:] = [_inner(call.args[1:], text)]
    if brick.reads_names:
        positional = [tuple(positional)]
    return make(brick, positional, keywords)


def parse_written(text: str, known: Mapping[str, type[W]], what: str) -> W:
    """One of a few other things that are written like bricks; raises InputError."""
    call = _call(text, f"`{text}` is no {what}; write e.g. `{next(iter(known))}`")
    word = call.func.id
    if word not in known:
        raise InputError([f"there is no {what} `{word}`; {did_you_mean(word, known)}"])
    return make(known[word], *_arguments(call, text))


class _Call(ast.Call):
    """A call of a name."""

    func: ast.Name


def _call(text: str, otherwise: str) -> _Call:
    """The call that `text` is, or the name alone; raises InputError, also `otherwise`."""
    try:
        if len(text) > LONGEST_BRICK:
            raise ValueError
        with catch_warnings(action="ignore"):  # what Python thinks of `'\d'` is told by us
            node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(
            ["it cannot be read; write a brick's name and its arguments, e.g. `cnn(32)`"]
        ) from None
    call = node if isinstance(node, ast.Call) else ast.Call(node, [], [])
    if not isinstance(call.func, ast.Name):
        raise InputError([otherwise])
    return cast(_Call, call)


def _inner(nodes: list[ast.expr], text: str) -> tuple[Brick, ...]:
    """The bricks among another's arguments; raises InputError with all that is wrong."""
    bricks, problems = [], []
    for node in nodes:
        word = ast.get_source_segment(text, node) or text
        try:
            bricks.append(parse_brick(word))
        except InputError as error:
            problems += [f"in `{word}`: {why}" for why in error.problems]
    if problems:
        raise InputError(problems)
    return tuple(bricks)


def make(brick: type[W], positional: list[Any], keywords: list[tuple[str, Any]]) -> W:
    """A brick, or what is written like one; raises InputError with all that is wrong."""
    declared = {argument.name: argument for argument in brick.arguments()}
    problems = []
    places = [name for name, argument in declared.items() if not argument.kw_only]
    if len(positional) > len(places):
        problems.append(
            f"it takes at most {len(places)} arguments without a name: {brick.signature()}"
        )
    given = dict(zip(places, positional, strict=False))
    for name, value in keywords:
        if name in given:
            problems.append(f"{name} is given twice")
        elif name not in declared and name not in brick.also_takes:
            way_out = did_you_mean(name, [*declared, *brick.also_takes])
            problems.append(f"there is no argument `{name}`; {way_out}")
        given[name] = value
    for name, argument in declared.items():
        if name not in given and argument.default is MISSING:
            problems.append(f"{name} is missing: {brick.signature()}")
        if name in given and (why := complaint(argument, given[name])):
            problems.append(why)
    if given.get("name") is not None and (why := brick_name_complaint(given["name"])):
        problems.append(why)
    if problems:
        raise InputError(problems)
    return brick(**given)


def _arguments(call: ast.Call, text: str) -> tuple[list[Any], list[tuple[str, Any]]]:
    keywords = [(word.arg or "**", _value(word.value, text)) for word in call.keywords]
    return [_value(node, text) for node in call.args], keywords


@dataclass(frozen=True)
class _Expression:
    """What stands where a number or a word should; no argument allows it."""

    source: str

    def __str__(self) -> str:
        return self.source


def _value(node: ast.expr, text: str) -> Any:
    """A literal, a bare word such as `same` for the string, or an _Expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.List | ast.Tuple):
        return tuple(_value(each, text) for each in node.elts)
    written = _Expression(ast.get_source_segment(text, node) or text)
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError):  # TypeError: a dict of lists, say
        return written
    # a line break or half a character would not survive being told
    return written if isinstance(value, str) and not value.isprintable() else value
