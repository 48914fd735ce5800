"""Networks of several inputs, outputs and ways through them, in both styles that can."""

from __future__ import annotations

import subprocess
import sys
import warnings
from functools import partial
from shutil import rmtree
from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf
from compared import (
    assert_equal,
    compare,
    fit,
    images,
    outputs,
    own_layers,
    randomize,
    weights,
)
from generated import (
    assert_formatted,
    assert_own_tests_pass,
    module,
    of_the_network,
    project,
)
from graph_strategies import FULL, PAIR, graphs, told
from hypothesis import Phase, given, settings
from refused_graphs import wild_graphs
from strategies import EAGERLY

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import InputError
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

STYLES = ("functional", "subclassing")

PARTS = 4 if FULL else 1
"""How many times the random graphs are drawn, so that all processors have some."""


@pytest.fixture
def build(model_template, tmp_path_factory):
    """Makes a graph's model in a style, which `look` gets with its answers and directory."""

    def built(graph, style, look):
        answers = check_answers(told(graph, style=style), model_template.questions)
        directory = tmp_path_factory.mktemp("project")
        with project(model_template, directory, answers):
            keras.utils.set_random_seed(3)
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


def assert_clean(directory):
    """Assert that Black would change nothing, and that Ruff's default rules reject nothing."""
    for path in directory.rglob("*.py"):
        assert_formatted(path.read_text(), directory)
    ruff = [sys.executable, "-m", "ruff", "check", "--quiet", directory]
    done = subprocess.run(ruff, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_styles_agree(part, build, executed):
    """Every layer is as previewed; one seed gives one set of weights, bit for bit.

    They are equal as made and after an epoch; equal weights give equal outputs, reloaded
    ones too.
    """

    @settings(max_examples=260 if FULL else 24)  # 1,040 in all parts
    @given(graphs(), EAGERLY)
    def agree(graph, eagerly):
        keras.utils.clear_session(free_memory=False)
        random = {}

        def look(answers, model, directory):
            compare(answers.architecture, model)
            made = weights(model)
            fit(model, answers.architecture, eagerly=eagerly)
            trained = weights(model)
            layers = own_layers(model)
            random.update(random or randomize(layers))
            for name, layer in layers.items():
                layer.set_weights(random.get(name, []))
            given = images(answers.architecture)
            found, _ = outputs(model, given)
            again, _ = outputs(reloaded(model, directory), given)
            assert_close(again, found)
            assert_clean(directory)
            return made, trained, found

        functional, subclassing = (build(graph, style, look) for style in STYLES)
        assert_equal(subclassing[0], functional[0])
        assert_equal(subclassing[1], functional[1])
        assert_close(subclassing[2], functional[2])
        executed("random graphs in both styles, trained, saved and loaded")

    agree()


def test_projects_train_alike(tmp_path, monkeypatch):
    """The projects' own training ends in equal weights where many bricks read a tensor."""
    blocks = ['conv(8, name="stem")', *["cnn(8)", 'add("stem")'] * 4, "gap"]
    random = np.random.default_rng(0)
    pairs = random.random((12, 12, 12, 1), dtype="float32"), np.arange(12) % 10
    images = tf.data.Dataset.from_tensor_slices(pairs).batch(4)
    epoch = SimpleNamespace(steps=3, from_step=lambda step: images.repeat())
    data = SimpleNamespace(train=epoch, validation=images, class_names=[*"0123456789"])
    trained = []

    with open_template() as template:
        for style in STYLES:
            given = {"blocks": blocks, "input_shape": "12x12x1", "style": style}
            answers = check_answers({**given, "name": f"alike_{style}"}, template.questions)
            directory = tmp_path / style
            with project(template, directory, answers):
                train = module(answers, "train")
                monkeypatch.setattr(train, "load", lambda _settings: data)
                settings = module(answers, "settings").Settings(epochs=1)
                begin = partial(module(answers, "runs").begin_run, directory, "run")
                run, _ = train.train(settings, begin, tell=lambda *_: None)
                model, _ = module(answers, "weights").load_trained(run)
                trained.append(weights(model))

    functional, subclassing = trained
    assert_equal(subclassing, functional)


def assert_close(found, expected):
    """Assert that outputs are equal but for rounding."""
    assert set(found) == set(expected)
    for name, values in found.items():
        np.testing.assert_allclose(values, expected[name], rtol=1e-5, atol=1e-5)


@pytest.mark.long
@settings(max_examples=400 if FULL else 40)
@given(wild_graphs())
def test_none_reaches_keras_that_it_refuses(model_template, build, executed, graph):
    """Of graphs at random, those that are not refused can be built, and are as previewed."""
    try:
        check_answers(told(graph), model_template.questions)
    except InputError:
        executed("graphs at random that were refused")
        return
    keras.utils.clear_session(free_memory=False)
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
    with open_template() as template:
        for number, graph in enumerate(drawn[-24 if FULL else -2 :]):
            answers = check_answers(
                told(graph, style=STYLES[number % 2]), template.questions
            )
            directories.append(tmp_path_factory.mktemp("project"))
            render(template, answers, directories[-1])
    for directory in directories:
        assert_clean(directory)

    assert_own_tests_pass(
        [file for directory in directories for file in of_the_network(directory)]
    )
    for _ in directories:
        executed("projects of random graphs whose own tests passed")


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
