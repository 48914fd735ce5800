"""What the own tests of projects say of networks that see nothing, or were changed."""

from __future__ import annotations

from runpy import run_path

import pytest
from generated import assert_own_tests_pass, of_the_network
from generated import project as importable

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.creation import proof_subject
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof.smoke import Smoke
from keras_scaffold.templates.fetching import open_template

BLIND = {"style": "functional", "blocks": "rescaling(0) gap"}
SEEING_NOTHING = (
    {"name": "images", "dataset": "folder", "classes": 2},
    {
        "name": "rows",
        "dataset": "table",
        "outputs": ["even=2", "tags=3:multilabel", "angle=1:regression"],
    },
)


@pytest.mark.long
def test_networks_that_see_nothing(tmp_path):
    """Where all features are zero, as dead ones may be, the proof and own tests are green."""
    subjects = []
    with open_template() as template:
        for told in SEEING_NOTHING:
            answers = check_answers(BLIND | told, template.questions)
            subjects.append(proof_subject(tmp_path / answers.name, answers))
            render(template, answers, subjects[-1].path)

    with Smoke() as smoke:
        proofs = [smoke.prove(each) for each in subjects]

    for proof in proofs:
        assert proof.works, proof.checks
    assert_own_tests_pass([file for each in subjects for file in of_the_network(each.path)])


@pytest.mark.parametrize("preset", ["lenet5", "siamese"])
def test_own_count_says_what_to_change(preset, tmp_path):
    """Where the model was changed, the project's own test tells the line to put in its place."""
    with open_template() as template:
        given = {"name": "net", "style": "functional", "preset": preset}
        answers = check_answers(given, template.questions)
        with importable(template, tmp_path, answers):
            file = tmp_path / "tests" / "test_model.py"
            old = f"TOTAL, TRAINABLE = {answers.architecture.total},"
            sound = file.read_text()
            assert sound.count(old) == 1
            file.write_text(sound.replace(old, "TOTAL, TRAINABLE = 1,"))
            own = run_path(str(file))

            with pytest.raises(AssertionError) as error:
                own["test_parameters"]()

    line = f"{old} {answers.architecture.trainable}"
    assert str(error.value).splitlines()[0] == (
        f"if you changed the model, write in {file}: {line}"
    )
