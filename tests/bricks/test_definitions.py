"""What is said of definitions that cannot be read, and what those that can are kept as."""

import pytest

from keras_scaffold.bricks import parse, read_definitions, told_definition
from keras_scaffold.errors import InputError
from keras_scaffold.network import Plan, assemble


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("wide", "`wide` defines nothing; write e.g."),
        ("Wide(f): cnn(f)", "definition `Wide`: `Wide` is no word for a brick"),
        ("cnn(f): conv(f)", "definition `cnn`: there is a brick `cnn` already"),
        ("list: gap", "definition `list`: `list` has another meaning"),
        ("mlp: gap", "definition `mlp`: `mlp` is a preset; choose another word"),
        ("wide(f): ", "definition `wide`: it has no bricks"),
        ("wide(f, f=2): cnn(f)", "definition `wide`: a parameter is named twice"),
        ("wide(range): repeat(range, cnn(4))", "parameter `range` has another meaning"),
        ("wide(f, g=1): cnn(f)", "definition `wide`: `g` is in none of its bricks"),
        ('wide: cnn(3) add("a")', 'definition `wide`: `add("a")` names other bricks'),
        ("wide(f: int): cnn(f)", "`wide(f: int)` is no word with parameters"),
        ("wide(f): wide(f)", "there is no brick `wide` yet; a definition holds what is"),
        (
            "wide(f): skip(cnn(f), size=3)",
            "definition `wide`: brick 1 `skip(cnn(f), size=3)`: there is no argument `size`",
        ),
        (
            "wide(filters): conv(filter)",
            "not `filter`; did you mean `filters`, not `filter`?",
        ),
        (
            "wide(f): conv(8*n)",
            "`8*n`; the names that stand for numbers here are f, in_cha",
        ),
        (
            "wide(f): repeat(2, lambda i: conv(j * 8))",
            "stand for numbers here are f, i, in_ch",
        ),
        (
            "wide(f): conv(round(f * 1.5))",
            "; of functions of numbers there are int, max, min",
        ),
        ("wide(f): conv(f, padding=sam)", "not `sam`; did you mean `same`?"),
        ("wide: skip(gap, join=Concat)", "no brick `Concat`; did you mean `concatenate`?"),
        ("wide: skip(gap, join=cnn2)", "in `cnn2`: there is no brick `cnn2`"),
        (
            "wide(f, s=auto): skip(cnn(f), shortcut=s)",
            "shortcut is told where it stands, by no parameter",
        ),
    ],
)
def test_what_cannot_be_read(told, why):
    """Each is refused in a sentence that names the definition, and what is wrong in it."""
    with pytest.raises(InputError) as error:
        read_definitions([told])

    assert why in error.value.problems[0]


def test_a_word_that_is_defined_later():
    """A definition holds what is defined before it, and the message says so."""
    with pytest.raises(InputError, match="there is no brick `deep` yet"):
        read_definitions(["wide: deep", "deep: gap"])


def test_what_follows_from_a_wrong_one():
    """Of a word whose definition is wrong it is not told that there is none."""
    with pytest.raises(InputError) as error:
        read_definitions(["wide(f): cnn(0) cnn(f)", "deep(f): wide(f)", "same(f): same(f)"])

    told = [why.partition(":")[0] for why in error.value.problems]
    assert told == ["definition `wide`", "definition `same`"]


@pytest.mark.parametrize("head", ['wide(s=")")', "wide(s='a: (')"])
def test_brackets_in_quotes(head):
    """Those of a default are none of the notation's."""
    vocabulary = read_definitions([f"{head}: EinsumDense(s, 3)"])

    assert [*vocabulary.bricks] == ["wide"]


def test_all_that_is_wrong_is_told():
    """Of several wrong definitions each is told."""
    with pytest.raises(InputError) as error:
        read_definitions(["cnn: gap", "fine: gap", "wide(f): cnn(0) conv(f)"])

    assert [why.partition(": ")[0] for why in error.value.problems] == [
        "definition `cnn`",
        "definition `wide`",
    ]


@pytest.mark.parametrize(
    "told",
    [
        "wide(filters, stride=1): skip(cnn(filters, stride=stride), shortcut=auto)",
        "grows(n=2): repeat(n, lambda i: [conv(8 * i), parallel([gap], [], join=add)])",
        "reads(u): Bidirectional(LSTM(u), merge_mode=sum)",
        'sums(equation="abcd,de->abce", size=8): EinsumDense(equation, (8, 8, size))',
        'named(f): conv(f, kernel_size=(1, 7), name="stem") gate(dense(in_channels))',
    ],
)
def test_kept_as_it_is_read(told):
    """What is kept of a definition reads back as the same."""
    [brick] = read_definitions([told]).bricks.values()

    [again] = read_definitions([told_definition(brick)]).bricks.values()

    assert told_definition(again) == told_definition(brick) == told


@pytest.mark.parametrize("value", ['"abcd,de->abce"', '"None"', '"7"', '"a word"', "same"])
def test_words_of_calls(value):
    """What is no word stands in quotes, as it was written, for it to read back as the same."""
    vocabulary = read_definitions(["wide(text, f): Dense(f) Dense(text)"])

    [brick] = parse(f"wide({value}, 8)", vocabulary)

    assert str(brick) == f"wide({value}, 8)"


@pytest.mark.parametrize("text", ["conv(8), wide(4)", "conv(8) | wide(4)"])
def test_words_with_more_than_space_between(text):
    """What works is told of defined words like of any other, also within a definition."""
    definitions = ["wide(f): conv(f)"]
    told = "bricks have a space between them, and nothing else; write `conv(8) wide(4)`"

    with pytest.raises(InputError) as refused:
        parse(text, read_definitions(definitions))
    with pytest.raises(InputError) as within:
        read_definitions([*definitions, f"deep: {text}"])

    assert refused.value.problems == [told]
    assert within.value.problems == [f"definition `deep`: {told}"]


@pytest.mark.parametrize(
    "call", ["wide(one=True)", "wide(one=1.5)", "wide(no=0)", "wide(one=True, no=0)"]
)
def test_truths_of_calls(call):
    """What Python holds for equal to a default, and is no number like it, is told."""
    vocabulary = read_definitions(
        ["wide(one=1, no=False): Dense(8, use_bias=one) conv(no)"]
    )

    [brick] = parse(call, vocabulary)

    assert str(brick) == call


@pytest.mark.parametrize(
    ("told", "call", "why"),
    [
        ("wide(f): cnn(f // 8)", "wide(4)", "filters=f // 8 of `cnn` is 0, and must be"),
        ("wide(f): cnn(f // 0)", "wide(4)", "`f // 0` is no number with f=4; give other"),
        ("wide(f): cnn(f)", "wide('9')", "filters=f of `cnn` is 9, and must be"),
        ("wide(f): cnn(f)", "wide(4, g=1)", "there is no argument `g`"),
        (
            "wide(f): maxpool(f)",
            "wide(50)",
            "`maxpool(50)`: a window of 50x50 does not fit",
        ),
    ],
)
def test_a_call_that_cannot_be(told, call, why):
    """Values that a definition's bricks cannot have are told with their place in it."""
    with pytest.raises(InputError) as error:
        bricks = parse(f"cnn(2) {call} gap", read_definitions([told]))
        assemble(Plan.plain(bricks, (9, 9, 1), 2))

    [problem] = error.value.problems
    assert problem.startswith(f"brick 2 `{call.split('(', maxsplit=1)[0]}(")
    assert why in problem
