"""A word that is defined again means one thing, in a project and in its answers file."""

import pytest

from keras_scaffold.answers import Reading, replace_answers
from keras_scaffold.bricks import read_definitions, told_definition
from keras_scaffold.errors import InputError


def test_made_of_later_ones():
    """It is kept behind those of the file that it is made of."""
    file = read_definitions(["wide(f): conv(f)", "deep(f): conv(f) conv(f)"])

    found = read_definitions(["wide(f): deep(f) conv(f)"], file)
    kept = [told_definition(brick) for brick in found.bricks.values()]

    assert kept == ["deep(f): conv(f) conv(f)", "wide(f): deep(f) conv(f)"]
    assert [*read_definitions(kept).bricks] == ["deep", "wide"]


def test_used_by_others():
    """A word is not one brick in the network and another within a word of the file."""
    file = read_definitions(["wide: conv(4)", "deep: wide conv(8)"])

    with pytest.raises(InputError, match="`wide` is another brick in `deep`, which was"):
        read_definitions(["wide: conv(2)"], file)

    assert [*read_definitions(["wide: conv(2)", "deep: wide"], file).bricks] == [
        *("wide", "deep")
    ]


@pytest.mark.parametrize("brick", ["wide(64)", "repeat(2, lambda i: conv(8 * i))"])
def test_widths_of_their_own(brick):
    """The width multiplier is refused where it would scale nothing, or knows no width."""
    reading = Reading(
        {"define": "wide(f): conv(f)", "blocks": f"{brick} gap", "width_multiplier": 0.5},
        {},
    )

    [problem] = reading.wrong("blocks")
    assert "leave out --width-multiplier" in problem


OLD = ["act(f): conv(f)", "core(n): act(n) conv(n)", "own: gap"]


@pytest.mark.parametrize(
    ("file", "left"),
    [
        (["core(n): act(n) conv(2)"], ["act(f): conv(f)", "own: gap"]),
        (["act2(f): conv(f)", "core(n): act2(n)"], ["own: gap"]),
        (["core(n): act(n", "other: gap"], ["act(f): conv(f)", "own: gap"]),
    ],
)
def test_given_in_a_file(file, left):
    """What a file makes needless is not kept, and what nothing used before is."""
    kept = {"define": OLD, "blocks": ["core(4)", "gap"]}

    assert replace_answers(kept, {"bricks": file})["define"] == left


def test_a_file_of_other_words():
    """A file that tells nothing of the network is refused, unless bricks are given with it."""
    kept, given = {"define": OLD, "blocks": ["core(4)", "gap"]}, {"bricks": ["wide: gap"]}

    with pytest.raises(InputError, match="it defines `wide`, and the network is told by"):
        replace_answers(kept, given)

    assert replace_answers(kept, {**given, "blocks": "wide"})["define"] == OLD
