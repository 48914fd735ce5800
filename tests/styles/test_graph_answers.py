"""Answers that tell a network of several inputs and outputs: read back, replaced and refused."""

from __future__ import annotations

import pytest
from graph_strategies import FULL, PAIR, graphs, told
from hypothesis import given, settings
from refused_graphs import broken_graphs

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.replacement import replace_answers
from keras_scaffold.errors import InputError


@given(graphs())
def test_what_is_recorded_reads_back(model_template, graph):
    """The answers that a project keeps tell the same network again."""
    answers = check_answers(told(graph), model_template.questions)

    again = check_answers(answers.recorded(), model_template.questions)

    assert again.recorded() == answers.recorded()
    assert again.architecture.graph == answers.architecture.graph


@pytest.mark.parametrize("key", ["inputs", "outputs", "towers", "heads", "join"])
@pytest.mark.parametrize("nothing", [None, "", []])
def test_what_is_empty_is_none(key, nothing, model_template):
    """An answer that tells nothing is as good as none."""
    plain = {"name": "net", "blocks": "gap"}

    answers = check_answers({**plain, key: nothing}, model_template.questions)

    assert answers == check_answers(plain, model_template.questions)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"inputs": ["left=8x8x1"]}, {"blocks", "inputs", "towers", "outputs", "heads"}),
        ({"outputs": ["other=3"]}, {"blocks", "inputs", "towers", "join", "outputs"}),
        (
            {"blocks": "dense(4)"},
            {"blocks", "inputs", "towers", "join", "outputs", "heads"},
        ),
        ({"preset": "mlp"}, {"blocks", "input_shape", "classes"}),
    ],
)
def test_what_is_given_anew_takes_along_what_hung_on_it(given, left, model_template):
    """Towers, heads and a join without their inputs or outputs are left out, too."""
    kept = {**PAIR, "blocks": ["dense(3)"], "heads": ["same=dense(2)"], "name": "net"}
    kept = check_answers({**kept, "dataset": "table"}, model_template.questions).recorded()

    merged = {**replace_answers(kept, given), **given}
    answers = check_answers(merged, model_template.questions)

    assert set(answers.network) == left


def test_a_mapping_is_as_good_as_a_list(model_template):
    """In an answers file that somebody wrote by hand, names may be the keys."""
    listed = {**PAIR, "towers": ["left=gap", "right=gap"], "heads": ["same=dense(2)"]}
    mapped = {
        **listed,
        "inputs": {"left": "8x8x1", "right": "8x8x1"},
        "towers": {"left": "gap", "right": ["gap"]},
        "outputs": {"same": 2},
        "heads": {"same": ["dense(2)"]},
    }

    answers = check_answers(told(mapped, name="net"), model_template.questions)

    assert answers == check_answers(told(listed, name="net"), model_template.questions)


@settings(max_examples=2000 if FULL else 200)
@given(broken_graphs())
def test_broken_graphs_are_refused(model_template, executed, drawn):
    """Whatever makes a legal graph illegal is told by the brick, or the name, that it is."""
    graph, culprit = drawn

    with pytest.raises(InputError) as error:
        check_answers(told(graph), model_template.questions)

    assert any(culprit in problem for problem in error.value.problems), error.value.problems
    executed("random graphs that were broken on purpose and refused")
