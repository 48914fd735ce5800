"""Tests of runs: none is written over, and each goes on bit for bit where it was ended."""

import errno
import json
import math
import signal

import keras
import numpy as np
import pytest
import tensorflow as tf

from fashion_sequential_add import cli
from fashion_sequential_add.backend import BACKENDS
from fashion_sequential_add.checkpoint import Checkpoints
from fashion_sequential_add.data import load
from fashion_sequential_add.runs import find_run
from fashion_sequential_add.settings import Settings

# The pipelines of tf.data are graphs all the same, which TensorFlow warns of.
pytestmark = pytest.mark.filterwarnings("ignore:Even though the `tf.config")
BACKEND = BACKENDS[keras.config.backend()]
TRAIN = ["train", "--epochs", "1", "--average", "0.5"]


@pytest.fixture(autouse=True)
def eager(workspace):
    """No graphs: for a few steps they take longer to make than they save."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture
def losses(monkeypatch):
    """Losses of a training and a validation, which one epoch after the other is said to have."""

    def fit(model, *_, callbacks, epochs, **__):
        for number in range(epochs):
            callbacks[-1].on_epoch_begin(number)
            callbacks[-1].on_test_begin()
            callbacks[-1].on_epoch_end(number, dict(zip(["loss", "val_loss"], said)))
            if model.stop_training:
                break

    said = [1.0, 2.0]
    monkeypatch.setattr("keras.Model.fit", fit)
    monkeypatch.setattr("fashion_sequential_add.report.metrics_shown", lambda rows: {})
    monkeypatch.setattr(Checkpoints, "draw", lambda self: None)
    return said


@pytest.fixture
def interrupted_at(monkeypatch):
    """Sends the signal of Ctrl-C before a step of the training, counted from 1."""
    before_step = Checkpoints.on_train_batch_begin

    def interrupt(step):
        def count(self, batch, logs=None):
            counted.append(batch)
            if len(counted) == step:
                signal.raise_signal(signal.SIGINT)
            before_step(self, batch, logs)

        counted = []
        monkeypatch.setattr(Checkpoints, "on_train_batch_begin", count)

    return interrupt


def kept(directory, name):
    """What is in a file of a run: arrays, or lines."""
    path = directory / name
    if path.suffix == ".npz":
        with np.load(path) as file:
            return {key: file[key].tolist() for key in file.files}
    return path.read_text().splitlines()


def test_resume(workspace, interrupted_at, capsys):
    """A training that is interrupted within an epoch, and goes on, ends as one that is not."""
    whole, parted = workspace / "runs" / "1-run", workspace / "runs" / "2-parted"
    in_three_steps = [*TRAIN, "--batch-size", str(load(Settings()).train.size // 3 + 1)]
    assert cli.main(in_three_steps) == 0
    interrupted_at(2)

    codes = [
        cli.main([*in_three_steps, "--name", "parted"]),
        cli.main(["train", "--resume"]),
    ]

    assert codes == [130, 0]
    assert "next: fashion-sequential-add train --resume 2" in capsys.readouterr().out
    for name in ["last.npz", "best.npz", "history.csv", "classes.json"]:
        assert kept(parted, name) == kept(whole, name), name


def test_what_changed_is_refused(workspace, losses, capsys):
    """A run does not go on with other code or settings, unless that is wanted."""
    assert cli.main(TRAIN) == 0
    path = workspace / "runs" / "1-run" / "run.json"
    record = json.loads(path.read_text())
    record["code"]["model.py"] = "of before"
    path.write_text(json.dumps(record))
    command = ["train", "--resume", "1", "--seed", "1"]
    capsys.readouterr()

    codes = [cli.main(command), cli.main([*command, "--anyway"])]

    assert codes == [2, 0]
    told = "model.py, seed (from 0 to 1) changed since `runs/1-run` began"
    assert told in capsys.readouterr().err


def test_first_line(workspace, losses, capsys):
    """Before it begins, a training says what it is made of; a limit makes it a short one."""
    assert cli.main(["train", "--limit", "4", "--batch-size", "2"]) == 0

    line, *_ = capsys.readouterr().out.splitlines()
    assert line.startswith("runs/1-run: 4 images in 2 steps an epoch, on ")


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (["--devices", "99"], f"`--devices 99`: {BACKEND} sees "),
        (["--devices", "2", "--batch-size", "3"], "`--batch-size 3` cannot be shared alike by 2"),
        (["--warmup", "3", "--epochs", "3"], "`--warmup 3` leaves nothing of 3 epochs"),
        (["--warmup", "1", "--schedule", "plateau"], "`--warmup` is not for the schedule"),
        (["--jit", "--deterministic"], "`--jit` cannot be `--deterministic`"),
        (["--resume", "--name", "other"], "`--resume` goes on with a run as it is"),
    ],
)
def test_what_does_not_go_together(flags, reason, workspace, losses, monkeypatch, capsys):
    """Settings that do not suit each other, or the devices that there are, are refused."""
    monkeypatch.setattr("fashion_sequential_add.devices.devices", lambda: ["cpu:0", "cpu:0"])

    assert cli.main(["train", *flags]) == 2

    assert reason in capsys.readouterr().err
    assert not (workspace / "runs").exists()


def test_full_disk(workspace, losses, monkeypatch, capfd):
    """Where there is no room for a checkpoint, that is told, and the one before is kept."""
    assert cli.main(TRAIN) == 0
    before = kept(workspace / "runs" / "1-run", "last.npz")

    def fail(file, **arrays):
        file.write(b"a part")
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr("numpy.savez", fail)
    code = cli.main(["train", "--resume", "--epochs", "2", "--anyway"])

    assert code == 74
    assert "make room" in capfd.readouterr().err
    assert kept(workspace / "runs" / "1-run", "last.npz") == before
    assert not list((workspace / "runs" / "1-run").glob(".unfinished*"))


def test_diverged(workspace, losses, capsys):
    """A training whose loss is not finite ends, and keeps no model of that epoch."""
    losses[:] = [1.0, math.nan]

    codes = [cli.main(["train"]), cli.main(["evaluate", "--run", "1"])]
    said, wrong = capsys.readouterr()
    codes.append(cli.main(["runs", "--json"]))

    assert codes == [2, 2, 0]
    assert "the loss of epoch 1 is not finite" in said
    assert "next: fashion-sequential-add train --settings 1 --learning-rate 0.0001\n" in said
    assert "its loss was never finite" in wrong
    assert not list((workspace / "runs").rglob("best.*"))
    [run] = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert run["history"] == [{"loss": 1.0, "val_loss": None}]


def test_ended_while_it_closes(workspace, losses, monkeypatch, capsys):
    """Ctrl-C twice, while all is over but the pictures, tells how to go on, and that is soon done."""

    def interrupt(checkpoints):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as slow:
        slow.setattr(Checkpoints, "draw", interrupt)
        codes = [cli.main(TRAIN)]
    codes.append(cli.main(["train", "--resume"]))

    said, wrong = capsys.readouterr()
    assert codes == [130, 0]
    assert "go on by `fashion-sequential-add train --resume 1`" in wrong
    assert "1 of 1 epochs are done" in said


def test_names(workspace, losses):
    """A run goes by its number, its directory, its own name, or its model's path."""
    for name in ("wide", "deep", "wide"):
        assert cli.main([*TRAIN, "--name", name]) == 0
    runs = workspace / "runs"

    found = [
        find_run(runs, named).number
        for named in ("1", "1-wide", "wide", "deep", str(runs / "2-deep" / "best.keras"))
    ]

    assert found == [1, 1, 3, 2, 2]


def test_damaged_files(workspace, losses, capsys, caplog):
    """What was edited or cut short is told by its file, and the other runs are listed."""
    assert [cli.main(TRAIN), cli.main(TRAIN)] == [0, 0]
    first, second = (workspace / "runs" / name for name in ("1-run", "2-run"))
    record = json.loads((second / "run.json").read_text())
    record["settings"] |= {"epochs": "five", "optimizer": "adan", "epoch": 5}
    (first / "run.json").write_text("")
    (second / "run.json").write_text(json.dumps(record))
    capsys.readouterr()

    assert cli.main(["runs"]) == 0
    assert "`run.json` is damaged" in capsys.readouterr().out
    assert cli.main(["train", "--settings", "2"]) == 2
    told = "run.json`: settings cannot be so: `epochs`, 'five', is no int; `optimizer`, 'adan', is "
    assert told in capsys.readouterr().err
    assert "no setting is called `epoch`" in caplog.text
    assert cli.main(TRAIN) == 0
    (workspace / "runs" / "3-run" / "last.npz").write_bytes(b"PK")
    assert cli.main(["train", "--resume", "3"]) == 2
    assert (
        "last.npz` is damaged; begin anew by `fashion-sequential-add train --settings 3`"
        in capsys.readouterr().err
    )


def test_patience(workspace, losses, capsys):
    """Where that is wanted, epochs that do not help end a training, and the best one is kept."""
    assert cli.main(["train", "--epochs", "5", "--patience", "2"]) == 0

    assert "stopped after 3 epochs" in capsys.readouterr().out
    assert len(kept(workspace / "runs" / "1-run", "history.csv")) == 1 + 3
