"""All or nothing: the destination appears whole, or nothing was ever there."""

import os
import subprocess
from pathlib import Path

import pytest

from keras_scaffold import __version__
from tests.repositories import git, status

QUICK = ("--defaults", "--no-smoke", "--no-git")


def test_one_commit(scaffold, workplace):
    """The project is a repository with one commit that holds every file."""
    result = scaffold("new", "net", "--defaults", "--no-smoke", "--json")

    files = git("net", "ls-files").splitlines()
    assert '"repository": "git repository with one commit"' in result.stdout
    assert (
        git("net", "log", "--format=%an: %s")
        == f"Ada: Start net with keras-scaffold {__version__}\n"
    )
    assert git("net", "status", "--porcelain", "--ignored") == ""
    assert {"pyproject.toml", ".gitignore", "src/net/model.py"} <= {*files}


def test_links_to_data(scaffold, workplace):
    """Links to images and results elsewhere are ignored, so that no update is refused."""
    scaffold("new", "net", "--defaults", "--no-smoke", "--dataset", "folder")

    for name in ("data", "runs", ".venv"):
        (workplace / "net" / name).symlink_to("elsewhere", target_is_directory=True)

    assert status("net") == []


def test_ignored_by_the_user(scaffold, workplace, monkeypatch):
    """A file that the user's own ignore list hides is committed with the others."""
    (workplace.parent / "ignore").write_text("*.toml\n.*\n")
    (workplace.parent / "config").write_text(
        f"[core]\n\texcludesFile = {workplace.parent / 'ignore'}\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(workplace.parent / "config"))

    scaffold("new", "net", "--defaults", "--no-smoke")

    committed = git("net", "ls-files").splitlines()
    assert {"pyproject.toml", ".copier-answers.yml"} <= {*committed}


def test_hostile_git_configuration(scaffold, workplace, team_template, monkeypatch):
    """The user's hooks, templates, signing and line endings do not touch the commit."""
    hostile = workplace.parent / "hostile"
    hooks = hostile / "template" / "hooks"
    hooks.mkdir(parents=True)
    for hook in ("prepare-commit-msg", "post-commit", "pre-commit", "sign"):
        (hooks / hook).write_text(f"#!/bin/sh\ntouch {hostile}/{hook}\nexit 1\n")
        (hooks / hook).chmod(0o755)
    (hostile / "attributes").write_text("* text=auto eol=crlf\n")
    (hostile / "config").write_text(
        f"[core]\n\thooksPath = {hooks}\n\tautocrlf = true\n\tsafecrlf = true\n"
        f"\tattributesFile = {hostile}/attributes\n\tfsmonitor = {hooks}/sign\n"
        f"[init]\n\ttemplateDir = {hostile}/template\n"
        f"[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = {hooks}/sign\n"
    )
    (team_template / "template" / "project" / "lines.txt").write_bytes(b"a\r\nb\r\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(hostile / "config"))

    result = scaffold(
        "new", "net", "--defaults", "--no-smoke", "--json", "--template", team_template
    )

    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    committed = subprocess.run(
        ["git", "show", "HEAD:lines.txt"], cwd="net", capture_output=True, check=True
    )
    assert '"repository": "git repository with one commit"' in result.stdout
    assert committed.stdout == b"a\r\nb\r\n"
    assert not (workplace / "net" / ".git" / "hooks").exists()
    assert sorted(path.name for path in hostile.iterdir()) == [
        *("attributes", "config", "template")
    ]


def test_inside_a_repository(scaffold, workplace):
    """Inside a repository none is made, and nothing is staged in that one."""
    git(workplace, "init", "--quiet")

    result = scaffold("new", "net", "--defaults", "--no-smoke")

    (line,) = result.stdout.splitlines()
    assert line.endswith(
        f"not proved; part of the git repository `{workplace}`; commit it there"
    )
    assert not (workplace / "net" / ".git").exists()
    assert git(workplace, "status", "--porcelain") == "?? net/\n"


@pytest.mark.parametrize("holds", [[], ["own.txt"]])
def test_present_directory_inside_a_repository(holds, scaffold, workplace, monkeypatch):
    """There the project belongs to that repository, and each way that is told works."""
    git(workplace, "init", "--quiet")
    (workplace / "my sub").mkdir()
    for name in holds:
        (workplace / "my sub" / name).write_text("mine")
    monkeypatch.chdir("my sub")

    refused = scaffold("new", ".", *QUICK, "--name", "net")

    way = "name it from above: `cd .. && scaffold new 'my sub'`"
    assert refused.exit_code == 2
    assert refused.stderr == (
        "error: `.` is the directory that you are in, and a project here is a part of the git "
        f"repository `{workplace}`; {'name a new directory in it' if holds else way}; for a "
        "repository of its own, run `git init` first\n"
    )
    if holds:
        assert scaffold("new", "net", *QUICK).exit_code == 0
    else:
        monkeypatch.chdir("..")
        assert scaffold("new", "my sub", *QUICK, "--name", "net").exit_code == 0
    assert git(workplace, "status", "--porcelain") == '?? "my sub/"\n'


def test_no_git(scaffold, workplace):
    """--no-git makes no repository."""
    scaffold("new", "net", "--defaults", "--no-smoke", "--no-git")

    assert not (workplace / "net" / ".git").exists()


def test_git_without_a_name(scaffold, workplace, monkeypatch):
    """Where git knows no name to commit with, everything is staged."""
    (workplace.parent / "config").write_text("[user]\n\tuseConfigOnly = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(workplace.parent / "config"))
    for person in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{person}_NAME")
        monkeypatch.delenv(f"GIT_{person}_EMAIL")

    result = scaffold("new", "net", "--defaults", "--no-smoke", "--json")

    assert (
        "git repository with everything staged; git does not know who you are: tell it by "
        "`git config --global user.name NAME` and `git config --global user.email ADDRESS`, "
        "then `git commit`"
    ) in result.stdout
    assert {line[:2] for line in git("net", "status", "--porcelain").splitlines()} == {"A "}


def test_without_git(scaffold, workplace, monkeypatch):
    """Where git is not installed the project is made without a repository."""
    monkeypatch.setenv("PATH", str(workplace))

    result = scaffold("new", "net", "--defaults", "--no-smoke", "--json")

    assert result.exit_code == 0
    assert "git is not installed, so there is no repository" in result.stdout


def test_name_cannot_leave_the_source_directory(scaffold, workplace):
    """A package's name that is a path is refused, and nothing is written anywhere."""
    result = scaffold("new", "net", *QUICK, "--package", "../../../out")

    assert result.exit_code == 2
    assert [*workplace.parent.rglob("*out*")] == []


def test_brick_names_reach_python_as_data(scaffold, workplace):
    """What the user wrote stands in the project as the literal that it is."""
    scaffold(
        "new", "net", *QUICK, "--style", "functional", "--blocks",
        "conv(3, activation='gelu', name='Stem') gap",
    )  # fmt: skip

    model = Path("net/src/net/model.py").read_text()
    assert 'layers.Conv2D(3, 3, padding="same", activation="gelu", name="Stem")' in model
