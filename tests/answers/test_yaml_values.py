"""A value that YAML takes for a date or a number, and that is none, is no valid YAML."""

import pytest
import yaml

from keras_scaffold.safe_yaml import load


@pytest.mark.parametrize(
    "text",
    ["a: 2020-99-99", f"a: {'9' * 5000}", "a: !!timestamp x", "a: !!int x", "a: !!bool x"],
)
def test_values(text):
    """It is told as what is wrong with the document."""
    with pytest.raises(yaml.YAMLError, match="a value in it is none"):
        load(text)
