"""What is wrong with a word or a value is told in a sentence that helps."""

from __future__ import annotations

import pytest

from keras_scaffold.bricks.arguments import ACTIVATIONS, Rate
from keras_scaffold.bricks.meaning import aliases
from tests.meanings import told

HEAD, RATE = aliases.HEAD_IS_ADDED, Rate.says


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
        ("fc(10, activation=tf.nn.softmax)", f"there is no brick `fc`; {HEAD}"),
        ("dense(10, activation=log_softmax)", HEAD),
        ("loop(3, (8, 9))", "there is no brick `loop`; did you mean `repeat`, written repeat(times, brick, ...)?"),
        ("output(10)", f"there is no brick `output`; {HEAD}"),
        (
            "nn.Linear(128, 10)",
            (
                "there is no brick `nn.Linear`; did you mean `dense`, written dense(units, "
                f"activation=relu, ...)? As the last layer, {HEAD}"
            ),
        ),
        ("leaky_relu", "there is no brick `leaky_relu`; did you mean `activation(leaky_relu)`?"),
        ("dropout(0,05)", "it cannot be read; decimals are written with a point: 0.05"),
        ("final-model", "there is no brick `final-model`; it is a preset: say --preset final-model"),
        ("Multi-Task", "there is no brick `Multi-Task`; it is a preset: say --preset multi-task"),
        ("dense(10, activation=softmax)", HEAD),
        (
            "nn.LeakyReLU(0.1)",
            (
                "there is no brick `nn.LeakyReLU`; `leaky_relu` takes no number, and Keras' "
                "`LeakyReLU` does; did you mean `activation(leaky_relu)`?"
            ),
        ),
        (
            "nn.Hardshrink(0.3)",
            (
                "there is no brick `nn.Hardshrink`; `hard_shrink` takes no number; did you mean "
                "`activation(hard_shrink)`?"
            ),
        ),
        ("ResNet50", "there is no brick `ResNet50`; it is a preset: say --preset resnet50"),
        (
            "mse",
            "there is no brick `mse`; `scaffold bricks` lists all that there are",
        ),
        ("conv(8, dilation_rate=2)", "there is no argument `dilation_rate`; did you mean `dilation`?"),
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
        ("activation(lrelu)", f"function must be one of {', '.join(ACTIVATIONS)}, not `lrelu`; did you mean `leaky_relu`?"),
        ("conv(8, activation=None)", f"activation must be one of {', '.join(ACTIVATIONS)}, not `None`; did you mean `linear`?"),
        ("activation(softmax)", aliases.LOGITS_ARE_ADDED),
        ("conv(8, (3, 5, 1))", "kernel_size must be a whole number from 1 to 1,000,000, or 2 of them in brackets, not `3, 5, 1`"),
        ("conv((8, 8))", "filters must be a whole number from 1 to 1,000,000, not `8, 8`; did you mean `8`?"),
        ("crop((1, 2, 3))", "size must be a whole number from 0, or 2 of them, or 2 pairs of them, not `1, 2, 3`"),
        ("normalization(0, -1)", "variance must be a number from 0, or one for each channel in brackets, not `-1`"),
        ("conv('8')", "filters must be a whole number from 1 to 1,000,000, not `8`; write it without quotes"),
        ("conv(64 / 2)", "filters must be a whole number from 1 to 1,000,000, with no point or exponent; did you mean `32`?"),
        ("conv(1 / 0)", "filters must be a whole number from 1 to 1,000,000, not `1 / 0`"),
        ("conv(8, bias='true')", "bias must be True or False, not `true`; did you mean `True`?"),
        (
            "rescaling(1./255)",
            (
                "scale must be a number from -1e+06 to 1e+06, not `0.00392156862745098`; pixels are "
                "from 0 to 1 already, so leave the brick out"
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
        ("repeat(3)", "bricks must be one or more bricks that name no others, and there is none"),
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
