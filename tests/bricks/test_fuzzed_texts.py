"""Whatever is written for bricks and definitions is read, or refused in a sentence."""

import time

from fuzzed import fuzzed
from hypothesis import settings

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network import Plan, assemble

FEW, MANY = 2_000, 200_000
LONGEST = 1.0
"""Seconds of a processor."""


def test_nothing_but_a_refusal():
    """No text ends in another error than ours, or takes longer than a second."""
    number = MANY if settings().max_examples > 100 else FEW
    slowest = (0.0, "")

    for definition, blocks in fuzzed(7, number):
        start = time.process_time()
        for defined in (definition, "wide(filters): skip(cnn(filters) cnn(filters))"):
            try:
                vocabulary = read_definitions([defined])
                assemble(Plan.plain(parse(blocks, vocabulary), (8, 8, 3), 2))
            except InputError as error:
                assert all(error.problems)
        slowest = max(slowest, (time.process_time() - start, blocks))

    assert slowest[0] < LONGEST, slowest
