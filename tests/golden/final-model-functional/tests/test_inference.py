"""Tests of predictions of any files, and of how well the test images are told."""

import csv
import io
import json
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from final_model_functional import cli
from final_model_functional.data import load
from final_model_functional.model import build_model
from final_model_functional.report import draw_mistakes
from final_model_functional.settings import Settings
from final_model_functional.task import OUTPUT, calibration_error

# The pipelines of tf.data are graphs all the same, which TensorFlow warns of.
pytestmark = pytest.mark.filterwarnings("ignore:Even though the `tf.config")
INPUTS = 1


@pytest.fixture
def model(workspace, monkeypatch):
    """An untrained model in the place of a run's, without graphs, which would take longer."""
    tf.config.run_functions_eagerly(True)
    model, class_names = build_model(), load(Settings()).class_names
    Path("runs/1-run").mkdir(parents=True)
    Path("runs/1-run/best.keras").touch()
    monkeypatch.setattr(
        "final_model_functional.inference.load_trained", lambda _: (model, class_names)
    )
    yield model
    tf.config.run_functions_eagerly(False)


def picture(path):
    """A white image at a path."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (20, 30), "white").save(path)


def predict(capsys, *arguments):
    """What `predict` says: its exit code, what its JSON has, and what else it tells."""
    code = cli.main(["predict", "--json", *map(str, arguments)])
    told = capsys.readouterr()
    return code, json.loads(told.out), told.err.splitlines()


def paths(record):
    """The images that a record is of."""
    return list(record.values())[:INPUTS]


def test_bad_images(model, capsys):
    """What is no image, or not there, is told by its name, and the others are done."""
    picture("a.png")
    picture("c.png")
    Path("b.png").write_text("not an image")

    images = [name for name in ("a.png", "b.png", "d.png", "c.png") for _ in range(INPUTS)]
    code, printed, told = predict(capsys, *images)

    assert code == 3
    assert [paths(record) for record in printed] == [["a.png"] * INPUTS, ["c.png"] * INPUTS]
    assert (
        told[0] == "final-model-functional: `b.png` cannot be read: it is no image, or is damaged"
    )
    assert "final-model-functional: `d.png` cannot be read: No such file or directory" in told
    assert told[-1] == "final-model-functional: 2 told by runs/1-run, 2 left out"


def test_whatever_a_reader_raises(model, monkeypatch, capsys):
    """Of bad files of some formats Pillow raises errors of its own: the others are done."""
    picture("a.png")
    Path("b.png").write_bytes(b"bad")
    whole = Image.open

    def fail(file, *arguments):
        if "b.png" in str(file):
            raise RuntimeError("broken")
        return whole(file, *arguments)

    monkeypatch.setattr(Image, "open", fail)
    images = [name for name in ("a.png", "b.png") for _ in range(INPUTS)]
    code, printed, told = predict(capsys, *images)

    assert (code, len(printed)) == (3, 1)
    assert "`b.png` cannot be read" in told[0]


def test_nothing_to_tell(model, capsys):
    """Where no image can be read, that is an error, and what is printed is still JSON."""
    code, printed, told = predict(capsys, *["nothing.png"] * INPUTS)

    assert (code, printed) == (2, [])
    assert told[-1] == "final-model-functional: 0 told by runs/1-run, 1 left out"


def test_not_finite(model, capsys):
    """Of an output that is not finite nothing is told but that."""
    picture("a.png")
    model.set_weights([np.full_like(weight, np.nan) for weight in model.get_weights()])

    code, printed, told = predict(capsys, *["a.png"] * INPUTS)

    assert (code, printed) == (2, [])
    assert "what the model says is not finite" in told[0]


def test_forms(model, capsys):
    """JSON and CSV have the same names and numbers, and nothing but them is printed."""
    picture("a.png")
    images = ["a.png"] * (2 * INPUTS)
    [record, _] = predict(capsys, *images)[1]

    assert cli.main(["predict", "--csv", *images]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 2
    assert list(record) == ["path", "class", "probability"]
    assert 1 / OUTPUT.size - 1e-6 <= record["probability"] <= 1
    assert rows[0] == {name: str(value) for name, value in record.items()}


def test_top(model, capsys):
    """The likeliest classes are told in their order, as many as there are at the most."""
    picture("a.png")

    assert cli.main(["predict", "--top", "1000000", *["a.png"] * INPUTS]) == 0

    [*_, line] = [line for line in capsys.readouterr().out.splitlines() if "%)" in line]
    shares = [float(part.partition("%")[0]) for part in line.split(" (")[1:]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(100, abs=0.05 * len(shares) + 0.01)


def test_folders_and_patterns(model, capsys):
    """A folder is for all images below it, a pattern for what it matches, if no shell has."""
    for name in ("b.PNG", "a.png", ".hidden/c.png", ".c.png", "below/d.jpg"):
        picture(f"photos/{name}")
    Path("photos/note.txt").write_text("no image")
    Path("photos/below/round").symlink_to("..")
    Path("empty").mkdir()

    code, printed, told = predict(capsys, "photos", "**/d*", "photos/?.png", "empty", "*.gif")

    assert code == 3
    assert [Path(record[next(iter(record))]).as_posix() for record in printed] == [
        *("photos/a.png", "photos/b.PNG", "photos/below/d.jpg"),
        "photos/below/d.jpg",
        "photos/a.png",
    ]
    assert told[0].startswith("final-model-functional: `empty` has no images (.avif, ")
    assert told[1].startswith("final-model-functional: `*.gif` has no images (.avif, ")


def test_batches_of_predictions(model, monkeypatch, capsys):
    """However many images there are, only so many are read and predicted at a time."""
    picture("a.png")
    sizes, predict_batch = [], model.predict_on_batch

    def count(images):
        sizes.append(len(keras.tree.flatten(images)[0]))
        return predict_batch(images)

    monkeypatch.setattr("final_model_functional.inference.BATCH", 2)
    monkeypatch.setattr(model, "predict_on_batch", count)

    code, printed, _ = predict(capsys, *["a.png"] * (5 * INPUTS))

    assert (code, len(printed), sizes) == (0, 5, [2, 2, 1])


def test_evaluation_of_what_is_not_finite(model, capsys):
    """A model whose outputs are not finite is measured by no number."""
    model.set_weights([np.full_like(weight, np.nan) for weight in model.get_weights()])

    assert cli.main(["evaluate"]) == 2

    assert "what the model says is not finite" in capsys.readouterr().err


def test_calibration_error():
    """It is 0 where 9 of 10 that are told with 90 % are right, and else how far that is off."""
    right = np.arange(10) > 0

    assert calibration_error(np.full(10, 0.9), right) == pytest.approx(0)
    assert calibration_error(np.full(10, 0.7), right) == pytest.approx(0.2)
    assert calibration_error(np.array([1.0, 0.0]), np.array([False, True])) == 1


def test_figures_of_classes():
    """Of classes it is known how many are right, and how sure those are that are wrong."""
    names = [str(number) for number in range(OUTPUT.size)]
    logits = np.zeros((2, OUTPUT.size), "float32")
    logits[:, 0] = np.log(OUTPUT.size - 1)  # as likely as all others together
    labels = np.array([0, OUTPUT.size - 1])

    figures = OUTPUT.figures(labels, logits, names)

    assert figures["accuracy"] == 0.5
    assert figures["expected_calibration_error"] == pytest.approx(0)
    np.testing.assert_allclose(OUTPUT.wrong(labels, logits), [0, 0.5])


@pytest.mark.parametrize("count", [0, 1, 5])
def test_picture_of_mistakes(count, tmp_path):
    """Any number of mistakes can be drawn, of images of any size, with names of any kind."""
    images = [np.zeros((8, 6, 3)), np.ones((4, 4, 1))]

    draw_mistakes([(images, "$x_{", "a" * 99)] * count, tmp_path / "mistakes.png")

    assert (tmp_path / "mistakes.png").stat().st_size > 0
