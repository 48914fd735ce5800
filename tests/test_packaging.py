"""The wheel is whole: it works where there is no checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

REPOSITORY = Path(__file__).parents[1]
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


def test_first_commands(binaries, tmp_path):
    """The README's first commands work: a proved project that installs, trains and tells."""
    python, new = binaries / "python", ("new", "net", "--defaults", "--json")

    created = json.loads(run(binaries / "scaffold", *new, inside=tmp_path))
    run(python, "-m", "pip", "install", *OFFLINE, "-e", ".", inside=tmp_path / "net")
    run(binaries / "net", "train", "--epochs", "1", inside=tmp_path / "net")
    where = run(
        python, "-c", "import keras_scaffold as g; print(g.__file__)", inside=tmp_path
    )

    assert created["smoke"]["passed"]
    assert Path(where.strip()).is_relative_to(binaries.parent)
    assert (tmp_path / "net" / "runs" / "best.keras").exists()
