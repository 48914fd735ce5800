"""`scaffold check` tells the states of a project's files apart."""

import json

import pytest

from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from tests.repositories import MARKED, commit, digest, git, replace


@pytest.fixture
def check(scaffold, team_template):
    """Checks projects against the team's template as it is now."""
    return lambda *arguments: scaffold("check", *arguments, "--template", team_template)


def files(result):
    """The states of the one project's files, from the JSON."""
    (project,) = json.loads(result.stdout)
    return project["files"]


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


def test_up_to_date(net, check):
    """A project that is as it was generated is told to be so, and is not touched."""
    before = digest(net)

    result = check("net", "--outdated", "--modified")

    assert result.stdout == "net: up to date, and as it was generated\n"
    assert result.exit_code == 0
    assert digest(net) == before


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
