"""Optional files: told as a whole, added and taken away by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.questions import Question
from keras_scaffold.errors import InputError

NAMES = ["board", "export", "serve"]
SOME = st.lists(st.sampled_from(NAMES), max_size=4)
"""Names in any order, some of them twice."""


@pytest.fixture(scope="session")
def optional(questions):
    """Tells the optional files that answers come to, of which there are three."""
    of_three = {
        **questions,
        "with": replace(questions["with"], choices={f"the {name}": name for name in NAMES}),
    }
    return lambda told: check_answers(
        {"name": "net", "blocks": "gap", **told}, of_three
    ).recorded()


def spelled(names, way):
    """Names as a list, as one text, or as both."""
    return {"list": names, "text": ", ".join(names), "texts": [",".join(names)]}[way]


@given(
    told=SOME,
    added=SOME,
    removed=SOME,
    ways=st.lists(st.sampled_from(["list", "text", "texts"]), min_size=3, max_size=3),
)
def test_sets(told, added, removed, ways, optional):
    """However and how often they are named: each is there once, in the question's order."""
    removed = [name for name in removed if name not in added]
    given = {
        key: spelled(names, way)
        for key, names, way in zip(
            ("with", "also_with", "without"), (told, added, removed), ways, strict=True
        )
        if names
    }

    recorded = optional(given)

    wanted = [name for name in NAMES if name in {*told, *added} - {*removed}]
    assert recorded.get("with", []) == wanted
    assert ("with" in recorded) == bool(wanted)


@pytest.mark.parametrize("nothing", [None, [], "", "none", ["none"], [""], ()])
def test_none(nothing, optional):
    """That there are none can be told in many ways, and of a flag it takes all away."""
    assert "with" not in optional({"with": nothing})
    assert optional({"with": ["serve"], "without": nothing})["with"] == ["serve"]
    if nothing is not None:
        assert "with" not in optional({"with": ["serve"], "also_with": nothing})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"also_with": ["tensorbord", "nothing", "tensorbord"]},
            [
                "--with: `tensorbord` is not a choice; did you mean `tensorboard`?",
                "--with: `nothing` is not a choice; choose from tensorboard, notebook",
            ],
        ),
        ({"with": 3}, ["--with: `3` is not a choice; choose from tensorboard, notebook"]),
        (
            {"with": {"a": 1}},
            ["--with: `{'a': 1}` is not a choice; choose from tensorboard, notebook"],
        ),
        (
            {"also_with": ["none", "tensorboard"]},
            ["--with: `none` is not a choice; choose from tensorboard, notebook"],
        ),
        (
            {"without": ["Tensorboard"]},
            ["--without: `Tensorboard` is not a choice; did you mean `tensorboard`?"],
        ),
        (
            {"also_with": ["tensorboard"], "without": "tensorboard"},
            ["--without: `tensorboard` is told by --with too; leave out one of the two"],
        ),
    ],
)
def test_refused(given, told, problems):
    """What is none of them is told with the nearest or all, and what contradicts itself."""
    assert problems(**given) == told


def test_template_without_the_question(questions):
    """A template that does not ask has no optional files, and refuses any."""
    other = {key: asked for key, asked in questions.items() if key != "with"}

    given = {"name": "net", "blocks": "gap"}

    recorded = check_answers(given, other).recorded()
    with pytest.raises(InputError) as error:
        check_answers({**given, "also_with": ["tensorboard"]}, other)

    assert "with" not in recorded
    assert error.value.problems == [
        (
            "--with: the template has no optional files; leave it out, or let its copier.yml "
            "ask `with` as the built-in one does"
        )
    ]


@pytest.mark.parametrize("usual", [["serve"], []])
def test_what_is_usual_for_another_template(usual, questions):
    """A template may have some by default; who wants none says so."""
    other = {
        **questions,
        "with": Question("with", "Files", choices={"serve": "serve"}, default=usual),
    }

    def optional(**told):
        return check_answers({"name": "net", "blocks": "gap", **told}, other).optional

    assert optional() == usual
    assert optional(also_with=["none"]) == optional(without=["serve"]) == []
