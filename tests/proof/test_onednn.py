"""A project in which TensorFlow crashes with oneDNN is written to go without."""

from __future__ import annotations

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.answers_file import read_project
from keras_scaffold.git.commands import run_git
from keras_scaffold.git.files import read_directory
from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from keras_scaffold.projects.archive import as_generated, from_zip
from keras_scaffold.projects.creation import create_project
from keras_scaffold.proof.prover import Check
from keras_scaffold.proof.smoke import Proof
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.updating.pending import Wishes
from keras_scaffold.updating.several import Templates, Updater

CRASH = "SIGSEGV in fit"
TOLD = f"TensorFlow's oneDNN is off in src/net/__init__.py, for with it: {CRASH}"
ON, OFF = (f'os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "{number}")' for number in "10")


class Crashing:
    """A proof that is red for oneDNN alone, wherever a project has that on."""

    def __init__(self):
        self.seen = []

    def prove(self, subject, tell=None, interpreter=None):
        """What `Smoke.prove` tells of such a project."""
        init = (subject.path / "src" / subject.package / "__init__.py").read_text()
        self.seen.append((subject.onednn, ON in init))
        if ON in init:
            return Proof([Check("onednn", False, "on", 0.0)], crash=CRASH)
        return Proof([Check("onednn", True, "off", 0.0)])


def updated(path, template=None, given=None, smoke=None, **wishes):
    """What becomes of an update of a project."""
    with Templates(template, None) as templates:
        updates = Updater(
            given or {},
            templates,
            Wishes(**wishes),
            smoke=smoke,
            ask=None,
            size_limit=True,
            tell=lambda step: None,
        )
        return updates.update(path)


def init_of(path):
    """The file that sets what TensorFlow reads while it is imported."""
    return (path / "src" / "net" / "__init__.py").read_text()


@pytest.fixture
def crashed(once, workplace):
    """A project that was made while TensorFlow crashed, and what was seen, told and left."""

    def make():
        smoke = Crashing()
        with open_template() as template:
            given = {"name": "net", "style": "functional", "blocks": "conv(2) gap"}
            answers = check_answers(given, template.questions)
            created = create_project(
                workplace / "net", answers, template, smoke=smoke, git=True
            )
        return smoke.seen, created, [each.name for each in workplace.iterdir()]

    return workplace / "net", *once("crashed", make, workplace / "net")


@pytest.fixture
def made(crashed):
    """The project alone."""
    return crashed[0]


def test_new(crashed):
    """It is written with oneDNN off, says why, was proved so, and its base knows it."""
    path, seen, created, left = crashed

    base = from_zip((path / BASE_FILE).read_bytes())
    assert seen == [(True, True), (False, False)]
    assert created.works and created.remark == TOLD
    assert OFF in init_of(path) and ON not in init_of(path)
    assert "TensorFlow crashed when this network was trained" in init_of(path)
    assert (path / ANSWERS_FILE).read_text().endswith("onednn: false\n")
    assert not read_project(path).onednn
    assert base == {
        name: file for name, file in read_directory(path).items() if ".git/" not in name
    }
    assert run_git("rev-list", "--count", "HEAD", inside=path).strip() == b"1"
    assert run_git("status", "--short", inside=path) == b""
    assert left == ["net"]


def test_updates_leave_it_off(made):
    """No update turns it on again in silence, whatever else is answered anew."""
    outcome = updated(made, given={"style": "subclassing", "blocks": "conv(4) gap"})

    assert outcome.exit_code == 0
    assert OFF in init_of(made) and ON not in init_of(made)
    assert "onednn: false" in (made / ANSWERS_FILE).read_text()


def test_an_answer_turns_it_on(made):
    """Who wants to try a newer TensorFlow with it can say so."""
    outcome = updated(made, given={"onednn": True})

    assert outcome.exit_code == 0
    assert ON in init_of(made)
    assert read_project(made).onednn


@pytest.fixture
def fine(net_once):
    """A project that was made, and committed, before anything crashed."""
    return net_once("fine", "--style", "functional", "--blocks", "conv(2) gap")


def test_an_update_turns_it_off(fine):
    """An update with which TensorFlow crashes turns it off in the same step, and tells it."""
    smoke = Crashing()

    outcome = updated(fine, given={"blocks": "conv(4) gap"}, smoke=smoke)

    assert outcome.exit_code == 0
    assert smoke.seen == [(True, True), (False, False)]
    assert outcome.updated.published and outcome.updated.remarks == [TOLD]
    assert OFF in init_of(fine) and "conv(4)" in (fine / ANSWERS_FILE).read_text()
    assert "onednn: false" in (fine / ANSWERS_FILE).read_text()


def test_a_line_of_the_users(fine):
    """Where the user rewrote the line that an update has to change, that is a conflict."""
    file = fine / "src" / "net" / "__init__.py"
    file.write_text(f"import os\n\n{ON}\n")
    run_git("commit", "-aqm", "mine", inside=fine)

    outcome = updated(fine, given={"blocks": "conv(4) gap"}, smoke=Crashing())

    assert [each.path for each in outcome.updated.conflicts] == ["src/net/__init__.py"]
    assert outcome.updated.remarks == [TOLD]


def test_turned_on_by_hand(made):
    """Where the user turned it on again, and it still crashes, an update is refused as red."""
    file = made / "src" / "net" / "__init__.py"
    file.write_text(init_of(made).replace(OFF, ON))
    run_git("commit", "-aqm", "on", inside=made)
    smoke = Crashing()

    outcome = updated(made, given={"blocks": "conv(4) gap"}, smoke=smoke)

    assert (outcome.exit_code, len(smoke.seen)) == (3, 1)
    assert not outcome.updated.published
    assert ON in init_of(made)


def test_a_template_that_does_not_ask(workplace, team_template):
    """A team's template without the question gives a red proof that tells the way out."""
    questions = team_template / "copier.yml"
    text = questions.read_text()
    start = text.index("onednn:")
    questions.write_text(text[:start] + text[text.index("dataset:") :])
    package = team_template / "template" / "project" / "src" / "{{ package }}"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"import os\n\n{ON}\n")
    smoke = Crashing()

    with open_template(str(team_template)) as template:
        answers = check_answers({"name": "net", "style": "functional"}, template.questions)
        created = create_project(
            workplace / "net", answers, template, smoke=smoke, git=False
        )

    assert len(smoke.seen) == 1 and not created.works and not created.remark
    assert ON in init_of(workplace / "net")


def test_a_template_that_asks_in_vain(workplace, team_template):
    """Where a template asks the question and turns nothing off, the project stays red."""
    package = team_template / "template" / "project" / "src" / "{{ package }}"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"import os\n\n{ON}\n")
    smoke = Crashing()

    with open_template(str(team_template)) as template:
        answers = check_answers({"name": "net", "style": "functional"}, template.questions)
        created = create_project(
            workplace / "net", answers, template, smoke=smoke, git=True
        )
    outcome = updated(created.path, team_template, {"classes": 10}, smoke)

    assert smoke.seen == [(True, True), (False, True)]
    assert not created.works and not created.remark
    assert outcome.exit_code == 0 and outcome.updated.remarks == []


def test_as_generated(fine):
    """A file is as generated until its bytes are others, or it is gone."""
    model, blocks = ("src/net/model.py", "src/net/blocks.py")
    assert as_generated(fine, [model, blocks])

    (fine / blocks).write_text("MINE = 1\n")
    assert as_generated(fine, [model]) and not as_generated(fine, [model, blocks])
    (fine / model).unlink()
    assert not as_generated(fine, [model])
    (fine / BASE_FILE).write_bytes(b"damaged")
    assert not as_generated(fine, [])


def test_smoke_of_an_edited_network(fine, scaffold, monkeypatch):
    """`smoke` holds the preview against a network only as long as that is as generated."""
    seen = []

    def prove(self, subject, tell=None, interpreter=None):
        seen.append((subject.as_previewed, subject.onednn))
        return Proof([Check("imports", True, "12 modules", 0.0)])

    monkeypatch.setattr("keras_scaffold.proof.smoke.Smoke.prove", prove)
    assert scaffold("smoke", "net").exit_code == 0
    with (fine / "src" / "net" / "model.py").open("a") as model:
        model.write("\n# mine\n")
    with (fine / ANSWERS_FILE).open("a") as answers:
        answers.write("onednn: false\n")
    assert scaffold("smoke", "net").exit_code == 0

    assert seen == [(True, True), (False, False)]
