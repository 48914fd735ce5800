"""The table of a network that is no chain: what each brick or layer continues from."""

import io
import re

import pytest
from graph_strategies import graphs, told
from hypothesis import given
from rich.console import Console

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.edges import find_edges
from keras_scaffold.terminal.reports.networks import preview_table
from tests.pictured import NETWORKS, U_SHAPE, crowds, plain


def printed(architecture, width, **options):
    """What a terminal of some width shows, line by line."""
    file = io.StringIO()
    Console(file=file, width=width).print(preview_table(architecture, **options))
    return [line.rstrip() for line in file.getvalue().splitlines() if line.strip()]


def rows_of(architecture, **options):
    """The rows of its table, with their headings, without titles."""
    made = preview_table(architecture, **options)
    return [
        dict(zip(made.columns, row, strict=True))
        for group in made.groups
        if not isinstance(group, str)
        for row in group
    ]


def assert_edges(architecture):
    """Assert that its rows tell every edge, and no other."""
    found, names = [], [slot.name for slot in architecture.slots]
    for above, row in zip([None, *names], rows_of(architecture), strict=False):
        sources = row.get("from") or (above if row["brick"] != "input" else "")
        found += ((source, row["name"]) for source in sources.split(", ") if source)
    edges = find_edges(architecture)
    assert found == [
        (names[edge.source] + (f" for {edge.call}" * bool(edge.call)), names[edge.target])
        for edge in edges
    ]


@given(graphs())
def test_every_edge_is_told(model_template, graph):
    """A row tells what it continues from, or continues from the row above alone."""
    assert_edges(check_answers(told(graph), model_template.questions).architecture)


@given(crowds())
def test_every_edge_of_a_crowd_is_told(plan):
    """So it does in a network with ways from everywhere to everywhere."""
    assert_edges(assemble(plan))


def test_a_shared_tower():
    """It is told once, with its inputs, and for which of them it gives what is joined."""
    lines = printed(NETWORKS["three inputs, two of them with one tower"](), 200)

    assert [re.split(r"\s{2,}", line.strip()) for line in lines if "─" not in line] == [
        ["brick", "name", "from", "output", "parameters"],
        ["input", "left", "28x28x1", "0"],
        ["input", "side", "8x8x3", "0"],
        ["input", "right", "28x28x1", "0"],
        ["tower of left and right, one set of weights"],
        ["1", "cnn(32)", "x", "left, right", "28x28x32", "448"],
        ["2", "cnn(32)", "cnn", "28x28x32", "9,376"],
        ["3", 'add("x")', "add", "cnn, x", "28x28x32", "0"],
        ["4", "gap", "gap", "32", "0"],
        ["tower of side"],
        ["1", "cnn(8)", "cnn_1", "side", "8x8x8", "256"],
        ["2", "gap", "gap_1", "8", "0"],
        ["join"],
        ["concatenate", "concatenate", "gap for left, gap_1, gap for right", "72", "0"],
        ["trunk"],
        ["1", "dense(32)", "dense", "32", "2,336"],
        ["2", "dropout(0.5)", "dropout", "32", "0"],
        ["head of same"],
        ["dense(2)", "same", "2", "66"],
        ["12,482 parameters, 12,338 trainable, 144 not"],
    ]


def test_a_narrow_terminal():
    """It has a line for each brick, and under it the rest, each with its heading."""
    assert printed(NETWORKS["two heads"](), 40) == [
        "input",
        "    name image  output 28x28x1",
        "    parameters 0",
        "trunk",
        "1 cnn(32)",
        "    name cnn  output 28x28x32",
        "    parameters 448",
        "2 gap",
        "    name gap  output 32  parameters 0",
        "head of digit",
        "dense(2)",
        "    name digit  output 2  parameters 66",
        "head of parity",
        "1 dense(16)",
        "    name dense  from gap  output 16",
        "    parameters 528",
        "dense(2)",
        "    name parity  output 2  parameters 34",
        "1,076 parameters, 1,012 trainable, 64",
        "not",
    ]


@pytest.mark.parametrize("width", [40, 59, 60, 80])
@pytest.mark.parametrize("name", NETWORKS)
def test_it_is_as_wide_as_the_terminal(name, width):
    """No line is longer."""
    assert max(map(len, printed(NETWORKS[name](), width))) <= width


def test_layers():
    """A layer tells the numbers of those that it continues from."""
    found = rows_of(plain('conv(8, name="a") conv(8) add("a") gap'), layers=True)

    assert [row["from"] for row in found] == ["", "", "", "2, 1", "", ""]


@pytest.mark.parametrize("layers", [False, True])
def test_a_chain(layers):
    """Where each row continues from the one above, there is no column for that."""
    found = rows_of(plain("cnn(8) gap"), layers=layers)

    assert not any("from" in row for row in found)


def test_it_prints_where_lines_cannot_be_encoded():
    """A terminal that knows ASCII alone gets escapes, not an error."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii", errors="backslashreplace")

    Console(file=file, width=80).print(preview_table(plain(U_SHAPE)))

    file.flush()
    assert b"upsample_1, a" in raw.getvalue()
