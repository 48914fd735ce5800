"""`scaffold check` tells the states of a project's files apart."""

import pytest

from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from tests.printed import files
from tests.repositories import MARKED, commit, replace


def template_changes(net, team_files):
    """The template changes a line."""
    replace(team_files / "lines.txt", "line 3", "line three")


def template_adds(net, team_files):
    """The template has a file more."""
    (team_files / "lines.md").write_text("new\n")


def template_deletes(net, team_files):
    """The template has a file less."""
    (team_files / "lines.txt").unlink()


def user_changes(net, team_files):
    """The user changes a line."""
    replace(net / "lines.txt", "line 3", "line three")


def user_makes_executable(net, team_files):
    """The user sets the executable bit."""
    (net / "lines.txt").chmod(0o755)


def user_makes_directory(net, team_files):
    """The user puts a directory in a file's place."""
    (net / "lines.txt").unlink()
    (net / "lines.txt").mkdir()


def user_deletes(net, team_files):
    """The user deletes a file, and commits that."""
    (net / "lines.txt").unlink()
    commit(net)


def file_is_missing(net, team_files):
    """A committed file is not there."""
    (net / "lines.txt").unlink()


def markers_stay(net, team_files):
    """Conflict markers are committed."""
    replace(net / "lines.txt", "line 3\n", MARKED)
    commit(net)


def markers_with_crlf(net, team_files):
    """Conflict markers stand in a file with CRLF."""
    replace(net / "lines.txt", "line 3\n", MARKED)
    user_changes_line_ends(net, team_files)
    commit(net)


def markers_of_ones_own(net, team_files):
    """A file of the user's own shows conflict markers, as a guide does."""
    (net / "git.md").write_text(f"```\n{MARKED}```\n")
    commit(net)


def markers_in_the_answers(net, team_files):
    """The answers file is in conflict."""
    replace(net / ANSWERS_FILE, "style: functional\n", MARKED)


def user_edits_answers(net, team_files):
    """The user writes another style into the answers file."""
    replace(net / ANSWERS_FILE, "style: functional", "style: subclassing")


def user_changes_line_ends(net, team_files):
    """A file has CRLF on disk."""
    content = (net / "lines.txt").read_bytes()
    (net / "lines.txt").write_bytes(content.replace(b"\n", b"\r\n"))


def user_writes_a_file(net, team_files):
    """The user has a file of their own."""
    (net / "own.txt").write_text("mine\n")


def version_grows(net, team_files):
    """The tool is newer than the project, and makes the same of it."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: 0.0.1")


def base_is_missing(net, team_files):
    """The archive of the last generation is deleted."""
    (net / BASE_FILE).unlink()


def base_is_damaged(net, team_files):
    """The archive of the last generation has another byte."""
    content = (net / BASE_FILE).read_bytes()
    (net / BASE_FILE).write_bytes(content.replace(b"line 5", b"line 6"))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (template_changes, {"lines.txt": ["outdated"]}),
        (template_adds, {"lines.md": ["outdated"]}),
        (template_deletes, {"lines.txt": ["outdated"]}),
        (user_changes, {"lines.txt": ["modified by you"]}),
        (user_makes_executable, {"lines.txt": ["modified by you"]}),
        (user_makes_directory, {"lines.txt": ["modified by you"]}),
        (user_deletes, {"lines.txt": ["deleted by you"]}),
        (file_is_missing, {"lines.txt": ["missing"]}),
        (markers_stay, {"lines.txt": ["unresolved conflict markers", "modified by you"]}),
        (
            markers_with_crlf,
            {"lines.txt": ["unresolved conflict markers", "modified by you"]},
        ),
        (markers_of_ones_own, {}),
        (markers_in_the_answers, {ANSWERS_FILE: ["unresolved conflict markers"]}),
        (
            user_edits_answers,
            {ANSWERS_FILE: ["outdated", "answers edited"], "README.md": ["outdated"]},
        ),
        (user_changes_line_ends, {}),
        (user_writes_a_file, {}),
        (version_grows, {}),
        (base_is_missing, {BASE_FILE: ["base missing or damaged"]}),
        (base_is_damaged, {BASE_FILE: ["base missing or damaged"]}),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_states(event, expected, net, team_files, check):
    """Each state of a file has a name of its own, and no other file is told."""
    event(net, team_files)

    result = check("net", "--json")

    assert files(result) == expected


def test_outdated_and_modified(net, team_files, check):
    """A file can be in several states at once, all told to people on its line."""
    template_changes(net, team_files)
    replace(net / "lines.txt", "line 8", "line eight")
    user_edits_answers(net, team_files)

    result = check("net")

    told = [line.split(maxsplit=1) for line in result.stdout.splitlines() if "." in line]
    assert [[path, states.strip()] for path, states in told] == [
        [ANSWERS_FILE, "outdated, answers edited"],
        ["README.md", "outdated"],
        ["lines.txt", "outdated, modified by you"],
    ]


@pytest.mark.parametrize(
    ("event", "flags", "code"),
    [
        (template_changes, [], 0),
        (template_changes, ["--modified"], 0),
        (template_changes, ["--outdated"], 6),
        (user_changes, [], 0),
        (user_changes, ["--outdated"], 0),
        (user_changes, ["--modified"], 6),
        (user_deletes, ["--modified"], 6),
        (file_is_missing, ["--modified"], 6),
        (user_edits_answers, ["--modified"], 6),
        (user_edits_answers, ["--outdated", "--modified"], 6),
        (markers_stay, [], 6),
        (markers_of_ones_own, ["--outdated", "--modified"], 0),
        (markers_in_the_answers, [], 6),
        (base_is_damaged, [], 6),
        (base_is_missing, [], 6),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_exit_code(event, flags, code, net, team_files, check):
    """Flags choose what fails; conflict markers and a damaged base always do."""
    event(net, team_files)

    result = check("net", *flags)

    assert result.exit_code == code
