"""Words of other vocabularies are not taken, and lead to what they mean here."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from strategies import ROWS, bricks

from generator import aliases
from generator.answers import check
from generator.arguments import ACTIVATIONS, Choice, Words, kind
from generator.bricks import catalogue
from generator.errors import InputError
from generator.graph import Graph
from generator.joining import Join
from generator.layer import Layer, ShapeError
from generator.notation import parse, parse_brick
from generator.outputs import KINDS
from generator.suggest import plain

SHAPE = (2, 4, 32)
SINGLE = tuple(
    word
    for word, brick in catalogue().items()
    if word in ROWS and (brick.custom or not brick.block) and not brick.holds_bricks
    if word != "branch_from"
)
"""The bricks that are one layer: Keras' own, or one that blocks.py defines."""
CHAINS = tuple(word for word in SINGLE if not issubclass(catalogue()[word], Join))


def problems(text):
    """What is said to be wrong with bricks."""
    with pytest.raises(InputError) as error:
        parse(text)
    return error.value.problems


def told(text):
    """The one thing that is said of a brick, without its place."""
    [problem] = problems(text)
    return problem.removeprefix(f"brick 1 `{text}`: ")


def layer_of(brick) -> Layer:
    """The layer that a brick is."""
    if isinstance(brick, Join):
        return brick.layer()
    return brick.build(Graph().input(SHAPE, "image"), "brick").layer


@pytest.mark.parametrize("word", SINGLE)
def test_every_layer_leads_to_its_brick(word):
    """The class of the layer that a brick is leads to it, alone, called, and from a module."""
    name = type(layer_of(parse_brick(catalogue()[word].written_example()))).__name__

    for written in (name, f"{name}()", f"keras.layers.{name}()", name.lower()):
        if written != word:
            assert re.search(rf"did you mean `{word}\b", told(written))


@given(bricks(CHAINS))
def test_a_call_of_keras_leads_to_the_brick_that_makes_the_layer(text):
    """What Keras' layer is given is in the proposed brick, its own defaults too."""
    brick = parse_brick(text)
    try:
        layer = layer_of(brick)
    except ShapeError:
        assume(False)
    assume(getattr(layer, "momentum", None) != 0.99)  # whose default here is another
    called = layer.source('"x"')

    [proposed] = re.findall("did you mean `(.+)`", told(called))

    assert layer_of(parse_brick(proposed)) == layer
    assert parse_brick(proposed).name == "x"


def test_aliases_stand_for_what_there_is():
    """Each word of the table is one of ours, and none of its aliases is, or is twice."""
    arguments = {
        one.name: one for brick in catalogue().values() for one in brick.arguments()
    }
    outputs = [one for output in KINDS.values() for one in output.arguments()]
    kinds = [kind(one) for one in [*arguments.values(), *outputs]]
    words = {word for one in kinds if isinstance(one, Choice | Words) for word in one.words}
    for table, known in (
        (aliases.BRICKS, catalogue().keys()),
        (aliases.VALUES, words),
    ):
        names = [plain(alias) for told in table.values() for alias in told.split()]
        assert table.keys() <= known
        assert len(names) == len({*names})
        assert not {*names} & {plain(word) for word in known}
    assert aliases.ARGUMENTS.keys() <= arguments.keys()


@pytest.mark.parametrize(
    ("alias", "word"),
    [(alias, word) for word, told in aliases.BRICKS.items() for alias in told.split()],
)
def test_every_alias_leads_to_its_brick(alias, word):
    """An alias of a brick leads to it, as a block and in other spellings too."""
    for written in (alias, alias.upper(), f"{alias}_block", alias.replace("_", "")):
        if written not in catalogue():
            assert re.search(rf"did you mean `{word}\b", told(written)), written


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_are_no_bricks_and_lead_to_one(activation):
    """The name of an activation, or its layer, leads to the brick that applies it."""
    for written in (activation, f"{activation.title().replace('_', '')}()"):
        if written != "linear":  # PyTorch's for dense
            assert re.search(
                rf"did you mean `(activation\({activation}\)|dense)", told(written)
            )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("MaxPooling2D(3)", "maxpool(3)"),
        ("MaxPooling2D((2, 2), strides=2)", "maxpool(2, stride=2)"),
        ("GlobalAveragePooling2D()", "gap"),
        ("Conv2D(32, 3)", "conv(32, padding=valid, activation=linear)"),
        (
            "Conv2D(32, (3, 3), activation='swish', padding='SAME')",
            "conv(32, activation=silu)",
        ),
        (
            "layers.Conv2D(8, 3, use_bias=False, padding='same')",
            "conv(8, activation=linear, bias=False)",
        ),
        ("keras.layers.Dense(10)", "dense(10, activation=linear)"),
        ("BatchNormalization()", "batchnorm"),
        ("Reshape((4, 4, 16))", "reshape(4, 4, 16)"),
        ("Concatenate(axis=1)", 'concatenate("stem", axis=1)'),
        ("Add()", 'add("stem")'),
        ("LeakyReLU(0.1)", "activation(leaky_relu)"),
        ("CNN_block(32)", "cnn(32)"),
        ("inception_block(32, 32)", "inception(32, 32)"),
        ("InceptionBlock(filters1=8, filters2=9)", "inception(8, 9)"),
        ("DenseBlock(3)", "dense_block(3)"),
        ("dense_layer(3)", "dense(3)"),
        ("nn.MaxPool2d(2)", "maxpool(2)"),
        ("nn.Dropout2d(p=0.5)", "spatial_dropout(0.5)"),
        ("SEBlock", "squeeze_excite"),
        ("convv(8)", "conv"),
        ("LayerNormalization(epsilon=1e-6)", "layernorm(epsilon=1e-06)"),
    ],
)
def test_what_is_meant(text, meant):
    """A brick is proposed with the arguments that were given."""
    word = text.partition("(")[0]

    assert told(text) == f"there is no brick `{word}`; did you mean `{meant}`?"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "nn.Conv2d(3, 64, 3)",
            (
                "there is no brick `nn.Conv2d`; did you mean `conv`, written conv(filters, "
                "kernel_size=3, stride=1, padding=same, activation=relu, ...)?"
            ),
        ),
        (
            "Conv2D(8, 3, dilation_rate=2)",
            (
                "there is no brick `Conv2D`; convolutions here have none; a larger kernel_size "
                "sees as far, or write a brick of your own, as the README shows; did you mean "
                "`conv(8, padding=valid, activation=linear)`?"
            ),
        ),
        (
            "Conv2D(8, 3, input_shape=(28, 28, 1), activation='relu')",
            (
                "there is no brick `Conv2D`; the size of images is told by --input-shape; did you "
                "mean `conv(8, padding=valid)`?"
            ),
        ),
        (
            "Dense(10, activation='softmax')",
            (
                "there is no brick `Dense`; the network ends in logits, of which its loss and "
                "`predict` make shares; did you mean `dense(10, activation=linear)`?"
            ),
        ),
        (
            "layers.Rescaling(1./255)",
            (
                "there is no brick `layers.Rescaling`; pixels are from 0 to 1 already, so leave the "
                "brick out"
            ),
        ),
        ("ResNet50", "there is no brick `ResNet50`; it is a preset: say --preset resnet50"),
        (
            "mse",
            f"there is no brick `mse`; choose from {', '.join(catalogue())}",
        ),
        (
            "conv(8, dilation=2)",
            (
                "there is no argument `dilation`; convolutions here have none; a larger "
                "kernel_size sees as far, or write a brick of your own, as the README shows"
            ),
        ),
        (
            "Softmax()",
            (
                "there is no brick `Softmax`; leave it out: the network ends in logits, of which "
                "its loss and `predict` make shares"
            ),
        ),
        (
            "Input((28, 28, 1))",
            (
                "there is no brick `Input`; the size of images is no brick: give it as "
                "--input-shape 28x28x1"
            ),
        ),
        ("conv(8, strides=2)", "there is no argument `strides`; did you mean `stride`?"),
        ("conv(8, use_bias=False)", "there is no argument `use_bias`; did you mean `bias`?"),
        ("conv(8, input_shape=(28, 28, 1))", "there is no argument `input_shape`; the size of images is told by --input-shape"),
        ("add('a', rate=3)", "there is no argument `rate`; choose from name"),
        ("add(of='stem')", 'names stand without `of=`; write `add("stem")`'),
        ("add('c', of='a')", 'names stand without `of=`; write `add("c", "a")`'),
        ("add(of=[a, b], name=c)", 'names stand without `of=`; write `add("a", "b")`'),
        ("conv(8, 3, activation=linaer)", f"activation must be one of {', '.join(ACTIVATIONS)}, not `linaer`; did you mean `linear`?"),
        ("activation(swish)", f"function must be one of {', '.join(ACTIVATIONS)}, not `swish`; did you mean `silu`?"),
        ("conv(8, activation=None)", f"activation must be one of {', '.join(ACTIVATIONS)}, not `None`; did you mean `linear`?"),
        (
            "activation(softmax)",
            (
                f"function must be one of {', '.join(ACTIVATIONS)}, not `softmax`; the network ends "
                "in logits, of which its loss and `predict` make shares"
            ),
        ),
        ("conv(8, (3, 3))", "kernel_size must be a whole number from 1 to 1,000,000, not `3, 3`; did you mean `3`?"),
        ("conv(8, (3, 5))", "kernel_size must be a whole number from 1 to 1,000,000, not `3, 5`"),
        ("conv('8')", "filters must be a whole number from 1 to 1,000,000, not `8`; write it without quotes"),
        ("conv(64 / 2)", "filters must be a whole number from 1 to 1,000,000, not `64 / 2`; did you mean `32`?"),
        ("conv(1 / 0)", "filters must be a whole number from 1 to 1,000,000, not `1 / 0`"),
        ("conv(8, bias='true')", "bias must be True or False, not `true`; did you mean `True`?"),
        ("dropout(1/4)", "rate must be a number from 0 up to, not including, 1, not `1/4`; did you mean `0.25`?"),
        (
            "rescaling(1./255)",
            (
                "scale must be a number from -1e+06 to 1e+06, not `1./255`; pixels are from 0 to 1 "
                "already, so leave the brick out"
            ),
        ),
        ("(32)", "arguments stand right behind their brick; leave the space between them out"),
    ],
)  # fmt: skip
def test_the_sentence_that_helps(text, why):
    """What is wrong is told with what was meant, or why there is no such thing."""
    assert told(text) == why


@pytest.mark.parametrize(
    "text",
    [
        *(
            "cnn(32), maxpool(3), gap",
            "cnn(32),maxpool(3),gap",
            "[cnn(32), maxpool(3), gap]",
        ),
        *(
            "cnn(32) -> maxpool(3) -> gap",
            "cnn(32); maxpool(3); gap;",
            "cnn(32)|maxpool(3)|gap",
        ),
        "(cnn(32) maxpool(3) gap)",
    ],
)
def test_something_between_bricks(text):
    """A comma, or what else somebody writes between bricks, is told once, with what is right."""
    assert problems(text) == [
        "bricks have a space between them, and nothing else; write `cnn(32) maxpool(3) gap`"
    ]


def test_something_between_bricks_that_are_wrong():
    """What is wrong with the bricks is told too."""
    assert problems("cnn(0), gap") == [
        "bricks have a space between them, and nothing else; write `cnn(0) gap`",
        "brick 1 `cnn(0)`: filters must be a whole number from 1 to 1,000,000, not `0`",
    ]


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("preset", "ResNet-50", "resnet50"),
        ("preset", "VGG16", "vgg16"),
        ("preset", "mobilenetv2", "mobilenet_v2"),
        ("style", "Functional", "functional"),
        ("dataset", "Fashion-MNIST", "fashion_mnist"),
    ],
)
def test_another_spelling(key, value, meant, model_template):
    """What differs in case, - and _ alone is meant; each is told by its own flag."""
    with pytest.raises(InputError) as error:
        check({"name": "net", key: value}, model_template.questions)

    [problem] = error.value.problems
    assert problem.startswith(f"--{key}: ")
    assert problem.endswith(f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        (
            'cnn(8) cnn(8) add("cnn") gap',
            (
                'brick 3 `add("cnn")`, reached by 28x28x8: brick 1 `cnn(8)` is called `cnn` only as '
                'long as nothing names it; name it, e.g. `cnn(8, name="cnn")`'
            ),
        ),
        (
            'cnn(8, name="a") add("a") cnn(8) add("add") gap',
            (
                'brick 4 `add("add")`, reached by 28x28x8: brick 2 `add("a")` is called `add` only '
                'as long as nothing names it; name it, e.g. `add("a", name="add_block")`'
            ),
        ),
        (
            'cnn(8, name="cnns") cnn(8) add("cnn_") gap',
            (
                'brick 3 `add("cnn_")`, reached by 28x28x8: nothing before it is named `cnn_`; did '
                "you mean `cnns`?"
            ),
        ),
    ],
)
def test_names_that_only_the_table_shows(blocks, why, model_template):
    """A brick's usual name is no name to continue from; the error says how it gets one."""
    with pytest.raises(InputError) as error:
        check({"name": "net", "blocks": blocks}, model_template.questions)

    assert error.value.problems == [why]
