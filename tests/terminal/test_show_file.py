"""`scaffold show -o`: a file appears whole, or nothing is changed, and nothing is lost."""

from __future__ import annotations

import json
import os
import runpy

import pytest

from keras_scaffold.projects import new_file
from tests.printed import errors

SMALL = ("--blocks", "cnn(8) gap")
NO_SUFFIX = (
    "ends neither in `.py` nor in `.ipynb`, which tells what is written; name a file that "
    "does, e.g. `net.py`"
)


def files(directory):
    """What lies in a directory, hidden files too."""
    return sorted(path.name for path in directory.iterdir())


def test_a_module(scaffold, workplace):
    """The file holds what is printed without it."""
    result = scaffold("show", *SMALL, "-o", "net.py")

    assert (result.exit_code, result.stdout) == (0, "written to net.py\n")
    assert (workplace / "net.py").read_text() == scaffold("show", *SMALL).stdout
    assert files(workplace) == ["net.py"]
    assert "build_model" in runpy.run_path("net.py")


def test_a_notebook(scaffold, workplace):
    """A name that ends so makes it a notebook, also where all styles are asked for."""
    results = [
        scaffold("show", *SMALL, "-o", "one.ipynb"),
        scaffold("show", *SMALL, "-o", "ALL.IPYNB", "--style", "all"),
    ]

    assert [result.exit_code for result in results] == [0, 0]
    for name in ("one.ipynb", "ALL.IPYNB"):
        assert json.loads((workplace / name).read_text())["nbformat"] == 4


def test_json(scaffold):
    """With --json the file is told for programs."""
    told = json.loads(scaffold("show", *SMALL, "-o", "net.py", "--json").stdout)

    assert told == {"file": "net.py"}


def test_what_is_there_is_kept(scaffold, workplace):
    """A file that is there is refused, and replaced only on demand, as it may be read."""
    (workplace / "net.py").write_text("mine")
    (workplace / "net.py").chmod(0o640)

    refused = errors(scaffold("show", *SMALL, "-o", "net.py"))
    kept = (workplace / "net.py").read_text()
    replaced = scaffold("show", *SMALL, "-o", "net.py", "--force")

    assert refused == [
        "error: -o: `net.py` is there already; name another file, or replace it by --force"
    ]
    assert kept == "mine"
    assert replaced.exit_code == 0
    assert (workplace / "net.py").read_text() == scaffold("show", *SMALL).stdout
    assert (workplace / "net.py").stat().st_mode & 0o777 == 0o640
    assert files(workplace) == ["net.py"]


def test_a_link(scaffold, workplace):
    """What a link leads to is replaced, not the link."""
    (workplace / "real.py").write_text("mine")
    (workplace / "net.py").symlink_to("real.py")

    result = scaffold("show", *SMALL, "-o", "net.py", "--force")

    assert result.exit_code == 0
    assert (workplace / "net.py").is_symlink()
    assert (workplace / "real.py").read_text() == scaffold("show", *SMALL).stdout


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("net.txt", NO_SUFFIX),
        ("-", NO_SUFFIX),
        ("made.py", "is a directory; name a file in it, e.g. `made.py/model.py`"),
        (
            "nowhere/net.py",
            "cannot be made, for there is no directory `nowhere`; make that first",
        ),
        ("text/net.py", "cannot be made, for `{}/text` is a file; name another"),
        ("null.py", "is there, and no file with a content; name another"),
    ],
)
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
def test_no_place_for_it(name, why, force, scaffold, workplace):
    """Where nothing can be written, that is told before anything is, with the way out."""
    (workplace / "made.py").mkdir()
    (workplace / "text").touch()
    (workplace / "null.py").symlink_to(os.devnull)

    told = errors(scaffold("show", *SMALL, "-o", name, *force))

    assert told == [f"error: -o: `{name}` {why.format(workplace)}"]
    assert files(workplace) == ["made.py", "null.py", "text"]


def test_all_that_is_wrong(scaffold, workplace):
    """What is wrong with the file and with the network is told at once."""
    told = errors(scaffold("show", "--blocks", "gab", "--style", "all", "-o", "no/net.py"))

    assert told == [
        "error: -o: `no/net.py` cannot be made, for there is no directory `no`; make that first",
        (
            "error: -o: `no/net.py` holds one style, for each defines the same names; name that "
            "by --style, or a notebook, which tells all, e.g. `no/net.ipynb`"
        ),
        "error: --blocks: brick 1 `gab`: there is no brick `gab`; did you mean `gap`?",
    ]


def test_force_without_a_file(scaffold):
    """--force alone is refused: nothing is there to be replaced."""
    told = errors(scaffold("show", "--force"))

    assert told == ["error: --force: no file is named to be replaced; name it by -o"]


def test_a_place_that_may_not_be_written(scaffold, workplace, monkeypatch):
    """A directory of somebody else's is refused before the network is looked at."""
    monkeypatch.setattr(new_file.os, "access", lambda place, mode: False)

    told = errors(scaffold("show", *SMALL, "-o", "net.py"))

    assert told == [
        "error: -o: `net.py` cannot be made, for you may not write to `.`; name another place"
    ]


def test_a_full_disk(scaffold, workplace, monkeypatch):
    """What was there stays where the other cannot be written whole, and the file is named."""
    (workplace / "net.py").write_text("mine")

    def full(path, *arguments, **options):
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_file.Path, "write_text", full)

    told = errors(scaffold("show", *SMALL, "-o", "net.py", "--force"))

    assert told == ["error: the system said no `net.py`: No space left on device"]
    assert (workplace / "net.py").read_text() == "mine"
    assert files(workplace) == ["net.py"]
