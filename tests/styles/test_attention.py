"""Attention is one network in every style, though Keras makes its layers when it is built."""

import pytest
from agreement import assert_styles_agree

ATT = (
    "att(filters, n=2): conv(filters, (1, n), stride=(n, 1)) attention(n, in_channels) "
    "repeat(2, lambda i: [conv_transpose(filters * i, stride=i) attention(2, i)])"
)
CHAINS = {
    "map": "cnn(2) attention(2, 3) gap",
    "sequence": "Reshape((-1, 1)) attention(2, 3) GlobalAveragePooling1D",
    "repeated": "conv(4) repeat(2, skip(attention(2, 3, dropout=0.2) stochastic_depth(0.3))) gap",
    "defined": "att(4) att(6, 3) gap",
}


@pytest.mark.parametrize("chain", CHAINS)
def test_attention(chain, model_template, tmp_path):
    """One seed gives one set of weights, and those one output, also after it was saved."""
    given = {
        "define": [ATT],
        "blocks": CHAINS[chain],
        "input_shape": "7x5x1",
        "classes": 3,
        "dataset": "folder",
    }

    assert_styles_agree(model_template, tmp_path, given, eagerly=True, saved=True)
