"""The promise, whatever answers change beside edits of the built-in project."""

from __future__ import annotations

from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import architectures

from keras_scaffold.answers.answers import check_answers as checked
from keras_scaffold.layers.layer import shape_text
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.templates.template import Template
from tests.cases import MANY, STYLES, updated
from tests.edits import USER_EDITS
from tests.promise import assert_nothing_is_lost


@pytest.fixture(scope="session")
def built_in_template(tmp_path_factory):
    """A copy of the built-in template."""
    root = tmp_path_factory.mktemp("built_in") / "template"
    with open_template() as template:
        return copytree(template.root, root)


@st.composite
def answers(draw):
    """Legal answers of any kind: a network in a style, and where its images come from."""
    bricks, shape, classes = draw(architectures())
    return {
        "name": "net",
        "style": draw(STYLES),
        "blocks": bricks,
        "input_shape": shape_text(shape),
        "classes": classes,
        "dataset": "folder",
        "package": draw(st.sampled_from(["net", "net", "web"])),
    }


@settings(max_examples=MANY // 4)
@given(
    old=answers(),
    new=answers(),
    user_edits=st.just([]) | USER_EDITS,
    marks=st.sets(st.integers(0, 15)),
)
def test_any_answers(
    old, new, user_edits, marks, fresh, built_in_template, workplace, executed
):
    """Whatever answers change beside edits of the built-in project, no edit is lost."""
    place = fresh()
    root = copytree(built_in_template, place / "template")
    template = Template(root, "built-in")

    def change():
        sources = sorted((root / "template" / "project").rglob("*.jinja"))
        for number in marks:
            with sources[number % len(sources)].open("a") as source:
                source.write(f"\n# template_{number}\n")

    case = updated(
        place,
        template,
        checked(old, template.questions),
        checked(new, template.questions),
        user_edits,
        change,
    )

    assert_nothing_is_lost(case)
    executed("updates after random edits and other answers")
