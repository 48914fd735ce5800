"""The reference network as Keras has it, in all three styles."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stdout

import keras
import numpy as np
import pytest
from generated import FORMS, leaves, module, project
from matplotlib.figure import Figure
from reference import FINAL_MODEL, TOTAL, TRAINABLE

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.brick_names import brick_name_complaint
from keras_scaffold.templates.fetching import open_template

IMAGES = np.random.default_rng(0).random((64, 28, 28, 1), dtype="float32")
LABELS = np.arange(64) % 10


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """For each form: the directory, the answers, a model and its weights after training."""
    made = {}
    with open_template() as template:
        for style, form in FORMS:
            given = {"style": style, "sequential_form": form, "name": f"{style}_{form}"}
            answers = check_answers(given, template.questions)
            directory = tmp_path_factory.mktemp(answers.name)
            with project(template, directory, answers):
                keras.utils.set_random_seed(3)
                model = module(answers, "model").build_model()
                usual = module(answers, "settings").Settings()
                module(answers, "train").compile_model(model, usual, 8)
                model.fit(IMAGES, LABELS, batch_size=16, epochs=2, verbose=0)
            made[style, form] = (directory, answers, model)
    return made


@pytest.mark.parametrize("form", FORMS)
def test_picture(form, models, tmp_path, monkeypatch):
    """The picture shows the layers of the summary, and where a model has none, its parts."""
    _, answers, model = models[form]
    drawn = []

    def plot_model(graph, path, **_):
        drawn.append(graph)
        path.touch()

    monkeypatch.setattr("keras.utils.plot_model", plot_model)
    with open_template() as template, project(template, tmp_path, answers):
        assert module(answers, "inspection").draw(model, tmp_path / "model.png")

    (graph,) = drawn
    operations = getattr(graph, "operations", graph.layers)  # which a Sequential has not
    layers = [layer.name for layer in model.layers if layer.name != "image"]
    assert [one.name for one in operations if one.name != "image"] == layers


def test_functional_summary_shows_the_reference(models):
    """The Functional model's layers are the reference's 26, each fed by the same."""
    _, _, model = models["functional", "list"]
    position = {layer.name: row for row, layer in enumerate(model.layers)}

    rows = [
        (
            type(layer).__name__,
            tuple(layer.output.shape[1:]),
            layer.count_params(),
            tuple(
                position[tensor._keras_history.operation.name]
                for node in layer._inbound_nodes
                for tensor in node.input_tensors
            ),
        )
        for layer in model.layers
    ]

    assert rows == list(FINAL_MODEL)


@pytest.mark.parametrize("form", FORMS)
def test_count(models, form):
    """Every style has the reference's number of parameters."""
    _, _, model = models[form]

    trainable = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    total = sum(int(np.prod(weight.shape)) for weight in model.weights)

    assert (total, trainable) == (TOTAL, TRAINABLE)


@pytest.mark.parametrize("form", FORMS)
def test_summary_is_complete(models, form):
    """The summary knows every shape and the totals; nothing is unbuilt."""
    text = io.StringIO()

    with redirect_stdout(text):
        models[form][2].summary()

    summary = text.getvalue()
    assert "unbuilt" not in summary
    assert "?" not in summary
    assert "(None, 9, 9, 128)" in summary
    assert f"Trainable params: {TRAINABLE:,}" in summary


def test_no_brick_can_replace_an_attribute(models):
    """Whatever else the generated class has in public is refused as a brick's name."""
    _, answers, model = models["subclassing", "list"]
    bricks = {slot.name for slot in answers.architecture.bricks}
    attributes = {name for name in {*dir(model), *vars(model)} if name[0] != "_"} - bricks

    allowed = [name for name in attributes if brick_name_complaint(name) is None]

    assert allowed == []


def test_same_seed_same_weights(models):
    """After two epochs from the same seed, all styles have the same weights, bit for bit."""
    trained = {
        form: {name: layer.get_weights() for name, layer in leaves(model).items()}
        for form, (_, _, model) in models.items()
    }
    reference = trained["functional", "list"]

    for form, weights in trained.items():
        for name, values in weights.items():
            for value, expected in zip(values, reference[name], strict=True):
                np.testing.assert_array_equal(value, expected, err_msg=f"{form} {name}")


def test_reload_in_a_new_process(models, tmp_path):
    """A new process that imports the package loads each model, and Keras warns of nothing."""
    np.save(tmp_path / "images.npy", IMAGES[:4])
    script = ["import numpy as np", "import keras"]
    script.append(f"images = np.load({str(tmp_path / 'images.npy')!r})")
    for directory, answers, model in models.values():
        path = tmp_path / f"{answers.name}.keras"
        model.save(path)
        np.save(tmp_path / f"{answers.name}.npy", np.asarray(model(IMAGES[:4])))
        script += [
            f"import sys; sys.path.insert(0, {str(directory / 'src')!r})",
            f"import {answers.package}.model",
            f"loaded = keras.models.load_model({str(path)!r})",
            f"expected = np.load({str(tmp_path / f'{answers.name}.npy')!r})",
            "assert np.abs(np.asarray(loaded(images)) - expected).max() < 1e-6",
        ]
    script.append("print('equal')")

    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", "\n".join(script)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "equal\n", done.stderr
    assert "keras" not in done.stderr


@pytest.mark.parametrize("told", [{}, {"preset": "siamese"}], ids=["plain", "named"])
def test_curves_of_whole_epochs(told, tmp_path, monkeypatch):
    """Along the curves stand whole epochs, however few there were."""
    figures = []

    def save(figure, path, **_):
        figures.append(figure)
        path.touch()

    monkeypatch.setattr(Figure, "savefig", save)
    keys = [f"{part}{key}" for part in ("", "val_") for key in ("loss", "accuracy")]
    row = dict.fromkeys(keys, 0.5)

    with open_template() as template:
        answers = check_answers(
            {"name": "curves", "style": "functional", **told}, template.questions
        )
        with project(template, tmp_path, answers):
            draw_curves = module(answers, "report").draw_curves
            for epochs in (1, 2, 3, 8):
                run = module(answers, "runs").new_run(tmp_path / "runs", "run")
                run.keep_history([row] * epochs)
                draw_curves([run], tmp_path / "curves.png")

    ticks = [
        tick for figure in figures for axes in figure.axes for tick in axes.get_xticks()
    ]
    assert len(ticks) > 8
    assert all(tick == int(tick) for tick in ticks)
