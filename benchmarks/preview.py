"""The preview's time once the command has started, for networks of many bricks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from benchmarks.paired import Row, told
from keras_scaffold.bricks.chain import parse
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan
from keras_scaffold.terminal.cli import app
from keras_scaffold.terminal.reports import networks

BRICKS = ("cnn(16)", "inception(16, 16)", "conv(24)", "batchnorm", "dropout(0.1)")
LIMIT = 50  # ms for 100 bricks
LARGE_LIMIT = 500  # ms for the whole command, and 1000 bricks
PAIR = ("--input", "left", "--input", "right", "--join", "add", "--shared", "cnn(16)")
DEFINED = ("--define", "wide(filters): skip(cnn(filters) conv(filters), shortcut=auto)")
NESTED = ("skip(cnn(8) conv(8), shortcut=auto)", "wide(8)", "Conv2D({}, 3, padding=same)")
"""Five bricks: two of them are within the first."""
WAYS = ("cnn(16, name='from_{0}')", "cnn(16)", "add('from_{0}')", "dropout(0.1)")


def preview(workspace: Path, repeats: int) -> Iterator[Row]:
    """Shapes and parameters of 10, 100, 1000 bricks: by rule, and as the command prints."""
    for number in (10, 100, 1000):
        notation = " ".join([*islice(cycle(BRICKS), number - 1), "gap"])
        for what, run in (("rules", _rules), ("command", _command)):
            elapsed = 1000 * _median_seconds(partial(run, notation), 3 * repeats)
            bar, met = "", None
            if number == 100 and run is _rules:
                bar, met = f"< {LIMIT} ms", elapsed < LIMIT
            if number == 1000 and run is _command:
                bar, met = f"< {LARGE_LIMIT} ms", elapsed < LARGE_LIMIT
            yield Row(
                f"preview of {number} bricks, {what}", told(elapsed, "ms"), bar=bar, met=met
            )
    ways = [way.format(number) for number in range(250) for way in WAYS]
    nested = [brick.format(8 + number % 3) for number in range(200) for brick in NESTED]
    for what, bricks, options in (
        ("in a graph and drawn", ways, (*PAIR, "--svg", workspace / "net.svg")),
        ("those within others counted", nested, DEFINED),
    ):
        run = partial(_command, " ".join([*bricks, "gap"]), *options)
        elapsed = 1000 * _median_seconds(run, 3 * repeats)
        yield Row(
            f"preview of 1000 bricks, {what}, command",
            told(elapsed, "ms"),
            bar=f"< {LARGE_LIMIT} ms",
            met=elapsed < LARGE_LIMIT,
        )


def _rules(notation: str) -> None:
    """From the notation to every number that the preview shows."""
    architecture = assemble(Plan.plain(parse(notation), (28, 28, 1), 10))
    data = networks.preview_data(architecture)
    assert data["total_params"] > 0


def _command(notation: str, *options: object) -> None:
    """The whole command, with its options, its checks, its drawing and its table."""
    printed = StringIO()
    with redirect_stdout(printed):
        arguments = ["preview", "--blocks", notation, "--no-size-limit"]
        app([*arguments, *map(str, options)], standalone_mode=False)
    assert "gap" in printed.getvalue()


def _median_seconds(run: Callable[[], None], repeats: int) -> float:
    run()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return median(times)
