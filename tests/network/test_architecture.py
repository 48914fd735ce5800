"""Bricks to shapes and parameters, without Keras."""

import pytest
from reference import FINAL_MODEL, TOTAL, TRAINABLE

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.errors import InputError
from keras_scaffold.network.architecture import assemble, size_problems
from keras_scaffold.network.plan import Plan


def plain(bricks, input_shape, classes):
    """Bricks on one input, with the head of a classifier."""
    return assemble(Plan.plain(bricks, input_shape, classes))


def problems(text, input_shape=(28, 28, 1)):
    """What is said to be wrong with an architecture."""
    with pytest.raises(InputError) as error:
        plain(parse(text), input_shape, 10)
    return error.value.problems


def test_final_model():
    """The preset is the reference, layer by layer, with who feeds whom."""
    bricks = parse(" ".join(PRESETS["final-model"].bricks))

    architecture = plain(bricks, (28, 28, 1), 10)

    rows = [
        (type(node.layer).__name__, node.output, node.params, node.inputs)
        for node in architecture.layers
    ]
    assert rows == list(FINAL_MODEL)
    assert (architecture.total, architecture.trainable) == (TOTAL, TRAINABLE)


def test_names_are_numbered_as_keras_does():
    """A brick without a name gets its word, then the word and a number."""
    architecture = plain(parse("cnn(8) cnn(8, name='cnn_1') cnn(8) gap"), (8, 8, 1), 2)

    assert [slot.name for slot in architecture.bricks] == ["cnn", "cnn_1", "cnn_2", "gap"]


@pytest.mark.parametrize("brick", all_bricks().values())
def test_every_brick_is_described(brick):
    """Each brick has a line for the catalogue, and an example that reads back as itself."""
    (example,) = parse(brick.written_example())

    assert brick.summary().endswith(".")
    assert type(example) is brick
    assert str(example) == brick.written_example()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "cnn(32) gap cnn(4)",
            (
                "brick 3 `cnn(4)`, reached by a vector of 32: it needs a feature map, and 32 is flat; "
                "put it before `gap` or `flatten`"
            ),
        ),
        (
            "maxpool(4) maxpool(8) gap",
            (
                "brick 2 `maxpool(8)`, reached by 7x7x1: a window of 8x8 does not fit into 7x7; "
                "make the window smaller, use padding=same, shrink the map less before it, or take "
                "larger images by --input-shape"
            ),
        ),
        (
            "conv(8, kernel_size=29, padding=valid) gap",
            (
                "brick 1 `conv(8, kernel_size=29, padding=valid)`, reached by 28x28x1: a window "
                "of 29x29 does not fit into 28x28; make the window smaller, use padding=same, "
                "shrink the map less before it, or take larger images by --input-shape"
            ),
        ),
        (
            "repeat(5, vgg(8)) gap",
            (
                "brick 1 `repeat(5, vgg(8))`, reached by 28x28x1: repetition 5, `vgg(8)`: a "
                "window of 2x2 does not fit into 1x1; shrink the map less before it, or take "
                "larger images by --input-shape"
            ),
        ),
        (
            "maxpool(28) transition gap",
            (
                "brick 2 `transition`, reached by 1x1x1: filters=int(in_channels * reduction) of "
                "`conv` is 0, and must be a whole number from 1 to 1,000,000; give other values"
            ),
        ),
        (
            "cnn(8) maxpool(28) transition gap",
            (
                'brick 3 `transition`, reached by 1x1x8: `avgpool(2, name="pool")`: a window of '
                "2x2 does not fit into 1x1; shrink the map less before it, or take larger images "
                "by --input-shape"
            ),
        ),
        (
            "cnn(8) dense(16) dropout(0.5)",
            (
                "brick 2 `dense(16)`, reached by 28x28x8: it would act on each pixel alone and "
                "nothing after it makes a vector; put `gap` or `flatten` before it"
            ),
        ),
        (
            "cnn(8) maxpool(2)",
            "the last brick leaves the feature map 14x14x8; add `gap` or `flatten` at the end",
        ),
        (
            "cnn(8, name='a') conv(8, name='a') gap",
            'brick 1 `cnn(8, name="a")` and brick 2 `conv(8, name="a")` would have a layer `a` each; give them other names',
        ),
        (
            "cnn(8, name='a') conv(8, name='a_conv') gap",
            'brick 1 `cnn(8, name="a")` and brick 2 `conv(8, name="a_conv")` would have a layer `a_conv` each; give them other names',
        ),
    ],
)
def test_what_cannot_be_built_is_refused(text, told):
    """The error names the brick's position, the shape that reached it and the way out."""
    assert problems(text) == [told]


def test_all_mistakes_are_told_at_once():
    """Each brick's mistakes are told, not only those of the first."""
    assert problems(
        "cn(3) cnn(0) dropout(1) conv(4, stride=0, padding=full, x=1) cnn("
    ) == [
        "brick 1 `cn(3)`: there is no brick `cn`; did you mean `cnn`?",
        "brick 2 `cnn(0)`: filters must be a whole number from 1 to 1,000,000, not `0`",
        "brick 3 `dropout(1)`: rate must be a number from 0 up to, not including, 1, not `1`",
        (
            "brick 4 `conv(4, stride=0, padding=full, x=1)`: there is no argument `x`; choose "
            "from filters, kernel_size, stride, padding, activation, bias, initializer, l2, "
            "groups, dilation, name"
        ),
        (
            "brick 4 `conv(4, stride=0, padding=full, x=1)`: stride must be a whole number from "
            "1 to 1,000,000, or 2 of them in brackets, not `0`"
        ),
        (
            "brick 4 `conv(4, stride=0, padding=full, x=1)`: padding must be one of same, valid, "
            "not `full`"
        ),
        "brick 5 `cnn(`: it cannot be read; its `(` is not closed",
    ]


@pytest.mark.parametrize(
    "value", ["-1", "0", "2.0", "True", "None", "same", "[3]", "1e3", "10**9", "9999999"]
)
def test_widths_are_whole_numbers(value):
    """Nothing but a whole number in the limits is a width."""
    assert len(problems(f"cnn({value}) gap")) == 1


@pytest.mark.parametrize("value", ["-0.1", "1", "1.5", "nan", "1e999", "True", "'0.5'"])
def test_rates_are_shares(value):
    """Nothing but a number from 0 up to 1 is a rate."""
    assert len(problems(f"gap dropout({value})")) == 1


@pytest.mark.parametrize(
    "name", ["class", "a/b", "2nd", "_x", "layers", "fit", "logits", "image", "ä", ""]
)
def test_brick_names_are_identifiers_that_keras_leaves_free(name):
    """A name that would break the generated class or Keras' naming is refused."""
    assert len(problems(f"cnn(8, name={name!r}) gap")) == 1


def test_limit_on_size():
    """Absurdly many parameters, or values for one image, are a problem each."""
    large = plain(parse("flatten dense(1000000)"), (1024, 1024, 3), 10)
    small = plain(parse("cnn(8) gap"), (28, 28, 1), 10)

    assert size_problems(large) == [
        (
            "`3,145,739,000,010` parameters are more than 200,000,000; use smaller widths or more "
            "pooling, or lift the limit with --no-size-limit"
        )
    ]
    assert size_problems(small) == []


def test_widths_scale_in_steps_of_eight():
    """A multiplier rounds as MobileNet does: to multiples of 8, never below 0.9 of it."""
    bricks = parse("cnn(32) inception(48, 10) dense(100) maxpool(3) dropout(0.5)")

    scaled = [str(brick.scaled(0.5)) for brick in bricks]

    assert scaled == [
        "cnn(16)",
        "inception(24, 8)",
        "dense(48)",
        "maxpool(3)",
        "dropout(0.5)",
    ]


def test_repeated_bricks():
    """A repeat is one brick, whose layers are numbered; its mistakes tell where they are."""
    (repeat,) = parse("repeat(2, cnn(8), maxpool(2), name='tower')")
    architecture = plain([repeat, *parse("gap")], (8, 8, 1), 2)

    assert str(repeat) == 'repeat(2, cnn(8), maxpool(2), name="tower")'
    assert [slot.text for slot in architecture.bricks] == [str(repeat), "gap"]
    assert [node.name for node in architecture.layers[1:9]] == [
        f"tower_block{number}_{part}"
        for number in (1, 2)
        for part in ("cnn_conv", "cnn_bn", "cnn_relu", "maxpool")
    ]
    assert problems("repeat(5, cnn(8), maxpool(2)) gap") == [
        (
            "brick 1 `repeat(5, cnn(8), maxpool(2))`, reached by 28x28x1: repetition 5, "
            "`maxpool(2)`: a window of 2x2 does not fit into 1x1; make the window smaller, use "
            "padding=same, shrink the map less before it, or take larger images by --input-shape"
        )
    ]
    assert problems("repeat(0, cnn(0)) repeat(2) repeat(2, add('a'))") == [
        (
            "brick 1 `repeat(0, cnn(0))`: in `cnn(0)`: filters must be a whole number from 1 to "
            "1,000,000, not `0`"
        ),
        "brick 1 `repeat(0, cnn(0))`: times must be a whole number from 1 to 1,000,000, not `0`",
        (
            "brick 2 `repeat(2)`: bricks must be one or more bricks that name no others, and "
            "there is none"
        ),
        (
            "brick 3 `repeat(2, add('a'))`: bricks must be one or more bricks that name no "
            'others, not `add("a")`; `skip` and `parallel` join bricks without names'
        ),
    ]
