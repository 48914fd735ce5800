"""Where output ends early, or Ctrl-C comes first: the command in a process of its own."""

import os
import subprocess
import sys
from io import TextIOWrapper

import pytest
from typer.main import get_command

from keras_scaffold.terminal.cli import app
from tests.processes import SCAFFOLD

pytestmark = pytest.mark.process


QUICK = ("--defaults", "--no-smoke", "--no-git")


def test_help_is_light(workplace):
    """--help imports nothing that takes long."""
    heavy = ["black", "copier", "keras", "prompt_toolkit", "rich", "tensorflow", "yaml"]
    ask = "import sys; from keras_scaffold.terminal.cli import app; app(['--help'], standalone_mode=False)"

    done = subprocess.run(
        [sys.executable, "-c", f"{ask}; print(*sorted(sys.modules), file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Write a project, prove it, and put it at DESTINATION." in done.stdout
    assert not {*heavy} & {*done.stderr.split()}


@pytest.mark.parametrize(
    "words", ["bricks", "presets --json", "preview", "show", "show --style all", "--help"]
)
def test_closed_pipe(words, workplace):
    """A command of which nobody reads more ends in silence, with what shells have for that."""
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [*SCAFFOLD, *words.split()], stdout=writer, stderr=subprocess.PIPE, check=False
    )

    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


FULL = "error: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        *(
            "bricks",
            "bricks --json",
            "bricks cnn",
            "presets",
            "preview",
            "--help",
            "--version",
        ),
        *("preview --json", "preview --style keras --json", "check nowhere --json"),
        *("preview --svg net.svg", "new net --defaults --no-smoke --json"),
        *("show", "show --style all", "show -o net.py"),
    ],
)
def test_full_output(words, buffered, workplace, monkeypatch, capsys):
    """Where what is printed cannot be written, that is told once, and has a code of its own."""
    with (
        open("/dev/full", "wb", buffering=-1 if buffered else 0) as raw,
        TextIOWrapper(raw, write_through=not buffered) as full,
        monkeypatch.context() as patched,
        pytest.raises(SystemExit) as end,
    ):
        patched.setattr(sys, "stdout", full)
        get_command(app).main(words.split(), prog_name="scaffold")

    assert (end.value.code, capsys.readouterr().err) == (74, FULL)
    assert [path.name for path in workplace.iterdir()] == [
        word for word in words.split() if word in ("net", "net.py", "net.svg")
    ]


@pytest.mark.parametrize("buffered", [True, False])
def test_full_output_at_exit(buffered, workplace):
    """Nor is it told a second time when the process ends."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SCAFFOLD, "bricks"],
            env=os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (74, FULL)


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize(
    ("words", "code"), [("preview --style keras", 74), ("--nope", 74), ("presets", 0)]
)
def test_full_errors(words, code, buffered, workplace):
    """Where an error cannot be written either, no more than that is lost."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SCAFFOLD, *words.split()],
            env=os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"},
            stdout=subprocess.DEVNULL,
            stderr=full,
            check=False,
        )

    assert done.returncode == code


def test_error_beside_full_output(workplace):
    """An error that has nothing to print keeps its sentence and its code."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SCAFFOLD, "bricks", "residuel"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    told = "error: there is no brick `residuel`; did you mean `residual`?\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(closed, workplace):
    """A command whose input or output the shell closed does the same, and says nothing there."""
    command = ["sh", "-c", f'"$0" "$@" {closed}', *SCAFFOLD, "new", "net", *QUICK]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    files = sum(path.is_file() for path in (workplace / "net").rglob("*"))
    told = f"net: {files} files, 277,258 parameters, not proved\n"
    unread = " >&-" in f" {closed}"
    assert (done.returncode, done.stdout, done.stderr) == (0, "" if unread else told, "")


STOPPED = """
import sys
def stop(*_, **__): raise KeyboardInterrupt
{at}
from keras_scaffold.__main__ import main
sys.argv = ["scaffold", "new", "net"]
main()
"""


@pytest.mark.parametrize(
    "at",
    [
        "class Typer: __getattr__ = stop\nsys.modules['typer'] = Typer()",
        "import typer.main; typer.main.get_command = stop",
        "import typer.core; typer.core.TyperGroup.make_context = stop",
    ],
    ids=["imports", "commands", "options"],
)
def test_ctrl_c_before_the_command_begins(at, workplace):
    """It is told as it is later, in a line."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED.format(at=at)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "interrupted; nothing was written\n"
