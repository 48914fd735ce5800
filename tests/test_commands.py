"""What the commands of generated projects print, and where they may be told to work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import keras
import pytest
from generated import module, project

from generator.answers import check
from generator.reports.networks import totals
from generator.template import Template
from tests.conftest import ROOT
from tests.repositories import git, status

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
SOURCES = ("__init__", "child", "cli", "describe", "errors", "model", "settings", "{%")
COMMANDS = ["train", "evaluate", "predict x.png", "convert x.keras", "describe"]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The template with nothing of the project but its command and its model."""
    root = tmp_path_factory.mktemp("template")
    copy(ROOT / "copier.yml", root)
    for directory in ("bricks", "forms", "styles"):
        copytree(ROOT / "template" / directory, root / "template" / directory)
    made = root / "template" / "project"
    package = "src/{{ package }}"
    (made / package).mkdir(parents=True)
    for file in (ROOT / "template" / "project").glob("*answers_file*"):
        copy(file, made)
    for file in (ROOT / "template" / "project" / package).glob("*.jinja"):
        if file.name.startswith(SOURCES):
            copy(file, made / package)
    return Template(root, "commands")


def answers_of(case, template):
    """The answers of a case."""
    style, told = CASES[case]
    return check({"style": style, "name": f"made-{case}", **told}, template.questions)


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


def test_closed_pipe(command, workplace):
    """A command of which nobody reads more ends without a word, at exit neither."""
    package = Path(sys.modules[command.__module__].__file__).parent
    run = f"import sys; from {package.name}.cli import main; sys.exit(main(['describe']))"
    pipe = 'set -o pipefail; "$0" -c "$1" | true'

    done = subprocess.run(
        ["bash", "-c", pipe, sys.executable, run],
        env=os.environ | {"PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

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


def test_links_to_data(scaffold, workplace):
    """Links to images and results elsewhere are ignored, so that no update is refused."""
    scaffold("new", "net", "--defaults", "--no-smoke", "--dataset", "folder")

    for name in ("data", "runs", ".venv"):
        (workplace / "net" / name).symlink_to("elsewhere", target_is_directory=True)

    assert status("net") == []
    assert "data" not in git("net", "ls-files").splitlines()
