"""What a project's own .gitignore names is left alone by updates, and told."""

import json

import pytest

from keras_scaffold.project_files import BASE_FILE
from tests.options import QUICK
from tests.repositories import commit, git, replace

SECRET = "api_key: {type: str, secret: true, default: ''}\n"


@pytest.fixture
def keyed(scaffold, team_template, team_files, workplace):
    """Makes a project whose template writes a secret answer to a file that it ignores."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(SECRET)
    (team_files / ".env.jinja").write_text("KEY={{ api_key }}\n")
    (team_files / ".gitignore").write_text(
        "/.env\n/runs/*\n!/runs/kept\n.scaffold/\n*.yml\n"
    )
    (team_files / "runs").mkdir()
    for name in ("kept", "left"):
        (team_files / "runs" / name).write_text("1\n")
    answers = workplace.parent / "answers.yml"
    answers.write_text("api_key: s3cret\n")
    given = (*QUICK, "--template", team_template, "--answers", answers)
    return lambda name: scaffold("new", name, *given)


KEPT = [
    *(".copier-answers.yml", ".gitignore", ".scaffold/.gitattributes"),
    *(
        ".scaffold/.gitignore",
        BASE_FILE,
        "README.md",
        "lines.txt",
        "runs/kept",
        "src/names.py",
    ),
]


def test_own_gitignore(keyed, workplace):
    """What a project's own .gitignore names is written, told and not committed."""
    made = keyed("net")

    assert made.stdout.splitlines()[1:] == [
        "git ignores `.env` and 1 more here: not committed, and left alone by updates"
    ]
    assert (workplace / "net" / ".env").read_text() == "KEY=s3cret\n"
    assert git("net", "ls-files").splitlines() == KEPT
    assert git("net", "status", "--porcelain") == ""


@pytest.mark.parametrize("rules", ["", "*.txt\n"], ids=["its own", "also the clone's"])
def test_own_gitignore_in_a_clone(rules, keyed, workplace):
    """In a clone too, and what the clone's own .gitignore names is not staged either."""
    net = workplace / "net"
    git(workplace, "init", "--quiet", "net")
    (net / ".gitignore").write_text(rules)
    commit(net)

    made = keyed("net")

    left = ["lines.txt"] if rules else []
    more = 1 + len(left)
    assert made.stdout.splitlines()[-1] == (
        f"git ignores `.env` and {more} more here: not committed, and left alone by updates"
    )
    assert (net / ".env").read_text() == "KEY=s3cret\n"
    assert git(net, "ls-files").splitlines() == [path for path in KEPT if path not in left]
    assert git(net, "status", "--porcelain").count("??") == 0


@pytest.mark.parametrize("changed", [True, False], ids=["changed", "as it was"])
def test_update_beside_ignored(changed, keyed, update, team_files, workplace):
    """An update leaves such a file alone, and tells where the template changed it."""
    keyed("net")
    (workplace / "net" / ".env").write_text("KEY=mine\n")
    replace(team_files / "lines.txt", "line 8", "line eight")
    if changed:
        (team_files / ".env.jinja").write_text("KEY={{ api_key }}\nMORE=1\n")

    result = update("net")

    told = ".env: stays as it is, for git ignores it, though the template changed it"
    assert result.exit_code == 0
    assert (told in result.stdout.splitlines()) == changed
    assert (workplace / "net" / ".env").read_text() == "KEY=mine\n"
    assert ".env" not in git("net", "ls-files").splitlines()


def test_for_programs(scaffold, workplace):
    """--json names what is ignored; in a repository of its own a project has nothing such."""
    git(workplace, "init", "--quiet", "mono")
    (workplace / "mono" / ".gitignore").write_text("*.svg\n")

    inside = json.loads(scaffold("new", "mono/net", *QUICK, "--json").stdout)
    alone = json.loads(scaffold("new", "net", *QUICK, "--json").stdout)

    assert inside["ignored"] == ["architecture.svg"]
    assert alone["ignored"] == []
