"""The questions in this process: what stands on the screen, and what keys do."""

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.joining import Join
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.meaning.meant import called
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan
from keras_scaffold.projects.fetching import open_template
from keras_scaffold.terminal.prompts import interview as prompts
from keras_scaffold.terminal.prompts import stacking as lego
from keras_scaffold.terminal.prompts.menu import Choice, Menu
from keras_scaffold.terminal.prompts.stacking import (
    FINISH,
    NO_NAME,
    UNDO,
    Stack,
    build_bricks,
)
from keras_scaffold.terminal.prompts.widgets import agree, choose, write
from tests.bricks.test_meaning import SINGLE, layer_of

UP, DOWN, ENTER, BACKSPACE, CLEAR = "\x1b[A", "\x1b[B", "\r", "\x7f", "\x15"
CTRL_C, CTRL_D, HOME, F1, PASTE = "\x03", "\x04", "\x1b[H", "\x1bOP", "\x1b[200~{}\x1b[201~"
COLOURS = [Choice("red", "of fire"), Choice("grey", "of ash", "sold out"), Choice("green")]
JOINS = [word for word, brick in all_bricks().items() if issubclass(brick, Join)]
MERGES = sorted({*JOINS} - {"concatenate", "dot"})
SIZES = [(80, 24), (60, 20), (40, 10)]


class Paper(DummyOutput):
    """A terminal of a size, of which nothing is seen."""

    def __init__(self, columns, rows):
        self.size = Size(rows=rows, columns=columns)

    def get_size(self):
        """The size that it was given."""
        return self.size

    def get_rows_below_cursor_position(self):
        """None that are known, as on most terminals."""
        return 0


LONGEST_WAIT = 20  # seconds
KEY = re.compile(r"\x1b\[200~.*\x1b\[201~|\x1b[\[O].|.", re.DOTALL)


@pytest.fixture
def at_terminal(monkeypatch):
    """Asks by a function, presses a key whenever all is drawn; its answer and what was drawn."""
    drawn, keys = [], []

    make = Application.__init__

    def watched(app, *arguments, **options):
        make(app, *arguments, **options)
        app.after_render += look

    def look(app):
        if not app.is_done:
            drawn.append(lines(app))
            if keys:
                app.input.send_text(keys.pop(0))
            else:
                app.create_background_task(give_up(app))

    async def give_up(app):
        await asyncio.sleep(LONGEST_WAIT)
        app.exit(exception=AssertionError(f"it waits for a key at {drawn[-1]}"))

    monkeypatch.setattr(Application, "__init__", watched)
    monkeypatch.setenv("TERM", "xterm")

    def ask(asked, pressed, size=SIZES[0]):
        drawn.clear()
        keys[:] = KEY.findall(pressed)
        with (
            create_pipe_input() as keyboard,
            create_app_session(input=keyboard, output=Paper(*size)),
        ):
            return asked(), [*drawn]

    return ask


def lines(app):
    """The lines of the screen."""
    screen = app.renderer.last_rendered_screen
    rows = [screen.data_buffer[row] for row in range(screen.height)]
    columns = app.output.get_size().columns
    return ["".join(row[x].char for x in range(columns)).rstrip() for row in rows]


def test_default(at_terminal):
    """Enter takes the default; all choices are listed, with why one cannot be taken."""
    answer, drawn = at_terminal(lambda: choose("Colour", COLOURS, "green"), ENTER)

    assert answer == "green"
    assert drawn[0] == [
        "? Colour (arrow keys, or type to filter)",
        "   red: of fire",
        "   grey (sold out): of ash",
        " » green",
    ]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (DOWN, "red"),
        (DOWN + DOWN, "green"),
        (UP, "red"),
        ("fire", "red"),
        ("r", "red"),
        ("R", "red"),
        ("gr", "green"),
        ("zz" + BACKSPACE * 2, "green"),
        ("zz" + CLEAR + "gre", "green"),
        (PASTE.format("green\n"), "green"),
        (F1 + HOME + "red", "red"),
        ("e" + DOWN, "green"),
    ],
)
def test_keys(keys, answer, at_terminal):
    """Arrows pass over what cannot be taken; what is typed filters, a name's start first.

    Once it is erased, the default is pointed at again.
    """
    assert at_terminal(lambda: choose("?", COLOURS, "green"), keys + ENTER)[0] == answer


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_enter_that_was_typed_ahead(end, at_terminal):
    """What is typed before a question is asked ends in a line feed, and is Enter as well."""
    assert at_terminal(lambda: choose("Colour", COLOURS), "gre" + end)[0] == "green"
    assert at_terminal(lambda: write("Size", "28"), "30" + end)[0] == "30"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("zz", "nothing is called so"), ("grey", "sold out"), ("sold out", "sold out")],
)
def test_enter_takes_nothing_that_cannot_be_taken(typed, why, at_terminal):
    """Where what was typed finds nothing to take, Enter waits, and it is told why."""
    answer, drawn = at_terminal(
        lambda: choose("Colour", COLOURS), typed + ENTER + ENTER + CLEAR + "red" + ENTER
    )

    assert answer == "red"
    assert [f"? Colour {typed} ({why}; Ctrl-U clears)"] in [screen[:1] for screen in drawn]


@given(
    choices=st.lists(
        st.tuples(
            st.text("abAB:", min_size=1, max_size=4),
            st.text("ab ", max_size=5),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda drawn: drawn[0],
    ),
    kept=st.lists(st.booleans(), max_size=2),
    default=st.integers(0, 6),
    steps=st.lists(
        st.one_of(st.text("abAB:x", min_size=1, max_size=3), st.integers(-3, 2))
    ),
)
def test_what_is_pointed_at(choices, kept, default, steps):
    """Whatever is typed, erased and moved: what is pointed at can be taken, and is in sight.

    Where all is erased, that is what was pointed at first.
    """
    listed = [
        Choice(word, about, "no" if unfit else None) for word, about, unfit in choices
    ]
    ends = [Choice(f"end {n}", "", "no" if unfit else None) for n, unfit in enumerate(kept)]
    menu = Menu(listed, [*listed, *ends][default % len([*listed, *ends])].value, ends)
    first = menu.pointed

    for step in steps:
        if isinstance(step, str):
            menu.type(step)
        elif step == 2:
            menu.erase()
        else:
            menu.move(step or 1)

        in_sight = [*menu.listed, *menu.kept]
        assert menu.pointed is None or (menu.pointed in in_sight and not menu.pointed.unfit)
        assert {choice.value for choice in ends} <= {choice.value for choice in in_sight}
    menu.clear()
    assert ([*menu.listed], menu.pointed) == (listed, first)
    assert (menu.pointed is None) == all(choice.unfit for choice in [*listed, *ends])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys",
    ["", "gap", "nothing", "softmax", UP, DOWN * 30],
    ids=["", "gap", "nothing", "softmax", "up", "down"],
)
def test_ends_are_always_in_sight(keys, size, at_terminal):
    """Whatever is listed, undo and finish stand below it, and half the screen is left."""
    keys += CLEAR + FINISH + ENTER

    _, drawn = at_terminal(lambda: lego.next_brick(True, None), keys, size)

    for screen in drawn:
        marked = [line.strip(" »") for line in screen if line]
        assert marked[-2:] == [UNDO, FINISH]
        assert len(screen) <= max(8, size[1] // 2)
        assert max(map(len, screen)) <= size[0]


@pytest.mark.parametrize(
    ("typed", "word"),
    [("conv", "conv"), ("dense", "dense"), ("block", "dense_block"), ("add", "add")],
)
def test_a_name_comes_before_what_is_told(typed, word, at_terminal):
    """A brick's own name is found before those of which it is a part, or that tell of it."""
    answer, _ = at_terminal(lambda: lego.next_brick(False, None), typed + ENTER)

    assert answer == (word, typed)


def test_bricks_beyond_the_style(at_terminal):
    """What a Sequential model cannot hold is not taken, nor what only tells of it."""
    keys = "concatenate" + ENTER + CLEAR + FINISH + ENTER

    answer, _ = at_terminal(lambda: lego.next_brick(True, "not here"), keys)

    assert answer == (FINISH, FINISH)


def test_stacking(at_terminal):
    """Bricks are stacked, undone and finished by typing their names."""
    bricks, _, _ = stacked(
        at_terminal, "cnn", "8, stride=2", "dense", "", "undo", "gap", "fin"
    )

    assert bricks == ["cnn(8, stride=2)", "gap"]


def ask_all(given):
    """The interview about what was not `given`."""
    with open_template(to_render=False) as template:
        return prompts.ask(given, template.questions, "net", show=print, size_limit=True)


@pytest.mark.parametrize(
    ("given", "usual", "others"),
    [
        ({"preset": "mlp"}, "digits", ["folder", "mnist", "fashion_mnist", "cifar10"]),
        ({"preset": "mlp", "classes": "3"}, "folder", []),
        (
            {"preset": "resnet50"},
            "folder",
            ["digits", "mnist", "fashion_mnist", "cifar10"],
        ),
        (
            {"preset": "mlp", "input_shape": "32x32x3"},
            "folder",
            ["digits", "mnist", "fashion_mnist", "cifar10"],
        ),
        ({"preset": "siamese"}, "digit_pairs", ["table"]),
        ({"preset": "multi-task"}, "digit_parity", ["table"]),
        ({"preset": "siamese", "input_shape": "105x105x1"}, "table", ["digit_pairs"]),
        (
            {"blocks": "cnn(8) gap", "inputs": ["x"], "outputs": ["y"]},
            "table",
            ["digits", "folder", "mnist", "fashion_mnist", "cifar10"],
        ),
    ],
    ids=lambda value: " ".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_dataset(given, usual, others, at_terminal):
    """The datasets that suit what is known are offered, the usual one taken by Enter."""
    answers, drawn = at_terminal(
        lambda: ask_all({"style": "functional", **given}), ENTER * 6
    )

    screen = next(screen for screen in drawn if screen[0].startswith("? Dataset"))
    offered = [line.strip(" »").partition(":")[0] for line in screen[1:]]
    assert answers["dataset"] == usual
    assert sorted(offered) == sorted([usual, *others])


def test_every_brick_is_found_by_its_name():
    """Each brick is what Enter takes once its whole name was typed."""
    choices = [Choice(word, brick.summary()) for word, brick in all_bricks().items()]

    for word in all_bricks():
        menu = Menu(choices, None)
        menu.type(word)

        assert menu.pointed.value == word


def spellings(word):
    """A word as it may be typed: in capitals, as a call, from a module."""
    return [word, word.upper(), f"{word}()", f"keras.layers.{word}(3, 'x')"]


@pytest.mark.parametrize("word", all_bricks())
def test_every_brick_is_found_by_any_of_its_names(word):
    """What Keras and others call a brick, or a function, is what Enter takes."""
    menu = lego.brick_menu(False, None)

    for name in called(word):
        for typed in spellings(name):
            menu.clear()
            menu.type(typed)
            assert menu.pointed and menu.pointed.value == word, typed


@pytest.mark.parametrize("word", SINGLE)
def test_every_layer_leads_to_its_brick_while_it_is_typed(word):
    """The class of a brick's layer finds the brick, and is never told to be nothing."""
    name = type(layer_of(parse_brick(all_bricks()[word].written_example()))).__name__
    menu = lego.brick_menu(False, None)

    for length in range(1, len(name) + 1):
        menu.clear()
        menu.type(name[:length])
        assert menu.pointed, name[:length]
    assert menu.pointed.value == word


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Softmax", f"{aliases.LOGITS_ARE_ADDED}; Ctrl-U clears"),
        ("Conv2DTranspose", "take two bricks that do the same, e.g. `upsample conv(32)`; Ctrl-U clears"),
        ("mxpool(2)", "did you mean `maxpool`? Ctrl-U clears"),
        ("ResNet50", "it is a preset: say --preset resnet50; Ctrl-U clears"),
        ("xyz", "nothing is called so; Ctrl-U clears"),
    ],
)  # fmt: skip
def test_a_word_that_finds_no_brick(typed, told, at_terminal):
    """What it means elsewhere is told, and Enter takes nothing."""
    keys = typed + ENTER + CLEAR + "gap" + ENTER

    (answer, _), drawn = at_terminal(lambda: lego.next_brick(False, None), keys, (200, 24))

    assert answer == "gap"
    assert f"? Next brick {typed} ({told})" in [screen[0] for screen in drawn]


def stacked(at_terminal, *keys):
    """The bricks that keys stack, each followed by Enter, and what was shown meanwhile."""
    shown = []
    bricks, drawn = at_terminal(
        lambda: build_bricks("28x28x1", 10, shown.append, beyond=None, size_limit=True),
        "".join(key + ENTER for key in keys),
    )
    return bricks, [*map(str, shown)], drawn


@pytest.mark.parametrize(
    ("typed", "brick"),
    [
        ("Conv2D(8, (3, 3), activation='relu')", "conv(8, padding=valid)"),
        ("MaxPooling2D()", "maxpool(2)"),
        ("swish", "activation(silu)"),
        ("cnn(8, stride=2)", "cnn(8, stride=2)"),
        ("Conv2D", "conv(32)"),
        ("CNN_block(32)", "cnn(32)"),
        ("inception_block(8, 8)", "inception(8, 8)"),
        ("residual_block", "residual(64)"),
        ("nn.BatchNorm2d(32)", "batchnorm"),
        ("nn.MaxPool2d(kernel_size=2, stride=2)", "maxpool(2, stride=2)"),
        ("conv 16", "conv(16)"),
        ("ReLU(6)", "activation(relu6)"),
        ("ReLU(max_value=6.0)", "activation(relu6)"),
        ("ELU(alpha=1.0)", "activation(elu)"),
    ],
)
def test_values_that_are_typed_with_a_brick_are_offered(typed, brick, at_terminal):
    """Enter takes the values of a call that found a brick, in Keras' words too."""
    bricks, shown, _ = stacked(at_terminal, typed, "", "flatten", "finish")

    assert bricks == [brick, "flatten"]
    assert len(shown) == 4


NO_DILATION = aliases.NOT_ARGUMENTS["dilation dilation_rate"]


@pytest.mark.parametrize(
    ("typed", "brick", "lost"),
    [
        (
            "Conv2D(16, 3, dilation_rate=2)",
            "conv(16, padding=valid, activation=linear)",
            NO_DILATION,
        ),
        ("conv(16, dilation=2)", "conv(16)", NO_DILATION),
        (
            "LeakyReLU(0.1)",
            "activation(leaky_relu)",
            "`leaky_relu` takes no number: its slope is 0.2",
        ),
        ("ELU(alpha=0.5)", "activation(elu)", "`elu` takes no number: its alpha is 1"),
        ("ReLU(max_value=5)", "activation(relu)", "`relu` takes no number"),
        (
            "nn.Conv2d(1, 64, 3)",
            "conv(32)",
            "`1, 64, 3` is left out: `conv` has other values than `nn.Conv2d`",
        ),
    ],
)
def test_what_is_left_out_of_what_was_typed_is_told(typed, brick, lost, at_terminal):
    """What a brick has no place for is told before its values are offered."""
    bricks, shown, _ = stacked(at_terminal, typed, "", "flatten", "finish")

    assert bricks == [brick, "flatten"]
    assert shown[1] == lost


def test_values_of_a_brick_without_any_are_left_out(at_terminal):
    """They are told, and the brick is stacked at once."""
    bricks, shown, _ = stacked(at_terminal, "AdaptiveAvgPool2d(1)", "finish")

    assert bricks == ["gap"]
    assert shown[1] == "`1` is left out: `gap` has no values"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Dense(10, activation='softmax')", aliases.HEAD_IS_ADDED),
        ("dropout(200)", "rate must be"),
    ],
)
def test_values_that_are_typed_and_wrong(typed, why, at_terminal):
    """They are offered to be corrected, and Enter tells what is wrong with them."""
    bricks, told, _ = stacked(at_terminal, typed, "", CLEAR + "back", "flatten", "finish")

    assert bricks == ["flatten"]
    assert why in told[1]


def offered_behind(before, word):
    """The brick that Enter alone stacks behind others; an error if it does not fit."""
    bricks, shape = parse(before), (28, 28, 1)
    stack = Stack(shape, print, size_limit=True, bricks=bricks)
    values, fits = stack.offered(all_bricks()[word])
    brick = parse_brick(f"{word}({values})")
    assert fits
    assemble(Plan.plain([*bricks, brick], shape, 2), heads=False)
    return str(brick)


@pytest.mark.parametrize("word", all_bricks())
def test_what_is_offered_fits(word):
    """Enter alone stacks any brick on a map, also behind one with a name of another size."""
    for before in (
        "cnn(32)",
        'cnn(64, name="a") cnn(64)',
        'cnn(4, name="a") maxpool(2) cnn(32)',
    ):
        if word not in JOINS or "maxpool" not in before:
            offered_behind(before, word)


@pytest.mark.parametrize("word", MERGES)
@pytest.mark.parametrize(
    ("before", "name"),
    [
        ('cnn(8, name="a") cnn(8, name="b") cnn(8)', "b"),
        ('cnn(8, name="a") cnn(4, name="b") cnn(8)', "a"),
        ('cnn(8, name="a") gap(name="b") dense(8)', "b"),
        ('cnn(8, name="a") gap(name="b") dense(8, name="c") dense(4) dense(8)', "c"),
        ("cnn(8)", "image"),
    ],
)
def test_the_last_name_that_fits_is_offered(before, name, word):
    """A brick that joins offers the last brick with a name and a shape to join."""
    assert offered_behind(before, word) == f'{word}("{name}")'


def test_the_last_name_is_offered(at_terminal):
    """A brick that names others offers the last one with a name."""
    keys = ["cnn", '8, name="a"', "add", "", "gap", "finish"]

    bricks, told, _ = stacked(at_terminal, *keys)

    assert bricks == ['cnn(8, name="a")', 'add("a")', "gap"]
    assert NO_NAME not in told


def test_where_no_brick_has_a_name(at_terminal):
    """It is told how one gets a name, and what comes in is offered, which has one."""
    bricks, told, _ = stacked(at_terminal, "cnn", "1", "add", "", "gap", "finish")

    assert bricks == ["cnn(1)", 'add("image")', "gap"]
    assert told.count(NO_NAME) == 1


@pytest.mark.parametrize("join", ["add", "concat"])
def test_where_nothing_with_a_name_fits(join, at_terminal):
    """It is told how a brick gets a name, and another one is asked for."""
    bricks, told, _ = stacked(at_terminal, "cnn", "8, stride=2", join, "gap", "finish")

    assert bricks == ["cnn(8, stride=2)", "gap"]
    assert [one == NO_NAME for one in told] == [False, False, True, False, False]


def test_the_table_is_shown_where_it_changed(at_terminal):
    """A brick that is not stacked after all is followed by no second table of the others."""
    bricks, told, _ = stacked(at_terminal, "gap", "conv", "back", "finish")

    assert bricks == ["gap"]
    assert len(told) == 3


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("before", ["", "abc"])
@pytest.mark.parametrize(
    "asked",
    [
        lambda: choose("Colour", COLOURS),
        lambda: choose("Colour", [Choice("red", unfit="sold out")]),
        lambda: agree("Shared", True),
        lambda: write("Size", "28"),
        lambda: write("Size", "28", "wrong"),
    ],
    ids=["menu", "empty menu", "yes or no", "line", "corrected line"],
)
def test_ctrl_d_is_ctrl_c(asked, before, key, at_terminal):
    """Ctrl-C and Ctrl-D end any question, whatever was typed before."""
    with pytest.raises(KeyboardInterrupt):
        at_terminal(asked, before + key)


def test_ctrl_d_deletes(at_terminal):
    """Where a character stands at the cursor, Ctrl-D deletes that, as in every shell."""
    assert at_terminal(lambda: write("Size", "28", "xy"), HOME + CTRL_D + ENTER)[0] == "y"


def test_closed_terminal(at_terminal):
    """The end of what a terminal gives is Ctrl-C too."""
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Paper(80, 24)),
        pytest.raises(KeyboardInterrupt),
    ):
        keyboard.close()
        choose("Colour", COLOURS)


@pytest.mark.parametrize("default", [True, False])
def test_yes_or_no(default, at_terminal):
    """Enter takes the default; a letter is enough for another answer."""
    assert at_terminal(lambda: agree("Shared", default), ENTER)[0] is default
    assert at_terminal(lambda: agree("Shared", default), "y" + ENTER)[0] is True
    assert at_terminal(lambda: agree("Shared", default), "n" + ENTER)[0] is False


def test_terminal_that_draws_nothing(at_terminal, monkeypatch, capsys):
    """With TERM=dumb the choices are printed, and one is taken by its name."""
    monkeypatch.setenv("TERM", "dumb")

    keys = "".join(word + ENTER for word in ["blue", "grey", "re", "Red"])
    answer, _ = at_terminal(lambda: choose("Colour", COLOURS, "green"), keys)

    assert answer == "red"
    assert capsys.readouterr().out == (
        "  red: of fire\n  grey (sold out): of ash\n  green\n"
        "nothing is called so\nwrite one of these names\n"
        "sold out\nwrite one of these names\n"
        "did you mean `red`?\nwrite one of these names\n"
    )


def test_stacking_where_nothing_is_drawn(at_terminal, monkeypatch):
    """With TERM=dumb a brick is taken with its values, by any of its names, as elsewhere."""
    monkeypatch.setenv("TERM", "dumb")

    bricks, _, _ = stacked(
        at_terminal, "cnn(32)", "", "Conv2D(8, 3)", "", "undo", "GAP()", "finish"
    )

    assert bricks == ["cnn(32)", "gap"]


@pytest.fixture
def printed(monkeypatch):
    """What is printed where nothing is drawn, by a terminal that says so."""
    monkeypatch.setenv("TERM", "dumb")
    written = []
    monkeypatch.setattr(Paper, "write", lambda self, text: written.append(text))
    return lambda: "".join(written)


@pytest.mark.parametrize("typed", ["", "28,28,1", "back", " "])
@pytest.mark.parametrize("answer", ["", "28x28x1"])
def test_what_was_typed_is_offered_where_nothing_is_drawn(
    typed, answer, at_terminal, printed
):
    """With TERM=dumb it stands in the brackets, and only Enter alone takes it."""
    offered = typed.strip() or "8x8x1"

    given, _ = at_terminal(lambda: write("Size", "8x8x1", typed), answer + ENTER)

    assert given == (answer or offered)
    assert printed().splitlines()[0].startswith(f"? Size [{offered}] ")


@pytest.mark.parametrize(
    ("typed", "bricks"),
    [
        (["Conv2D(3)", ""], ["conv(3, padding=valid, activation=linear)"]),
        (["Conv2D(3)", "5"], ["conv(5)"]),
        (["conv", "no", "5"], ["conv(5)"]),
        (["conv", "no", "back"], []),
    ],
)
def test_correcting_where_nothing_is_drawn(typed, bricks, at_terminal, printed):
    """With TERM=dumb the next answer replaces what was typed, be that right or wrong."""
    assert stacked(at_terminal, *typed, "gap", "finish")[0] == [*bricks, "gap"]


UNREADABLE = "it cannot be read; write its values with commas between them, e.g. `{}`"


@pytest.mark.parametrize(
    ("word", "typed", "told", "brick"),
    [
        ("conv", "16 3", UNREADABLE.format("16, 3"), "conv(16)"),
        ("conv", "16 stride=2", UNREADABLE.format("16, stride=2"), "conv(16)"),
        ("conv", "16) + (3", UNREADABLE.format("32"), "conv(16)"),
        ("inception", "§", UNREADABLE.format("32, 32"), "inception(16, 16)"),
        (
            "groupnorm",
            "§",
            UNREADABLE.format("groups=32, epsilon=0.001"),
            "groupnorm(epsilon=0.1)",
        ),
        ("conv", "(16", "it cannot be read; its `(` is not closed", "conv(16)"),
        (
            "conv",
            "dense(16)",
            "filters must be a whole number from 1 to 1,000,000, not `dense(16)`",
            "conv(16)",
        ),
    ],
)
def test_values_that_cannot_be_read(word, typed, told, brick, at_terminal):
    """At the question for a brick's values it is told how those are written."""
    values = brick.removeprefix(word)[1:-1]

    bricks, shown, _ = stacked(
        at_terminal, "conv", "", word, CLEAR + typed, CLEAR + values, "gap", "finish"
    )

    assert bricks == ["conv(32)", brick, "gap"]
    assert shown[2] == told


@pytest.mark.parametrize(
    ("word", "typed", "brick"),
    [
        ("conv", "conv(16)", "conv(16)"),
        ("conv", "conv 16", "conv(16)"),
        ("conv", "Conv2D(16, 3, padding='same', activation='relu')", "conv(16)"),
        ("conv", "layers.Conv2D(16)", "conv(16, padding=valid, activation=linear)"),
        ("maxpool", "MaxPooling2D((2, 2))", "maxpool(2)"),
        ("dense", 'dense(8, name="a")', 'dense(8, name="a")'),
        ("activation", "ReLU()", "activation(relu)"),
        ("add", 'add("image")', 'add("image")'),
        ("repeat", "repeat(2, conv(8))", "repeat(2, conv(8))"),
        ("repeat", "2, conv(8)", "repeat(2, conv(8))"),
    ],
)
def test_a_call_as_the_values_of_its_brick(word, typed, brick, at_terminal):
    """Where a brick's values are asked for, it may be written with them, in any words."""
    keys = [word, CLEAR + typed, "flatten", "finish"]
    if word == "add":
        keys = ["conv", CLEAR + "1", *keys]

    bricks, _, _ = stacked(at_terminal, *keys)

    assert bricks[-2:] == [brick, "flatten"]


def test_what_is_lost_of_a_call_is_told(at_terminal):
    """What a brick has no place for is told, and the rest of the call is offered."""
    bricks, shown, _ = stacked(
        at_terminal, "conv", CLEAR + "conv(16, dilation=2)", "", "gap", "finish"
    )

    assert bricks == ["conv(16)", "gap"]
    assert shown[1] == NO_DILATION
