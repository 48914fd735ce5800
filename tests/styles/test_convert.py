"""A trained project whose style or bricks are changed keeps its weights."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from shutil import copy
from zipfile import ZipFile

import h5py
import keras
import numpy as np
import pytest
from generated import FORMS, leaves, module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template
from tests.trained import BLOCKS, IMAGES, Saved, answered, save

FILES = ("best.keras", "best.weights.h5")
STYLES = ("functional", "subclassing")
PAIR = {
    "inputs": ["left", "right"],
    "towers": ["left,right=cnn(4) gap"],
    "join": "concatenate",
    "outputs": ["same=2"],
    "dataset": "table",
    "name": "net",
}


@pytest.fixture(scope="module")
def template():
    """The template that comes with the tool."""
    with open_template() as template:
        yield template


@pytest.fixture(scope="module")
def saved(template, tmp_path_factory) -> dict[tuple[str, str], Saved]:
    """For each form, the files that its project saved."""
    made = {}
    for form in FORMS:
        answers = answered(template, form)
        directory = tmp_path_factory.mktemp("project")
        with project(template, directory, answers):
            made[form] = save(answers, directory / "runs")
    return made


@pytest.mark.parametrize("form", FORMS)
def test_every_style_takes_every_style(template, saved, tmp_path, executed, form):
    """A file of any style gives a model of any other, with equal outputs."""
    answers = answered(template, form)
    others = [other for other in FORMS if other != form]

    with project(template, tmp_path / "project", answers):
        convert = module(answers, "convert").convert
        load_trained = module(answers, "weights").load_trained
        fresh_type = type(module(answers, "model").build_model())
        for old, file in [(old, file) for old in others for file in FILES]:
            runs = tmp_path / old[0] / old[1] / file
            run, _, untrained = convert(saved[old].directory / file, runs)
            model, class_names = load_trained(run)

            assert untrained == []
            assert type(model) is fresh_type
            assert class_names == [old[0]]
            np.testing.assert_allclose(model(IMAGES), saved[old].outputs, rtol=0, atol=1e-6)
            executed("conversions to another style")


@pytest.mark.parametrize("styles", [STYLES, STYLES[::-1]])
def test_a_shared_tower(template, tmp_path, styles):
    """The one set of weights of a shared tower is taken from one style by the other."""
    images = {"left": IMAGES, "right": IMAGES[::-1]}
    old, new = (
        check_answers({**PAIR, "style": style}, template.questions) for style in styles
    )
    with project(template, tmp_path / "old", old):
        model = module(old, "model").build_model()
        for weight in model.weights:
            weight.assign(weight + 0.1)
        model.save(tmp_path / "old.keras")
        expected = np.asarray(model(images)["same"])

    with project(template, tmp_path / "new", new):
        run, _, untrained = module(new, "convert").convert(tmp_path / "old.keras", tmp_path)
        converted = keras.models.load_model(run.path / "best.keras", compile=False)

        assert untrained == []
        np.testing.assert_allclose(converted(images)["same"], expected, rtol=0, atol=1e-6)


def test_of_the_first_version(template, tmp_path):
    """What lies in `runs` itself is converted into a run, and stays as it was."""
    answers = answered(template)

    with project(template, tmp_path / "project", answers):
        before = save(answers, tmp_path / "runs")
        (before.directory / "history.csv").write_text("epoch,loss,val_loss\n1,1,2\n")
        files = {path.name for path in before.directory.iterdir()}
        run, _, _ = module(answers, "convert").convert(
            before.directory / "best.keras", before.directory
        )
        model, class_names = module(answers, "weights").load_trained(run)

    assert {path.name for path in before.directory.iterdir()} == files | {"1-converted"}
    assert run.history() == [{"loss": 1.0, "val_loss": 2.0}]
    assert class_names == ["functional"]
    np.testing.assert_array_equal(model(IMAGES), before.outputs)


@pytest.mark.parametrize("form", [FORMS[0], FORMS[-1]])
@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (f"{BLOCKS} dense(16, name='more')", ["more"]),
        (BLOCKS.replace("dense(16", "dense(32"), ["adam", "logits"]),
    ],
)
def test_changed_bricks(template, saved, tmp_path, form, blocks, expected):
    """Layers that still fit take their weights, and exactly the others are named."""
    answers = answered(template, form, blocks)
    old = saved["functional", "list"]

    with project(template, tmp_path / "project", answers):
        convert = module(answers, "convert").convert
        run, taken, untrained = convert(old.directory / "best.keras", tmp_path / "runs")
        model, _ = module(answers, "weights").load_trained(run)

    weights = {name: layer.get_weights() for name, layer in leaves(model).items()}
    assert untrained == expected
    assert {*taken, *untrained} == {name for name in weights if weights[name]}
    for name in taken:
        for value, before in zip(weights[name], old.weights[name], strict=True):
            np.testing.assert_array_equal(value, before)


def test_without_class_names(template, saved, tmp_path):
    """A file alone is converted, and prediction then says which other file it needs."""
    answers = answered(template)
    copy(saved["sequential", "list"].directory / "best.weights.h5", tmp_path)
    runs = tmp_path / "runs"

    with project(template, tmp_path / "project", answers):
        run, _, _ = module(answers, "convert").convert(tmp_path / "best.weights.h5", runs)
        with pytest.raises(import_module(answers.package).UserError) as error:
            module(answers, "weights").load_trained(run)

    assert sorted(path.name for path in run.path.iterdir()) == ["best.keras", "run.json"]
    assert str(error.value) == (
        f"`{run.path}` has no `classes.json`, the names of the classes; put the file there"
    )


def test_nothing_fits(template, saved, tmp_path):
    """Where no layer of the file fits, that is told and nothing is written."""
    answers = answered(template, blocks="gap batchnorm dense(8)")
    file = saved["functional", "list"].directory / "best.keras"

    with (
        project(template, tmp_path / "project", answers),
        pytest.raises(import_module(answers.package).UserError) as error,
    ):
        module(answers, "convert").convert(file, tmp_path / "runs")

    assert str(error.value) == (
        f"`{file}` has no layer with a name and shapes of this model's; "
        "give a file that this project saved"
    )
    assert not (tmp_path / "runs").exists()


def test_unreadable(template, saved, tmp_path):
    """What is no saved model, or no longer one, is told with the reason."""
    answers = answered(template)
    (tmp_path / "note.keras").write_text("no model")
    (tmp_path / "note.weights.h5").write_text("no model")
    (tmp_path / "directory.keras").mkdir()
    with ZipFile(tmp_path / "empty.keras", "w"):
        pass
    with h5py.File(tmp_path / "foreign.h5", "w") as file:
        file["kernel:0"] = IMAGES
    for name in FILES:
        content = (saved["functional", "list"].directory / name).read_bytes()
        (tmp_path / f"half_{name}").write_bytes(content[: len(content) // 2])
    kind = "it is of another kind, or damaged"
    reasons = {
        "missing.keras": "No such file or directory",
        "missing.weights.h5": "No such file or directory",
        "directory.keras": "Is a directory",
        "note.keras": kind,
        "note.weights.h5": kind,
        "empty.keras": kind,
        "foreign.h5": kind,
        "half_best.keras": kind,
        "half_best.weights.h5": kind,
    }

    with project(template, tmp_path / "project", answers):
        for name, reason in reasons.items():
            with pytest.raises(import_module(answers.package).UserError) as error:
                module(answers, "convert").read_weights(tmp_path / name)

            assert str(error.value) == (
                f"`{tmp_path / name}` cannot be read: {reason}; "
                "give a `.keras` or `.weights.h5` file that this project saved"
            )


def test_way_out(template, saved, tmp_path):
    """A new process that cannot load the old style's model says how it can be converted."""
    answers = answered(template)
    runs = saved["subclassing", "list"].directory
    render(template, answers, tmp_path)
    package = f"import sys; sys.path.insert(0, {str(tmp_path / 'src')!r}); import net.cli"

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{package}; net.cli.main(['evaluate', '--directory', {str(runs)!r}])",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == (
        f"net: `{runs / 'best.keras'}` is damaged, or of another style or other bricks; "
        f"run `net convert {runs / 'best.keras'} --directory {runs}`, and say `--run` with the "
        "number of what that makes\n"
    )
