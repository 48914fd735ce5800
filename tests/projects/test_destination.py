"""Where a project may appear."""

import os

import pytest

from keras_scaffold.projects.destination import appear

QUICK = ("--defaults", "--no-smoke", "--no-git")


def test_empty_destination(scaffold, workplace):
    """A directory that is there and empty is used."""
    (workplace / "net").mkdir()

    result = scaffold("new", "net", *QUICK)

    assert result.exit_code == 0
    assert (workplace / "net" / "README.md").exists()


def test_destination_that_holds_something(scaffold, workplace):
    """A directory that holds a file is refused, and keeps it."""
    (workplace / "net").mkdir()
    (workplace / "net" / "thesis.txt").write_text("mine")

    result = scaffold("new", "net", *QUICK)

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `net` exists and is not empty; choose another name, or empty it\n"
    )
    assert [*workplace.rglob("*.*")] == [workplace / "net" / "thesis.txt"]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("mine"),
        lambda path: path.symlink_to(path.parent.parent, target_is_directory=True),
        lambda path: path.symlink_to("nowhere"),
        os.mkfifo,
    ],
    ids=["file", "link", "broken link", "pipe"],
)
def test_destination_that_is_no_directory(make, scaffold, workplace):
    """A file, a link or a pipe in the destination's place is refused."""
    make(workplace / "net")

    result = scaffold("new", "net", *QUICK)

    assert result.exit_code == 2
    assert result.stderr == "error: `net` exists already; choose another name\n"


def test_destination_below_a_file(scaffold, workplace):
    """A path through a file is refused before anything is asked or rendered."""
    (workplace / "file").write_text("mine")

    result = scaffold("new", "file/below/net", *QUICK)

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: `file/below/net` cannot be made, for `{workplace / 'file'}` is a file; "
        "choose another place\n"
    )


@pytest.mark.parametrize("destination", [".", "../workplace", "new/.."])
def test_present_directory(destination, scaffold, workplace):
    """The directory that one is in is refused without git, however it is written."""
    result = scaffold("new", destination, *QUICK)

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: `{destination}` is the directory that you are in, and no git repository; "
        "run `git init` first, or name a new directory beside it\n"
    )
    assert [*workplace.iterdir()] == []


def test_directories_on_the_way(scaffold, workplace):
    """Directories on the way to the destination are made, and no other."""
    result = scaffold("new", "a/b/../net", *QUICK)

    assert result.exit_code == 0
    assert [path.name for path in workplace.iterdir()] == ["a"]
    assert [path.name for path in (workplace / "a").iterdir()] == ["net"]


def test_failed_publishing(workplace):
    """Where the last step fails, the empty directory stays and no parent was made."""
    (workplace / "empty").mkdir()

    for destination in ("empty", "empty/a/b/net"):
        with pytest.raises(FileNotFoundError):
            appear(workplace / "nowhere", workplace / destination)

    assert [*workplace.rglob("*")] == [workplace / "empty"]
