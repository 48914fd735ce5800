"""What is told of an error in a project is where the project's own code was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.proof.process.traces import (
    FIRST,
    FRAMES,
    LAST,
    Trace,
    message,
    shortened,
    without_control,
)

COLOURED = (
    "\x1b[1mWhat is\x1b[0m \x1b]8;;https://keras.io\x07wrong\x1b]8;;\x07\r\n\x9b1m\tis told"
)


def call(place: Path, line: int, inner):
    """A function whose code is in a file, at a line of it."""

    def run():
        return inner()

    run.__code__ = run.__code__.replace(co_filename=str(place), co_firstlineno=line - 1)
    return run


def fail():
    """What goes wrong at last."""
    raise ValueError(COLOURED)


def raised(run):
    """The error that a function raises."""
    try:
        run()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 99)), max_size=25))
def test_calls(tmp_path, calls):
    """The last of the project's calls are kept, the very last is told, and others are counted."""
    run = fail
    for number, (own, line) in enumerate(calls):
        place = f"src/net/m{number}.py" if own else f"src/keras/m{number}.py"
        run = call((tmp_path / "net" if own else tmp_path) / place, line, run)
    error = raised(run)

    trace = Trace(error, tmp_path / "net")

    own = [f"src/net/m{n}.py, line {line}" for n, (its, line) in enumerate(calls) if its]
    places = re.findall(r'File "(src/net/[^"]+", line \d+)', trace.log())
    assert [place.replace('"', "") for place in places] == own[:FRAMES][::-1]
    where = f"{own[0]}: " if own else ""
    assert trace.located(message(error)) == f"{where}ValueError: What is wrong\n\tis told"
    assert trace.log().endswith(
        "    raise ValueError(COLOURED)\nValueError: What is wrong\n\tis told"
    )
    counted = sum(
        int(number) for number in re.findall(r"\((\d+) calls of other", trace.log())
    )
    shown = trace.log().count("  File ")
    assert not own or counted + shown == len(calls) + 2


@pytest.mark.parametrize("cause", [True, False])
def test_what_it_came_of(cause, tmp_path):
    """Where an error has nothing of the project, one that it came of may have."""
    own = call(tmp_path / "src" / "net" / "data.py", 3, fail)

    def other():
        try:
            own()
        except ValueError as error:
            raise RuntimeError("not loaded") from (error if cause else None)

    error = raised(other)
    trace = Trace(error, tmp_path)

    assert trace.located(message(error)) == (
        "src/net/data.py, line 3: RuntimeError: not loaded"
        if cause
        else "RuntimeError: not loaded"
    )
    assert ('File "src/net/data.py", line 3' in trace.log()) == cause


def test_what_comes_of_itself(tmp_path):
    """An error that is said to come of itself, or to be nothing, is told as any other."""

    class EmptyError(Exception):
        def __len__(self):
            return 0

    def other():
        try:
            raise EmptyError("nothing")
        except EmptyError as error:
            raise error from error

    error = raised(other)

    assert Trace(error, tmp_path).log().endswith("EmptyError: nothing")


def test_syntax(tmp_path):
    """What is no Python is told by its own place, not by that of its import."""
    place = tmp_path / "src" / "net" / "model.py"
    run = call(
        place, 7, lambda: compile("x = 1\nx = (\n", place.with_name("blocks.py"), "exec")
    )
    error = raised(run)

    trace = Trace(error, tmp_path)

    assert trace.located(message(error)) == (
        "src/net/blocks.py, line 2: SyntaxError: '(' was never closed"
    )


def test_place_in_a_message(tmp_path):
    """What TensorFlow's graph says of a place counts, since its calls do not lead there."""
    error = raised(
        lambda: fail_with(f'defined at\nFile "{tmp_path}/src/net/a.py", line 5, in call')
    )

    assert (
        Trace(error, tmp_path)
        .located("InvalidArgumentError")
        .startswith("src/net/a.py, line 5: ")
    )


def fail_with(text):
    """An error that says something."""
    raise RuntimeError(text)


def test_paths_of_the_project(tmp_path):
    """Where the project lies, which in `new` is not where it will be, is in no message."""
    error = raised(lambda: fail_with(f"no file '{tmp_path}/data/a.png'"))

    assert Trace(error, tmp_path).located(message(error)) == (
        "RuntimeError: no file 'data/a.png'"
    )


@given(st.text(st.characters(max_codepoint=0xA0)))
def test_nothing_controls_a_terminal(text):
    """Nothing but line ends and tabs is left of what is not to be read, and else nothing is lost."""
    found = without_control(text)

    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", found)
    if not re.search("[\x1b\x9b]", text):
        assert found == re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)


@pytest.mark.parametrize("number", [1, FIRST + LAST, FIRST + LAST + 1, 1000])
def test_long_texts(number):
    """Of a long text the beginning and the end are kept."""
    lines = [f"line {n}" for n in range(number)]

    found = shortened("\n".join(lines)).splitlines()

    if number <= FIRST + LAST:
        assert found == lines
    else:
        left_out = f"({number - FIRST - LAST} lines are left out)"
        assert found == [*lines[:FIRST], left_out, *lines[-LAST:]]
