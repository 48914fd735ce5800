"""Answers survive updates: secret ones, those that are asleep, and the file they stand in."""

import json

import pytest
import yaml

from keras_scaffold import __version__
from keras_scaffold.project_files import ANSWERS_FILE
from tests.repositories import commit, digest, git, replace, status, told, unmerged

SECRET = "token:\n  type: str\n  secret: true\n  default: none\n"
ASLEEP = (
    "open:\n  type: bool\n  default: true\n"
    "licence:\n  default: none\n  when: '{{ open }}'\n"
)
SHOWN = "{{ token | default('') }}{{ licence | default('') }}\n"


@pytest.fixture
def asked(team_template, team_files, scaffold, workplace):
    """Makes the project `net` by a template that asks more, with such answers."""

    def make(questions, *options, **answers):
        with (team_template / "copier.yml").open("a") as file:
            file.write("\n" + questions)
        (team_files / "shown.txt.jinja").write_text(SHOWN)
        (workplace.parent / "given.yml").write_text(json.dumps(answers))
        quick = ("--defaults", "--no-smoke", "--template", team_template)
        options = (*options, "--answers", workplace.parent / "given.yml", *quick)
        assert scaffold("new", "net", *options).exit_code == 0
        return workplace / "net"

    return make


@pytest.mark.parametrize("questions", [SECRET, f"_secret_questions: [token]\n{SECRET}"])
def test_secret(questions, asked, update, team_files):
    """A secret answer survives updates, and no commit tells it but where it was rendered."""
    if "_secret" in questions:
        questions = questions.replace("  secret: true\n", "")
    net = asked(questions, token="abc")
    replace(team_files / "lines.txt", "line 8", "line eight")

    first = update("net")
    commit(net)
    second = update("net")

    assert (first.exit_code, second.exit_code, status(net)) == (0, 0, [])
    assert (net / "shown.txt").read_text() == "abc\n"
    assert yaml.safe_load((net / ANSWERS_FILE).read_text())["_secret"] == ["token"]
    assert "token:" not in (net / ANSWERS_FILE).read_text()


def test_changed_secret(asked, update, workplace):
    """A secret answer that is given to an update is the one from then on."""
    net = asked(SECRET, token="abc")
    (workplace.parent / "other.yml").write_text("token: xyz\n")

    result = update("net", "--answers", workplace.parent / "other.yml")
    commit(net)

    assert result.exit_code == 0
    assert (update("net").exit_code, status(net)) == (0, [])
    assert (net / "shown.txt").read_text() == "xyz\n"


@pytest.mark.parametrize("times", [1, 2])
def test_undone_secret(times, asked, update, workplace, team_files):
    """A secret answer of an update that was undone is not taken up by the next one."""
    net = asked(SECRET, token="abc")
    other = workplace.parent / "other.yml"
    for number in range(times):
        other.write_text(f"token: xyz{number}\n")
        assert update("net", "--answers", other).exit_code == 0
        git(net, "restore", "--staged", "--worktree", ".")
    replace(team_files / "lines.txt", "line 8", "line eight")

    result = update("net")

    assert (result.exit_code, (net / "shown.txt").read_text()) == (0, "abc\n")
    commit(net)
    assert update("net", "--answers", other).exit_code == 0
    commit(net)
    assert (update("net").exit_code, status(net)) == (0, [])
    assert (net / "shown.txt").read_text() == f"xyz{times - 1}\n"


def test_unused_secret(asked, update, workplace, team_files):
    """A secret answer that changes no file is kept all the same."""
    net = asked(SECRET, token="abc")
    (team_files / "shown.txt.jinja").write_text("nothing\n")
    update("net")
    commit(net)
    (workplace.parent / "other.yml").write_text("token: xyz\n")

    result = update("net", "--answers", workplace.parent / "other.yml")
    (team_files / "shown.txt.jinja").write_text(SHOWN)

    assert (result.exit_code, status(net)) == (0, [])
    assert update("net").exit_code == 0
    assert (net / "shown.txt").read_text() == "xyz\n"


def test_secret_elsewhere(asked, update, workplace):
    """A clone without a secret answer asks for it, and changes nothing until it is given."""
    net = asked(SECRET, token="abc")
    git(workplace, "clone", "--quiet", net, "clone")
    before = digest(workplace / "clone")

    refused = update("clone")
    after = digest(workplace / "clone")
    given = update("clone", "--answers", workplace.parent / "given.yml")

    assert refused.exit_code == 2
    assert refused.stderr == (
        "error: `token` (--answers): its answer is secret, which only the clone keeps where "
        "it was given; give it again, in a file with --answers\n"
    )
    assert after == before
    assert (given.exit_code, update("clone").exit_code) == (0, 0)
    assert (workplace / "clone" / "shown.txt").read_text() == "abc\n"


def test_secrets_of_several_projects(asked, scaffold, update, workplace, team_template):
    """Projects of one repository have secrets of their own, whoever else may read them."""
    git(workplace, "init", "--quiet")
    asked(SECRET, token="abc")
    (workplace.parent / "other.yml").write_text("token: xyz\n")
    options = ("--defaults", "--no-smoke", "--template", team_template)
    scaffold("new", "two", "--answers", workplace.parent / "other.yml", *options)
    commit(workplace)

    result = update("net", "two")

    assert (result.exit_code, status(workplace)) == (0, [])
    (kept,) = (workplace / ".git").glob("scaffold-*")
    assert kept.stat().st_mode & 0o077 == 0


def test_asleep(asked, update, workplace):
    """An answer to what is not asked any more has no effect, and is kept for later."""
    net = asked(ASLEEP, licence="MIT")
    assert (net / "shown.txt").read_text() == "MIT\n"
    (workplace.parent / "shut.yml").write_text("open: false\n")
    (workplace.parent / "open.yml").write_text("open: true\n")

    shut = update("net", "--answers", workplace.parent / "shut.yml")
    commit(net)
    again = update("net")
    quiet = status(net)
    shown = (net / "shown.txt").read_text()
    opened = update("net", "--answers", workplace.parent / "open.yml")

    assert (shut.exit_code, again.exit_code, opened.exit_code) == (0, 0, 0)
    assert quiet == []
    assert shown == "none\n"
    assert (net / "shown.txt").read_text() == "MIT\n"


OWN = """\
# Ours.
_scaffold: {version} # by hand
_template: team
_src_path: https://team.example/template # Renovate reads it

style: 'functional'
blocks:
  - 'cnn(32)' # the stem
  - 'gap'
input_shape: 28x28x1
classes: 10
dataset: digits
name: net
package: net
"""


@pytest.fixture
def reindented(net, update):
    """A project whose answers file was formatted anew, by a person and a program."""
    (net / ANSWERS_FILE).write_text(OWN.format(version=__version__))
    commit(net)
    assert update("net").exit_code == 0
    commit(net)
    return net


@pytest.mark.parametrize("again", [False, True])
def test_formatted_answers(again, reindented, update, team_template):
    """Answers that change do so in their lines; the file is its user's otherwise."""
    before = (reindented / ANSWERS_FILE).read_text()
    assert before.startswith("# Ours.\n")
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\nlicence:\n  default: MIT\n")

    result = update("net", "--style", "subclassing", "--blocks", "cnn(32) maxpool(2) gap")
    if again:
        commit(reindented)
        assert (update("net").exit_code, status(reindented)) == (0, [])

    assert result.exit_code == 0
    assert (reindented / ANSWERS_FILE).read_text() == before.replace(
        "'functional'", "'subclassing'"
    ).replace("stem\n", "stem\n  - 'maxpool(2)'\n").replace(
        "package: net\n", "package: net\nlicence: MIT\n"
    )


def test_no_conflict_with_itself(net, update):
    """A style that was edited beside a line that the update changes is no conflict."""
    text = (net / ANSWERS_FILE).read_text()
    text = text.replace(
        "_template: team\nstyle: functional\n", "_template: team\nstyle: subclassing\n"
    )
    assert "style: subclassing" in text
    (net / ANSWERS_FILE).write_text(
        text.replace(f"_scaffold: {__version__}\n", "_scaffold: 0.0.9\n")
    )
    commit(net)

    result = update("net", "--json", "--classes", "10", "--package", "other")

    assert result.exit_code == 0, result.stdout
    assert told(result)["conflicts"] == {}
    assert unmerged(net) == {}
    recorded = yaml.safe_load((net / ANSWERS_FILE).read_text())
    assert (recorded["style"], recorded["package"]) == ("subclassing", "other")
    assert recorded["_scaffold"] == __version__


def test_answers_that_nobody_generated(net, update):
    """Lines that another tool keeps in the answers file stay there."""
    with (net / ANSWERS_FILE).open("a") as answers:
        answers.write("_commit: v1.2.3\n_src_path: gh:team/template\n")
    commit(net)

    result = update("net", "--style", "sequential")

    assert result.exit_code == 0
    assert (
        (net / ANSWERS_FILE)
        .read_text()
        .endswith("_commit: v1.2.3\n_src_path: gh:team/template\n")
    )
