"""Updates with other answers, other questions, and another template."""

import json

import pytest
import yaml

from keras_scaffold.project_files import ANSWERS_FILE
from tests.repositories import commit, digest, git, replace


def ask(team_template, question):
    """Add a question to the team's."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(f"\n{question}\n")


def test_dry_run(net, team_files, update):
    """A dry run shows the update's own tree and its diff, and changes no byte anywhere."""
    replace(net / "lines.txt", "line 1", "line one")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    before = digest(net)

    shown = update("net", "--dry-run")
    (told,) = json.loads(update("net", "--dry-run", "--json").stdout)
    after = digest(net)
    (done,) = json.loads(update("net", "--json").stdout)

    assert shown.exit_code == 0
    assert "\n-line 8\n+line eight\n" in shown.stdout
    assert "net: would be: 1 updated" in shown.stdout
    assert after == before
    assert told["tree"] == done["tree"] == git(net, "write-tree").strip()
    assert (told["published"], done["published"]) == (False, True)


def test_dry_run_of_a_conflict(net, team_files, update):
    """A dry run has the exit code that the update has."""
    replace(net / "lines.txt", "line 1", "mine")
    commit(net)
    replace(team_files / "lines.txt", "line 1", "theirs")
    before = digest(net)

    result = update("net", "--dry-run")

    assert result.exit_code == 5
    assert digest(net) == before


def test_other_style(built_in, scaffold):
    """--style rewrites the model, and keeps the edits of other files."""
    replace(built_in / "README.md", "# net\n", "# net\n\nMine.\n")
    commit(built_in)
    scaffold("new", "other", "--defaults", "--no-smoke", "--style", "subclassing")
    other = built_in.with_name("other")

    result = scaffold("update", "net", "--style", "subclassing", "--no-smoke")

    model = (built_in / "src" / "net" / "model.py").read_text()
    assert result.exit_code == 0
    assert model == (other / "src/other/model.py").read_text().replace("other", "net")
    assert "\nMine.\n" in (built_in / "README.md").read_text()
    assert yaml.safe_load((built_in / ANSWERS_FILE).read_text())["style"] == "subclassing"


def test_other_blocks(built_in, scaffold):
    """--blocks replaces the bricks; a file of blocks that nobody edited and none needs goes."""
    result = scaffold("update", "net", "--blocks", "conv(3) gap", "--no-smoke")

    assert result.exit_code == 0
    assert not (built_in / "src" / "net" / "blocks.py").exists()
    assert yaml.safe_load((built_in / ANSWERS_FILE).read_text())["blocks"] == [
        "conv(3)",
        "gap",
    ]


def test_other_package(built_in, scaffold):
    """--package renames the package with the edits in it and the user's own modules."""
    package = built_in / "src" / "net"
    replace(package / "train.py", "\nimport keras\n", "\nimport keras\n\nMINE = 1\n")
    (package / "own.py").write_text("OWN = 1\n")
    commit(built_in)

    result = scaffold("update", "net", "--package", "web", "--no-smoke")

    assert result.exit_code == 0
    assert not package.exists()
    assert "\nMINE = 1\n" in (built_in / "src" / "web" / "train.py").read_text()
    assert (built_in / "src" / "web" / "own.py").read_text() == "OWN = 1\n"
    assert "web" in (built_in / "pyproject.toml").read_text()


def test_edited_answers(net, update):
    """A legal answer that was written into the file by hand is taken."""
    replace(net / ANSWERS_FILE, "style: functional", "style: subclassing")
    commit(net)

    result = update("net")

    assert result.exit_code == 0
    assert (net / "README.md").read_text() == "# net, subclassing\n"


def test_new_question(net, team_template, update):
    """A question that is new takes its default, which is remembered."""
    ask(team_template, "licence:\n  choices: [MIT, none]\n  default: MIT")

    result = update("net")

    assert result.exit_code == 0
    assert yaml.safe_load((net / ANSWERS_FILE).read_text())["licence"] == "MIT"


def test_question_that_is_gone(net, team_template, update):
    """An answer that the template no longer knows is told and left out."""
    questions = (team_template / "copier.yml").read_text()
    ask(team_template, "licence:\n  default: MIT")
    update("net")
    commit(net)
    (team_template / "copier.yml").write_text(questions)

    result = update("net")

    assert result.exit_code == 0
    assert result.stdout.startswith("`licence: MIT` is no longer asked, and is left out\n")
    assert "licence" not in (net / ANSWERS_FILE).read_text()


def test_choice_that_is_gone(net, team_template, update):
    """An answer whose choice is gone is refused, not changed."""
    ask(team_template, "licence:\n  choices: [MIT, none]\n  default: MIT")
    update("net")
    commit(net)
    replace(team_template / "copier.yml", "[MIT, none]\n  default: MIT", "[GPL, none]")
    before = digest(net)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `licence` (--answers): `MIT` is not a choice; choose from GPL, none\n"
    )
    assert digest(net) == before


@pytest.fixture
def published(team_template, workplace, monkeypatch):
    """The address at which the team's template is in git, with the tags v1 and v2."""
    readme = team_template / "template" / "project" / "README.md.jinja"
    git(team_template, "init", "--quiet")
    for tag in ("v1", "v2"):
        readme.write_text(f"# {{{{ name }}}} of {tag}\n")
        commit(team_template)
        git(team_template, "tag", tag)
    config = workplace.parent / "config"
    config.write_text(
        f'[url "file://{workplace.parent}/"]\n\tinsteadOf = https://team.example/\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    return "https://team.example/team"


def test_template_is_found_again(published, workplace, scaffold, team_template):
    """A template that was given by its address and ref is found again by them."""
    options = ("--template", published, "--template-ref", "v1")
    scaffold("new", "net", "--defaults", "--no-smoke", *options)
    git(team_template, "tag", "--force", "v1", "v2")

    result = scaffold("update", "net", "--no-smoke")

    assert result.exit_code == 0
    assert (workplace / "net" / "README.md").read_text() == "# net of v2\n"


def test_other_ref(published, workplace, scaffold):
    """--template-ref alone is another state of the same template."""
    options = ("--template", published, "--template-ref", "v1")
    scaffold("new", "net", "--defaults", "--no-smoke", *options)

    result = scaffold("update", "net", "--no-smoke", "--template-ref", "v2")

    recorded = yaml.safe_load((workplace / "net" / ANSWERS_FILE).read_text())
    assert result.exit_code == 0
    assert (workplace / "net" / "README.md").read_text() == "# net of v2\n"
    assert (recorded["_template"], recorded["_template_ref"]) == (published, "v2")


def test_directory_is_not_found_again(net, scaffold):
    """A template that was given as a directory has to be given again."""
    result = scaffold("update", "net", "--no-smoke")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: the project was made from the template `team`, a directory whose place its "
        "answers do not keep; give it with --template\n"
    )
