"""Values that are typed with a brick, or where they are asked for, in any words."""

import pytest

from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.terminal.prompts.stacking import build_bricks
from tests.terminals import CLEAR, CTRL_C, ENTER, stacked


@pytest.mark.parametrize(
    ("typed", "brick"),
    [
        ("Conv2D(8, (3, 3), activation='relu')", "Conv2D(8, (3, 3), activation=relu)"),
        ("MaxPooling2D()", "MaxPooling2D"),
        ("swish", "activation(swish)"),
        ("cnn(8, stride=2)", "cnn(8, stride=2)"),
        ("Conv2D", "Conv2D(32, 3)"),
        ("CNN_block(32)", "cnn(32)"),
        ("inception_block(8, 8)", "inception(8, 8)"),
        ("residual_block", "residual(64)"),
        ("nn.BatchNorm2d(32)", "batchnorm"),
        ("nn.MaxPool2d(kernel_size=2, stride=2)", "maxpool(2, stride=2)"),
        ("conv 16", "conv(16)"),
        ("ReLU(6)", "ReLU(max_value=6)"),
        ("nn.ReLU6()", "activation(relu6)"),
        ("layers.ELU(alpha=0.5)", "ELU(alpha=0.5)"),
    ],
)
def test_values_that_are_typed_with_a_brick_are_offered(typed, brick, at_terminal):
    """Enter takes the values of a call that found a brick, in Keras' words too."""
    bricks, shown, _ = stacked(at_terminal, typed, "", "flatten", "finish")

    assert bricks == [brick, "flatten"]
    assert len(shown) == 4


NO_SHAPE = aliases.NOT_ARGUMENTS["input_shape batch_input_shape"]


@pytest.mark.parametrize(
    ("typed", "brick", "lost"),
    [
        ("conv(16, input_shape=(8, 8, 1))", "conv(16)", NO_SHAPE),
        (
            "nn.LeakyReLU(0.1)",
            "activation(leaky_relu)",
            "`leaky_relu` takes no number, and Keras' `LeakyReLU` does",
        ),
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
        ("rescale(0.00392)", aliases.PIXELS_ARE_SHARES),
        ("dropout(200)", "rate must be"),
    ],
)
def test_values_that_are_typed_and_wrong(typed, why, at_terminal):
    """They are offered to be corrected, and Enter tells what is wrong with them."""
    bricks, told, _ = stacked(at_terminal, typed, "", CLEAR + "back", "flatten", "finish")

    assert bricks == ["flatten"]
    assert why in told[1]


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
        ("conv", "Conv2D(16, 3, padding='same')", "Conv2D(16, 3, padding=same)"),
        ("conv", "layers.Conv2D(16, 3)", "Conv2D(16, 3)"),
        ("maxpool", "MaxPooling2D((3, 2))", "MaxPooling2D(pool_size=(3, 2))"),
        ("dense", 'dense(8, name="a")', 'dense(8, name="a")'),
        ("activation", "nn.ReLU()", "activation(relu)"),
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
        at_terminal, "conv", CLEAR + "conv(16, input_shape=8)", "", "gap", "finish"
    )

    assert bricks == ["conv(16)", "gap"]
    assert shown[1] == NO_SHAPE


def test_bricks_that_are_typed_as_a_chain(at_terminal):
    """Several at once are stacked as they are written, and so is a layer that only Keras has."""
    keys = ("cnn(8) skip(cnn(8))", "Permute((2, 1, 3))", "cnn(8) gap gap", "gap", "finish")

    bricks, shown, _ = stacked(at_terminal, *keys)

    assert bricks == ["cnn(8)", "skip(cnn(8))", "Permute((2, 1, 3))", "gap"]
    assert "it needs a feature map, and 8 is flat" in shown[3]


@pytest.mark.parametrize("keys", ["", "conv" + ENTER])
def test_bricks_that_are_interrupted(keys, at_terminal):
    """Ctrl-C tells what was stacked, as flags that tell the same."""
    shown = []
    pressed = f"cnn(8) maxpool(2){ENTER}{keys}{CTRL_C}"

    with pytest.raises(KeyboardInterrupt):
        at_terminal(
            lambda: build_bricks("28x28x1", 10, shown.append, beyond=None, size_limit=True),
            pressed,
        )

    assert shown[-1] == "The bricks so far: --blocks 'cnn(8) maxpool(2)'"
