"""What PyYAML takes, or ends at, and is no valid YAML."""

import pytest
import yaml

from keras_scaffold.safe_yaml import load


@pytest.mark.parametrize(
    "text",
    ["a: 2020-99-99", f"a: {'9' * 5000}", "a: !!timestamp x", "a: !!int x", "a: !!bool x"],
)
def test_values(text):
    """What is taken for a date or a number and is none is wrong with the document."""
    with pytest.raises(yaml.YAMLError, match="a value in it is none"):
        load(text)


def test_keys_stand_once():
    """Of a key that stands twice PyYAML takes the last value, and nothing is said."""
    with pytest.raises(yaml.YAMLError, match="`b` stands there twice, again in line 4"):
        load("a: 1\nc:\n  b: 2\n  b: 3\n")
    assert load("a: 1\nb: {a: 2}\n'1': 3\n1: 4\n") == {"a": 1, "b": {"a": 2}, "1": 3, 1: 4}
