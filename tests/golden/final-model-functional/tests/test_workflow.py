"""Tests of the commands, in the order in which a user gives them."""

import json
import subprocess
import sys

import pytest
from PIL import Image

from final_model_functional import cli
from final_model_functional.train import CLASSES_FILE, RESULTS


@pytest.fixture
def image(workspace):
    """A picture that is larger than the model's input."""
    path = workspace / "picture.png"
    Image.new("RGB", (70, 50), "white").save(path)
    return path


def test_workflow(workspace, image, capsys):
    """Train, evaluate, predict and describe work, and leave their results in `runs`."""
    commands = [
        ["train", "--epochs", "1"],
        ["evaluate"],
        ["predict", str(image), str(image)],
        ["describe"],
    ]

    codes = [cli.main(command) for command in commands]

    output = capsys.readouterr().out
    files = {path.name for path in (workspace / "runs").iterdir()}
    history = (workspace / "runs" / "history.csv").read_text().splitlines()
    metrics = json.loads((workspace / "runs" / "metrics.json").read_text())
    assert codes == [0, 0, 0, 0]
    assert files - {"model.png"} == {
        "best.keras",
        "classes.json",
        "confusion.png",
        "curves.png",
        "history.csv",
        "metrics.json",
    }
    assert [row.split(",")[0] for row in history] == ["epoch", "1"]
    assert 0 <= metrics["accuracy"] <= 1
    assert output.count(f"{image}: ") == 2
    assert "model.png" in files or "install Graphviz" in output


@pytest.mark.parametrize("command", ["evaluate", "predict"])
def test_nothing_trained(command, workspace, image, capsys):
    """Without a trained model the user is told to train one."""
    code = cli.main([command, str(image)] if command == "predict" else [command])

    assert code == 2
    assert "run `final-model-functional train` first" in capsys.readouterr().err


@pytest.mark.parametrize("flag", ["--epochs", "--batch-size", "--learning-rate"])
def test_numbers_are_positive(flag, capsys):
    """Training with 0 of something is refused."""
    with pytest.raises(SystemExit) as end:
        cli.main(["train", flag, "0"])

    assert end.value.code == 2
    assert "`0` is not above 0" in capsys.readouterr().err


def test_interrupt(workspace, monkeypatch):
    """Ctrl-C ends a training with 130, and leaves no results of an earlier one."""

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    runs = workspace / "runs"
    runs.mkdir()
    for name in RESULTS:
        (runs / name).write_text("of an earlier training")
    monkeypatch.setattr("keras.Model.fit", interrupt)

    code = cli.main(["train"])

    assert code == 130
    assert [path.name for path in runs.iterdir()] == [CLASSES_FILE]


def test_help_is_quick():
    """Help does not wait for TensorFlow."""
    script = (
        "import sys, final_model_functional.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "finally: assert 'tensorflow' not in sys.modules"
    )

    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False
    )

    assert result.returncode == 0, result.stderr.decode()
