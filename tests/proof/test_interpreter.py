"""Which Python proves a project, and what is told of those that cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import InputError
from keras_scaffold.projects.creation import proof_subject
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof.interpreter import (
    OWN,
    WITHIN,
    Interpreter,
    choose_interpreter,
    usual_interpreter,
)
from keras_scaffold.proof.smoke import Smoke
from keras_scaffold.templates.fetching import open_template
from tests.repositories import git

GOOD = {"Python": "3.11.2", "tensorflow": "2.18.0", "keras": "3.8.0"}
OTHER = "name another"


def program(path: Path, says: str) -> Path:
    """A program that says something, whatever it is told to do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\n")
    path.chmod(0o755)
    return path


def refusal(named: str | None, project: Path | None = None) -> str:
    """Why a Python is refused."""
    with pytest.raises(InputError) as error:
        choose_interpreter(named, project)
    (problem,) = error.value.problems
    return problem


def test_the_tools_own(tmp_path):
    """Without a word, and without an environment of the project's, this Python is taken."""
    assert (
        choose_interpreter(None)
        == choose_interpreter(None, tmp_path)
        == choose_interpreter(sys.executable)
        == OWN
    )


def test_the_tools_own_by_another_name(tmp_path, monkeypatch):
    """An environment's Python that goes by several names is one."""
    names = [tmp_path / "bin" / name for name in ("python", "python3")]
    names[0].parent.mkdir()
    for name in names:
        name.symlink_to(sys.executable)
    monkeypatch.setattr("sys.executable", str(names[0]))

    assert choose_interpreter(str(names[1])) == OWN


def test_a_python_by_its_path(tmp_path):
    """A Python that has what projects need is taken, as it was named."""
    path = program(tmp_path / "python", json.dumps(GOOD))

    assert choose_interpreter(str(path)) == Interpreter(str(path))


def test_a_python_by_its_name(tmp_path, monkeypatch):
    """A command's name is looked for as a shell would."""
    path = program(tmp_path / "python3.99", "a note\n" + json.dumps(GOOD))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    assert choose_interpreter("python3.99") == Interpreter(str(path))


def test_the_projects_own(tmp_path):
    """A project's .venv is taken, unless another Python is named."""
    path = program(tmp_path / ".venv" / WITHIN, json.dumps(GOOD))
    other = program(tmp_path / "python", json.dumps(GOOD))

    assert choose_interpreter(None, tmp_path) == Interpreter(str(path))
    assert choose_interpreter(str(other), tmp_path) == Interpreter(str(other))


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("hello", "is no Python"),
        ("", "is no Python"),
        ("[3]", "is no Python"),
        (
            json.dumps({**GOOD, "Python": "2.7.18"}),
            "has Python 2.7.18, and projects need 3.11",
        ),
        (
            json.dumps({**GOOD, "Python": "3.9.1"}),
            "has Python 3.9.1, and projects need 3.11",
        ),
        (json.dumps({"Python": "3.12.1"}), "has no tensorflow; add it by `{path} -m pip"),
        (
            json.dumps({**GOOD, "keras": "2.15.0"}),
            "has keras 2.15.0, and projects need 3.8",
        ),
    ],
)
def test_a_program_that_cannot_prove(says, why, tmp_path):
    """What is no Python, too old or without TensorFlow is told by its name, with a way out."""
    path = program(tmp_path / "python", says)

    told = refusal(str(path))

    assert told.startswith(f"--python: `{path}` {why.format(path=path)}")
    assert told.endswith(OTHER)


def test_nothing_that_runs(tmp_path):
    """What is not there, a directory and a text are told apart."""
    (tmp_path / "text").write_text("no program")

    told = [refusal(str(tmp_path / name)) for name in ("none", "", "text")]

    assert told == [
        f"--python: `{tmp_path / 'none'}` is not there; name a Python, e.g. `.venv/{WITHIN}`",
        (
            f"--python: `{tmp_path}` is a directory; name the Python in it, e.g. "
            f"`{tmp_path / WITHIN}`"
        ),
        f"--python: `{tmp_path / 'text'}` is nothing that can be run; name a Python",
    ]


@pytest.mark.parametrize(
    ("says", "why", "anew"),
    [
        (None, "`net/.venv` has no {within}", True),
        ("hello", "`{python}` is no Python", True),
        (
            {**GOOD, "Python": "3.9.1"},
            "`{python}` has Python 3.9.1, and projects need 3.11",
            True,
        ),
        ({"Python": "3.12.1"}, "`{python}` has no tensorflow", False),
        ({"Python": "3.12.1", "tensorflow": "2.18"}, "`{python}` has no keras", False),
        (
            {**GOOD, "keras": "2.15.0"},
            "`{python}` has keras 2.15.0, and projects need 3.8",
            False,
        ),
    ],
)
def test_an_environment_of_no_use(says, why, anew, tmp_path, monkeypatch):
    """A project's .venv that is broken, bare or old is refused, and how to mend it is told."""
    monkeypatch.chdir(tmp_path)
    net = Path("net")
    python = net / ".venv" / WITHIN
    (net / ".venv").mkdir(parents=True)
    if says:
        program(python, json.dumps(says) if isinstance(says, dict) else says)

    told, passed_by = refusal(None, net), usual_interpreter(None, net)

    reason, _, way = told.partition("; ")
    assert reason.removesuffix(" or newer") == why.format(within=WITHIN, python=python)
    assert way == (
        f"make it anew by `{sys.executable} -m venv --clear net/.venv` and " * anew
        + f"install the project in it by `{python} -m pip install -e net`, or name another "
        "Python by --python"
    )
    assert passed_by == OWN


def test_a_named_python_is_not_passed_by(net, update, scaffold, team_template):
    """A Python that was named and is of no use is refused, with all else that is wrong."""
    (net / "lines.txt").unlink()
    command = ("update", "net", "--python", "none", "--template", team_template)

    refused = scaffold(*command)

    assert refused.exit_code == 2
    assert refused.stderr == (
        "error: `lines.txt`: not committed in `net`; commit or stash\n"
        "error: --python: `none` is not there; name a Python, e.g. `.venv/bin/python`\n"
    )
    git(net, "checkout", "--", ".")
    assert scaffold(*command, "--no-smoke").exit_code == 0  # it is not needed


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """The Python of an environment with a package of its own, and without this tool."""
    directory = tmp_path_factory.mktemp("environment")
    command = [sys.executable, "-m", "venv", "--without-pip", directory]
    subprocess.run(command, check=True)
    python = directory / WITHIN
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True)
    packages = Path(told.stdout.strip())
    others = [path for path in sys.path if Path(path).name == "site-packages"]
    (packages / "others.pth").write_text("\n".join(others))
    (packages / "only_there.py").write_text("HERE = True\n")
    found = [python, "-P", "-c", "import keras_scaffold.proof"]
    assert subprocess.run(found, capture_output=True, check=False).returncode == 1
    return python


def test_a_proof_by_another_python(environment, tmp_path):
    """A package that only the project's environment has is found there, and not beside us."""
    with open_template() as template:
        given = {"name": "net", "style": "functional", "blocks": "conv(2) gap"}
        answers = check_answers(given, template.questions)
        render(template, answers, tmp_path)
    data = tmp_path / "src" / "net" / "data.py"
    data.write_text("import only_there\n" + data.read_text())

    python = choose_interpreter(str(environment))
    with Smoke(python) as smoke:
        there = smoke.prove(proof_subject(tmp_path, answers), interpreter=python)
        data.write_text("import nowhere\n" + data.read_text())
        lacking = smoke.prove(proof_subject(tmp_path, answers))

    assert there.works, there.checks
    assert there.interpreter == python
    assert lacking.checks[-1].detail == (
        f"src/net/data.py, line 1: `nowhere` is not installed for `{environment}`; add its package by "
        f"`{environment} -m pip install PACKAGE`, or in the project all that it needs by "
        f"`{environment} -m pip install -e .`"
    )
