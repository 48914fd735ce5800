"""The drawing of a network in a terminal, above the table of its preview."""

import io
import re

import pytest
from rich.console import Console
from test_picture import NETWORKS, U_SHAPE, plain

from keras_scaffold.pictures.text import draw_text
from keras_scaffold.terminal.reports.networks import preview


def printed(renderable, width):
    """What a terminal of some width shows, line by line."""
    file = io.StringIO()
    Console(file=file, width=width).print(renderable)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_brick_is_told(name, width):
    """At any width each brick's text is in the drawing, on as many lines as it needs."""
    architecture = NETWORKS[name]()

    lines = printed(draw_text(architecture), width)

    told = re.sub(r"[\s│]", "", "".join(lines))
    assert all(re.sub(r"\s", "", stage.text) in told for stage in architecture.bricks)
    assert max(map(len, lines)) <= width


def test_a_shared_tower():
    """Its inputs stand side by side over it, it is told once, and so is what it gives."""
    assert printed(draw_text(NETWORKS["two inputs with one tower"]()), 80) == [
        "        ╭─ input left ─╮  ╭─ input right ─╮",
        "        │ 28x28x1      │  │ 28x28x1       │",
        "        ╰──────────────╯  ╰───────────────╯",
        "               │ 28x28x1          │ 28x28x1",
        "               └────────┬─────────┘",
        "                        ▼",
        "╭─ tower of left and right, one set of weights ─╮",
        "│ cnn(32)     28x28x32                          │",
        "│ maxpool(2)  14x14x32                          │",
        "│ cnn(64)     14x14x64                          │",
        "│ gap               64                          │",
        "│ dense(64)                                     │",
        "╰───────────────────────────────────────────────╯",
        "                        ▼ 64 for left and for right",
        "             ╭─ join ──────────────╮",
        "             │ absolute_difference │",
        "             ╰─────────────────────╯",
        "                        ▼ 64",
        "                ╭─ trunk ───────╮",
        "                │ dense(32)  32 │",
        "                ╰───────────────╯",
        "                        ▼ 32",
        "                ╭─ head of same ─╮",
        "                │ dense(2)  2    │",
        "                ╰────────────────╯",
    ]


def test_heads_side_by_side():
    """The trunk leads to each head."""
    assert printed(draw_text(NETWORKS["two heads"]()), 80) == [
        "           ╭─ input image ─╮",
        "           │ 28x28x1       │",
        "           ╰───────────────╯",
        "                   ▼ 28x28x1",
        "         ╭─ trunk ───────────╮",
        "         │ cnn(32)  28x28x32 │",
        "         │ gap            32 │",
        "         ╰───────────────────╯",
        "                   │ 32",
        "         ┌─────────┴──────────┐",
        "         ▼                    ▼",
        "╭─ head of digit ─╮  ╭─ head of parity ─╮",
        "│ dense(2)  2     │  │ dense(16)  16    │",
        "╰─────────────────╯  │ dense(2)    2    │",
        "                     ╰──────────────────╯",
    ]


def test_heads_under_one_another():
    """Where there is too little room, each arrow tells where it comes from."""
    assert printed(draw_text(NETWORKS["two heads"]()), 38) == [
        "      ╭─ input image ─╮",
        "      │ 28x28x1       │",
        "      ╰───────────────╯",
        "              ▼ 28x28x1",
        "    ╭─ trunk ───────────╮",
        "    │ cnn(32)  28x28x32 │",
        "    │ gap            32 │",
        "    ╰───────────────────╯",
        "         ▼ 32 from the trunk",
        "╭─ head of digit ─╮",
        "│ dense(2)  2     │",
        "╰─────────────────╯",
        "",
        "         ▼ 32 from the trunk",
        "╭─ head of parity ─╮",
        "│ dense(16)  16    │",
        "│ dense(2)    2    │",
        "╰──────────────────╯",
    ]


def test_skips():
    """A brick that is named further on is marked with its name."""
    lines = printed(draw_text(plain(U_SHAPE)), 80)

    assert [line.split("◄ ")[1].split()[0] for line in lines if "◄" in line] == ["a", "b"]


def test_repeated_bricks_are_one_line():
    """A repeat is one brick."""
    text = 'cnn(8, name="stem") repeat(3, cnn(8), dropout(0.1)) add("stem") gap'

    lines = printed(draw_text(plain(text)), 80)

    assert sum("repeat(3, cnn(8), dropout(0.1))" in line for line in lines) == 1


def test_it_prints_where_boxes_cannot_be_encoded():
    """A terminal that knows ASCII alone gets escapes, not an error."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii", errors="backslashreplace")

    Console(file=file, width=80).print(draw_text(plain(U_SHAPE)))

    file.flush()
    assert rb"\u2502 upsample" in raw.getvalue()


def test_a_chain_is_not_drawn():
    """The preview of a single chain is its table; that of a graph has a drawing above it."""
    chain, graph = preview(plain("cnn(8) gap")), preview(plain(U_SHAPE))

    assert len(chain) == 1
    assert "╭─ trunk" in "".join(printed(graph[0], 80))
