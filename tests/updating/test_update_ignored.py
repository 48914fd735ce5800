"""What is ignored elsewhere keeps no project from its updates, or that is told."""

import pytest

from keras_scaffold.project_files import ATTRIBUTES_FILE, BASE_FILE, IGNORE_FILE
from keras_scaffold.projects.archive import (
    ATTRIBUTES,
    IGNORE,
    formatter_of,
    from_zip,
    to_zip,
)
from tests.options import QUICK
from tests.repositories import commit, git, replace, status


@pytest.fixture
def monorepo(scaffold, team_files, workplace, monkeypatch):
    """Makes a repository that ignores something, and the project `mono/net` in it."""
    top = workplace / "mono"

    def make(where, rules):
        git(workplace, "init", "--quiet", top)
        if where == "global":
            (workplace.parent / "rules").write_text(rules)
            (workplace.parent / "config").write_text(
                f"[core]\n\texcludesFile = {workplace.parent}/rules\n"
            )
            monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(workplace.parent / "config"))
        else:
            (top / where).write_text(rules)
        made = scaffold("new", "mono/net", *QUICK, "--template", team_files.parents[1])
        git(top, "add", "--all")  # as a user does, who forces nothing
        git(top, "commit", "--quiet", "-m", "all")
        return made

    return make


@pytest.mark.parametrize("where", [".gitignore", ".git/info/exclude", "global"])
def test_overridden(where, monorepo, workplace, team_files, update):
    """An archive that rules from outside ignore is committed all the same, and updated."""
    made = monorepo(where, "*.zip\nbase.*\n/net/.scaffold/*.zip\n")
    replace(team_files / "lines.txt", "line 8", "line eight")

    result = update("mono/net")

    assert made.stdout.count("\n") == 1
    assert f"net/{BASE_FILE}" in git(workplace / "mono", "ls-files").splitlines()
    assert result.exit_code == 0
    assert "line eight" in (workplace / "mono" / "net" / "lines.txt").read_text()


@pytest.mark.parametrize("rules", [".scaffold\n", "net/.scaffold/\n"])
def test_told(rules, monorepo, scaffold, update, workplace, team_template):
    """An ignored directory cannot be overridden: `new`, `check` and `update` tell it."""
    made = monorepo(".gitignore", rules)

    checked = scaffold("check", "mono/net", "--template", team_template)
    updated = update("mono/net")
    git(workplace / "mono", "add", "--force", "net/.scaffold")
    git(workplace / "mono", "commit", "--quiet", "-m", "as advised")

    assert made.exit_code == 0
    assert made.stdout.splitlines()[1] == (
        f"git ignores `{BASE_FILE}` and 2 more here, and without `{BASE_FILE}` there is no "
        "updating; change what ignores it (a .gitignore or `core.excludesFile`), or "
        "`git add --force mono/net/.scaffold`"
    )
    assert checked.exit_code == 6
    assert [line.split()[:4] for line in checked.stdout.splitlines() if "git," in line] == [
        [f".scaffold/{name}", "not", "in", "git,"]
        for name in (".gitattributes", ".gitignore", "base.zip")
    ]
    assert updated.exit_code == 2
    assert updated.stderr == (
        f"error: `mono/net/{BASE_FILE}`, which holds what was last generated, is not in git, "
        "maybe since a .gitignore says `*.zip`; `git add --force` and commit it\n"
    )
    assert update("mono/net").exit_code == 0


@pytest.fixture
def archive_alone(monorepo, workplace, team_files):
    """The project `mono/net`, where of an ignored directory only the archive was added."""
    monorepo(".gitignore", ".scaffold/\n")
    git(workplace / "mono", "add", "--force", f"net/{BASE_FILE}")
    git(workplace / "mono", "commit", "--quiet", "-m", "the archive")
    replace(team_files / "lines.txt", "line 8", "line eight")
    return workplace / "mono" / "net"


def test_archive_alone(archive_alone, update):
    """What is this tool's own and lies there as it was made is in nobody's way."""
    result = update("mono/net")

    assert result.exit_code == 0
    assert (archive_alone / ATTRIBUTES_FILE).read_bytes() == ATTRIBUTES
    assert f"A  {ATTRIBUTES_FILE}" in status(archive_alone)


def test_own_attributes(archive_alone, update):
    """Attributes that a user wrote there, and git was not given, are not overwritten."""
    (archive_alone / ATTRIBUTES_FILE).write_text("mine\n")

    result = update("mono/net")

    assert result.exit_code == 2
    assert (archive_alone / ATTRIBUTES_FILE).read_text() == "mine\n"


def test_another_file(monorepo):
    """A generated file that is ignored is told, without advice to let git have it."""
    made = monorepo(".gitignore", "lines.*\nnames.py\n")

    assert made.stdout.splitlines()[1:] == [
        "git ignores `lines.txt` and 1 more here: not committed, and left alone by updates"
    ]


@pytest.mark.parametrize("rules", [".*\n", "net\n", "*.yml\n"])
def test_as_advised(rules, monorepo, update, workplace, team_files):
    """What is advised where the rules of a repository hide more is enough for an update."""
    made = monorepo(".gitignore", rules)
    advice = made.stdout.splitlines()[1].rpartition("`git ")[2].removesuffix("`").split()
    git(workplace, "-C", "mono", *[word.removeprefix("mono/") for word in advice])
    git(workplace / "mono", "commit", "--quiet", "-m", "as advised")
    replace(team_files / "lines.txt", "line 8", "line eight")

    assert update("mono/net").exit_code == 0


@pytest.fixture
def older(net):
    """The project `net` as it was made before there was an override."""
    archive = (net / BASE_FILE).read_bytes()
    files = from_zip(archive)
    del files[IGNORE_FILE]
    (net / BASE_FILE).write_bytes(to_zip(files, formatter_of(archive)))
    (net / IGNORE_FILE).unlink()
    commit(net)
    return net


def test_older_project(older, update):
    """A project of before gets the override by its next update."""
    result = update("net")

    assert result.exit_code == 0
    assert (older / IGNORE_FILE).read_bytes() == IGNORE
    assert git(older, "status", "--short", IGNORE_FILE).startswith("A ")


def test_own_rules(older, update):
    """Rules that a user wrote there meanwhile are not replaced."""
    (older / IGNORE_FILE).write_text("!base.zip\n/notes.txt\n")
    commit(older)

    result = update("net")

    assert result.exit_code == 5
    assert "!base.zip\n/notes.txt\n" in (older / IGNORE_FILE).read_text()


def test_edited_attributes(net, update, team_files):
    """What a user adds to the attributes of the archive, and commits, stays."""
    file = net / ATTRIBUTES_FILE
    file.write_bytes(ATTRIBUTES + b"base.zip linguist-generated=true\n")
    commit(net)

    up_to_date = update("net")
    replace(team_files / "lines.txt", "line 3", "line three")
    changed = update("net")

    assert (up_to_date.exit_code, changed.exit_code) == (0, 0)
    assert file.read_bytes().endswith(b"linguist-generated=true\n")
    assert status(net) == ["M  .scaffold/base.zip", "M  lines.txt"]
