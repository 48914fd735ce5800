"""Updates are refused where the last generation is not known; --adopt makes it known."""

from pathlib import Path
from shutil import rmtree

import pytest

from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from tests.repositories import commit, replace


def test_newer_project(net, refused):
    """A project that a newer version of this tool made, whatever its template."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: 99.0.0")
    commit(net)

    why = refused()

    assert why.startswith("`net` was made by scaffold 99.0.0, and this is ")
    assert why.endswith("; run `pip install -U keras-scaffold`")


def test_unknown_version(net, refused):
    """A project whose answers tell no version."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: latest")
    commit(net)

    assert refused() == (
        "`_scaffold: latest` in `net/.copier-answers.yml` is no version; restore that line "
        "from git"
    )


def test_missing_base(net, refused):
    """A project whose last generation is not known."""
    (net / BASE_FILE).unlink()
    commit(net)

    assert refused() == (
        "`net/.scaffold/base.zip`, which holds what was last generated, is missing; restore "
        "it from git, or take what would be generated now in its place with --adopt: what "
        "the template changed until now then never reaches the project"
    )


def deflated(archive):
    """The archive, of which the first file is said to be compressed."""
    method = archive.index(b"PK\1\2") + 10
    return archive[:method] + b"\x08" + archive[method + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda archive: b"",
        lambda archive: b"no archive",
        lambda archive: archive.replace(b"line 5", b"line 6"),
        lambda archive: archive.replace(b"lines.txt", b"../es.txt"),
        lambda archive: archive.replace(b"lines.txt", b"a//es.txt"),
        lambda archive: archive.replace(b"\n", b"\r\n"),
        deflated,
    ],
)
def test_damaged_base(damage, net, refused):
    """A project whose last generation cannot be read."""
    (net / ".scaffold" / ".gitattributes").unlink()
    (net / BASE_FILE).write_bytes(damage((net / BASE_FILE).read_bytes()))
    commit(net)

    why = refused()

    assert why.startswith(
        "`net/.scaffold/base.zip`, which holds what was last generated, is damaged ("
    )


def test_adopt(net, team_files, update):
    """--adopt takes the present render as base: old changes stay out, later ones come."""
    (net / BASE_FILE).unlink()
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    adopted = update("net", "--adopt")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    updated = update("net")

    lines = (net / "lines.txt").read_text()
    assert adopted.stdout.startswith("net: up to date, only what it was made from\n")
    assert updated.exit_code == 0
    assert "line 3\n" in lines
    assert "line eight\n" in lines


def test_adopt_records_the_present_version(net, team_files, update):
    """After --adopt the project is of this version, so that the next update is no conflict."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: 0.0.1")
    (net / BASE_FILE).unlink()
    commit(net)

    result = update("net", "--adopt")

    assert result.exit_code == 0
    assert made_by in (net / ANSWERS_FILE).read_text().splitlines()


def test_adopt_with_other_answers(net, update):
    """A flag beside --adopt changes what the present answers would make."""
    replace(net / "lines.txt", "line 3", "mine")
    (net / BASE_FILE).unlink()
    commit(net)

    result = update("net", "--adopt", "--style", "subclassing")

    assert result.exit_code == 0
    assert (net / "README.md").read_text() == "# net, subclassing\n"
    assert "style: subclassing" in (net / ANSWERS_FILE).read_text()
    assert "mine\n" in (net / "lines.txt").read_text()


def test_adopt_without_a_question(net, team_template, update):
    """With --adopt an answer that nobody asks for is left out, and that is told."""
    replace(net / ANSWERS_FILE, "dataset: digits", "dataset: digits\nteam: vision")
    (net / BASE_FILE).unlink()
    commit(net)

    result = update("net", "--adopt")

    assert result.exit_code == 0
    assert result.stdout.startswith("`team: vision` is no longer asked, and is left out\n")


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("src")])
def test_adopt_where_something_else_is(make, net, refused):
    """A file, or a link, that has the name of the directory in which the base is to be."""
    rmtree(net / ".scaffold")
    make(net / ".scaffold")
    commit(net)

    assert refused("--adopt") == (
        "`.scaffold` is no directory, and one of that name is to hold what is generated; "
        "give it another name"
    )


def test_adopt_what_is_there(refused):
    """--adopt where the last generation is known."""
    assert refused("--adopt") == "`net` has what --adopt replaces; leave it out"
