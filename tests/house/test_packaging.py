"""The wheel is whole: it works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.following import agrees, at_terminal, session
from tests.pages import PAGES, blocks

REPOSITORY = Path(__file__).parents[2]
OFFLINE = ("--quiet", "--no-deps", "--no-build-isolation")


def run(*command: str | Path, inside: Path) -> str:
    """The output of a command that has to succeed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=inside,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel that `pip install .` makes of the checkout."""
    directory = tmp_path_factory.mktemp("wheel")
    command = ("wheel", *OFFLINE, "--wheel-dir", directory, REPOSITORY)
    run(sys.executable, "-m", "pip", *command, inside=directory)
    (made,) = directory.glob("*.whl")
    return made


def test_wheel_carries_the_template(wheel):
    """Every file of the template is in the wheel, and nothing of the tests."""
    template = [path for path in (REPOSITORY / "template").rglob("*") if path.is_file()]
    expected = {
        f"keras_scaffold/_template/{path.relative_to(REPOSITORY)}" for path in template
    }

    names = set(ZipFile(wheel).namelist())

    assert (
        expected | {"keras_scaffold/_template/copier.yml", "keras_scaffold/py.typed"}
        <= names
    )
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {
        "keras_scaffold"
    }


def test_sources_carry_what_is_read(tmp_path):
    """The README and the pages that it links to are in the archive of sources."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path,
        inside=REPOSITORY)  # fmt: skip

    (archive,) = tmp_path.iterdir()
    with tarfile.open(archive) as sources:
        names = {name.partition("/")[2] for name in sources.getnames()}
    assert {page.relative_to(REPOSITORY).as_posix() for page in PAGES} <= names
    assert {"LICENSE", "copier.yml", "generator/keras_scaffold/__init__.py"} <= names


@pytest.fixture(scope="module")
def binaries(wheel, tmp_path_factory) -> Path:
    """The commands of a new environment in which the wheel is installed."""
    directory = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", directory, inside=directory)
    made = directory / ("Scripts" if sys.platform == "win32" else "bin")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(made / "python", "-c", ask, inside=directory).strip())
    # What the wheel needs is taken from here: only the wheel itself is being tried.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    install = ("-m", "pip", "install", *OFFLINE, "--force-reinstall", wheel)
    run(made / "python", *install, inside=directory)
    return made


@pytest.mark.long
def test_first_commands(binaries, workplace, monkeypatch):
    """The README's first commands work, and print what it says; the project trains and tells.

    It is proved, installed, trained, edited, and updated with a proof.
    """
    told = f"run by: {Path(__file__).relative_to(REPOSITORY)}::test_first_commands"
    python, made = binaries / "python", workplace / "myproject"
    monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")
    first, *sessions = (each.text for each in blocks(PAGES[0]) if each.note == told)
    new, update = map(session, sessions)

    assert first.startswith("pip install . && scaffold new ../myproject --defaults ")
    (workplace / "checkout").mkdir()
    monkeypatch.chdir(workplace / "checkout")
    for command, printed in new:
        assert agrees(printed, at_terminal(["bash", "-c", command]))
    run(python, "-m", "pip", "install", *OFFLINE, "-e", ".", inside=made)
    run(binaries / "myproject", "train", "--epochs", "1", inside=made)
    monkeypatch.chdir(made)
    for command, printed in update:
        assert agrees(printed, at_terminal(["bash", "-c", command]))
    where = run(
        python, "-c", "import keras_scaffold as g; print(g.__file__)", inside=workplace
    )

    assert Path(where.strip()).is_relative_to(binaries.parent)
    assert (made / "runs" / "1-run" / "best.keras").exists()
