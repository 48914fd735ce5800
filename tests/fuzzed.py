"""Texts that nobody would write, made of what somebody might: words, brackets, numbers, junk."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

PIECES = (
    *(
        "cnn(8)",
        "conv",
        "Conv2D(8, 3)",
        "LSTM(4)",
        "skip(",
        "parallel([",
        "gate(",
        "repeat(2, ",
    ),
    *(
        "wide(",
        "lambda i: ",
        "lambda",
        "i",
        "filters",
        "in_channels",
        "shortcut=auto",
        "join=add",
    ),
    *(
        "shortcut=[",
        "name='a'",
        "name=x",
        "add('a')",
        "Dense(",
        "L2(1e-4)",
        "TimeDistributed(",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        " ",
        " ",
        "  ",
        ":",
        "=",
        "*",
        "**",
        "//",
        "%",
        "-",
        "+",
    ),
    *(
        "0",
        "1",
        "-1",
        "1e9",
        "1/255",
        "9" * 30,
        "0.5",
        "None",
        "True",
        "nan",
        "1_000",
        "0x10",
    ),
    *(
        "'",
        '"',
        "\\",
        "\n",
        "\t",
        "\0",
        "é",
        "猫",
        "\ud800",
        "#",
        ";",
        "|",
        "->",
        "@",
        "`",
        "$",
    ),
    *(
        "not",
        "if",
        "else",
        "for",
        "await",
        "yield",
        "import os",
        "__import__('os')",
        "f'{x}'",
    ),
    *(
        "gap",
        "maxpool(2)",
        "flatten",
        "wide(8)",
        "max(",
        "min(1, ",
        "int(",
        "...",
        "*[",
        "**{",
    ),
)
HEADS = (
    "wide(filters): ",
    "wide(filters, n=2): ",
    "wide: ",
    "wide(",
    "two(i): ",
    "",
    ": ",
    "é(x): ",
)


def fuzzed(seed: int, number: int) -> Iterator[tuple[str, str]]:
    """So many pairs of a definition and bricks."""
    random = Random(seed)
    for _ in range(number):
        definition = random.choice(HEADS) + _text(random)
        yield definition, _text(random)


def _text(random: Random) -> str:
    pieces = [random.choice(PIECES) for _ in range(random.choice((1, 3, 8, 20, 60)))]
    text = "".join(pieces) if random.random() < 0.5 else " ".join(pieces)
    if random.random() < 0.3:  # nearly right
        text = f"skip({text}) repeat(2, wide(8)) {text} gap"
    if random.random() < 0.02:
        text *= random.choice((10, 300))
    for _ in range(random.choice((0, 0, 1, 3))):
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice(PIECES) + text[place + random.randrange(3) :]
    return text
