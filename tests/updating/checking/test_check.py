"""`scaffold check` tells what became of a project, of several, or why it cannot."""

import json

from keras_scaffold.project_files import ANSWERS_FILE
from tests.printed import files
from tests.repositories import MARKED, commit, digest, git, replace


def test_up_to_date(net, check):
    """A project that is as it was generated is told to be so, and is not touched."""
    before = digest(net)

    result = check("net", "--outdated", "--modified")

    assert result.stdout == "net: up to date, and as it was generated\n"
    assert result.exit_code == 0
    assert digest(net) == before


def test_illegal_answers(net, check):
    """Answers that were edited into something illegal are the user's mistake."""
    replace(net / ANSWERS_FILE, "style: functional", "style: keras")

    result = check("net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: --style: `keras` is not a choice; choose from sequential, functional, "
        "subclassing\n"
    )


def test_conflict_of_an_update(net, team_files, check, update):
    """After an update with a conflict the marked file is told until it is resolved."""
    replace(net / "lines.txt", "line 3", "mine")
    commit(net)
    replace(team_files / "lines.txt", "line 3", "theirs")
    update("net")

    marked = files(check("net", "--json"))
    replace(net / "lines.txt", MARKED, "mine\n")
    edited = files(check("net", "--json"))
    git(net, "add", "lines.txt")
    resolved = files(check("net", "--json"))

    assert marked == {"lines.txt": ["unresolved conflict markers", "modified by you"]}
    assert edited == {"lines.txt": ["unresolved conflict", "modified by you"]}
    assert resolved == {"lines.txt": ["modified by you"]}


def test_no_project(workplace, check):
    """A directory that is no project is refused as an update refuses it."""
    (workplace / "net").mkdir()
    git("net", "init", "--quiet")

    result = check("net")

    assert result.exit_code == 2
    assert result.stderr == "error: `net` has no commit yet; commit everything first\n"


def test_directory_is_not_found_again(net, scaffold):
    """A template that was given as a directory has to be given again."""
    result = scaffold("check", "net")

    assert result.exit_code == 2
    assert result.stderr.endswith("give it with --template\n")


def test_several_projects(net, workplace, check):
    """Several projects are told in one list, and fail together."""
    git(workplace, "clone", "--quiet", net, "clone")
    replace(net / "lines.txt", "line 3", "mine")

    result = check("clone", "net", "--modified", "--json")

    assert result.exit_code == 6
    assert json.loads(result.stdout) == [
        {"project": "clone", "files": {}},
        {"project": "net", "files": {"lines.txt": ["modified by you"]}},
    ]


def test_conflict_without_markers(net, team_files, check, update):
    """What is unmerged in git's index is told, though no file has markers."""
    replace(net / "lines.txt", "line 3", "mine")
    commit(net)
    (team_files / "lines.txt").unlink()
    update("net")

    result = check("net", "--json")

    assert result.exit_code == 6
    assert "unresolved conflict" in files(result)["lines.txt"]


def test_one_that_cannot_be_checked(net, check):
    """A project that cannot be checked does not keep the others from it."""
    result = check("nowhere", "net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: nowhere: `nowhere` is not a directory; name a project's\n"
    )
    assert result.stdout == "net: up to date, and as it was generated\n"


def test_answers(net, scaffold, team_template, workplace):
    """`check` takes the answers for which it asks, as an update with them would."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\nlicence:\n  type: str\n")
    (team_template / "template/project/LICENCE.jinja").write_text("{{ licence }}\n")
    (workplace / "answers.yml").write_text("licence: MIT\n")

    asked = scaffold("check", "net", "--template", team_template)
    told = scaffold(
        *("check", "net", "--template", team_template, "--answers", "answers.yml", "--json")
    )

    assert asked.stderr == (
        'error: `licence` (--answers): Question "licence" is required; write `licence: ...` in '
        "a YAML file, and give it with --answers FILE\n"
    )
    assert json.loads(told.stdout)[0]["files"] == {
        ".copier-answers.yml": ["outdated"],
        "LICENCE": ["outdated"],
    }
    assert [*workplace.rglob("LICENCE")] == []
