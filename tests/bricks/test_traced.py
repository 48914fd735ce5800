"""Numbers know how they were computed, with what Python makes of them, while that is short."""

import pytest

from keras_scaffold.bricks import Traced, number_source


@pytest.mark.parametrize(
    ("found", "value", "source"),
    [
        (2 ** Traced(3, "n"), 8, "2 ** n"),
        (7 % Traced(4, "n"), 3, "7 % n"),
        (Traced(3, "n") * -2, -6, "n * -2"),
        ((Traced(3, "n") - 5) ** 2, 4, "(n - 5) ** 2"),
        (2 - (Traced(3, "n") - 5), 4, "2 - (n - 5)"),
    ],
)
def test_sources(found, value, source):
    """An expression is the same number."""
    assert (found, number_source(found)) == (value, source)


def test_shares():
    """What is no whole number is not rounded to one."""
    assert Traced(4, "n") ** -1 == 0.25


@pytest.mark.parametrize("step", [lambda n: n + n, lambda n: n + 1])
def test_long_sources(step):
    """An expression that grows beyond what anybody reads is told no longer."""
    number = Traced(1, "n")
    for _ in range(150):
        number = step(number)

    assert number_source(number) is None
