"""Generated projects, in every style and for every dataset: read, run and tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from generated import FORMS, assert_formatted, assert_own_tests_pass, of_the_network

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.creation import proof_subject
from keras_scaffold.projects.in_keras import in_keras
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof.smoke import Smoke
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.terminal.commands.new import posix
from tests.kinds_of_project import (
    FILES,
    MADE_OF,
    OF_OWN_IMAGES,
    OWN_GRAPHS,
    OWN_TESTS,
    SMALL,
    Project,
    made_of,
    some_of,
)

OWN_TO_STYLE = (".copier-answers.yml", "src/net/blocks.py", "src/net/model.py")


@pytest.fixture(scope="module")
def projects(tmp_path_factory) -> Callable[..., dict[tuple[str, str], Project]]:
    """The projects of a form, rendered by the first of all workers that asks for them."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    formatted: dict[str, set[bytes]] = {}  # most files are those of the project before

    @cache
    def of(*form: str) -> dict[tuple[str, str], Project]:
        root = shared / "-".join(form)
        with (shared / f"{root.name}.lock").open("w") as lock, open_template() as template:
            flock(lock, LOCK_EX)
            made = {}
            for pair in made_of(form):
                answers = check_answers(_given(*form, *pair), template.questions)
                directory = root / "-".join(pair)
                listed = root / f"{directory.name}.json"  # tests leave other files there
                if not listed.exists():
                    rendered = render(template, answers, directory, formatted=formatted)
                    known = formatted.setdefault(rendered.format.name, set())
                    known.update((directory / file).read_bytes() for file in rendered.files)
                    listed.write_text(json.dumps(posix(rendered.files)))
                made[pair] = Project(directory, answers, json.loads(listed.read_text()))
        return made

    return of


def _given(style: str, sequential_form: str, preset: str, dataset: str) -> dict[str, Any]:
    return {
        "style": style,
        "sequential_form": sequential_form,
        "dataset": dataset,
        "name": "net",
        **OWN_GRAPHS.get(preset, {"preset": preset}),
    }


@pytest.mark.parametrize("form", FORMS)
def test_files(projects, form):
    """A project holds exactly the files that it needs: blocks.py if it has blocks."""
    for project in projects(*form).values():
        plan = project.answers.plan
        blocks = any(part.block for brick in plan.bricks() for part in brick.parts())
        expected = [file for file in FILES.split() if blocks or "blocks" not in file]
        expected += ["src/net/interface.py"] if plan.named else []
        kinds = {output.kind.word() for output in plan.outputs}
        if plan.named:
            expected += [f"src/net/{kind}.py" for kind in kinds]
            expected += ["src/net/scores.py"] if kinds != {"regression"} else []
        images = OF_OWN_IMAGES.get(project.answers.dataset, ())
        expected += [f"src/net/{name}.py" for name in images]
        own = OWN_TESTS.get(project.answers.dataset, ())
        expected += [f"tests/test_{name}.py" for name in own]
        if project.answers.architecture.pretrained:  # by presets something of them learns
            expected += [f"src/net/{name}.py" for name in ("phases", "pretrained")]
            expected += ["tests/test_pretrained.py"]
        if in_keras(project.answers):
            expected += ["src/net/keras_weights.py", "tests/test_keras_weights.py"]
        assert project.files == sorted(expected)


def test_no_blocks_no_file(tmp_path):
    """Without a brick that is a block there is no blocks.py, and nothing imports it."""
    with open_template() as template:
        answers = check_answers(
            {"name": "plain", "blocks": "flatten dense(8)"}, template.questions
        )
        files = render(template, answers, tmp_path).files

    assert Path("src/plain/blocks.py") not in files
    assert "blocks" not in (tmp_path / "src/plain/model.py").read_text()


@pytest.mark.parametrize("form", FORMS)
def test_no_residue(projects, form, tmp_path_factory):
    """No template syntax is left, no path of this machine, no import of the generator."""
    for project in projects(*form).values():
        for file, text in project.texts().items():
            for residue in (
                "{{",
                "{%",
                "import keras_scaffold",
                "from keras_scaffold",
                str(Path.home()),
            ):
                assert residue not in text, file
            assert str(tmp_path_factory.getbasetemp().parent) not in text, file


@pytest.mark.parametrize("form", FORMS)
def test_formatted(projects, form):
    """Black, as the project sets it, would change nothing."""
    different = {
        text: project.directory
        for project in projects(*form).values()
        for file, text in project.texts().items()
        if file.endswith(".py")
    }
    for text, directory in different.items():
        assert_formatted(text, directory)


@pytest.mark.parametrize("form", FORMS)
def test_lint(projects, form):
    """Ruff's default rules reject no line."""
    directories = [project.directory for project in projects(*form).values()]

    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--quiet", *directories],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_styles_differ_in_the_model_alone(projects):
    """Beside model.py and blocks.py, every file is the same in all styles."""
    for pair in MADE_OF:
        rests = [
            {
                file: text
                for file, text in projects(*form)[pair].texts().items()
                if file not in OWN_TO_STYLE
            }
            for form in FORMS
            if pair in projects(*form)
        ]
        assert all(rest == rests[0] for rest in rests)


@pytest.mark.parametrize("form", FORMS)
def test_networks_differ_in_the_model_alone(projects, form):
    """Beside what shows it, every file is the same for all networks of one output."""
    made = projects(*form)
    first = made["final-model", "digits"].texts()
    own = {*OWN_TO_STYLE, "README.md", "architecture.svg", "tests/test_model.py"}
    for pair, project in made.items():
        if pair[1] == "digits":
            other = project.texts()
            assert {file for file in other if other[file] != first.get(file)} <= own
            assert first.keys() - other.keys() <= own


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_smoke(projects, form):
    """Every small network passes the proof in every form, and with its other datasets in one."""
    with Smoke() as smoke:
        for pair in some_of(form, SMALL):
            project = projects(*form)[pair]
            proof = smoke.prove(proof_subject(project.directory, project.answers))
            assert proof.works, (pair, proof.checks)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_own_tests(projects, form):
    """The own tests of every project of a small network pass, and print no warning.

    Those of its model in every form; beside it the files are the same in all, and are the
    same for all networks of one output. So all tests are run of each project in one form,
    and those that the network decides, of one of each kind, in every form.
    """
    own = []
    for pair, project in projects(*form).items():
        if pair in some_of(form, ()):
            own.append(project.directory / "tests")
        elif pair in some_of(form, ("final-model", "siamese")):
            own += of_the_network(project.directory)
        elif pair[0] in SMALL:
            own.append(project.directory / "tests" / "test_model.py")

    assert_own_tests_pass(own)
