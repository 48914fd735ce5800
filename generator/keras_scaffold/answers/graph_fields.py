"""How inputs, towers, joins, outputs and heads are read: `left=28x28x1`, `left=cnn(32) gap`.

Each is text, as a flag gives it, or what an answers file holds of it: a list of such texts,
and for towers and heads of mappings, where every brick has a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from keras_scaffold.answers.fields import MOST_CLASSES, notation, read_shape, scaled
from keras_scaffold.bricks import (
    Brick,
    Join,
    Vocabulary,
    get_brick,
    parse,
    parse_brick,
    parse_term,
    part_name_complaint,
)
from keras_scaffold.errors import InputError
from keras_scaffold.layers import Shape
from keras_scaffold.network import KINDS, AskedOutput, Classification, Tower

NAMED = re.compile(r"([^=()]*)=(.*)", re.DOTALL)
"""Names, then what they stand for: no bracket is left of the first `=`."""
ANY_TOWER, ANY_HEAD = "left=cnn(32) gap", "even=dense(16)"
"""What is told to somebody who wrote none that can be read."""
TOWER_ON, HEAD_OF, BRICKS = "inputs", "output", "blocks"
"""The keys of an entry that tells a tower or a head."""
AskedInput = tuple[str, Shape | None]
Head = tuple[str, tuple[Brick, ...]]
Value = TypeVar("Value")


def read_inputs(value: Any) -> list[AskedInput]:
    """Names of inputs with their shapes, which may be left open; raises InputError."""

    def read(text: str) -> AskedInput:
        name, _, shape = text.partition("=")
        with _problems_of(_name(name)):
            return _name(name), read_shape(shape) if shape else None

    found = _each(_texts(value), read, "left=28x28x1")
    _check_unique(name for name, _ in found)
    _check_cases(name for name, _ in found)
    return found


def read_outputs(value: Any) -> list[AskedOutput]:
    """Outputs without bricks yet; a classification may leave its size open.

    Raises InputError.
    """
    found = _each(_texts(value), _read_output, "digit=10")
    _check_unique(output.name for output in found)
    _check_cases(output.name for output in found)
    _check_logs(found)
    return found


def _read_output(text: str) -> AskedOutput:
    front, _, written = text.partition(":")
    name, given, size = front.partition("=")
    name, size = _name(name), size.strip()
    with _problems_of(name):
        kind = parse_term(written or "classification", KINDS, "kind of output")
    if not given and isinstance(kind, Classification):
        return AskedOutput(name, None, kind)
    if not given:
        raise InputError(f"`{name}` has no size; write e.g. {name}=3:{written}")
    known = re.fullmatch(r"\d{1,9}", size)
    if not (known and kind.fewest <= int(size) <= MOST_CLASSES):
        allowed = f"{kind.fewest} to {MOST_CLASSES:,}"
        way_out = f"{name}=2 for yes or no, {name}=1:regression for a number"
        raise InputError(
            f"`{name}`: `{size}` is not a whole number from {allowed}; write "
            + (way_out if size == "1" else f"{name}=10")
        )
    return AskedOutput(name, int(size), kind)


def read_towers(
    value: Any, multiplier: float | None, vocabulary: Vocabulary
) -> list[Tower]:
    """Towers, each on one input or shared by several; raises InputError."""

    def read(entry: Any) -> Tower:
        names, bricks = _names_and_bricks(entry, TOWER_ON, ANY_TOWER, vocabulary)
        return Tower(names, scaled(bricks, multiplier, vocabulary))

    return _each(_entries(value, TOWER_ON), read, ANY_TOWER)


def read_shared(
    value: Any, multiplier: float | None, vocabulary: Vocabulary
) -> list[Tower]:
    """Towers that several inputs share, all of them if none is named; raises InputError."""

    def read(entry: Any) -> Tower:
        if isinstance(entry, dict) or NAMED.fullmatch(entry):
            return read_towers([entry], multiplier, vocabulary)[0]
        return Tower((), scaled(parse(entry, vocabulary), multiplier, vocabulary))

    return _each(value, read, "left,right=cnn(32) gap")


def read_heads(value: Any, multiplier: float | None, vocabulary: Vocabulary) -> list[Head]:
    """Names of outputs, each with the bricks of its head; raises InputError."""

    def read(entry: Any) -> Head:
        names, bricks = _names_and_bricks(entry, HEAD_OF, ANY_HEAD, vocabulary)
        if len(names) > 1:
            raise InputError(f"`{', '.join(names)}` are several outputs; give one each")
        return names[0], scaled(bricks, multiplier, vocabulary)

    found = _each(_entries(value, HEAD_OF), read, ANY_HEAD)
    _check_unique(name for name, _ in found)
    return found


def read_join(value: Any) -> Join:
    """The brick that joins the inputs; raises InputError."""
    text = str(value).strip()
    word, bracket, rest = text.partition("(")
    word = "_".join(word.split())
    get_brick(word)  # which proposes one without names, for here there are none
    brick = parse_brick(word + bracket + rest)
    if not isinstance(brick, Join):
        raise InputError(
            f"`{text}` joins nothing; choose one that does, e.g. concatenate or add"
        )
    if brick.of or brick.name:
        raise InputError(
            f"`{text}` names bricks, and here all inputs are joined; write `{brick.word()}`"
        )
    return brick


def _texts(value: Any) -> list[Any]:
    """A mapping, as somebody may write it by hand, as the list of `name=what` that it is."""
    texts: list[Any] = []
    for entry in value if isinstance(value, list | tuple) else [value]:
        pairs = entry.items() if isinstance(entry, dict) else [(entry, None)]
        texts += [name if what is None else f"{name}={what}" for name, what in pairs]
    return texts


def _entries(value: Any, key: str) -> Any:
    """A mapping of names to bricks as the list of entries that it is."""
    if isinstance(value, dict) and not value.keys() & {key, BRICKS}:
        return [{key: name, BRICKS: blocks} for name, blocks in value.items()]
    return value


def _each(value: Any, read: Callable[[Any], Value], example: str) -> list[Value]:
    """What `read` gives for each entry; raises InputError with all that is wrong."""
    found, problems = [], []
    for entry in value if isinstance(value, list | tuple) else [value]:
        try:
            if not isinstance(entry, str | dict):
                raise InputError(f"`{entry}` cannot be read; write e.g. {example}")
            found.append(read(entry))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _names_and_bricks(
    entry: Any, key: str, example: str, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], list[Brick]]:
    """What a tower or a head stands on, and its bricks."""
    if isinstance(entry, dict):
        names, blocks = entry.get(key), entry.get(BRICKS)
    else:
        match = NAMED.fullmatch(entry)
        names, blocks = match.groups() if match else (None, None)
    if names is None or blocks is None:
        raise InputError(
            f"`{entry}` names nothing that it stands for; write e.g. {example}"
        )
    if not isinstance(names, list | tuple):
        names = str(names).split(",")
    bricks = parse(str(notation(blocks)), vocabulary)
    return tuple(_name(str(name)) for name in names), bricks


def _name(text: str) -> str:
    if why := part_name_complaint(text.strip()):
        raise InputError(why)
    return text.strip()


@contextmanager
def _problems_of(name: str) -> Iterator[None]:
    """Let what is raised meanwhile say that it is about `name`."""
    try:
        yield
    except InputError as error:
        raise InputError([f"`{name}`: {why}" for why in error.problems]) from None


def _check_unique(names: Iterable[str]) -> None:
    """Raise InputError for a name that is given twice."""
    for name, number in Counter(names).items():
        if number > 1:
            raise InputError(f"`{name}` is given twice; give each another name")


def _check_cases(names: Iterable[str]) -> None:
    """Raise InputError for names that a file system may take for one."""
    names = list(names)
    cases = Counter(name.lower() for name in names)
    if doubled := [name for name in names if cases[name.lower()] > 1]:
        raise InputError(
            f"`{'` and `'.join(doubled)}` differ in case alone, and files are named so; "
            "choose names that differ in more"
        )


def _check_logs(outputs: Iterable[AskedOutput]) -> None:
    """Raise InputError for outputs whose losses or metrics Keras would log as one."""
    logged: dict[str, str] = {}
    for output in outputs:
        for measure in ("loss", *output.kind.metrics):
            for key in (f"{output.name}_{measure}", f"val_{output.name}_{measure}"):
                other = logged.setdefault(key, output.name)
                if other != output.name:
                    raise InputError(
                        f"`{other}` and `{output.name}` would both be logged as `{key}`; "
                        "give one of them another name"
                    )
