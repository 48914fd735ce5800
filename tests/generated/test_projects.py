"""Generated projects, in every style and for every dataset: read, run and tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from filecmp import dircmp
from functools import cache
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from generated import FORMS, assert_formatted
from generated import project as importable
from write_golden import GOLDEN, PROJECTS, write

from keras_scaffold.answers.answers import Answers, check_answers
from keras_scaffold.answers.datasets import DATASETS
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.projects.creation import proof_subject
from keras_scaffold.projects.fetching import open_template
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof.smoke import Smoke
from keras_scaffold.terminal.commands.new import posix

FILES = """
.copier-answers.yml
.gitignore
.scaffold/.gitignore
README.md
architecture.svg
pyproject.toml
src/net/__init__.py
src/net/blocks.py
src/net/child.py
src/net/cli.py
src/net/convert.py
src/net/data.py
src/net/describe.py
src/net/errors.py
src/net/evaluate.py
src/net/model.py
src/net/predict.py
src/net/report.py
src/net/settings.py
src/net/task.py
src/net/train.py
tests/conftest.py
tests/test_data.py
tests/test_model.py
tests/test_workflow.py
"""
SMALL = ("final-model", "mlp", "lenet5", "siamese", "multi-task", "kinds", "twice")
"""What is quickly trained; the other presets' networks are built in tests of their own."""
OWN_GRAPHS = {
    "kinds": {
        "inputs": ["left=12x10x3", "right=8x8x1"],
        "towers": ['left=conv(4, name="stem") gap', "right=cnn(4) gap"],
        "join": "concatenate",
        "outputs": [
            "digit=4:classification(metrics=[accuracy, sparse_top_k_categorical_accuracy])",
            "angle=1:regression(loss=huber, metrics=[r2_score, mean_absolute_error])",
            "place=2:regression(loss=log_cosh, weight=0.5)",
            "tags=3:multilabel(metrics=[auc, precision, recall, binary_accuracy])",
        ],
        "heads": ['angle=branch_from("stem") conv(2) gap'],
    },
    "twice": {
        "blocks": 'conv(4, name="stem") maxpool(2) conv(8) gap',
        "outputs": ["label", "auxiliary:classification(weight=0.3)"],
        "heads": ['auxiliary=branch_from("stem") gap'],
    },
}
"""Networks of several outputs beside those of the presets."""
PLAIN = [name for name, dataset in DATASETS.items() if not dataset.named]
MADE_OF = [
    *(("final-model", dataset) for dataset in PLAIN),
    *(
        (preset.name, preset.dataset if preset.name in SMALL else "folder")
        for preset in PRESETS.values()
        if preset.name != "final-model"
    ),
    ("multi-task", "table"),
    ("kinds", "table"),
    *(("twice", dataset) for dataset in ("folder", "cifar10")),
]
"""Pairs of a preset, or of a network of OWN_GRAPHS, and a dataset."""
OWN_TO_STYLE = (".copier-answers.yml", "src/net/blocks.py", "src/net/model.py")


@dataclass(frozen=True)
class Project:
    """One generated project."""

    directory: Path
    answers: Answers
    files: list[str]

    def texts(self) -> dict[str, str]:
        """Every file's content by its path."""
        return {file: (self.directory / file).read_text() for file in self.files}


def styles_of(preset: str) -> tuple[str, ...]:
    """The styles that a network is made in: of `twice`, only its data is of interest."""
    if preset == "twice":
        return ("functional",)
    if preset in OWN_GRAPHS or PRESETS[preset].graph:
        return ("functional", "subclassing")
    return ("functional", "sequential", "subclassing")


def made_of(form: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What there is a project of in one form of the code."""
    return (pair for pair in MADE_OF if form[0] in styles_of(pair[0]))


def some_of(form: tuple[str, str], everywhere: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of what is made of small networks, what is in turn each form's.

    The networks that are tried `everywhere` are each form's, with the first of their datasets.
    """
    pairs = [pair for pair in MADE_OF if pair[0] in SMALL]
    first = dict(reversed(pairs))  # each network's dataset
    chosen = []
    for number, pair in enumerate(pairs):
        forms = [each for each in FORMS if each[0] in styles_of(pair[0])]
        in_all = pair[0] in everywhere and pair in first.items() and form in forms
        if in_all or form == forms[number % len(forms)]:
            chosen.append(pair)
    return chosen


@pytest.fixture(scope="module")
def projects(tmp_path_factory) -> Callable[..., dict[tuple[str, str], Project]]:
    """The projects of a form, one for every preset, and for every dataset with one preset.

    They are rendered by the first of all workers that asks for them.
    """
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
        expected += [f"src/net/{kind}.py" for kind in kinds]
        expected += ["src/net/scores.py"] if kinds != {"regression"} else []
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
    same for all networks of one output: all tests are run of one of each kind in every form,
    and of each other project in one.
    """
    whole = some_of(form, ("final-model", "siamese"))
    own = [
        project.directory / ("tests" if pair in whole else "tests/test_model.py")
        for pair, project in projects(*form).items()
        if pair[0] in SMALL
    ]

    assert_own_tests_pass(own)


BLIND = {"style": "functional", "blocks": "rescaling(0) gap"}
SEEING_NOTHING = (
    {"name": "images", "dataset": "folder", "classes": 2},
    {
        "name": "rows",
        "dataset": "table",
        "outputs": ["even=2", "tags=3:multilabel", "angle=1:regression"],
    },
)


@pytest.mark.long
def test_networks_that_see_nothing(tmp_path):
    """Where all features are zero, as dead ones may be, the proof and own tests are green."""
    subjects = []
    with open_template() as template:
        for told in SEEING_NOTHING:
            answers = check_answers(BLIND | told, template.questions)
            subjects.append(proof_subject(tmp_path / answers.name, answers))
            render(template, answers, subjects[-1].path)

    with Smoke() as smoke:
        proofs = [smoke.prove(each) for each in subjects]

    for proof in proofs:
        assert proof.works, proof.checks
    assert_own_tests_pass([each.path / "tests" for each in subjects])


@pytest.mark.parametrize("preset", ["lenet5", "siamese"])
def test_own_count_says_what_to_change(preset, tmp_path):
    """Where the model was changed, the project's own test tells the line to put in its place."""
    with open_template() as template:
        given = {"name": "net", "style": "functional", "preset": preset}
        answers = check_answers(given, template.questions)
        with importable(template, tmp_path, answers):
            file = tmp_path / "tests" / "test_model.py"
            old = f"TOTAL, TRAINABLE = {answers.architecture.total},"
            sound = file.read_text()
            assert sound.count(old) == 1
            file.write_text(sound.replace(old, "TOTAL, TRAINABLE = 1,"))
            own = run_path(str(file))

            with pytest.raises(AssertionError) as error:
                own["test_parameters"]()

    line = f"{old} {answers.architecture.trainable}"
    assert str(error.value).splitlines()[0] == (
        f"if you changed the model, write in {file}: {line}"
    )


def assert_own_tests_pass(tests):
    """Assert that own tests of projects, or files of them, pass without a warning."""
    done = subprocess.run(
        [sys.executable, Path(__file__).parents[1] / "run_own_tests.py", *tests],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert done.stdout.count(" passed") == len(tests)
    assert "warning" not in done.stdout


@pytest.mark.parametrize("name", PROJECTS)
def test_golden(name, tmp_path):
    """The template makes the projects in tests/golden/ to the letter."""
    write(name, tmp_path / name)

    assert not differences(dircmp(GOLDEN / name, tmp_path / name))


def differences(compared: dircmp) -> list[str]:
    """Files that are only on one side, or not the same on both."""
    found = [*compared.left_only, *compared.right_only, *compared.diff_files]
    for below in compared.subdirs.values():
        found += differences(below)
    return found
