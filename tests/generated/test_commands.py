"""What the commands of generated projects print, and where they may be told to work."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import keras
import pytest
from generated import module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.terminal.reports.networks import totals

PLAIN = "cnn(16, name='a') maxpool(2) inception(8, 8) gap dense(4)"
SKIPPED = "cnn(16, name='a') maxpool(2) cnn(8) upsample concatenate('a') gap"
CASES = {
    "chain": ("functional", {"blocks": PLAIN}),
    "listed": ("sequential", {"blocks": PLAIN}),
    "class": ("subclassing", {"blocks": PLAIN}),
    "skips": ("functional", {"blocks": SKIPPED}),
    "class_skips": ("subclassing", {"blocks": SKIPPED}),
    "pairs": ("functional", {"preset": "siamese"}),
    "class_pairs": ("subclassing", {"preset": "siamese"}),
    "several": ("functional", {"preset": "multi-task"}),
    "wide": ("functional", {"preset": "googlenet", "input_shape": "64x64x1"}),
}
SOURCES = (
    *(
        "__init__",
        "backend",
        "checkpoint",
        "child",
        "cli",
        "commands",
        "data",
        "devices",
        "inspection",
        "model",
        "pipeline",
        "report",
        "runs",
        "settings",
        "surroundings",
        "task",
        "train",
        "weights",
    ),
    "{%",
)
COMMANDS = ["train", "evaluate", "predict x.png", "convert x.keras", "describe"]


@pytest.fixture(scope="module")
def template(part_of_template):
    """The template with nothing of the project but its command and its model."""
    return part_of_template(("bricks", "datasets", "styles"), SOURCES)


def answers_of(case, template):
    """The answers of a case."""
    style, told = CASES[case]
    return check_answers(
        {"style": style, "name": f"made-{case}", **told}, template.questions
    )


@pytest.fixture(scope="module")
def command(template, tmp_path_factory):
    """The `main` of a project."""
    answers = answers_of("chain", template)
    with project(template, tmp_path_factory.mktemp("project"), answers):
        yield module(answers, "cli").main


def described(printed):
    """What a description tells of each layer: parameters, and the layers that feed it."""
    layers = {}
    above = ""
    for line in printed.replace("\n" + " " * 8, " ").splitlines()[1:-2]:
        if line.startswith("    Connected to "):
            sources = line.removeprefix("    Connected to ").replace(";", ",")
            layers[above][1].clear()
            layers[above][1].update(sources.split(", "))
        else:
            feeds = set() if "(InputLayer)" in line else {above}
            above = line.partition(" ")[0]
            layers[above] = (int(line.split()[-1].replace(",", "")), feeds)
    return layers


@pytest.mark.parametrize("case", CASES)
def test_describe(case, template, tmp_path, monkeypatch, capsys):
    """Layers and what they are connected to are named in full, within 80 columns."""
    monkeypatch.chdir(tmp_path)
    keras.utils.clear_session()
    answers = answers_of(case, template)

    with project(template, tmp_path, answers):
        code = module(answers, "cli").main(["describe"])

    printed = capsys.readouterr().out
    layers = described(printed)
    assert code == 0
    assert max(map(len, printed.splitlines()[:-1])) <= 80
    assert {source for _, sources in layers.values() for source in sources} <= {*layers}
    assert printed.splitlines()[-2] == totals(answers.architecture)
    if answers.style == "functional" and "tower" not in layers:
        nodes = answers.architecture.layers
        assert layers == {
            node.name: (node.params, {nodes[position].name for position in node.inputs})
            for node in nodes
        }


@pytest.mark.parametrize("place", ["file", "file/below", "link"])
@pytest.mark.parametrize("words", COMMANDS)
def test_directory_that_is_none(words, place, command, workplace, capsys):
    """A file, or a link to nothing, in the place of results is told by every command."""
    (workplace / "file").write_text("mine")
    (workplace / "link").symlink_to("nowhere")

    with pytest.raises(SystemExit) as end:
        command([*words.split(), "--directory", place])

    assert end.value.code == 2
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .endswith(
            f"argument --directory: `{place.split('/')[0]}` is not a directory; name another place"
        )
    )
    assert (workplace / "file").read_text() == "mine"


def test_default_directory_that_is_none(command, workplace, capsys):
    """So is a file in the place of `runs`, where no directory was named."""
    (workplace / "runs").write_text("mine")

    with pytest.raises(SystemExit) as end:
        command(["train"])

    assert end.value.code == 2
    assert "`runs` is not a directory" in capsys.readouterr().err


ALONE = """\
import sys
from {package} import cli, commands
commands.import_backend = lambda: None
cli.run_describe = lambda arguments: print("done")
sys.exit(cli.main(["describe"]))
"""


def alone(command, output):
    """A command that prints a word, in a process of its own that ends without TensorFlow."""
    package = Path(sys.modules[command.__module__].__file__).parent
    return subprocess.run(
        [sys.executable, "-c", ALONE.format(package=package.name)],
        env=os.environ | {"PYTHONPATH": str(package.parent), "PYTHONUNBUFFERED": ""},
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_closed_pipe(command, workplace):
    """A command of which nobody reads more ends without a word, at exit neither."""
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w") as output:
        done = alone(command, output)

    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("words", COMMANDS)
def test_closed_pipe_of_every_command(words, command, workplace, monkeypatch):
    """Little that was printed is missed too, which no pipe takes before a command ends."""
    cli = sys.modules[command.__module__]
    name = words.partition(" ")[0]
    monkeypatch.setattr(cli, f"run_{name}", lambda arguments: print("done"))
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        code = command(words.split())

    assert code == 141


NO_ROOM = ": No space left on device; make room for what it writes\n"


def test_full_output(command, workplace):
    """Where what is printed cannot be written, that is told once, at exit neither."""
    with open("/dev/full", "w") as full:
        done = alone(command, full)

    assert (done.returncode, done.stderr) == (74, f"made-chain{NO_ROOM}")


@pytest.mark.parametrize("size", [1, 100_000])
@pytest.mark.parametrize("words", COMMANDS)
def test_full_output_of_every_command(words, size, command, workplace, monkeypatch, capsys):
    """No room is told by every command, whether it is noticed while it prints or afterwards."""
    cli = sys.modules[command.__module__]
    name = words.partition(" ")[0]
    monkeypatch.setattr(cli, f"run_{name}", lambda arguments: print("x" * size))

    with open("/dev/full", "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        code = command(words.split())

    assert (code, capsys.readouterr().err) == (74, f"made-chain{NO_ROOM}")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_for_results(number, command, workplace, monkeypatch, capsys):
    """So it is where a command keeps what it made; what else fails is shown as it is."""
    cli = sys.modules[command.__module__]

    def full(arguments):
        raise OSError(number, os.strerror(number), "runs/best.keras")

    def missing(arguments):
        raise FileNotFoundError(errno.ENOENT, "No such file", "mine.csv")

    monkeypatch.setattr(cli, "run_convert", full)
    monkeypatch.setattr(cli, "run_evaluate", missing)

    with open(os.devnull, "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        code = command(["convert", "x.keras"])
        with pytest.raises(FileNotFoundError):
            command(["evaluate"])

    told = f"made-chain: `runs/best.keras`: {os.strerror(number)}; make room for what it writes\n"
    assert (code, capsys.readouterr().err) == (74, told)
