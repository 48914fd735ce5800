"""What a layer or an object inside of a brick is given by parameters is checked like a brick's."""

import pytest

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network import Plan, assemble

DEFINITIONS = [
    "steps(n): Reshape((8, 24)) TimeDistributed(Dense(n)) flatten",
    "twice(n): Reshape((8, 24)) TimeDistributed(SpectralNormalization(Conv1D(n, 3)))",
    "decayed(rate): Conv2D(8, 3, kernel_regularizer=L2(rate)) gap",
]
COUNTED = "repeat(3, lambda i: Conv2D(8, 1, kernel_initializer=RandomNormal(stddev=2 - i)))"


@pytest.mark.parametrize(
    ("bricks", "told"),
    [
        ("steps(0)", "units=n of `Dense` is 0, and must be a whole number"),
        ("steps(relu)", "units=n of `Dense` is relu, and must be a whole number"),
        ("twice(0.5)", "filters=n of `Conv1D` is 0.5, and must be a whole number"),
        ("decayed(relu)", "l2=rate of `L2` is relu, and must be a number from 0"),
        (COUNTED, "stddev=2 - i of `RandomNormal` is -1, and must be a number from 0"),
    ],
)
def test_values(bricks, told):
    """It is refused by its own name, and that of what it is an argument of."""
    with pytest.raises(InputError) as refused:
        assemble(Plan.plain(parse(bricks, read_definitions(DEFINITIONS)), (8, 8, 3), 2))

    [problem] = refused.value.problems
    assert problem.startswith("brick 1 `")
    assert told in problem


def test_a_network_that_a_parameter_tells():
    """Which network of keras.applications it is has to be written: code names its functions."""
    with pytest.raises(InputError) as error:
        read_definitions(["seen(net, n): backbone(net, trainable=n) gap"])

    [problem] = error.value.problems
    assert "network must be a network of keras.applications" in problem
    assert problem.endswith("written here, not told by `net`")
