"""No setting and no variable of the user's changes what an update makes."""

import os

import pytest

from tests.repositories import commit, git, replace, seen


@pytest.mark.parametrize(
    ("settings", "more"),
    [
        ("", ""),
        ("[apply]\n\twhitespace = error-all", ""),
        ("[core]\n\texcludesFile = {ignore}", ""),
        ("[core]\n\tattributesFile = {attributes}", ""),
        ("[core]\n\tautocrlf = input", "[core]\n\teol = crlf\n\tsafecrlf = true"),
        ("[core]\n\thooksPath = {hooks}", "[core]\n\tfsmonitor = {hooks}/pre-commit"),
        ("[commit]\n\tgpgSign = true", "[gpg]\n\tprogram = {hooks}/pre-commit"),
        ("[merge]\n\tconflictStyle = diff3", "[merge]\n\tdefault = union"),
        ("[merge]\n\trenames = false", "[merge]\n\tdirectoryRenames = false"),
        ("[diff]\n\trenames = false", "[diff]\n\trenameLimit = 1\n\talgorithm = patience"),
        ("[diff]\n\tnoprefix = true", "[diff]\n\texternal = {hooks}/pre-commit"),
        ("[protocol]\n\tallow = never", '[protocol "file"]\n\tallow = never'),
        ("[status]\n\tshowUntrackedFiles = no", "[status]\n\trelativePaths = false"),
        ("[status]\n\tshort = true\n\tbranch = true", "[color]\n\tui = always"),
        ("[core]\n\tquotePath = true", "[core]\n\tprecomposeUnicode = false"),
        ("[core]\n\tbigFileThreshold = 1", "[core]\n\tcompression = 0"),
        ("[init]\n\tdefaultBranch = yours", "[init]\n\ttemplateDir = {hooks}"),
        ("[index]\n\tversion = 4", "[core]\n\tsplitIndex = true"),
        ("[core]\n\tuntrackedCache = true", "[feature]\n\tmanyFiles = true"),
        ("[fastimport]\n\tunpackLimit = 1", "[transfer]\n\tunpackLimit = 1"),
    ],
    ids=lambda text: text.replace("\n\t", ".").replace(" ", ""),
)
def test_hostile_configuration(
    settings, more, edited, expected, update, workplace, monkeypatch
):
    """No setting of the user's changes the result in git, nor on disk but by `autocrlf = true`."""
    files = make_hostile(workplace.parent)
    config = workplace.parent / "config"
    config.write_text(f"{settings}\n{more}\n".format(**files))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))

    tree = seen(update("net", "--json"))

    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert tree == expected
    assert git(edited, "write-tree").strip() == tree
    assert git(edited, "diff", "--name-only") == ""
    assert (edited / "new.txt").read_bytes() == b"new\r\n\tnew \n\n"
    assert not (workplace.parent / "ran").exists()


@pytest.mark.parametrize(
    "setting",
    [
        "[merge]\n\tdefault = union",
        "[merge]\n\tconflictStyle = diff3",
        "[core]\n\tattributesFile = {attributes}",
    ],
    ids=["driver", "style", "attributes"],
)
def test_conflict_in_a_hostile_configuration(
    setting, edited, team_files, update, workplace, monkeypatch
):
    """No setting of the user's resolves a conflict, or marks it otherwise."""
    replace(edited / "lines.txt", "line 5", "mine")
    commit(edited)
    replace(team_files / "lines.txt", "line 5", "theirs")
    config = workplace.parent / "config"
    config.write_text(setting.format(**make_hostile(workplace.parent)))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))

    result = update("net")

    assert result.exit_code == 5
    assert (
        "line 4\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> template\nline 6\n"
        in (edited / "lines.txt").read_text()
    )


def make_hostile(directory):
    """Ignore and attribute files that match all, and hooks that fail and leave a trace."""
    (directory / "ignore").write_text("*\n")
    (directory / "attributes").write_text("* -diff merge=union text eol=crlf\n")
    hooks = directory / "hooks"
    hooks.mkdir()
    for hook in (
        "pre-commit",
        "post-index-change",
        "post-checkout",
        "reference-transaction",
    ):
        (hooks / hook).write_text(f"#!/bin/sh\ntouch {directory}/ran\nexit 1\n")
        (hooks / hook).chmod(0o755)
    return {
        "ignore": directory / "ignore",
        "attributes": directory / "attributes",
        "hooks": hooks,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "/nowhere"),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_NOGLOB_PATHSPECS", "1"),
        ("GIT_TRACE", "1"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_DEFAULT_HASH", "sha256"),
    ],
)
def test_hostile_environment(name, value, edited, expected, update, monkeypatch):
    """No variable of the environment changes the result."""
    monkeypatch.setenv(name, value)

    tree = seen(update("net", "--json"))

    assert tree == expected


def test_uncommitted_in_a_hostile_environment(edited, update, monkeypatch):
    """Where paths are to be taken literally, uncommitted work is seen all the same."""
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    (edited / "lines.txt").write_text("mine\n")

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr == "error: `lines.txt`: not committed in `net`; commit or stash\n"
    assert (edited / "lines.txt").read_text() == "mine\n"
