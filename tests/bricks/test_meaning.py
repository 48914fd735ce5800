"""Words of other vocabularies are not taken, and lead to what they mean here."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import ROWS, bricks

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.arguments import (
    ACTIVATIONS,
    Choice,
    Number,
    Rate,
    Words,
    kind,
    value_complaint,
)
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.joining import Join
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.meaning.meant import AS_LAST
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.errors import InputError
from keras_scaffold.layers.graph import Graph
from keras_scaffold.layers.layer import Layer, ShapeError
from keras_scaffold.network.outputs import KINDS
from keras_scaffold.suggestions import plain

SHAPE = (2, 4, 32)
NAMES = {word: brick.also_called for word, brick in all_bricks().items()}
HEAD, RATE = aliases.HEAD_IS_ADDED, Rate.says
SINGLE = tuple(
    word
    for word, brick in all_bricks().items()
    if word in ROWS and (brick.custom or not brick.block) and not brick.holds_bricks
    if word != "branch_from"
)
"""The bricks that are one layer: Keras' own, or one that blocks.py defines."""
CHAINS = tuple(word for word in SINGLE if not issubclass(all_bricks()[word], Join))


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
    name = type(layer_of(parse_brick(all_bricks()[word].written_example()))).__name__

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

    [proposed] = re.findall("did you mean `(.+?)`", told(called))

    assert layer_of(parse_brick(proposed)) == layer
    assert parse_brick(proposed).name == "x"


def test_aliases_stand_for_what_there_is():
    """Each word of the table is one of ours, and none of its aliases is, or is twice."""
    arguments = {
        one.name: one for brick in all_bricks().values() for one in brick.arguments()
    }
    outputs = [one for output in KINDS.values() for one in output.arguments()]
    kinds = [kind(one) for one in [*arguments.values(), *outputs]]
    words = {word for one in kinds if isinstance(one, Choice | Words) for word in one.words}
    for table, known in (
        (NAMES, all_bricks().keys()),
        (aliases.VALUES, words),
    ):
        names = [plain(alias) for told in table.values() for alias in told.split()]
        assert table.keys() <= known
        assert len(names) == len({*names})
        assert not {*names} & {plain(word) for word in known}
    assert aliases.ARGUMENTS.keys() <= arguments.keys()


@pytest.mark.parametrize(
    ("alias", "word"),
    [(alias, word) for word, also in NAMES.items() for alias in also.split()],
)
def test_every_alias_leads_to_its_brick(alias, word):
    """An alias of a brick leads to it, as a block and in other spellings too."""
    for written in (alias, alias.upper(), f"{alias}_block", alias.replace("_", "")):
        if written not in all_bricks():
            assert re.search(rf"did you mean `{word}\b", told(written)), written


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_are_no_bricks_and_lead_to_one(activation):
    """The name of an activation, or its layer, leads to the brick that applies it."""
    for written in (activation, f"{activation.title().replace('_', '')}()"):
        if written != "linear":  # is a brick's alias: PyTorch's for dense
            brick = "dense" if activation == "linear" else rf"activation\({activation}\)"
            assert re.search(f"did you mean `{brick}", told(written))


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
        ("keras.layers.Dense(10, activation='relu')", "dense(10)"),
        ("Dense(8, activation=tf.nn.relu)", "dense(8)"),
        ("Dense(8, 'elu', kernel_initializer=initializers.HeNormal())", "dense(8, activation=elu, initializer=he_normal)"),
        ("Dense(8, 'relu', kernel_regularizer=regularizers.l2(1e-4))", "dense(8, l2=0.0001)"),
        ("BatchNormalization()", "batchnorm"),
        ("Reshape((4, 4, 16))", "reshape(4, 4, 16)"),
        ("MaxPooling2D()", "maxpool(2)"),
        ("AvgPool2D(strides=1)", "avgpool(2, stride=1)"),
        ("Dropout(50, name=None)", "dropout(0.5)"),
        ("concat('a', 'b')", 'concatenate("a", "b")'),
        ("LeakyReLU(0.2)", "activation(leaky_relu)"),
        ("ReLU(6)", "activation(relu6)"),
        ("ReLU(max_value=6)", "activation(relu6)"),
        ("nn.ReLU(inplace=True)", "activation(relu)"),
        ("nn.BatchNorm2d(32)", "batchnorm"),
        ("globalavgpool", "gap"),
        ("GlobalMaxPooling", "gmp"),
        ("model.add(Conv2D(16, 3))", "conv(16, padding=valid, activation=linear)"),
        ("model.add(cnn(16))", "cnn(16)"),
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
)  # fmt: skip
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
                "there is no brick `Conv2D`; convolutions here have no dilation; a larger kernel_size "
                "sees as far, or write a brick of your own, as docs/own-bricks.md shows; did you mean "
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
        ("Dense(10, activation='softmax')", f"there is no brick `Dense`; {HEAD}"),
        ("Dense(num_classes, 'softmax')", f"there is no brick `Dense`; {HEAD}"),
        ("fc(10, activation=tf.nn.softmax)", f"there is no brick `fc`; {HEAD}"),
        ("dense(10, activation=log_softmax)", f"activation must be one of {', '.join(ACTIVATIONS)}, not `log_softmax`; {HEAD}"),
        (
            "Conv2D(8, 3, name='block1/conv1')",
            (
                "there is no brick `Conv2D`; name `block1/conv1` is not an identifier; use letters "
                "from a to z, digits and _, e.g. `block1_conv1`; did you mean `conv(8, "
                "padding=valid, activation=linear)`?"
            ),
        ),
        ("loop(3, (8, 9))", "there is no brick `loop`; did you mean `repeat`, written repeat(times, brick, ...)?"),
        ("output(10)", f"there is no brick `output`; {HEAD}"),
        (
            "Dense(10)",
            (
                "there is no brick `Dense`; did you mean `dense(10, activation=linear)`? "
                f"As the last layer, {HEAD}"
            ),
        ),
        (
            "nn.Linear(128, 10)",
            (
                "there is no brick `nn.Linear`; did you mean `dense`, written dense(units, "
                f"activation=relu, ...)? As the last layer, {HEAD}"
            ),
        ),
        (
            "LeakyReLU(0.1)",
            (
                "there is no brick `LeakyReLU`; `leaky_relu` takes no number: its slope is 0.2; "
                "did you mean `activation(leaky_relu)`?"
            ),
        ),
        (
            "LeakyReLU()",
            (
                "there is no brick `LeakyReLU`; its slope is 0.2 here, in Keras' layer 0.3, in "
                "PyTorch's 0.01; did you mean `activation(leaky_relu)`?"
            ),
        ),
        ("leaky_relu", "there is no brick `leaky_relu`; did you mean `activation(leaky_relu)`?"),
        ("dropout(0,05)", "it cannot be read; decimals are written with a point: 0.05"),
        ("final-model", "there is no brick `final-model`; it is a preset: say --preset final-model"),
        ("Multi-Task", "there is no brick `Multi-Task`; it is a preset: say --preset multi-task"),
        ("Normalization()", "there is no brick `Normalization`; did you mean `batchnorm`, or `rescaling` for what comes in?"),
        (
            "Attention",
            (
                "there is no brick `Attention`; `squeeze_excite` weighs channels; for another "
                "attention write a brick of your own, as docs/own-bricks.md shows"
            ),
        ),
        ("ReLU(5)", "there is no brick `ReLU`; `relu` takes no number; did you mean `activation(relu)`?"),
        (
            "Dense(1, activation='sigmoid')",
            (
                "there is no brick `Dense`; did you mean `dense(1, activation=sigmoid)`? "
                f"As the last layer, {HEAD}"
            ),
        ),
        (
            "dense(10, activation=softmax)",
            f"activation must be one of {', '.join(ACTIVATIONS)}, not `softmax`; {HEAD}",
        ),
        (
            "Activation('softmax')",
            (
                "there is no brick `Activation`; leave this brick out: the network ends in logits, of "
                "which its loss and `predict` make shares"
            ),
        ),
        (
            "conv(8, activation=softmax)",
            (
                f"activation must be one of {', '.join(ACTIVATIONS)}, not `softmax`; the network ends "
                "in logits, of which its loss and `predict` make shares"
            ),
        ),
        (
            "Add()",
            (
                'there is no brick `Add`; did you mean `add("stem")`, where `stem` is the name of a '
                'brick before it, e.g. `cnn(32, name="stem")`?'
            ),
        ),
        (
            "Concatenate(axis=1)",
            (
                'there is no brick `Concatenate`; did you mean `concatenate("stem", axis=1)`, where '
                '`stem` is the name of a brick before it, e.g. `cnn(32, name="stem")`?'
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
            f"there is no brick `mse`; choose from {', '.join(all_bricks())}",
        ),
        (
            "conv(8, dilation=2)",
            (
                "there is no argument `dilation`; convolutions here have no dilation; a larger "
                "kernel_size sees as far, or write a brick of your own, as docs/own-bricks.md shows"
            ),
        ),
        (
            "Softmax()",
            (
                "there is no brick `Softmax`; leave this brick out: the network ends in logits, of which "
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
                f"function must be one of {', '.join(ACTIVATIONS)}, not `softmax`; leave this brick out: the "
                "network ends in logits, of which its loss and `predict` make shares"
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
        ("dropout(50)", f"rate must be {RATE}, not `50`; did you mean `0.5`?"),
        ("dropout(1)", f"rate must be {RATE}, not `1`"),
        ("dropout(100)", f"rate must be {RATE}, not `100`"),
        ("dropout('50 %')", f"rate must be {RATE}, not `50 %`; did you mean `0.5`?"),
        ("dropout(12.5%)", "it cannot be read; shares are written without %: 12.5% is 0.125"),
        ("cnn(50 %, \udcff)", "it cannot be read; shares are written without %: 50 % is 0.5"),
        ("cnn(8, 1 %if x else 2)", "it cannot be read; shares are written without %: 1 % is 0.01"),
        ("add(())", "of must be names of bricks that stand before it, written without `of=`, not `()`"),
        ("add(of='\n')", 'names stand without `of=`, as in `add("stem")`'),
        ("dropout(50%", "it cannot be read; its `(` is not closed"),
        ("cnn(1e3)", "filters must be a whole number from 1 to 1,000,000, with no point or exponent; did you mean `1000`?"),
        ("cnn(2.5)", "filters must be a whole number from 1 to 1,000,000, not `2.5`"),
        ("cnn(32))", "it cannot be read; its `)` closes nothing"),
        ("cnn(32", "it cannot be read; its `(` is not closed"),
        ("inception(8, [8)", "it cannot be read; its `)` closes nothing"),
        ("dropout(0,5)", "it takes at most 1 arguments without a name: dropout(rate); did you mean `0.5`?"),
        ("repeat(3)", "bricks must be one or more bricks, none a repeat and none that names others, and there is none"),
        ("batchnorm(momentum=99)", f"momentum must be {RATE}, not `99`; did you mean `0.99`?"),
        ("batchnorm(epsilon=2)", "epsilon must be a number from 1e-12 to 1, not `2`"),
        ("transition(50)", "reduction must be a number from 0.001 to 1, not `50`; did you mean `0.5`?"),
        ("random_zoom(20)", "factor must be a number from 0 to 0.9, not `20`; did you mean `0.2`?"),
        ("random_zoom(95)", "factor must be a number from 0 to 0.9, not `95`"),
        ("random_rotation(90)", "factor must be a number from 0 to 1, not `90`; did you mean `0.25`?"),
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
    """What is wrong with the bricks is told too, and none of it is told to be written."""
    assert problems("cnn(0), gap") == [
        "bricks have a space between them, and nothing else, e.g. `cnn(32) gap`",
        "brick 1 `cnn(0)`: filters must be a whole number from 1 to 1,000,000, not `0`",
    ]


def test_something_between_bricks_that_are_called_otherwise():
    """What is told to be written of Keras' words works as a whole."""
    assert problems("Conv2D(8, 3), MaxPooling2D(2)") == [
        (
            "bricks have a space between them, and nothing else; write `conv(8, padding=valid, "
            "activation=linear) maxpool(2)`"
        ),
        (
            "brick 1 `Conv2D(8, 3)`: there is no brick `Conv2D`; did you mean `conv(8, "
            "padding=valid, activation=linear)`?"
        ),
        (
            "brick 2 `MaxPooling2D(2)`: there is no brick `MaxPooling2D`; did you mean "
            "`maxpool(2)`?"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Flatten() Dense(64) Dense(10)", [3]),
        ("Flatten() Dense(64) Dense(10) gap", []),
        ("flatten nn.Linear(64, 32) dense(8)", []),
        ("flatten fc nn.Linear(32, 10)", [3]),
        ("Flatten(), Dense(64), Dense(10)", [3]),
        ("[Flatten(), Dense(64), Dense(10), Softmax()]", [3]),
        ("Flatten() Dense(10) Activation('softmax') Softmax()", [2]),
        ("Flatten() Dense(64) Dense(10, activation='softmax')", []),
        ("Flatten() Dense(64) Dense(10, softmax)", []),
        ("flatten repeat(2, Dense(8))", []),
        ("Softmax() Softmax()", []),
    ],
)
def test_the_last_layer_is_told_as_such(text, last):
    """That the head is added is told of the brick that ends the network, and of no other."""
    told = [why for why in problems(text) if why.endswith(AS_LAST)]

    assert [int(why.split()[1]) for why in told] == last


@pytest.mark.parametrize(
    "text",
    [
        "dense(10, activation=softmax)",
        "activation(softmax)",
        "Dense(10, 'softmax')",
        "Softmax()",
        "head",
    ],
)
def test_a_brick_is_told_to_be_left_out(text):
    """It is no argument of it that is to be left out, which would make another network."""
    assert "leave this brick out: " in told(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            (
                "keras.Sequential([Input((28, 28, 1)), layers.Rescaling(1./255), Conv2D(32, 3, "
                "activation='relu'), MaxPooling2D(), Flatten(), Dense(128, activation='relu'), "
                "Dropout(0.2), Dense(10, activation='softmax')])"
            ),
            "conv(32, padding=valid) maxpool(2) flatten dense(128) dropout(0.2)",
        ),
        ("conv(8, strides=2), ReLU(), gap", "conv(8, stride=2) activation(relu) gap"),
        ("Conv2D(8, 3, name='a'), Add()", 'conv(8, padding=valid, activation=linear, name="a") add("a")'),
        ("cnn(8, name='a'), gap, concat('a')", "cnn(8, name='a') gap concatenate(\"a\")"),
        (", ".join(["cnn(8, stride=2)"] * 30), " ".join(["cnn(8, stride=2)"] * 30)),
        ("cnn(8), Add()", None),
        ("foo(3), gap", None),
        ("Softmax(), Dense(10, 'softmax')", None),
        ("conv(8), Conv2DTranspose(8, 3), gap", None),
        (", ".join(["cnn(8)"] * 500), None),
    ],
    ids=lambda value: value and value[:30],
)  # fmt: skip
def test_what_is_told_to_be_written(text, written):
    """All that is wrong at once is mended where it is known, and nothing told elsewhere."""
    told = "bricks have a space between them, and nothing else"
    ending = f"; write `{written}`" if written else ", e.g. `cnn(32) gap`"

    assert problems(text)[0] == told + ending


@given(
    st.lists(bricks(CHAINS), min_size=2, max_size=5), st.sampled_from([", ", "; ", " | "])
)
def test_what_is_told_to_be_written_makes_the_layers(texts, between):
    """A chain of Keras' layers is told as one of bricks that are the same layers."""
    try:
        layers = [layer_of(parse_brick(text)) for text in texts]
    except ShapeError:
        assume(False)
    assume(all(getattr(layer, "momentum", None) != 0.99 for layer in layers))
    names = [f"b{place}" for place, _ in enumerate(layers)]
    called = [layer.source(f'"{name}"') for name, layer in zip(names, layers, strict=True)]

    [written] = re.findall("; write `(.+)`$", problems(between.join(called))[0])

    made = parse(written)
    assert [layer_of(brick) for brick in made] == layers
    assert [brick.name for brick in made] == names


SHARES = [
    (word, argument)
    for word, brick in all_bricks().items()
    for argument in brick.arguments()
    if isinstance(kind(argument), Number) and kind(argument).whole
]


@pytest.mark.parametrize(
    ("word", "argument"), SHARES, ids=lambda value: getattr(value, "name", value)
)
@given(share=st.floats(0.02, 0.9))
def test_a_share_in_another_unit(word, argument, share):
    """A share that is given in per cent, or in degrees, leads to the share."""
    whole = kind(argument).whole
    value = round(share * whole, 1)

    told = " ".join(problems(f"{word}({argument.name}={value})"))
    [meant] = re.findall(f"{argument.name} must be .+ did you mean `(.+)`", told)

    assert value_complaint(argument, float(meant)) is None
    assert float(meant) == pytest.approx(value / whole, abs=1e-4)


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
        check_answers({"name": "net", key: value}, model_template.questions)

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
        check_answers({"name": "net", "blocks": blocks}, model_template.questions)

    assert error.value.problems == [why]
