"""What cannot be a network of several inputs and outputs is refused, by its name."""

from __future__ import annotations

import pytest
from graph_strategies import PAIR, told

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import InputError


def test_sequential_refuses_them_by_name(model_template):
    """Each thing that a chain of bricks cannot have is named, with the styles that can."""
    graph = {
        **PAIR,
        "blocks": 'dense(4, name="a") dense(4) add("a")',
        "heads": ["same=dense(2)"],
    }

    with pytest.raises(InputError) as error:
        check_answers(told(graph, style="sequential"), model_template.questions)

    chain = "a Sequential model is one chain of bricks from one input to one output"
    say = "say --style functional or --style subclassing"
    assert error.value.problems == [
        f"{what}: {chain}, without {without}; {say}"
        for what, without in [
            ("--input", "named inputs"),
            ("--tower", "towers"),
            ("--join", "a join of inputs"),
            ("--output", "named outputs"),
            ("--head", "heads of their own"),
            ('--blocks: brick 3 `add("a")`', "ways around its bricks"),
        ]
    ]


def test_a_preset_beyond_sequential_is_told_in_one_line(model_template):
    """What a preset has that a chain of bricks has not is told as the preset's."""
    given = {"preset": "siamese", "style": "sequential", "name": "net"}

    with pytest.raises(InputError) as error:
        check_answers(given, model_template.questions)

    assert error.value.problems == [
        (
            "--preset: `siamese`: a Sequential model is one chain of bricks from one input to one "
            "output, without named inputs or towers or a join of inputs or named outputs; say "
            "--style functional or --style subclassing"
        )
    ]


@pytest.mark.parametrize(
    ("graph", "told_of_it"),
    [
        (
            {"inputs": ["left=8x8x1", "right=8x8x1"], "outputs": ["same=2"]},
            "--join is missing for the inputs left, right; give one, e.g. --join concatenate",
        ),
        (
            {"inputs": ["left=8x8x1"], "join": "add", "heads": ["label=gap"], "classes": 2},
            "--join: `add` has one input to join; leave it out",
        ),
        (
            {**PAIR, "towers": ["top=gap", "left=gap", "left=flatten"]},
            "--tower: there is no input `top`; choose from left, right",
        ),
        (
            {**PAIR, "towers": [], "shared_tower": ["left,top=flatten"]},
            "--shared: there is no input `top`; choose from left, right",
        ),
        (
            {**PAIR, "towers": ["left=gap", "left=flatten"]},
            "--tower: `left` has several towers; put all of its bricks into one",
        ),
        (
            {**PAIR, "heads": ["sane=dense(2)"]},
            "--head: there is no output `sane`; did you mean `same`?",
        ),
        (
            {**PAIR, "inputs": ["left=8x8x1", "right=8x8x3"]},
            (
                "tower of left and right: one set of weights takes images of one shape, and "
                "`left` is 8x8x1 and `right` is 8x8x3; give them one shape, or towers of their own"
            ),
        ),
        (
            {**PAIR, "towers": ["left,right=conv(2, name=a) gap"], "blocks": "add(a)"},
            (
                'brick 1 `add("a")`, reached by a vector of 2: `a` is in the tower of left and right, which is '
                "called for each of them; name a brick that is called once"
            ),
        ),
        (
            {**PAIR, "towers": []},
            (
                "output `same`: the last brick leaves the feature map 8x8x1; add `gap` or "
                "`flatten` at the end"
            ),
        ),
        (
            {**PAIR, "heads": ["same=dense(2, name=left)"]},
            (
                'input `left` and head of same: brick 1 `dense(2, name="left")` would have a layer '
                "`left` each; give them other names"
            ),
        ),
        (
            {**PAIR, "outputs": ["same=2", "Same=3"]},
            (
                "--output: `same` and `Same` differ in case alone, and files are named so; choose "
                "names that differ in more"
            ),
        ),
        (
            {"blocks": "gap", "heads": ["label=gap"]},
            "--head: there is no output `label`; name it by --output",
        ),
        (
            {**PAIR, "inputs": ["left=8x8x1", 5]},
            "--input: `5` cannot be read; write e.g. left=28x28x1",
        ),
        (
            {**PAIR, "towers": [{"inputs": "left"}]},
            (
                "--tower: `{'inputs': 'left'}` names nothing that it stands for; write e.g. "
                "left=cnn(32) gap"
            ),
        ),
        (
            {**PAIR, "inputs": ["left=8x8x1", "left=8x8x1"]},
            "--input: `left` is given twice; give each another name",
        ),
        (
            {**PAIR, "outputs": ["same=2:classification(metrics=[accuracy, accuracy])"]},
            (
                "--output: `same`: metrics must be a list of accuracy, "
                "sparse_top_k_categorical_accuracy, at least one and none twice, not `accuracy, "
                "accuracy`"
            ),
        ),
        (
            {**PAIR, "outputs": ["same=2", "angle:regression"]},
            "--output: `angle` has no size; write e.g. angle=3:regression",
        ),
        (
            {**PAIR, "outputs": ["y=2", "val_y=2"]},
            (
                "--output: `y` and `val_y` would both be logged as `val_y_loss`; give one of them "
                "another name"
            ),
        ),
        (
            {**PAIR, "inputs": ["Left=8x8x1", "left=8x8x1"]},
            (
                "--input: `Left` and `left` differ in case alone, and files are named so; choose "
                "names that differ in more"
            ),
        ),
        (
            {"shared_tower": ["cnn(8) gap"], "input_shape": "8x8x1", "classes": 3},
            (
                "--shared: there is one input, `image`, to share with none; name others by "
                "--input, or write its bricks into --blocks"
            ),
        ),
        (
            {**PAIR, "blocks": 'dense(4) concatenate("dense")'},
            (
                'brick 2 `concatenate("dense")`, reached by a vector of 4: nothing before it is named `dense`; '
                'give the brick that is meant a name="dense" of its own'
            ),
        ),
        (
            {
                "inputs": ["a=8x8x1"],
                "blocks": "cnn(2) maxpool(2) cnn(2)",
                "outputs": ["y=2"],
                "heads": ['y=branch_from("a") gap'],
            },
            (
                "brick 3 `cnn(2)`: no output depends on it; join it with what goes on, e.g. by a "
                'name="side" and `add("side")`, or take it out'
            ),
        ),
        (
            {**PAIR, "outputs": ["same=0"]},
            "--output: `same`: `0` is not a whole number from 2 to 1,000,000; write same=10",
        ),
        (
            {**PAIR, "outputs": ["same=2:ranking"]},
            (
                "--output: `same`: there is no kind of output `ranking`; choose from classification, "
                "regression, multilabel"
            ),
        ),
        (
            {**PAIR, "classes": 3},
            "--classes: every output has a size of its own; leave it out, or theirs",
        ),
        (
            {**PAIR, "input_shape": "8x8x1"},
            "--input-shape: every input has a shape of its own; leave it out, or theirs",
        ),
        (
            {**PAIR, "join": "gap"},
            "--join: `gap` joins nothing; choose one that does, e.g. concatenate or add",
        ),
        (
            {**PAIR, "inputs": ["class=8x8x1", "right=8x8x1"]},
            "--input: name `class` is a Python keyword; choose another, e.g. `class_block`",
        ),
        (
            {**PAIR, "dataset": "digits"},
            (
                "--dataset: `digits` has one image and its class, and the network has the inputs "
                "left, right and the outputs same=2; say --dataset table for data of your own"
            ),
        ),
    ],
)
def test_what_does_not_go_together_is_told(graph, told_of_it, model_template):
    """What is wrong with a graph is told with the value, the reason and the way out."""
    with pytest.raises(InputError) as error:
        check_answers(told(graph), model_template.questions)

    assert told_of_it in error.value.problems
