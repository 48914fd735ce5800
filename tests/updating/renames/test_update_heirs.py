"""The heir of a file that is gone is the closest new one, and that of no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.updating.moves import closest_path, moves


@pytest.mark.parametrize(
    ("old", "candidates", "expected"),
    [
        ("src/net", ["net", "experiments"], "net"),
        ("src/net", ["net", "old/net"], "net"),
        ("src/net", ["lib/net", "old/net"], None),
        ("src/net", ["", "old"], ""),
        ("src/net", ["src/net/core", "old/src/net"], None),
        ("src/net", ["src/core", "core"], "src/core"),
        ("src/net", ["a", "b"], None),
        ("src/net", ["a"], "a"),
        ("src/net", [], None),
        ("a/b.py", ["a/c.py", "d/c.py"], "a/c.py"),
        ("a/b.py", ["a/c.py", "d/b.py"], None),
    ],
)
def test_closest(old, candidates, expected):
    """The heir is who keeps more of the path at one end and not less at the other."""
    assert closest_path(old, candidates) == expected


PARTS = st.sampled_from(["a", "b", "c"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@given(base=st.sets(PATHS), side=st.sets(PATHS), chosen=st.randoms())
def test_moves(base, side, chosen):
    """Whatever is like what, a new file is the heir of one file at most, which is gone."""
    added = sorted(side - base)
    alike = {new: chosen.choice(sorted(base)) for new in added if base}

    made = moves(base, side, alike)

    assert made.files.keys() <= base - side
    assert {*made.files.values()} <= {*added}
    assert len({*made.files.values()}) == len(made.files)
    for new, old in alike.items():
        assert old in side or old in made.files or new in made.unsure[old]
