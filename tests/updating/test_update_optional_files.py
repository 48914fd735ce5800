"""Updates add optional files and take them away again, by name; else they stay."""

import pytest
import yaml

from keras_scaffold.git.files import read_directory
from keras_scaffold.project_files import ANSWERS_FILE
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.updating.project import Project
from tests.repositories import commit, digest, git, replace


def tree(project):
    """The tree of what is committed."""
    return git(project, "rev-parse", "HEAD^{tree}")


def kept(project):
    """What the answers file says of optional files; nothing where it has no such line."""
    return yaml.safe_load((project / ANSWERS_FILE).read_text()).get("with")


def test_on_and_off(built_in, scaffold, workplace):
    """With one, a project is as if made so, edits kept; without, it is the very one of before."""
    before = tree(built_in)
    made = ("--defaults", "--no-smoke", "--with", "tensorboard", "--name", "net")
    scaffold("new", "other/net", *made)

    added = scaffold("update", "net", "--with", "tensorboard", "--no-smoke")
    commit(built_in)
    new = tree(workplace / "other" / "net")
    again = scaffold("update", "net", "--with", "tensorboard", "--no-smoke")
    on = tree(built_in)
    removed = scaffold("update", "net", "--without", "tensorboard", "--no-smoke")
    commit(built_in)

    assert (added.exit_code, again.exit_code, removed.exit_code) == (0, 0, 0)
    assert on == new != before
    assert "src/net/tensorboard.py" in added.stdout
    assert again.stdout == "net: up to date, nothing to change\n"
    assert tree(built_in) == before


def test_edits_are_kept(built_in, scaffold):
    """What was written beside the lines of an optional file survives that it comes and goes."""
    edits = (
        ("train.py", "from .task import objectives\n", "\nMINE = 1\n"),
        ("settings.py", "import argparse\n", "import json\n"),
    )
    for name, line, own in edits:
        replace(built_in / "src" / "net" / name, line, line + own)
    commit(built_in)
    edited = read_directory(built_in / "src")

    on = scaffold("update", "net", "--with", "tensorboard", "--no-smoke")
    commit(built_in)
    off = scaffold("update", "net", "--with", "none", "--no-smoke")

    assert (on.exit_code, off.exit_code) == (0, 0)
    assert read_directory(built_in / "src") == edited


@pytest.fixture
def of_three(team_template):
    """Lets a team's template have three optional files, and tell them in its README."""
    questions = team_template / "copier.yml"
    _, _, asked = questions.read_text().partition("help: Optional files\n  choices:\n")
    own, _, _ = asked.partition("\n  default:")
    replace(questions, own, "    the one: a\n    the other: b\n    the last: c")
    readme = team_template / "template" / "project" / "README.md.jinja"
    readme.write_text("{{ with | join('+') }}\n")
    return questions


def test_added_and_taken_away(net, of_three, update, workplace):
    """A name adds to what there is or takes from it, in the template's order; a file tells all."""
    (workplace / "answers.yml").write_text("with: [c, a]\n")
    steps = {
        ("--with", "c"): "c",
        ("--with", "a", "--with", "a"): "a+c",
        (): "a+c",
        ("--with", "b", "--without", "c"): "a+b",
        ("--without", "c"): "a+b",
        ("--without", "a,b"): "",
        ("--answers", workplace / "answers.yml"): "a+c",
        ("--answers", workplace / "answers.yml", "--with", "b"): "a+b+c",
        ("--with", "none"): "",
    }

    for words, files in steps.items():
        result = update("net", *words)
        commit(net)

        assert result.exit_code == 0, result.output
        assert (net / "README.md").read_text() == files + "\n"
        assert kept(net) == ([*files.split("+")] if files else None)


def test_asked_by_new_alone(net):
    """Answers without a line on optional files tell that there are none: nobody is asked."""
    with open_template() as template:
        answers, _ = Project.at(net).renewed({}, template.questions, None)

    assert answers["with"] == []


def test_template_that_does_not_ask_any_longer(net, team_template, of_three, update):
    """Without the question they are gone, and that is told; and none can be added."""
    update("net", "--with", "a")
    commit(net)
    text = of_three.read_text()
    start = text.index("\nwith:\n")
    of_three.write_text(text[:start] + text[text.index("\n\n", start + 1) :])
    (team_template / "template" / "project" / "README.md.jinja").write_text("none\n")

    refused = update("net", "--with", "b")
    result = update("net")

    assert refused.exit_code == 2
    assert "--with: the template has no optional files" in refused.stderr
    assert result.exit_code == 0
    assert result.stdout.startswith("`with: ['a']` is no longer asked, and is left out\n")
    assert kept(net) is None


def test_unknown(net, of_three, update):
    """A name that is none of them is refused before anything changes, one that is gone too."""
    update("net", "--with", "a")
    commit(net)
    before = digest(net)

    result = update("net", "--with", "d")
    replace(of_three, "    the one: a\n", "")
    gone = update("net")

    assert (result.exit_code, gone.exit_code) == (2, 2)
    assert result.stderr == "error: --with: `d` is not a choice; choose from a, b, c\n"
    assert gone.stderr == "error: --with: `a` is not a choice; choose from b, c\n"
    assert digest(net) == before
