"""`scaffold show`: the code of a network, printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pexpect
import pytest

from tests.printed import errors
from tests.processes import SCAFFOLD
from tests.shown import by_style

CHAIN = "a Sequential model is one chain of bricks from one input to one output"
SMALL = ("--blocks", "cnn(8) inception(8, 8) gap")


def test_show(scaffold):
    """The code of a style is printed and nothing else, by the name that was given."""
    result = scaffold("show", "--blocks", "cnn(8) gap", "--classes", "3", "--name", "tiny",
                      "--style", "subclassing")  # fmt: skip

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith('"""The network in Keras\' Subclassing style')
    assert lines[2:4] == ["import keras", "from keras import layers"]
    assert "CLASSES = 3" in lines
    assert '    model = ImageClassifier(name="tiny")' in lines
    assert lines[-2:] == ['if __name__ == "__main__":', "    build_model().summary()"]


def test_default(scaffold):
    """Without options it is the network that the preview shows, in the default style."""
    result = scaffold("show")

    assert 'x = inception(x, 64, 64, name="inception_1")  # (9, 9, 128)' in result.stdout


def test_answers_of_a_project(scaffold, workplace):
    """Answers may be a project's, and flags override them, as for the preview."""
    (workplace / "answers.yml").write_text(
        "style: sequential\nblocks: [dense(8), flatten]\n"
    )

    result = scaffold("show", "--answers", "answers.yml", "--sequential-form", "add")

    assert (
        'model.add(layers.Dense(8, activation="relu", name="dense"))  # (28, 28, 8)'
        in result.stdout
    )


def test_sizes_that_a_parameter_tells(scaffold):
    """A border or a kernel that is computed of a parameter stands so in the code of its block."""
    block = "padded(k): ZeroPadding2D(((k // 2, k), (0, k))) Conv2D(8, (k, 2 * k))"

    result = scaffold("show", "--define", block, "--blocks", "padded(3) gap",
                      "--style", "functional")  # fmt: skip

    assert "layers.ZeroPadding2D(padding=((k // 2, k), (0, k)), name=" in result.stdout
    assert "layers.Conv2D(8, (k, 2 * k), name=" in result.stdout


@pytest.mark.process
def test_it_runs(workplace):
    """What is printed prints the summary when it is run."""
    shown = subprocess.run(
        [*SCAFFOLD, "show", *SMALL], capture_output=True, text=True, check=True
    )
    (workplace / "model.py").write_text(shown.stdout)

    done = subprocess.run(
        [sys.executable, "model.py"], capture_output=True, text=True, check=True
    )

    assert 'Model: "net"' in done.stdout
    assert "Total params: 1,514 " in done.stdout  # as the preview tells


@pytest.mark.process
def test_it_starts_fast(workplace):
    """Neither TensorFlow nor Copier is imported; for a pipe nor is what draws at terminals."""
    ask = "import sys; from keras_scaffold.__main__ import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"

    done = subprocess.run(
        [sys.executable, "-c", ask, "show", "--style", "all"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("# %% Sequential")
    assert not {"copier", "keras", "rich", "tensorflow"} & {*done.stderr.split()}


def test_all_styles(scaffold):
    """For a pipe each style follows the other under a heading, as it is alone."""
    printed = by_style(scaffold("show", "--style", "all", *SMALL).stdout)

    assert [*printed] == ["Sequential", "Functional", "Subclassing"]
    for style, code in printed.items():
        assert code == scaffold("show", "--style", style.lower(), *SMALL).stdout


def test_all_styles_in_the_form_of_one(scaffold):
    """What is asked for a Sequential model is done there, and is nothing to the others."""
    result = scaffold("show", "--style", "all", "--sequential-form", "add", *SMALL)

    assert 'model.add(CNN(8, name="cnn"))' in by_style(result.stdout)["Sequential"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ["--preset", "siamese"],
            (
                f"--preset: `siamese`: {CHAIN}, without named inputs or towers or a join of "
                "inputs or named outputs"
            ),
        ),
        (
            ["--blocks", 'cnn(8, name="a") cnn(8) add("a") cnn(8) add("a") gap'],
            f'--blocks: brick 3 `add("a")`: {CHAIN}, without ways around its bricks (and 1 more)',
        ),
    ],
    ids=["graph", "skips"],
)
def test_a_style_that_cannot_say_it(words, why, scaffold):
    """The other styles are shown, and a line tells why that one is not."""
    result = scaffold("show", "--style", "all", *words)

    printed = by_style(result.stdout)
    assert result.exit_code == 0
    assert [*printed] == ["Functional", "Subclassing"]
    assert result.stdout.splitlines()[-1] == f"# sequential: left out, for {why}"


def test_that_style_alone(scaffold):
    """Asked for alone it is refused, with the ones that can."""
    (told,) = errors(scaffold("show", "--style", "sequential", "--preset", "siamese"))

    assert told.endswith("; say --style functional or --style subclassing")


def test_wrong_in_every_style(scaffold):
    """What no style can say is told once, all of it."""
    told = errors(scaffold("show", "--style", "all", "--blocks", "cnn(0) gab"))

    assert told == [
        (
            "error: --blocks: brick 1 `cnn(0)`: filters must be a whole number from 1 to "
            "1,000,000, not `0`"
        ),
        "error: --blocks: brick 2 `gab`: there is no brick `gab`; did you mean `gap`?",
    ]


def test_size_limit(scaffold):
    """Absurd sizes are refused as in the preview, unless there is no limit."""
    words = ("show", "--blocks", "flatten dense(300000)")

    assert "more than 200,000,000" in errors(scaffold(*words))[0]
    assert "layers.Dense(300000" in scaffold(*words, "--no-size-limit").stdout


def test_no_style_of_that_name(scaffold):
    """A style that there is not is refused."""
    (told,) = errors(scaffold("show", "--style", "keras"))

    assert told.startswith("error: --style: `keras`")


def at_terminal(*words, columns=80, **environment):
    """What a command prints at a terminal that knows colours."""
    shown = pexpect.run(
        " ".join([*SCAFFOLD, "show", *words]),
        env=os.environ | {"TERM": "xterm-256color"} | environment,
        dimensions=(24, columns),
        encoding="utf-8",
        timeout=60,
    )
    return str(shown).replace("\r\n", "\n")


def test_json(scaffold):
    """For programs there is the code by style, and all reasons why a style is left out."""
    words = ("show", "--preset", "siamese", "--style", "all", "--json")

    told = json.loads(scaffold(*words).stdout)

    shown = scaffold("show", "--preset", "siamese", "--style", "subclassing").stdout
    alone = errors(scaffold("show", "--preset", "siamese", "--style", "sequential"))
    assert [*told["code"]] == ["functional", "subclassing"]
    assert told["code"]["subclassing"] == shown
    assert told["left_out"] == {"sequential": [alone[0].removeprefix("error: ")]}


@pytest.mark.process
def test_colours(workplace):
    """At a terminal the code has colours and no other lines; not with NO_COLOR, nor without any."""
    plain = subprocess.run(
        [*SCAFFOLD, "show", "--preset", "mlp"], capture_output=True, text=True, check=True
    ).stdout

    coloured = at_terminal("--preset mlp", columns=30)

    assert "\x1b[" in coloured
    assert uncoloured(coloured) == plain
    assert at_terminal("--preset mlp", NO_COLOR="1") == plain
    assert at_terminal("--preset mlp", TERM="dumb") == plain


def uncoloured(shown):
    """Text without what gives it colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", shown)


@pytest.mark.process
def test_side_by_side(workplace):
    """In a wide terminal the styles have columns, in a narrower one headings."""
    wide = uncoloured(at_terminal("--style all --preset mlp", columns=180))
    narrow = uncoloured(at_terminal("--style all --preset mlp", columns=170))

    assert wide.split()[:3] == ["sequential", "functional", "subclassing"]
    assert max(map(len, wide.splitlines())) <= 180
    assert [*by_style(narrow)] == ["Sequential", "Functional", "Subclassing"]
