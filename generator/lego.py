"""Stacking bricks at a terminal: each one shown at once with its shape and parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.architecture import Architecture, assemble, size_problems
from generator.brick import Brick
from generator.bricks import catalogue
from generator.errors import InputError
from generator.layer import Shape
from generator.menu import Choice
from generator.notation import parse_brick
from generator.plan import Plan
from generator.questions import choose, write
from generator.readers import FEWEST_CLASSES, read_classes, read_shape
from generator.reports import networks, tables

UNDO, FINISH = "undo the last brick", "finish"
BACK = "back"
MENU_SHARE = 0.5
"""Of the screen: above it, the bricks so far stay in sight."""


def build_bricks(
    input_shape: str,
    classes: Any,
    show: Callable[[Any], None],
    *,
    beyond: str | None,
    size_limit: bool,
) -> list[str]:
    """Ask for bricks until they make a network; gives their notation.

    `show` prints text and tables. What is `beyond` the style is why no brick can be taken
    that continues from named ones. Raises InputError for a bad shape or class count,
    KeyboardInterrupt for Ctrl-C.
    """
    shape, outputs = read_shape(input_shape), read_classes(classes)
    show(
        f"Images are {input_shape}. Stack the first brick; `{BACK}` instead of its values "
        "leads back to the list."
    )
    bricks: list[Brick] = []
    while True:
        answer = next_brick(bool(bricks), beyond)
        if answer == FINISH:
            if _finished(bricks, shape, outputs, show):
                return [str(brick) for brick in bricks]
        elif answer == UNDO:
            bricks.pop()
            show(networks.preview_table(_stack(bricks, shape)))
        else:
            bricks += _add(catalogue()[answer], bricks, shape, show, size_limit=size_limit)
            show(networks.preview_table(_stack(bricks, shape)))


def _stack(bricks: list[Brick], shape: Shape) -> Architecture:
    """The bricks so far, without a head."""
    return assemble(Plan.plain(bricks, shape, FEWEST_CLASSES), heads=False)


def next_brick(started: bool, beyond: str | None) -> str:
    """A brick's word, UNDO or FINISH, as the user chooses."""
    bricks = [
        Choice(word, brick.summary(), beyond if brick.reads_names else None)
        for word, brick in catalogue().items()
    ]
    ends = [
        Choice(way, unfit=None if started else "no brick yet") for way in (UNDO, FINISH)
    ]
    answer: str = choose("Next brick", bricks, "cnn", kept=ends, share=MENU_SHARE)
    return answer


def _add(
    kind: type[Brick],
    bricks: list[Brick],
    shape: Shape,
    show: Callable[[Any], None],
    *,
    size_limit: bool,
) -> list[Brick]:
    """The new brick, asked for until it fits; none for `back`."""
    typed = ""
    while True:
        if kind.arguments():
            typed = write(f"{kind.signature()}:", kind.example, typed)
            if typed.strip() == BACK:
                return []
        try:
            brick = parse_brick(f"{kind.word()}({typed.strip() or kind.example})")
            problems = size_problems(_stack([*bricks, brick], shape))
            if problems and size_limit:
                raise InputError(problems)
        except InputError as error:
            for problem in error.problems:
                show(tables.problem(problem))
            if not kind.arguments():
                return []
            show(f"Correct it, or write `{BACK}` to choose another brick.")
        else:
            return [brick]


def _finished(
    bricks: list[Brick], shape: Shape, classes: int, show: Callable[[Any], None]
) -> bool:
    try:
        show(networks.preview_table(assemble(Plan.plain(bricks, shape, classes))))
    except InputError as error:
        for problem in error.problems:
            show(tables.problem(problem))
        return False
    return True
