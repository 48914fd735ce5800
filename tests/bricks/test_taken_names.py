"""What generated code calls other things is no word, no parameter, and counts nothing."""

import pytest

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError


@pytest.mark.parametrize(
    "word",
    ["path", "image_classifier", "network", "model", "holding", "add_weight", "few", "np"],
)
def test_words(word):
    """A definition is called like nothing that a model, its file or a notebook has beside it."""
    with pytest.raises(InputError) as refused:
        read_definitions([f"{word}(filters): conv(filters)"])

    [problem] = refused.value.problems
    assert f"`{word}` has another meaning; choose another word" in problem


@pytest.mark.parametrize(
    "name",
    ["range", "super", "cnn", "CNN", "body", "bricks", "word", "options", "trainable"],
)
def test_parameters(name):
    """A parameter is called like nothing that the code of the block needs, or Keras saves."""
    with pytest.raises(InputError) as refused:
        read_definitions([f"wide({name}): cnn({name})"])

    [problem] = refused.value.problems
    assert f"parameter `{name}` has another meaning there; choose another name" in problem


@pytest.mark.parametrize(
    "name",
    ["x", "layers", "range", "cnn", "keep", "name", "Keep", "CLASSES", "INPUT_SHAPE"],
)
def test_counters(name):
    """Repetitions are counted by no name that the code around them has."""
    vocabulary = read_definitions(["keep: conv(8)"])

    with pytest.raises(InputError) as refused:
        parse(f"repeat(2, lambda {name}: conv(8 * {name}))", vocabulary)

    [problem] = refused.value.problems
    assert f"`{name}` has another meaning here; count with another name" in problem
