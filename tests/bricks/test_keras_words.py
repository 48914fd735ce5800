"""Words in Keras' spelling are Keras' layers, and what is wrong with one is told."""

from __future__ import annotations

import pytest

from keras_scaffold.bricks.brick_names import unique_names
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.registry import find_brick
from keras_scaffold.layers import Graph, layer_words
from tests.meanings import told

SHAPES = ((28, 28, 3), (7, 16), (64,), (4, 8, 8, 2), (4, 4, 8, 8, 2))
"""Of which one suits each layer's example."""


def made(text: str):
    """The layer that a brick is, and its source."""
    [brick] = parse(text)
    return (brick.layer() if brick.reads_names else brick.made()).source('"x"')


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            'Conv2D(32, (1, 7), padding="same", dilation_rate=2)',
            'layers.Conv2D(32, (1, 7), padding="same", dilation_rate=2, name="x")',
        ),
        ("PReLU(shared_axes=[1, 2])", 'layers.PReLU(shared_axes=(1, 2), name="x")'),
        ("Conv2DTranspose(64, 3, strides=2)", 'layers.Conv2DTranspose(64, 3, strides=2, name="x")'),
        ("Bidirectional(LSTM(16))", 'layers.Bidirectional(layers.LSTM(16, name="x_layer"), name="x")'),
        (
            "TimeDistributed(Dense(2 ** 3))",
            'layers.TimeDistributed(layers.Dense(8, name="x_layer"), name="x")',
        ),
        (
            "Dense(10, kernel_regularizer=L2(1e-4), kernel_constraint=keras.constraints.MaxNorm(3))",
            (
                "layers.Dense(10, kernel_regularizer=keras.regularizers.L2(0.0001), "
                'kernel_constraint=keras.constraints.MaxNorm(3), name="x")'
            ),
        ),
        (
            "Dense(10, relu, kernel_initializer=RandomUniform(-0.1, 0.1))",
            (
                'layers.Dense(10, activation="relu", '
                'kernel_initializer=keras.initializers.RandomUniform(-0.1, 0.1), name="x")'
            ),
        ),
        ("Rescaling(1/4, offset=-(1 + 1) / 4)", 'layers.Rescaling(0.25, offset=-0.5, name="x")'),
        ("MaxPool2D", 'layers.MaxPooling2D(2, name="x")'),
        ("LeakyReLU(negative_slope=0.1)", 'layers.LeakyReLU(negative_slope=0.1, name="x")'),
        (
            "EinsumDense('abc,cd->abd', (7, 64), bias_axes=d)",
            'layers.EinsumDense("abc,cd->abd", (7, 64), bias_axes="d", name="x")',
        ),
        ('Add("stem")', 'layers.Add(name="x")'),
        ('Concatenate("stem", axis=1)', 'layers.Concatenate(axis=1, name="x")'),
        ('Dot("stem", axes=(1, 2))', 'layers.Dot((1, 2), name="x")'),
    ],
)  # fmt: skip
def test_source(text, source):
    """The layer in generated code is that which was written, and reads back."""
    assert made(text) == source
    assert parse(str(parse(text)[0])) == parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Conv2D(8, 3, data_format=channels_first)",
            (
                "data_format must be channels_last, as it is by itself: channels_first does not "
                "train on a CPU, not `channels_first`"
            ),
        ),
        (
            "Conv2D(8, (3, 3, 3))",
            (
                "kernel_size must be a whole number from 1 to 1,000,000, or 2 of them in "
                "brackets, not `3, 3, 3`; did you mean `3`?"
            ),
        ),
        (
            "Conv2D(8)",
            (
                "kernel_size is missing: Conv2D(filters, kernel_size, strides=1, padding=valid, "
                "data_format=None, ...)"
            ),
        ),
        (
            "LSTM(16, return_state=True)",
            "return_state must be False: a brick gives one tensor, not `True`",
        ),
        ("Bidirectional(LSMT(16))", "layer: there is no layer `LSMT` in Keras; did you mean `LSTM`?"),
        (
            "Bidirectional(LSTM(0))",
            "layer: units must be a whole number from 1 to 1,000,000, not `0`",
        ),
        ("TimeDistributed(Add('a'))", "layer: `Add` joins several tensors, and gets one here"),
        (
            "Dense(8, kernel_regularizer=L3(1))",
            (
                "kernel_regularizer: there is no `L3` in keras.regularizers; choose from L1, L2, "
                "L1L2, OrthogonalRegularizer"
            ),
        ),
        ("Lambda(f)", "there is no brick `Lambda`; it is made of a function or an object of Python, which bricks do not hold"),
        ("Dense(2 ** 2000)", "units must be a whole number from 1 to 1,000,000, not `2 ** 2000`"),
        ("Dense(10, softmax)", aliases.HEAD_IS_ADDED),
        ("Softmax()", aliases.LOGITS_ARE_ADDED),
        ("Activation(softmax)", aliases.LOGITS_ARE_ADDED),
    ],
)  # fmt: skip
def test_what_is_wrong(text, why):
    """The error names the argument, the value, the reason and the way out."""
    assert told(text) == why


@pytest.mark.parametrize("word", layer_words())
def test_example(word):
    """Each word's example is read, reads back, and suits some shape."""
    kind = find_brick(word)
    [brick] = parse(f"{kind.written_example()} Identity")[:1]

    assert parse(f"{brick} Identity")[0] == brick
    if not brick.reads_names:
        assert any(fits(brick, shape) for shape in SHAPES)


def fits(brick, shape) -> bool:
    """Whether a brick can be put on a shape."""
    try:
        brick.build(Graph().input(shape, "image"), "x")
    except ValueError:
        return False
    return True


def test_names():
    """Without a name a layer gets the one that Keras gives, beside bricks in lower case."""
    bricks = parse('Conv2DTranspose(8, 3) Dense(8) dense(8) MaxPooling2D Add("a") Identity')

    assert unique_names(bricks) == [
        *("conv2d_transpose", "dense", "dense_1", "max_pooling2d", "add", "identity"),
    ]


def test_the_keras_that_is_needed():
    """A layer that came later than the oldest Keras tells since when it is there."""
    needs = [
        parse(f"{text} Identity")[0].made().needs()
        for text in (
            "Dense(8)",
            "RMSNormalization",
            "Conv2DTranspose(8, 3, strides=2, output_padding=1)",
            "TimeDistributed(AdaptiveAveragePooling1D(2))",
        )
    ]

    assert needs == [(3, 8), (3, 9), (3, 11), (3, 13)]
