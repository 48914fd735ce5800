"""What goes around bricks is brought to their shape where that is another, and only there."""

import pytest

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network import Plan, assemble


@pytest.mark.parametrize(
    "blocks",
    [
        "skip(conv(3), shortcut=[batchnorm])",
        "repeat(2, skip(conv(3), shortcut=[conv(3, 1)]))",
        "repeat(2, lambda i: skip(conv(3), shortcut=[conv(i, 1)]))",
        "conv(4) gate(skip(conv(4), shortcut=[batchnorm]))",
    ],
)
def test_a_shortcut_that_is_never_used(blocks):
    """It is refused with what adds it in any case, for it would be left out without a word."""
    with pytest.raises(InputError, match=r"its shortcut is never used; .* parallel\("):
        assemble(Plan.plain(parse(f"{blocks} gap"), (8, 8, 3), 2))


@pytest.mark.parametrize(
    ("blocks", "layers"),
    [
        ("repeat(3, skip(conv(4), shortcut=[conv(4, 1)]))", 1),
        ("stage(3) stage(4) stage(4)", 1),
        ("stage(3)", 0),
    ],
)
def test_a_shortcut_that_some_shape_needs(blocks, layers):
    """In a loop, or in a block, it is there where the shape asks for it."""
    told = read_definitions(["stage(n): skip(conv(n), shortcut=[conv(n, 1)])"])

    found = assemble(Plan.plain(parse(f"{blocks} gap", told), (8, 8, 3), 2))

    shortcuts = [node for node in found.graph.nodes if node.name.endswith("_shortcut")]
    assert len(shortcuts) == layers


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ("skip(conv(4, 3, 2, padding=valid), shortcut=auto)", "no 1x1 convolution makes"),
        ("skip(flatten dense(4), shortcut=auto)", "no 1x1 convolution makes 4 of 9x8x3"),
        ("repeat(0, conv(4))", "times must be a whole number from 1"),
        ("none(0)", "with these values it has no layers; leave it out"),
    ],
)
def test_what_cannot_be(blocks, why):
    """It is refused with the reason."""
    with pytest.raises(InputError, match=why):
        told = read_definitions(["none(n): repeat(n, conv(4))"])
        assemble(Plan.plain(parse(f"{blocks} gap", told), (9, 8, 3), 2))


@pytest.mark.parametrize(
    "blocks",
    [
        "around(8) gap around(8)",
        "around(8) gap inner(8)",
        "repeat(2, lambda i: [skip(grown(4 * i + 4), shortcut=auto), gap]) ",
    ],
)
def test_an_automatic_shortcut_of_two_ranks(blocks):
    """Where it would be another layer by turns, in one place of the code, it is refused."""
    told = read_definitions(
        [
            "grown(n): parallel([Dense(n)], [])",
            "inner(n): skip(grown(n), shortcut=auto)",
            "around(n): inner(n)",
        ]
    )

    with pytest.raises(InputError, match=r"or others by turns; define a block for each"):
        assemble(Plan.plain(parse(blocks, told), (8, 8, 3), 2))


def test_automatic_shortcuts_of_two_ranks_in_two_places():
    """Each is a layer of its own, so that they may differ."""
    told = read_definitions(["wide(n): skip(Dense(n), shortcut=auto)"])
    blocks = "wide(8) skip(Dense(9), shortcut=auto) gap skip(Dense(12), shortcut=auto)"

    found = assemble(Plan.plain(parse(blocks, told), (8, 8, 3), 2))

    assert sum("shortcut" in node.name for node in found.graph.nodes) == 3
