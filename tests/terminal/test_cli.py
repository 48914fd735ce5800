"""The command line, as scripts use it: without a terminal, told by flags and files."""

import json
import shlex
import sys
from pathlib import Path

import pytest
import typer

from keras_scaffold import __version__
from keras_scaffold.project_files import ANSWERS_FILE, project_of
from keras_scaffold.terminal.cli import app
from tests.printed import errors


def test_version(scaffold):
    """--version is the package's."""
    result = scaffold("--version")

    assert (result.exit_code, result.stdout) == (0, f"scaffold {__version__}\n")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["new", "net", "--style", "s"], ["sequential", "subclassing"]),
        (["show", "--style", "a"], ["all"]),
        (["show", "--style", "s"], ["sequential", "subclassing"]),
        (["new", "net", "--preset", "vgg1"], ["vgg11", "vgg13", "vgg16", "vgg19"]),
        (["bricks", "max"], ["maximum", "maxpool"]),
        (["preview", "--blocks", "max"], ["maximum", "maxpool"]),
        (["preview", "--blocks", "cnn(32) max"], ["cnn(32) maximum", "cnn(32) maxpool"]),
        (
            ["preview", "--blocks", "repeat(2, lay"],
            ["repeat(2, layer_scale", "repeat(2, layernorm"],
        ),
        (["preview", "--blocks", "conv(8, ac"], []),
        (["preview", "--blocks", "cnn(1"], []),
        (["new", "net", "--tower", "left=max"], ["left=maximum", "left=maxpool"]),
        (["new", "net", "--shared", "max"], ["maximum", "maxpool"]),
        (["new", "net", "--head", "same=max"], ["same=maximum", "same=maxpool"]),
        (["new", "net", "--join", "a"], ["absolute_difference", "add", "average"]),
        (["new", "net", "--join", "b"], []),
    ],
    ids=lambda value: value[-1] if value else "",
)
def test_completion(words, offered, scaffold, monkeypatch):
    """The shell is told the styles, presets and bricks that begin so, within quotes too."""
    monkeypatch.setenv("_SCAFFOLD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", shlex.join(["scaffold", *words]).removesuffix("'"))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))

    assert scaffold().stdout.split("\n")[:-1] == (offered or [""])


@pytest.mark.process
def test_red_smoke(scaffold, workplace, team_template):
    """A red smoke test exits with 3, says which check failed, and keeps the project."""
    package = team_template / "template" / "project" / "src" / "{{ package }}"
    package.mkdir(parents=True)
    (package / "__init__.py.jinja").write_text("import nowhere\n")

    made = scaffold("new", "net", "--defaults", "--no-git", "--template", team_template)
    again = scaffold("smoke", "net", "--json")

    told = (
        "error: smoke test: imports: src/net/__init__.py, line 1: `nowhere` is not installed "
        f"beside scaffold; add its package there by `{sys.executable} -m pip install PACKAGE`, "
        "or prove with a Python that has it, such as that of the project's own environment: "
        "--python PATH"
    )
    assert made.exit_code == again.exit_code == 3
    assert made.stderr.splitlines()[-1] == told
    assert "import nowhere" in made.stderr
    (check,) = json.loads(again.stdout)["checks"]
    assert not check["ok"]
    assert f"error: smoke test: {check['check']}: {check['detail']}" == told
    assert (workplace / "net" / "src" / "net" / "__init__.py").exists()


def test_smoke_of_no_project(scaffold, workplace):
    """What is no project is refused."""
    result = scaffold("smoke", ".")

    assert errors(result) == [
        (
            "error: `.` is no project that `scaffold new` made: there is no .copier-answers.yml "
            "in it; name another directory"
        )
    ]


def test_project_of_a_directory(workplace):
    """A command for one project takes the one that a directory is in."""
    package = workplace / "net" / "src" / "net"
    package.mkdir(parents=True)
    (workplace / "net" / ANSWERS_FILE).touch()

    assert project_of(package) == workplace / "net"
    assert project_of(workplace) == workplace
    assert project_of(Path("net")) == Path("net")


def test_errors_in_json(scaffold):
    """With --json, what is wrong is JSON too."""
    result = scaffold("preview", "--blocks", "gap cnn(3)", "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout) == {
        "errors": [
            (
                "brick 2 `cnn(3)`, reached by a vector of 1: it needs a feature map, and 1 is flat; put it "
                "before `gap` or `flatten`"
            )
        ]
    }


def test_unknown_option(scaffold):
    """An option that there is not is a user's mistake."""
    result = scaffold("new", "net", "--sytle", "functional")

    assert result.exit_code == 2
    assert "No such option: --sytle" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        *(
            (f"{command} --json --nope", "No such option: --nope")
            for command in sorted(typer.main.get_command(app).commands)
        ),
        ("preview --nope --json", "No such option: --nope"),
        ("new --json", "Missing argument"),
        ("new net other --json", "Got unexpected extra argument(s) (other)"),
        ("preview --json --classes", "Option '--classes' requires an argument."),
        ("check --json --outdated=3", "Option '--outdated' does not take a value."),
        ("smok --json", "No such command 'smok'."),
        ("--json", "No such option: --json"),
    ],
)
def test_wrong_calls_in_json(words, told, scaffold):
    """With --json, what Typer refuses is JSON too, whatever comes before it."""
    result = scaffold(*words.split())

    assert (result.exit_code, result.stderr) == (2, "")
    [error] = json.loads(result.stdout)["errors"]
    assert error.startswith(told)


@pytest.mark.parametrize("words", ["preview -- --json", "new --nope -- --json", "smok"])
def test_wrong_calls_in_words(words, scaffold):
    """Without --json as an option they are told in words."""
    result = scaffold(*words.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")
