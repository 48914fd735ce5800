"""Networks of several inputs, outputs and ways through them, in both styles that can."""

from __future__ import annotations

import subprocess
import sys
import warnings
from itertools import count
from pathlib import Path
from shutil import rmtree

import black
import keras
import numpy as np
import pytest
from compared import compare, images, outputs, own_layers, randomize
from generated import module, project
from hypothesis import Phase, given, settings
from strategies import broken_graphs, graphs, wild_graphs

from generator.answers import check, replaced, suiting
from generator.errors import InputError
from generator.render import render
from generator.template import opened

NUMBERS = count()
STYLES = ("functional", "subclassing")
FULL = settings.default.max_examples > 100
PARTS = 4 if FULL else 1
"""How many times the random graphs are drawn, so that all processors have some."""


def told(graph, **answers):
    """The answers to a graph, for any dataset."""
    return {"dataset": suiting(graph), "name": f"graph{next(NUMBERS)}", **answers, **graph}


@pytest.fixture
def build(model_template, tmp_path_factory):
    """Makes a graph's model in a style, which `look` gets with its answers and directory."""

    def built(graph, style, look):
        answers = check(told(graph, style=style), model_template.questions)
        directory = tmp_path_factory.mktemp("project")
        with project(model_template, directory, answers):
            found = look(answers, module(answers, "model").build_model(), directory)
        rmtree(directory)
        return found

    return built


def reloaded(model, directory):
    """The model, saved and loaded again, which must give no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        model.save(directory / "model.keras")
        return keras.models.load_model(directory / "model.keras", compile=False)


def assert_clean(directory, *options):
    """Assert that Black would change nothing, and that Ruff's default rules reject nothing."""
    for path in directory.rglob("*.py"):
        with pytest.raises(black.NothingChanged):
            black.format_file_contents(path.read_text(), fast=True, mode=black.Mode())
    ruff = [sys.executable, "-m", "ruff", "check", "--quiet", *options, directory]
    done = subprocess.run(ruff, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_styles_agree(part, build, executed):
    """Every layer is as previewed; equal weights give equal outputs, reloaded ones too."""

    @settings(max_examples=260 if FULL else 24)  # 1,040 in all parts
    @given(graphs())
    def agree(graph):
        keras.utils.clear_session()
        weights = {}

        def look(answers, model, directory):
            compare(answers.architecture, model)
            layers = own_layers(model)
            weights.update(weights or randomize(layers))
            for name, layer in layers.items():
                layer.set_weights(weights.get(name, []))
            given = images(answers.architecture)
            found, _ = outputs(model, given)
            again, _ = outputs(reloaded(model, directory), given)
            assert_close(again, found)
            assert_clean(directory / "src", "--isolated")  # there is no pyproject.toml
            return found

        functional, subclassing = (build(graph, style, look) for style in STYLES)
        assert_close(subclassing, functional)
        executed("random graphs in both styles, saved and loaded")

    agree()


def assert_close(found, expected):
    """Assert that outputs are equal but for rounding."""
    assert set(found) == set(expected)
    for name, values in found.items():
        np.testing.assert_allclose(values, expected[name], rtol=1e-5, atol=1e-5)


@given(graphs())
def test_what_is_recorded_reads_back(model_template, graph):
    """The answers that a project keeps tell the same network again."""
    answers = check(told(graph), model_template.questions)

    again = check(answers.recorded(), model_template.questions)

    assert again.recorded() == answers.recorded()
    assert again.architecture.graph == answers.architecture.graph


def test_a_preset_beyond_sequential_is_told_in_one_line(model_template):
    """What a preset has that a chain of bricks has not is told as the preset's."""
    given = {"preset": "siamese", "style": "sequential", "name": "net"}

    with pytest.raises(InputError) as error:
        check(given, model_template.questions)

    assert error.value.problems == [
        (
            "--preset: `siamese`: a Sequential model is one chain of bricks from one input to one "
            "output, without named inputs or towers or a join of inputs or named outputs; say "
            "--style functional or --style subclassing"
        )
    ]


@pytest.mark.parametrize("key", ["inputs", "outputs", "towers", "heads", "join"])
@pytest.mark.parametrize("nothing", [None, "", []])
def test_what_is_empty_is_none(key, nothing, model_template):
    """An answer that tells nothing is as good as none."""
    plain = {"name": "net", "blocks": "gap"}

    answers = check({**plain, key: nothing}, model_template.questions)

    assert answers == check(plain, model_template.questions)


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
    kept = check({**kept, "dataset": "table"}, model_template.questions).recorded()

    merged = {**replaced(kept, given), **given}
    answers = check(merged, model_template.questions)

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

    answers = check(told(mapped, name="net"), model_template.questions)

    assert answers == check(told(listed, name="net"), model_template.questions)


@settings(max_examples=2000 if FULL else 200)
@given(broken_graphs())
def test_broken_graphs_are_refused(model_template, executed, drawn):
    """Whatever makes a legal graph illegal is told by the brick, or the name, that it is."""
    graph, culprit = drawn

    with pytest.raises(InputError) as error:
        check(told(graph), model_template.questions)

    assert any(culprit in problem for problem in error.value.problems), error.value.problems
    executed("random graphs that were broken on purpose and refused")


@pytest.mark.long
@settings(max_examples=400 if FULL else 40)
@given(wild_graphs())
def test_none_reaches_keras_that_it_refuses(model_template, build, executed, graph):
    """Of graphs at random, those that are not refused can be built, and are as previewed."""
    try:
        check(told(graph), model_template.questions)
    except InputError:
        executed("graphs at random that were refused")
        return
    keras.utils.clear_session()
    build(
        graph, "functional", lambda answers, model, _: compare(answers.architecture, model)
    )
    executed("graphs at random that were built")


@pytest.mark.long
def test_own_tests(tmp_path_factory, executed):
    """The own tests of projects of random graphs pass, and print no warning."""
    drawn = []

    @settings(max_examples=60, phases=[Phase.generate])
    @given(graphs())
    def draw(graph):
        drawn.append(graph)

    draw()
    directories = []
    with opened() as template:
        for number, graph in enumerate(drawn[-24 if FULL else -2 :]):
            answers = check(told(graph, style=STYLES[number % 2]), template.questions)
            directories.append(tmp_path_factory.mktemp("project"))
            render(template, answers, directories[-1])
    for directory in directories:
        assert_clean(directory)

    runner = Path(__file__).with_name("run_own_tests.py")
    done = subprocess.run(
        [sys.executable, runner, *directories], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-3000:]
    assert "warning" not in done.stdout
    for _ in range(done.stdout.count(" passed")):
        executed("projects of random graphs whose own tests passed")


PAIR = {
    "inputs": ["left=8x8x1", "right=8x8x1"],
    "towers": ["left,right=conv(2) gap dense(3)"],
    "join": "absolute_difference",
    "outputs": ["same=2"],
}


@pytest.mark.parametrize("style", STYLES)
def test_a_shared_tower_has_its_variables_once(style, build):
    """A convolution, a dense layer and the head: six variables for two inputs."""

    def look(_answers, model, _directory):
        return [tuple(weight.shape) for weight in model.trainable_weights]

    shapes = build(PAIR, style, look)

    assert sorted(shapes) == sorted([(3, 3, 1, 2), (2,), (2, 3), (3,), (3, 2), (2,)])


@pytest.mark.parametrize("style", STYLES)
def test_what_one_input_teaches_the_other_sees(style, build):
    """A step of the shared convolution, on the left image alone, changes the right's output."""
    dark, bright = np.zeros((4, 8, 8, 1), "float32"), np.ones((4, 8, 8, 1), "float32")

    def look(_answers, model, _directory):
        for name, layer in own_layers(model).items():
            layer.trainable = name == "conv"
            layer.set_weights([np.full(w.shape, 0.1) for w in layer.get_weights()])
        own_layers(model)["same"].set_weights([np.eye(3, 2), np.zeros(2)])
        right = {"left": dark, "right": bright}
        before, _ = outputs(model, right)
        model.compile("sgd", "mean_squared_error")
        model.train_on_batch({"left": bright, "right": dark}, {"same": np.ones((4, 2))})
        after, _ = outputs(model, right)
        return before["same"], after["same"]

    before, after = build(PAIR, style, look)

    assert np.abs(after - before).min() > 1e-4


def test_sequential_refuses_them_by_name(model_template):
    """Each thing that a chain of bricks cannot have is named, with the styles that can."""
    graph = {
        **PAIR,
        "blocks": 'dense(4, name="a") dense(4) add("a")',
        "heads": ["same=dense(2)"],
    }

    with pytest.raises(InputError) as error:
        check(told(graph, style="sequential"), model_template.questions)

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
                'brick 1 `add("a")`, reached by 2: `a` is in the tower of left and right, which is '
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
                'brick 2 `concatenate("dense")`, reached by 4: nothing before it is named `dense`; '
                'give the brick that is meant a name="dense" of its own'
            ),
        ),
        (
            {
                "inputs": ["a=8x8x3"],
                "blocks": "repeat(2, cnn(8), maxpool(1)) gap",
                "outputs": ["repeat_cnn=2"],
            },
            (
                "brick 1 `repeat(2, cnn(8), maxpool(1))` and output `repeat_cnn` would have a "
                "layer `repeat_cnn` each; give them other names"
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
        check(told(graph), model_template.questions)

    assert told_of_it in error.value.problems
