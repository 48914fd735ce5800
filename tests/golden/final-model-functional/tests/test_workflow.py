"""Tests of the commands, in the order in which a user gives them."""

import json
import os
import signal
import subprocess
import sys

import keras
import numpy as np
import pytest
from PIL import Image

from final_model_functional import cli
from final_model_functional.model import build_model
from final_model_functional.task import symbolic


@pytest.fixture
def images(workspace):
    """A picture for each input, larger than the model's."""
    paths = [workspace / f"{image.name}.png" for image in keras.tree.flatten(symbolic())]
    for path in paths:
        Image.new("RGB", (70, 50), "white").save(path)
    return [str(path) for path in paths]


def test_workflow(workspace, images, capsys):
    """Every command works, and leaves its results in the directory of the run."""
    commands = [
        ["train", "--epochs", "1"],
        ["runs"],
        ["runs", "1"],
        ["evaluate"],
        ["predict", *images, *images],
        ["describe"],
    ]

    codes = [cli.main(command) for command in commands]

    output = capsys.readouterr().out
    files = {path.name for path in (workspace / "runs").iterdir()}
    kept = {path.name for path in (workspace / "runs" / "1-run").iterdir() if path.is_file()}
    history = (workspace / "runs" / "1-run" / "history.csv").read_text().splitlines()
    metrics = json.loads((workspace / "runs" / "1-run" / "metrics.json").read_text())
    assert codes == [0, 0, 0, 0, 0, 0]
    assert files - {"model.png"} == {"1-run", "curves-1.png"}
    assert kept - {".lock"} == {
        "best.keras",
        "best.npz",
        "classes.json",
        "curves.png",
        "history.csv",
        "last.npz",
        "metrics.json",
        "run.json",
        "confusion.png",
        "calibration.png",
        "mistakes.png",
    }
    assert [row.split(",")[0] for row in history] == ["epoch", "1"]
    assert 0 <= metrics["accuracy"] <= 1
    assert output.count(f"{images[0]}: ") == 2
    assert "model.png" in files or "install Graphviz" in output
    assert all(f"{layer.name} (" in output for layer in build_model().layers)


def test_no_runs(workspace, capsys):
    """Where nothing was trained, the list of runs says so."""
    assert cli.main(["runs"]) == 0

    assert (
        capsys.readouterr().out == "no training in runs yet; run `final-model-functional train`\n"
    )


@pytest.mark.parametrize("command", ["evaluate", "predict"])
def test_nothing_trained(command, workspace, images, capsys):
    """Without a trained model the user is told to train one."""
    code = cli.main([command, *images] if command == "predict" else [command])

    assert code == 2
    assert "run `final-model-functional train` first" in capsys.readouterr().err


def test_convert(workspace):
    """A model that took its weights from a file predicts as the one that was saved."""
    random = np.random.default_rng(0)
    images = keras.tree.map_structure(
        lambda image: random.random((4, *image.shape[1:]), dtype="float32"), symbolic()
    )
    model = build_model()
    model.save_weights("other.weights.h5")

    code = cli.main(["convert", "other.weights.h5"])

    converted = keras.models.load_model("runs/1-converted/best.keras", compile=False)
    assert code == 0
    expected, given = model(images, training=False), converted(images, training=False)
    for pair in zip(keras.tree.flatten(given), keras.tree.flatten(expected), strict=True):
        np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, pair), rtol=1e-5, atol=1e-6)


def test_convert_other_model(workspace, capsys):
    """A file without a layer of this model is refused, and nothing is written."""
    other = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, name="other")])
    other.save("other.keras")

    code = cli.main(["convert", "other.keras"])

    assert code == 2
    assert "`other.keras` has no layer" in capsys.readouterr().err
    assert not (workspace / "runs").exists()


@pytest.mark.parametrize(
    ("flag", "value", "reason"),
    [
        ("--epochs", "0", "`0` is below 1"),
        ("--learning-rate", "0", "`0` is not above 0"),
        ("--label-smoothing", "0.6", "`0.6` is above 0.5"),
        ("--warmup", "nan", "`nan` is below 0"),
        ("--name", "../run", "`../run` is not of letters"),
    ],
)
def test_settings_that_cannot_be(flag, value, reason, capsys):
    """A setting that makes no sense is refused before anything begins."""
    with pytest.raises(SystemExit) as end:
        cli.main(["train", flag, value])

    assert end.value.code == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("place", ["taken", "taken/below", "broken"])
def test_directory_that_is_none(place, workspace, capsys):
    """A file in the place of the directory of results is told, and stays."""
    (workspace / "taken").write_text("mine")
    (workspace / "broken").symlink_to("nowhere")

    with pytest.raises(SystemExit) as end:
        cli.main(["describe", "--directory", place])

    assert end.value.code == 2
    assert f"`{place.split('/')[0]}` is not a directory" in capsys.readouterr().err
    assert (workspace / "taken").read_text() == "mine"


def test_no_graphviz(workspace, monkeypatch, capsys):
    """Without Graphviz it is told how to get it, in Jupyter too, where Keras would go on."""
    monkeypatch.setenv("PATH", str(workspace))
    monkeypatch.setitem(sys.modules, "IPython.core.magics.namespace", sys)
    picture = workspace / "runs" / "model.png"
    picture.parent.mkdir()
    picture.write_text("of an earlier network")

    code = cli.main(["describe"])

    parameters, message = capsys.readouterr().out.splitlines()[-2:]
    assert code == 0
    assert " parameters, " in parameters
    assert message.startswith("not drawn: the `dot` command of Graphviz is missing")
    assert not picture.exists()


def test_nobody_reads(workspace, monkeypatch):
    """Where what is printed is not read to its end, as by `head`, a command ends in silence."""
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        code = cli.main(["describe"])

    assert code == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk to be had")
def test_no_room(workspace, monkeypatch, capsys):
    """Where what is printed cannot be written, that is told in a sentence."""
    with open("/dev/full", "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        code = cli.main(["describe"])

    assert code == 74
    assert capsys.readouterr().err.endswith("; make room for what it writes\n")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no signals")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("SIGSEGV", "if `TF_ENABLE_ONEDNN_OPTS=0 final-model-functional train` does not"),
        ("SIGKILL", "try a lower `--batch-size`"),
    ],
)
def test_crash(name, message, monkeypatch, capfd):
    """Where a signal ends the process that trains, the user is told what may help."""
    number = signal.Signals[name]
    die = f"import os; os.kill(os.getpid(), {number:d})"
    start = subprocess.Popen
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    monkeypatch.setattr("sys.argv", ["final-model-functional", "train"])
    monkeypatch.setattr("final_model_functional.cli.leave", lambda code: code)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("subprocess.Popen", lambda *_: start([sys.executable, "-c", die]))

    code = cli.main()

    assert code == 128 + number
    assert message in capfd.readouterr().err


def test_help_is_quick():
    """Help does not wait for TensorFlow."""
    script = (
        "import sys, final_model_functional.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "finally: assert 'tensorflow' not in sys.modules"
    )

    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert result.returncode == 0, result.stderr.decode()
