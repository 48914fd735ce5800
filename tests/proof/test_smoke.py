"""The smoke test turns red for every fault that is seeded into a project."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.creation import proof_subject
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof.prover import Check
from keras_scaffold.proof.smoke import BUILDER, BUILDING, Proof, Smoke
from keras_scaffold.templates.fetching import open_template
from tests.early_faults import EARLY_FAULTS
from tests.late_faults import LATE_FAULTS
from tests.seeded import PLACES

BLOCKS = "cnn(4) inception(4, 4) maxpool(2) gap dense(8) dropout(0.5)"

FAULTS = {**EARLY_FAULTS, **LATE_FAULTS}


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """A project of each style, and its answers."""
    made = {}
    with open_template() as template:
        for style in ("functional", "sequential", "subclassing"):
            given = {"style": style, "blocks": BLOCKS, "name": f"{style}_net"}
            answers = check_answers(given, template.questions)
            directory = tmp_path_factory.mktemp(style)
            render(template, answers, directory)
            made[style] = proof_subject(directory, answers)
    return made


@pytest.fixture(scope="module")
def smoke():
    """Processes that hold TensorFlow, for all faults."""
    with Smoke() as started:
        yield started


@contextmanager
def edited(project, file, old, new, beside=""):
    """A project with an edit in one place of a file, which is taken back."""
    package = project.path / "src" / project.package
    file, late = package / file, package / "late.py"
    sound = file.read_text()
    assert sound.count(old) == 1
    file.write_text(sound.replace(old, new))
    if beside:
        late.write_text(beside)
    try:
        yield
    finally:
        file.write_text(sound)
        late.unlink(missing_ok=True)


@pytest.mark.parametrize("style", ["functional", "sequential", "subclassing"])
def test_a_sound_project_is_green(style, projects, smoke):
    """Without a fault every check passes, and training took steps of the project's size."""
    heard = []

    proof = smoke.prove(projects[style], heard.append)

    names = [*BUILDING, "reload"]
    assert [check.name for check in proof.checks] == names
    assert proof.works and not proof.crash, proof.checks
    assert [check.detail for check in proof.checks if check.name == "parameters"] == [
        "546, 522 trainable"
    ]
    assert re.fullmatch(r"loss 2\.\d{3}, 16 images", proof.checks[4].detail)
    assert heard == [
        "proving: waiting for TensorFlow",
        *(f"proving: {name} passed" for name in names),
    ]


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_red(name, projects, smoke, executed):
    """The check that has to notice the fault is the one that fails, and says why."""
    fault = FAULTS[name]
    project = projects[fault.style]

    with edited(project, fault.file, fault.old, fault.new, fault.beside):
        proof = smoke.prove(project)

    assert not proof.works
    assert proof.checks[-1].name == fault.red, proof.checks
    assert fault.told in proof.checks[-1].detail
    assert "DeprecationWarning" not in proof.checks[-1].log
    executed("seeded faults, found by the proof")


@pytest.mark.parametrize("name", PLACES)
def test_the_place_of_a_fault_is_told(name, projects, smoke):
    """File and line of the user's code are told first, and are in what is kept of the traceback."""
    (style, *edit), (red, file, code, why) = PLACES[name]
    project = projects[style]

    with edited(project, *edit):
        lines = (project.path / file).read_text().splitlines()
        (number,) = [n for n, line in enumerate(lines, 1) if line.strip().startswith(code)]
        check = smoke.prove(project).checks[-1]

    assert check.name == red
    assert check.detail.startswith(f"{file}, line {number}: {why}")
    assert f'File "{file}", line {number}' in check.log
    assert "\x1b" not in check.detail + check.log
    assert str(project.path) not in check.detail + check.log
    assert len(check.log.splitlines()) < 40


def test_a_step_has_the_projects_own_batch_size(projects, smoke):
    """Where the user chose another number of images for a step, that is tried."""
    with edited(
        projects["functional"],
        "settings.py",
        "batch_size: int = setting(16",
        "batch_size: int = setting(7",
    ):
        proof = smoke.prove(projects["functional"])

    assert proof.works
    assert proof.checks[4].detail.endswith(", 7 images")


def test_an_edited_network_tells_both_numbers(projects, smoke):
    """Where the network is not as generated, its parameters are told and nothing is red."""
    project = replace(projects["sequential"], as_previewed=False)
    fault = FAULTS["extra layer"]

    with edited(project, fault.file, fault.old, fault.new):
        proof = smoke.prove(project)

    assert proof.works
    assert proof.checks[3].detail == (
        "618, 594 trainable; before it was edited 546, 522 trainable"
    )


def test_nothing_is_left_of_the_last_project(projects, smoke):
    """What an earlier project of the same package registered is not found by the next one."""
    project = projects["functional"]
    fault = FAULTS["layer whose module is imported while the model is built"]
    early = (
        "from keras import layers\n",
        "from keras import layers\n\nfrom .late import Late\n",
    )
    with (
        edited(project, fault.file, "    logits = ", "    x = Late()(x)\n    logits = "),
        edited(project, fault.file, *early, fault.beside),
    ):
        green = smoke.prove(project)

    with edited(project, fault.file, fault.old, fault.new, fault.beside):
        red = smoke.prove(project)

    assert green.works, green.checks
    assert not red.works
    assert red.checks[-1].name == "reload", red.checks


KILLED = """import os
import signal

import keras

if os.environ.get("TF_ENABLE_ONEDNN_OPTS") != "0":
    os.kill(os.getpid(), signal.SIGSEGV)
"""
"""What a crash of TensorFlow's with oneDNN does, on every processor."""


def test_a_crash_with_onednn(projects):
    """A project that works only without oneDNN is red until it turns it off itself."""
    project = projects["functional"]
    on, off = (f'"TF_ENABLE_ONEDNN_OPTS", "{number}"' for number in "10")
    heard = []
    with Smoke() as smoke, edited(project, "model.py", "import keras\n", KILLED):
        red = smoke.prove(project, heard.append)
        with edited(project, "__init__.py", on, off):
            green = smoke.prove(replace(project, onednn=False))

    assert red.crash == "SIGSEGV in imports" and not green.crash
    assert "proving: SIGSEGV in imports; once more without oneDNN" in heard
    assert [check.name for check in red.checks] == [*BUILDING, "reload", "onednn"]
    assert [check.ok for check in red.checks] == [True] * 8 + [False]
    assert red.checks[-1].detail == (
        "on; with it there is SIGSEGV in imports, and without it none; set "
        'TF_ENABLE_ONEDNN_OPTS to "0" in src/functional_net/__init__.py'
    )
    assert green.works and green.checks[-1].detail == "off"


def test_a_crash_without_onednn_too(projects, smoke, monkeypatch):
    """A signal that has another cause is told with the step, and with what was tried."""
    died = "the process died of SIGABRT (Aborted)"
    imports = Check("imports", True, "12 modules", 0.1)
    fit = Check("fit", False, died, 0.0, "a log", "SIGABRT")
    monkeypatch.setattr(smoke, "_made", lambda *_: [imports, fit])
    monkeypatch.setattr(smoke, "_provers", {BUILDER: SimpleNamespace(onednn=True)})

    proof = smoke.prove(projects["functional"])

    told = replace(fit, detail=f"{died}; without oneDNN: fit: {died}")
    assert proof == Proof([imports, told])


def test_processes_that_are_not_needed_are_reaped():
    """Leaving the `with` block ends the process at once, even while it imports."""
    with Smoke() as started:
        pids = [prover._process.pid for prover in started._provers.values()]

    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
