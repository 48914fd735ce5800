"""Updates of projects that are a part of their repository, or are named by another path."""

import json
from shutil import copytree, ignore_patterns

import pytest

from tests.repositories import commit, git, replace, seen, status, unmerged


@pytest.fixture
def monorepo(edited, workplace):
    """A repository with `net` in a directory of it, and dirt of all kinds beside that."""
    top = workplace / "mono"
    place = top / "packages" / "größe [1]" / "net"
    place.parent.mkdir(parents=True)
    copytree(edited, place, ignore=ignore_patterns(".git"))
    for name in ("staged", "unstaged", "both", "deleted"):
        (top / f"{name}.txt").write_text("old\n")
    (top / "packages" / "net").mkdir()
    (top / "packages" / "net" / "lines.txt").write_text("of another\n")
    git(top, "init", "--quiet")
    commit(top)
    for name in ("staged", "both"):
        (top / f"{name}.txt").write_text("staged\n")
    (top / "added.txt").write_text("added\n")
    git(top, "rm", "--quiet", "deleted.txt")
    git(top, "add", "--all")
    for name in ("unstaged", "both"):
        (top / f"{name}.txt").write_text("unstaged\n")
    (top / "untracked.txt").write_text("untracked\n")
    return top, place


def test_monorepo(monorepo, expected, update):
    """In a subdirectory the project alone is updated; dirt elsewhere stays as it is."""
    top, place = monorepo
    before = status(top)

    tree = seen(update(place, "--json"))

    prefix = f"--prefix={place.relative_to(top)}/"
    elsewhere = [line for line in status(top) if "größe" not in line]
    assert tree == expected == git(top, "write-tree", prefix).strip()
    assert elsewhere == before
    assert git(top, "show", ":both.txt") == "staged\n"
    assert (top / "both.txt").read_text() == "unstaged\n"
    assert (top / "packages" / "net" / "lines.txt").read_text() == "of another\n"


def test_conflict_in_a_monorepo(monorepo, team_files, update):
    """In a subdirectory a conflict is unmerged under its path in the repository."""
    top, place = monorepo
    replace(place / "lines.txt", "line 5", "mine")
    git(top, "commit", "--quiet", "-m", "mine", "--", place)
    replace(team_files / "lines.txt", "line 5", "theirs")
    before = status(top)

    result = update(place)

    path = (place / "lines.txt").relative_to(top).as_posix()
    assert result.exit_code == 5
    assert unmerged(top) == {path: [1, 2, 3]}
    assert [line for line in status(top) if "größe" not in line] == before


def test_present_directory(edited, expected, update, monkeypatch):
    """Without an argument the project is the present directory."""
    monkeypatch.chdir(edited)

    tree = seen(update("--json"))

    assert tree == expected


def test_path_through_a_link(edited, expected, update, workplace):
    """A project can be named by a link to it."""
    (workplace / "link").symlink_to("net")

    tree = seen(update("link", "--json"))

    assert tree == expected
    assert (edited / "new.txt").exists()


def test_two_projects_in_one_repository(edited, workplace, update, team_files):
    """A conflict in one project of a repository does not keep the next from its update."""
    top = workplace / "mono"
    for name in ("one", "two"):
        place = top / name
        copytree(edited, place, ignore=ignore_patterns(".git"))
    replace(top / "one" / "lines.txt", "line 8", "mine")
    git(top, "init", "--quiet")
    commit(top)

    result = update("mono/one", "mono/two", "--json")

    codes = [told["exit_code"] for told in json.loads(result.stdout)]
    assert codes == [5, 0]
    assert unmerged(top) == {"one/lines.txt": [1, 2, 3]}
    assert "line eight  \n" in (top / "two" / "lines.txt").read_text()


def test_project_within_another(net, update, team_files, monkeypatch):
    """A project and one within it are updated together, in any order."""
    inner = net / "sub" / "two"
    copytree(net, inner, ignore=ignore_patterns(".git", "sub"))
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    monkeypatch.chdir(net)

    result = update("sub/two", ".", "--json")

    told = [(each["project"], each["exit_code"]) for each in json.loads(result.stdout)]
    assert told == [("sub/two", 0), (".", 0)]
    assert "line eight" in (net / "lines.txt").read_text()
    assert "line eight" in (inner / "lines.txt").read_text()


def test_attributes_of_a_monorepo(edited, workplace, update):
    """Attributes go by a file's place in the repository, not by that in the project."""
    top = workplace / "mono"
    place = top / "sub" / "net"
    copytree(edited, place, ignore=ignore_patterns(".git"))
    (top / ".gitattributes").write_text(
        "/lines.txt text eol=crlf\n/sub/net/new.txt text eol=crlf\n* filter=none\n"
    )
    git(top, "init", "--quiet")
    commit(top)

    result = update("mono/sub/net")

    assert result.exit_code == 0
    assert b"\r" not in (place / "lines.txt").read_bytes()
    assert (place / "new.txt").read_bytes() == b"new\r\n\tnew \r\n\r\n"
