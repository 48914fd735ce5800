"""Several projects of a repository are resolved each by itself."""

import json

from keras_scaffold.project_files import BASE_FILE
from tests.branches import git_merge
from tests.repositories import commit, git, replace, unmerged


def test_project_within(scaffold, team_files, update, workplace):
    """A project within another one is resolved by itself, and not told twice."""
    options = ("--defaults", "--no-smoke", "--template", team_files.parents[1])
    scaffold("new", "net", *options)
    scaffold("new", "net/sub/two", *options)
    net = workplace / "net"
    commit(net)
    git(net, "branch", "other")
    for branch, texts in (("other", ["second"]), ("-", ["second", "third"])):
        git(net, "checkout", "--quiet", branch)
        (team_files / "lines.txt").write_text("".join(f"line {n}\n" for n in texts))
        assert update("net/sub/two").exit_code == 0
        commit(net)
        assert update("net").exit_code == 0
        commit(net)
    git_merge(net, "other")

    outer = scaffold("resolve", "net", "--json")
    within = scaffold("resolve", "net/sub/two", "--json")

    merged = [BASE_FILE, "lines.txt"]
    left = dict.fromkeys(
        [f"net/sub/two/{path}" for path in merged], "changed on both sides"
    )
    assert (outer.exit_code, within.exit_code) == (5, 0)
    assert json.loads(outer.stdout) == [
        {"project": "net", "merged": merged, "left": {}},
        {"project": None, "merged": [], "left": left},
    ]
    assert json.loads(within.stdout) == [
        {"project": "net/sub/two", "merged": merged, "left": {}}
    ]
    assert unmerged(net) == {}


def test_several_projects(scaffold, team_files, update, workplace, monkeypatch):
    """Without an argument all projects of the repository that need it are resolved."""
    git(workplace, "init", "--quiet")
    options = ("--defaults", "--no-smoke", "--template", team_files.parents[1])
    for name in ("one", "deep/two", "three"):
        scaffold("new", name, *options)
    commit(workplace)
    git(workplace, "branch", "other")
    for branch, number in (("other", 8), ("-", 1)):
        git(workplace, "checkout", "--quiet", branch)
        replace(team_files / "lines.txt", f"line {number}\n", f"line {branch}\n")
        update("one", "deep/two")
        commit(workplace)
    git_merge(workplace, "other")
    monkeypatch.chdir(workplace / "three")

    result = scaffold("resolve")

    assert result.exit_code == 0
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        BASE_FILE,
        "../deep/two",
        BASE_FILE,
        "../one",
    ]
    assert unmerged(workplace) == {}
