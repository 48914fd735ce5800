"""The styles side by side: the same brick in the same row, in columns of a width."""

from __future__ import annotations

import ast
import io

import pytest
from graph_strategies import graphs, told
from hypothesis import given
from rich.console import Console
from strategies import architectures

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.single_file import to_single_file
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.terminal.reports.alignment import aligned_rows
from keras_scaffold.terminal.reports.code import column_width, side_by_side
from keras_scaffold.terminal.reports.prose import fold_prose

STYLES = ("sequential", "functional", "subclassing")
WIDTH = 57


def sources(styles=STYLES, **asked):
    """The code of a network in some styles, in lines for narrow columns."""
    with open_template(to_render=False) as template:
        found = {}
        for style in styles:
            given = {"name": "net", "dataset": "folder", "style": style, **asked}
            answers = check_answers(given, template.questions, size_limit=False)
            found[style] = to_single_file(template, answers).formatted(WIDTH)
    return found


def assert_aligned(found, names):
    """Assert that rows hold all lines of each source in order, and a name in the same row."""
    rows = aligned_rows([*found.values()])
    for column, source in enumerate(found.values()):
        lines = [number for row in rows for number in row[column]]
        assert lines == [*range(len(source.splitlines()))]
    for name in names:
        places = {
            row_of(rows, column, source, name)
            for column, source in enumerate(found.values())
        }
        assert len(places) == 1, name


def row_of(rows, column, source, name):
    """The number of the first row in which a layer gets its name."""
    lines = source.splitlines()
    for number, row in enumerate(rows):
        text = "".join(lines[line] for line in row[column])
        if f'name="{name}"' in text or f'name=f"{name}_block' in text:
            return number
    raise AssertionError(f"{name} is nowhere")


@pytest.mark.parametrize(
    ("blocks", "names"),
    [
        ("cnn(8) maxpool(2) inception(8, 8) gap", ("cnn", "maxpool", "inception", "gap")),
        ("cnn(8) repeat(3, cnn(8), dropout(0.1)) gap", ("cnn", "repeat", "gap")),
        ("cnn(8) repeat(3, cnn(8)) gap dense(4, name='last')", ("repeat", "last")),
    ],
)
@pytest.mark.parametrize("form", ["list", "add"])
def test_the_same_brick_is_in_the_same_row(blocks, names, form):
    """Where a style makes a brick, the others make it, in loops and in both Sequential forms."""
    found = sources(blocks=blocks)
    if form == "add":
        found |= sources(("sequential",), blocks=blocks, sequential_form="add")

    assert_aligned(found, [*names, "logits"])


def test_a_block_is_in_the_same_row():
    """A block is defined in one row: as a function here, as a layer there."""
    found = sources(blocks="inverted_residual(8) gap")
    rows = aligned_rows([*found.values()])

    [row] = (row for row in rows if "def inverted_residual(" in lines_in(row, 1, found))

    for column in (0, 2):
        assert "class InvertedResidual(layers.Layer):" in lines_in(row, column, found)[:2]


def lines_in(row, column, found):
    """The lines of a source in a row."""
    lines = [*found.values()][column].splitlines()
    return [lines[number] for number in row[column]]


@given(architectures())
def test_any_chain(drawn):
    """Of any bricks each is in one row, and no line is lost."""
    blocks, shape, classes = drawn
    asked = {"blocks": blocks, "input_shape": "x".join(map(str, shape)), "classes": classes}

    assert_aligned(sources(**asked), ["logits"])


@given(graphs())
def test_any_graph(graph):
    """Nor is a line lost of networks whose styles have their parts in another order."""
    assert_aligned(sources(STYLES[1:], **told(graph)), [])


def printed(found, width, *, coloured=False):
    """What a terminal of some width shows, line by line."""
    file = io.StringIO()
    column = column_width(width, len(found))
    made = side_by_side(found, column, coloured=coloured, caption="that is all")
    Console(file=file, width=width, force_terminal=coloured).print(made)
    return file.getvalue().splitlines()


def test_columns():
    """Each style is a column as wide as the others, and no line is longer than the terminal."""
    found = sources(blocks="cnn(8) gap")

    lines = printed(found, 180)

    starts = [lines[1].index(style) for style in STYLES]
    assert starts == [1, 61, 121]
    assert max(map(len, lines)) <= 180
    for start, source in zip(starts, found.values(), strict=True):
        column = [line[start : start + WIDTH].rstrip() for line in lines]
        text = fold_prose(source, WIDTH).splitlines()
        assert [line for line in column[3:-1] if line] == [line for line in text if line]
    assert lines[-1].strip() == "that is all"


def test_colours():
    """In colours the code is the same."""
    found = sources(blocks="cnn(8) gap")

    coloured = "\n".join(printed(found, 180, coloured=True))

    assert "\x1b[" in coloured


@pytest.mark.parametrize(
    ("width", "columns", "each"),
    [(175, 3, 0), (176, 3, 56), (117, 2, 56), (116, 2, 0), (300, 3, 97)],
)
def test_room(width, columns, each):
    """Columns have what there is of a terminal, or none if that is too little for a line."""
    assert column_width(width, columns) == each


def test_prose():
    """Comments and docstrings are folded by sentences, code and what fits are left alone."""
    source = '''"""Something that is told in more words."""

# One comment that goes on
# below.
def made(x):
    """Short.

    A longer sentence that goes on here
    and there.
    """
    # (28, 28, 32)
    return "what is a long text stays as it is"
'''

    folded = fold_prose(source, 30)

    assert folded == '''"""Something that is told in
more words."""

# One comment that goes on
# below.
def made(x):
    """Short.

    A longer sentence that
    goes on here and there.
    """
    # (28, 28, 32)
    return "what is a long text stays as it is"'''
    assert ast.dump(ast.parse(folded).body[1].body[-1]) == ast.dump(
        ast.parse(source).body[1].body[-1]
    )
