"""Words of other vocabularies lead to the bricks that they mean, with their arguments."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from strategies import bricks

from keras_scaffold.bricks.arguments import ACTIVATIONS, Choice, Words, kind
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.meaning.keras_words import SHARES
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.bricks.registry import all_bricks, find_brick
from keras_scaffold.layers.layer import ShapeError
from keras_scaffold.network.outputs import KINDS
from keras_scaffold.suggestions import plain
from tests.meanings import CHAINS, SINGLE, layer_of, told

NAMES = {word: brick.also_called for word, brick in all_bricks().items()}


@pytest.mark.parametrize("word", SINGLE)
def test_every_layer_leads_to_its_brick(word):
    """The class of the layer that a brick is leads to it, unless it is a word of its own."""
    name = type(layer_of(parse_brick(all_bricks()[word].written_example()))).__name__

    for written in (name, f"{name}()", f"blocks.{name}()", name.lower()):
        if find_brick(written.partition("(")[0]) is None:
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
        if find_brick(written) is None:
            assert re.search(rf"did you mean `{word}\b", told(written)), written


@pytest.mark.parametrize("activation", sorted({*ACTIVATIONS} - {*SHARES}))
def test_activations_are_no_bricks_and_lead_to_one(activation):
    """The name of an activation, or its layer, leads to the brick that applies it."""
    for written in (activation, f"{activation.title().replace('_', '')}()"):
        called = written.partition("(")[0]
        if written != "linear" and find_brick(called) is None:  # PyTorch's for dense
            brick = "dense" if activation == "linear" else rf"activation\({activation}\)"
            assert re.search(f"did you mean `{brick}", told(written))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "layers.Conv2D(8, 3, use_bias=False, padding='same')",
            "Conv2D(8, 3, padding=same, use_bias=False)",
        ),
        ("keras.layers.Dense(10, activation='relu')", "Dense(10, activation=relu)"),
        ("Conv2DTranpose(8, 3)", "Conv2DTranspose"),
        ("fc(8, activation=tf.nn.relu)", "dense(8)"),
        ("fc(8, 'elu', kernel_initializer=initializers.HeNormal())", "dense(8, activation=elu, initializer=he_normal)"),
        ("fc(8, 'relu', kernel_regularizer=regularizers.l2(1e-4))", "dense(8, l2=0.0001)"),
        ("concat('a', 'b')", 'concatenate("a", "b")'),
        ("nn.ReLU(inplace=True)", "activation(relu)"),
        ("nn.BatchNorm2d(32)", "batchnorm"),
        ("globalavgpool", "gap"),
        ("GlobalMaxPooling", "gmp"),
        ("model.add(Conv2D(16, 3))", "Conv2D(16, 3)"),
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
    ],
)  # fmt: skip
def test_what_is_meant(text, meant):
    """A brick is proposed with the arguments that were given."""
    word = text.partition("(")[0]

    assert told(text) == f"there is no brick `{word}`; did you mean `{meant}`?"
