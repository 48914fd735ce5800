"""Answers files are rewritten key by key, and keep their user's formatting."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.updating.answers_text import rewritten
from keras_scaffold.updating.resolving.answers import merge_answers

MADE = "# What it was made from.\n_ref: v1\nstyle: functional\nblocks:\n- cnn(4)\n- gap\nclasses: 10\n"
OWN = """\
---
# Ours.
_ref: v1  # see our wiki

style:   "functional"   # as in the lesson
blocks:
    # the stem
    - 'cnn(4)'

    # the head
    - 'gap'   # no more
_renovate: on   # ours
classes: 10
# the end
"""


def test_only_what_changed():
    """Other values stand where the old ones stood, quoted and indented like them."""
    new = MADE.replace("v1", "v2").replace("functional", "sequential")
    new = new.replace("- gap\n", "- maxpool(2)\n- gap\n").replace("10", "3\npackage: net")

    assert rewritten(OWN, MADE, new) == (
        OWN.replace("v1", "v2")
        .replace('"functional"', '"sequential"')
        .replace("'cnn(4)'\n", "'cnn(4)'\n    - 'maxpool(2)'\n")
        .replace("classes: 10", "classes: 3\npackage: net")
    )


def test_gone():
    """A key that is gone takes its lines with it, and none of the comments around."""
    new = "_ref: v1\nstyle: functional\nclasses: 10\n"

    assert (
        rewritten(OWN, MADE, new) == OWN[: OWN.index("blocks")] + OWN[OWN.index("_ren") :]
    )


@pytest.mark.parametrize(
    "own", [OWN, MADE, MADE.replace("\n", "\r\n"), yaml.safe_dump(yaml.safe_load(OWN))]
)
def test_nothing_changes(own):
    """Where the answers are the same, no byte changes."""
    assert rewritten(own, MADE, MADE) == own


def test_line_ends():
    """A file with other line ends keeps them."""
    own, new = (text.replace("\n", "\r\n") for text in (OWN, OWN.replace("10", "3")))

    assert rewritten(own, MADE, MADE.replace("10", "3")) == new


@pytest.mark.parametrize(
    "own",
    [
        '{"_ref": "v1", "style": "functional", "blocks": ["cnn(4)", "gap"], "own": 1}\n',
        "? style\n: functional\n? own\n: 1\n",
        "style: &a functional\nclasses: *a\nown: 1\n",
    ],
)
def test_other_ways_to_write_it(own):
    """What is not lines of keys is written as it is generated, with what is the user's."""
    new = MADE.replace("functional", "sequential")

    found = yaml.safe_load(rewritten(own, MADE, new))

    assert found == {**yaml.safe_load(new), "own": 1}


KEYS = st.sampled_from(["_ref", "style", "blocks", "classes", "inputs", "größe"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.text("aé :#-'\"{}[]\\n&*!|>%@`,?0.", max_size=6),
    st.just("a long text " * 9),
)
VALUES = (
    SCALARS | st.lists(SCALARS, max_size=4) | st.dictionaries(KEYS, SCALARS, max_size=2)
)
ANSWERS = st.dictionaries(KEYS, VALUES, max_size=5)
MARKERS = re.compile(
    "^<{7} ours\n(.*?)^={7}\n(.*?)^>{7} theirs\n", re.MULTILINE | re.DOTALL
)


@given(
    own=ANSWERS,
    made=ANSWERS,
    new=st.dictionaries(KEYS, VALUES, min_size=1, max_size=5),
    extra=st.dictionaries(st.sampled_from(["_own", "mine"]), VALUES),
    style=st.sampled_from([None, "'", '"']),
    flow=st.sampled_from([None, False, True]),
    width=st.sampled_from([9, 80, 999]),
    indent=st.sampled_from([2, 4, 7]),
    comments=st.booleans(),
)
def test_any_answers(own, made, new, extra, style, flow, width, indent, comments):
    """Whatever is answered and however it is written, the new answers are read from it."""
    own = {**own, **extra}
    text = yaml.safe_dump(
        own,
        default_style=style,
        default_flow_style=flow,
        width=width,
        indent=indent,
        sort_keys=False,
        allow_unicode=True,
    )
    if comments and flow is False:
        text = "# above\n" + text.replace("\n- ", "\n# item\n- ") + "# below\n"
    dumped = yaml.safe_dump(new, sort_keys=False, default_flow_style=False)

    written = rewritten(text, yaml.safe_dump(made), dumped)

    kept = {key: value for key, value in own.items() if key not in made}
    assert yaml.safe_load(written) == {**kept, **new}
    if comments and flow is False and written != dumped:
        assert written.startswith(("# above\n", dumped))


@given(before=ANSWERS, ours=ANSWERS, theirs=ANSWERS)
def test_any_two_branches(before, ours, theirs):
    """Whichever side of the markers is taken, it has what that branch answered, or not."""
    texts = [yaml.safe_dump(each, sort_keys=False) for each in (before, ours, theirs)]

    written, conflicts = merge_answers(*texts, 0)

    sides = {r"\1": ours, r"\2": theirs}
    for way, side in sides.items():
        expected = {
            key: (theirs if own == before.get(key, ...) else ours).get(key, ...)
            for key, own in ((key, ours.get(key, ...)) for key in {**ours, **theirs})
        } | {key: side.get(key, ...) for key in conflicts}
        chosen = yaml.safe_load(MARKERS.sub(way, written)) or {}
        assert chosen == {key: value for key, value in expected.items() if value != ...}
    assert bool(conflicts) == bool(MARKERS.search(written))
