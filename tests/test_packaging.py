"""The wheel is whole: it works where there is no checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

REPOSITORY = Path(__file__).parents[1]


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
    command = ("wheel", "--quiet", "--no-deps", "--wheel-dir", directory, REPOSITORY)
    run(sys.executable, "-m", "pip", *command, inside=directory)
    (made,) = directory.glob("*.whl")
    return made


def test_wheel_carries_the_template(wheel):
    """Every file of the template is in the wheel, and nothing of the tests."""
    template = [path for path in (REPOSITORY / "template").rglob("*") if path.is_file()]
    expected = {f"generator/_template/{path.relative_to(REPOSITORY)}" for path in template}

    names = set(ZipFile(wheel).namelist())

    assert expected | {"generator/_template/copier.yml", "generator/py.typed"} <= names
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {
        "generator"
    }


def test_wheel_works_outside_the_checkout(wheel, tmp_path):
    """Installed in a new environment, the command writes the project that it should."""
    run(sys.executable, "-m", "venv", "environment", inside=tmp_path)
    binaries = tmp_path / "environment" / ("Scripts" if sys.platform == "win32" else "bin")
    packages = run(
        binaries / "python",
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        inside=tmp_path,
    ).strip()
    # What the wheel needs is taken from here: only the wheel itself is being tried.
    (Path(packages) / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel)
    run(binaries / "python", *install, inside=tmp_path)

    run(binaries / "scaffold", "new", "net", "--defaults", "--no-smoke", inside=tmp_path)
    where = run(
        binaries / "python",
        "-c",
        "import generator as g; print(g.__file__)",
        inside=tmp_path,
    )

    assert Path(where.strip()).is_relative_to(packages)
    model = (tmp_path / "net" / "src" / "net" / "model.py").read_text()
    assert 'x = cnn(image, 32, name="cnn")  # (28, 28, 32)' in model
