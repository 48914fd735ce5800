"""What is too large is refused before it is worked on; what is only long is read."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.syntax import LONGEST_TEXT
from keras_scaffold.errors import InputError
from keras_scaffold.layers.graph import MOST_LAYERS
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan

HUGE = (
    "repeat(1000000, cnn(8)) gap",
    "vgg(8, convs=1000000) gap",
    "dense_block(1000000) gap",
    "repeat(1000000, dense_block(1000000)) gap",
    "repeat(1000000, vgg(8, convs=1000000), dense_block(1000000)) gap",
    "gap repeat(1000000, dropout(0.5), dense(1000000))",
    "repeat(9000, upsample(1000000)) gap",
    "repeat(9000, zeropad(1000000)) gap",
    "zeropad(1000000) upsample(1000000) upsample(1000000) flatten",
    "reshape(1000000, 1000000, 1000000) gap",
    "conv(1000000, 1000000) flatten dense(1000000)",
    "dense_block(1000000, growth_rate=1000000) gap",
    'cnn(8, name="a") repeat(1000000, conv(8)) add("a") gap',
    "gap " * 20_000,
    "bogus " * 9_000,
    " ".join(f"dense({number})" for number in range(30_000)),
    f"gap repeat(1000000, {', '.join(['dense(3)'] * 9_000)})",
    f"repeat(2, {', '.join(['dens(3)'] * 9_000)})",
    f"cnn({'1, ' * 30_000})",
    f"cnn({'(' * 50_000}1{')' * 50_000})",
    f"cnn({'-' * 50_000}1)",
    f"cnn({'9' * 50_000})",
    "x" * 90_000,
    "x" * 9_000_000,
    "cnn(32), " * 9_000,
    "," * 90_000,
)
IN_A_PROCESS = """
    import resource, sys, time
    from keras_scaffold.answers import check_answers
    from keras_scaffold.errors import InputError
    from keras_scaffold.templates import (open_template)

    with open_template(to_render=False) as template:
        questions = template.questions
    room = 200 * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (room, room))
    for number, blocks in enumerate(sys.stdin.read().split("\\n")):
        given = {"width_multiplier": 100 if number % 4 else 1}
        end = int(time.process_time()) + 3
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))
        try:
            check_answers({"name": "net", "blocks": blocks, **given}, questions)
        except InputError as error:
            print(len(error.problems), max(map(len, error.problems)))
"""


def test_huge_numbers_and_texts_are_refused_within_limits():
    """Nothing that is told makes more work than 200 MB and 3 seconds of a processor hold."""
    done = subprocess.run(
        [sys.executable, "-c", dedent(IN_A_PROCESS)],
        input="\n".join(HUGE),
        capture_output=True,
        text=True,
        check=False,
    )

    told = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert (done.stderr, len(told)) == ("", len(HUGE))
    assert max(number for number, _ in told) <= 21
    assert max(longest for _, longest in told) < 1_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("repeat(1000000, cnn(8)) gap", "brick 1 `repeat(1000000, cnn(8))`"),
        ("cnn(8) vgg(8, convs=1000000) gap", "brick 2 `vgg(8, convs=1000000)`"),
        ("dense_block(1000000) gap", "brick 1 `dense_block(1000000)`"),
        ("gap repeat(9998, dropout(0.5))", "output `logits`"),
    ],
)
def test_more_layers_than_the_limit(text, place):
    """The brick that goes beyond it is told with the limit and the way out."""
    with pytest.raises(InputError) as error:
        assemble(Plan.plain(parse(text), (28, 28, 1), 10))

    assert error.value.problems == [
        (
            f"{place}: a network may have 10,000 layers, and goes on beyond; repeat less, or take "
            "fewer bricks"
        )
    ]


def test_as_many_layers_as_the_limit():
    """A network of just so many layers is put together."""
    bricks = parse(f"gap repeat({MOST_LAYERS - 3}, dropout(0.5))")

    assert len(assemble(Plan.plain(bricks, (8, 8, 1), 2)).layers) == MOST_LAYERS


@pytest.mark.parametrize(
    "text",
    [
        (
            "cnn(16) repeat(111, bottleneck(16)) bottleneck(32, stride=2) repeat(110, bottleneck(32)) "
            "bottleneck(64, stride=2) repeat(110, bottleneck(64)) gap"
        ),  # ResNet-1001
        (
            "cnn(16) repeat(200, residual(16)) residual(32, stride=2) repeat(199, residual(32)) "
            "residual(64, stride=2) repeat(199, residual(64)) gap"
        ),  # ResNet-1202
        (
            "cnn(64) dense_block(6) transition dense_block(12) transition dense_block(64) transition "
            "dense_block(48) gap"
        ),  # DenseNet-264
    ],
)
def test_deep_networks_of_papers_are_within_the_limit(text):
    """The deepest networks that are known by name pass."""
    assert assemble(Plan.plain(parse(text), (32, 32, 3), 10)).total > 1_000_000


@pytest.mark.parametrize(
    "blocks",
    [
        "upsample(1000000) upsample(1000000) flatten",
        "upsample(1000000) zeropad(500000000) gap",
    ],
)
def test_more_values_than_can_be_counted(blocks):
    """A map beyond 64 bits, or a size beyond its limit, is refused with its brick."""
    with pytest.raises(InputError) as error:
        assemble(Plan.plain(parse(blocks), (28, 28, 1), 10))

    assert error.value.problems[0].startswith("brick 2 `")


@pytest.mark.parametrize("number", [200, 5_000])
def test_a_long_brick_is_read(number):
    """A brick is as long as its user likes, and what is kept of it reads back the same."""
    inner = ", ".join(f"dense({1 + number % 7})" for number in range(number))

    bricks = parse(f"gap repeat(2, {inner})")

    assert len(bricks[1].parts()) == number
    assert parse(" ".join(map(str, bricks))) == bricks


def test_a_long_brick_that_is_wrong_is_told_in_short():
    """The beginning and the end of it are quoted, and what is wrong in it is named."""
    inner = ", ".join(["dense(3)"] * 5_000)

    with pytest.raises(InputError) as error:
        parse(f"gap repeat(2, {inner}, dens(3))")

    assert error.value.problems == [
        (
            f"brick 2 `{('repeat(2, ' + inner)[:150]}…{(inner + ', dens(3))')[-50:]}`: in `dens(3)`: "
            "there is no brick `dens`; did you mean `dense`?"
        )
    ]


def test_more_text_than_is_read():
    """A text beyond the limit is told with its length; so is one that is kept as a longer one."""
    short = "lrn(9,9,9,9) " * (LONGEST_TEXT // 13)

    for text in ("gap " * LONGEST_TEXT, short):
        with pytest.raises(InputError) as error:
            parse(text)

        [told] = error.value.problems
        assert "characters, more than the 100,000 that are read; say it with fewer" in told


def test_reading_stops_after_many_mistakes():
    """Twenty wrong bricks are told, and where reading stopped."""
    with pytest.raises(InputError) as error:
        parse("bogus " * 50)

    *mistakes, last = error.value.problems
    assert len(mistakes) == 20
    assert last == "from brick 21 on none was read; correct these first"
