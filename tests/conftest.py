"""What the tests share: Hypothesis' profiles, and the count of what was executed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import copier  # noqa: F401 - imported here, or each command starts a process that does it
import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from keras_scaffold.templates.template import Template
from keras_scaffold.terminal.cli import app
from tests.processes import SCAFFOLD
from tests.templates import part_in, team_files_in, team_template_in

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else TensorFlow imports in 12 s, not 4
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

settings.register_profile(
    "default",
    deadline=None,
    max_examples=24,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,  # `executed` counts over all examples
    ],
)
settings.register_profile(
    "full", settings.get_profile("default"), max_examples=320, derandomize=False
)
settings.load_profile("default")


OF_THIS_MACHINE = re.compile("GIT_|COLUMNS|LINES|FORCE_COLOR|NO_COLOR")
"""Settings in the environment that change what git does and what is printed."""


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty present directory, with a git that has a name and nothing of this machine."""
    return _workplace(tmp_path, monkeypatch)


def _workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "workplace"
    directory.mkdir()
    monkeypatch.chdir(directory)
    for name in [*filter(OF_THIS_MACHINE.match, os.environ)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "tmp").mkdir()  # for what processes leave that are killed
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))  # has git/ignore
    for person in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{person}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{person}_EMAIL", "ada@example.org")
    return directory


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Makes a new directory for each case, and keeps the last one alone."""

    def make() -> Path:
        rmtree(tmp_path / "case", ignore_errors=True)
        (tmp_path / "case").mkdir()
        return tmp_path / "case"

    return make


@pytest.fixture
def scaffold(workplace: Path) -> Callable[..., Any]:
    """Runs the command in `workplace`, in this process and without a terminal."""
    return _scaffold


def _scaffold(*arguments: object) -> Any:
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture
def start(
    workplace: Path, tmp_path: Path
) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the command in a process of its own, its temporary files in `tmp_path`."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    started: list[subprocess.Popen[str]] = []
    ignored = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # as it is under nohup

    def run(*arguments: object, **options: Any) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*SCAFFOLD, *map(str, arguments)],
            env=os.environ | {"TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        started.append(process)
        return process

    yield run
    signal.signal(signal.SIGHUP, ignored)
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def team_template(tmp_path: Path) -> Path:
    """A team's own template: the built-in questions and two small files."""
    return team_template_in(tmp_path)


@pytest.fixture
def team_files(team_template: Path) -> Path:
    """What the team's template makes, beside its answers: a text of ten lines and a module."""
    return team_files_in(team_template)


@pytest.fixture(scope="session")
def made_net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that every `net` is a copy of: making it takes longer than most tests."""
    directory = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as monkeypatch:
        workplace = _workplace(directory, monkeypatch)
        root = team_template_in(directory)
        team_files_in(root)
        made = _scaffold("new", "net", "--defaults", "--no-smoke", "--template", root)
    assert made.exit_code == 0, made.output
    return workplace / "net"


@pytest.fixture
def net(made_net: Path, workplace: Path, team_files: Path) -> Path:
    """A project `net` that the team's template made, committed."""
    return Path(copytree(made_net, workplace / "net", symlinks=True))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Makes a directory under a name the first time, and copies it from then on.

    Gives what the function that makes it gave.
    """
    place = tmp_path_factory.mktemp("once")
    gave: dict[str, Any] = {}

    def make_or_copy(name: str, make: Callable[[], Any], directory: Path) -> Any:
        if name in gave:
            copytree(place / name, directory, symlinks=True)
        else:
            made = make()
            copytree(directory, place / name, symlinks=True)
            gave[name] = made
        return gave[name]

    return make_or_copy


@pytest.fixture
def net_once(
    once: Callable[..., Any], scaffold: Callable[..., Any], workplace: Path
) -> Callable[..., Path]:
    """Makes the project `net` by words the first time a name is given, and copies it then."""

    def make_or_copy(name: str, *words: object) -> Path:
        def make() -> None:
            made = scaffold("new", "net", "--defaults", "--no-smoke", *words)
            assert made.exit_code == 0, made.output

        once(name, make, workplace / "net")
        return workplace / "net"

    return make_or_copy


@pytest.fixture
def built_in(net_once: Callable[..., Path]) -> Path:
    """A project `net` that the built-in template made, with what is usual."""
    return net_once("built-in")


@pytest.fixture
def update(scaffold: Callable[..., Any], team_template: Path) -> Callable[..., Any]:
    """Updates projects from the team's template as it is now, without a proof."""
    options = ("--no-smoke", "--template", team_template)
    return lambda *arguments: scaffold("update", *arguments, *options)


@pytest.fixture(scope="session")
def part_of_template(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Template]:
    """Makes the template with nothing of the project but some modules, and the answers."""
    return lambda *wanted: part_in(tmp_path_factory.mktemp("template"), *wanted)


@pytest.fixture(scope="session")
def model_template(part_of_template: Callable[..., Template]) -> Template:
    """The template with nothing of the project but what model.py needs, and the answers."""
    # optional modules are of blocks and outputs
    return part_of_template(("bricks", "datasets", "styles"), ("model", "{%"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the tests that take minutes, so that no worker is left alone with them."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def executed(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Counts one more of what a test executes many of, by what it is called."""
    numbers: dict[str, int] = {}
    request.node.user_properties.append(("executed", numbers))

    def one_more(what: str) -> None:
        numbers[what] = numbers.get(what, 0) + 1

    return one_more


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many of each were executed, in all workers together."""
    total: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", []):
                if name == "executed" and report.when == "call":
                    total.update(value)
    for what, number in sorted(total.items()):
        terminalreporter.write_line(f"{what}: {number} executed")
