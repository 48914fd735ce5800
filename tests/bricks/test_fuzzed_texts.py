"""Whatever is written for bricks and definitions is read, or refused in a sentence."""

import sys
import time
from resource import RUSAGE_SELF, getrusage

from fuzzed import fuzzed
from hypothesis import settings

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError
from keras_scaffold.network import Plan, assemble

FEW, MANY = 2_000, 200_000
LONGEST = 1.0
"""Seconds of a processor."""
LARGEST = 200
"""MB that the process grows by."""


def peak() -> float:
    """The most memory that this process has had, in MB."""
    of_one = 2**20 if sys.platform == "darwin" else 2**10
    return getrusage(RUSAGE_SELF).ru_maxrss / of_one


def test_nothing_but_a_refusal():
    """No text ends in another error than ours, or takes longer than a second or 200 MB."""
    number = MANY if settings().max_examples > 100 else FEW
    slowest, before = (0.0, ""), peak()

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
    assert peak() - before < LARGEST
