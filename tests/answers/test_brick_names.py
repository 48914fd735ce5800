"""The names that bricks may carry."""

import pytest

from keras_scaffold.bricks.brick_names import brick_name_complaint


@pytest.mark.parametrize("name", ["stem", "Stem2", "x", "cnn_1"])
def test_brick_names(name):
    """A brick has the name of a variable."""
    assert brick_name_complaint(name) is None


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("", "stem"),
        ("a b", "a_b"),
        ("2x", "stem"),
        ("_x", "x"),
        ("a/b", "a_b"),
        ("é", "e"),
        ("ünï", "uni"),
        ("größe", "grosse"),
        ("日本", "stem"),
        ("x\n", "x"),
        ("cäll", "call_block"),
        (3, "stem"),
        (None, "None_block"),
    ],
)
def test_no_brick_names(name, alike):
    """What is no identifier is refused, with one that is like it."""
    assert brick_name_complaint(name) == (
        f"name `{name}` is not an identifier; use letters from a to z, digits and _, "
        f"e.g. `{alike}`"
    )


@pytest.mark.parametrize("name", ["call", "fit", "layers", "weights", "image", "logits"])
def test_brick_names_of_keras(name):
    """A brick does not take a name that every Keras model has already."""
    assert brick_name_complaint(name) == (
        f"name `{name}` is taken by the model; choose another, e.g. `{name}_block`"
    )


def test_brick_names_that_are_keywords():
    """A brick is not called like a Python keyword, for it becomes an attribute."""
    assert brick_name_complaint("None") == (
        "name `None` is a Python keyword; choose another, e.g. `None_block`"
    )
