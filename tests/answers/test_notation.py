"""Bricks as answers: nothing in their notation is run, whatever the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_scaffold.bricks.chain import parse
from keras_scaffold.errors import InputError


@pytest.mark.parametrize(
    "brick",
    [
        "__import__('os').system('id')",
        "cnn(__import__('os'))",
        "cnn(32,name='a\\');import_os;(\\'')",
        "cnn(32, name='{{ 7 * 7 }}')",
        "conv(3, activation='relu\\nimport os')",
        "conv(3, activation='🐈')",
        "cnn({[]: 1})",
        "cnn(0x" + "f" * 9000 + ")",
        "cnn(" + "-" * 5000 + "1)",
        "cnn(" + "-" * 901 + "1)",
        "cnn(" + "a." * 450 + "a)",
        "cnn(" + "a+" * 450 + "a)",
        "cnn(" + "a()" * 300 + ")",
        "cnn(" + "[" * 190 + "]" * 190 + ")",
        "a." * 450 + "a",
        "conv(3, activation='\\ud800')",
        "cnn(*[32])",
        "cnn(lambda: 3)",
        "cnn.filters",
        "(cnn)(32)(1)",
        "cnn(32)\x00",
    ],
    ids=range(21),
)
def test_bricks_cannot_inject(brick, problems):
    """Nothing in the notation is run, or reaches the project's source as it is."""
    (told,) = problems(blocks=[brick, "gap"])

    assert told.startswith("--blocks: brick 1 `")


ATOMS = st.sampled_from(["1", "a", "'b'", "0.5", "None", "cnn", "same", "[]", "'\\ud800'"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("-+~"), st.integers(1, 400), inner).map(
            lambda drawn: drawn[0] * drawn[1] + drawn[2]
        ),
        st.tuples(
            inner,
            st.sampled_from(["+", "-", "*", ".", " if 1 else ", ","]),
            st.integers(1, 200),
        ).map(lambda drawn: drawn[1].join([drawn[0]] * drawn[2])),
        st.tuples(inner, st.sampled_from(["()", "[0]", ".x"]), st.integers(1, 250)).map(
            lambda drawn: drawn[0] + drawn[1] * drawn[2]
        ),
        st.tuples(st.sampled_from(["()", "[]", "{}"]), st.integers(1, 250), inner).map(
            lambda drawn: drawn[0][0] * drawn[1] + drawn[2] + drawn[0][1] * drawn[1]
        ),
    ),
    max_leaves=4,
)


@settings(max_examples=settings.default.max_examples * 8)
@given(
    st.one_of(
        st.text(),
        EXPRESSIONS,
        EXPRESSIONS.map("cnn({})".format),
        EXPRESSIONS.map("conv(3, name={})".format),
    )
)
def test_any_text(text):
    """Any text gives bricks, which read back the same, or an error that can be told."""
    try:
        bricks = parse(text)
    except InputError as error:
        assert error.problems
    else:
        assert parse(" ".join(map(str, bricks))) == bricks


def test_no_warnings_of_python(recwarn):
    """What Python's parser warns of is not printed; the error says what is wrong."""
    with pytest.raises(InputError):
        parse(r"cnn(32, name='\d')")

    assert [*recwarn] == []


def test_everything_wrong_with_bricks(problems):
    """A preset and blocks that exclude each other are read all the same."""
    assert problems(preset="final", blocks="cnn(0) gap") == [
        "--preset: there is no preset `final`; did you mean `final-model`?",
        "--blocks: a preset and blocks were both given; choose one of the two",
        (
            "--blocks: brick 1 `cnn(0)`: filters must be a whole number from 1 to 1,000,000, "
            "not `0`"
        ),
    ]
