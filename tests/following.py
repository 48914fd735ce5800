"""Follows a page as its reader would, command by command, in one directory."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from pathlib import Path

import pexpect
import pytest
from typer.testing import CliRunner

from keras_scaffold.terminal.cli import app
from tests.pages import ROOT, Block
from tests.processes import SCAFFOLD

COLUMNS = 84
PROVING = ("new", "update")
DETERMINISM = "tensorflow.config.experimental.enable_op_determinism"
INSTALLING = ("pip install -e .", "pip install -e '.[onnx]'")
"""What needs no run here: a project's commands are run from its sources."""
VARYING = re.compile(r"(?<=loss )\d+\.\d+| +\d+\.\d\d$")
"""A loss, of which processors differ in the last digits, and seconds at the end of a line."""
ANY_LINES = "..."
"""A line of a session that stands for any number of them."""


class Follower:
    """A reader at work: where he is, and what his commands did."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(place)
        (place / "scaffold").symlink_to(ROOT)  # a checkout, as the reader has one
        images(place / "pictures" / "flowers")
        monkeypatch.setenv("HOME", str(place))

    def follow(self, block: Block) -> None:
        """Run a block's commands; of a session, compare all that is printed."""
        if block.language != "console":
            for command in commands(block.text):
                assert self._run(command) == 0, command
            return
        for command, printed in session(block.text):
            output = self._watch(command)
            assert agrees(printed, output), f"{command}\n{output}"

    def _run(self, command: str) -> int:
        """The exit code of the last step of a command that a reader need not look at."""
        code = 0
        for operator, step in steps(command):
            assert (operator == "||") == (code != 0), f"{step} is not reached"
            code = self._step(step)
        return code

    def _step(self, step: str) -> int:
        words = shlex.split(step, comments=True)
        if words[0] == "cd":
            self._monkeypatch.chdir(Path(words[1]).expanduser())
            return 0
        if step in INSTALLING:
            return 0
        if words[0] == "scaffold":
            done = CliRunner().invoke(app, unproved(expanded(words[1:])))
            print(done.output)
            return done.exit_code
        if Path("src").is_dir() and words[0] == project()["name"]:
            # it would hold for all tests that follow in this process
            self._monkeypatch.setattr(DETERMINISM, lambda: None)
            return in_process(words)
        return subprocess.run(["bash", "-c", step], check=False).returncode

    def _watch(self, command: str) -> str:
        """What a terminal shows of a command."""
        shown = ""
        for _, step in steps(command):
            words = shlex.split(step)
            if words[0] == "scaffold":
                shown += at_terminal([*SCAFFOLD, *unproved(words[1:])])
            else:
                done = subprocess.run(
                    ["bash", "-c", step], capture_output=True, text=True, check=False
                )
                shown += done.stdout + done.stderr
        return shown


def commands(text: str) -> Iterator[str]:
    """The commands of a block; one goes on to the next line by a backslash or within quotes."""
    begun = ""
    for line in text.splitlines():
        begun += line
        if begun.endswith("\\"):
            begun = begun[:-1]
            continue
        try:
            words = shlex.split(begun, comments=True)
        except ValueError:  # a quotation goes on
            begun += "\n"
            continue
        if words:
            yield begun
        begun = ""
    assert not begun, begun


def steps(command: str) -> Iterator[tuple[str, str]]:
    """The steps of a command, each with the operator before it."""
    first, *rest = re.split(r" (&&|\|\|) ", command)
    yield "", first
    yield from zip(rest[::2], rest[1::2], strict=True)


def session(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a session with what is printed by it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def agrees(printed: str, output: str) -> bool:
    """Whether a page shows what was printed, but for times, and for lines that it leaves out."""
    pattern = ""
    for line in plain(printed).splitlines():
        pattern += "(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + "\n"
    return bool(re.fullmatch(pattern, plain(output)))


def plain(printed: str) -> str:
    """Text without blanks at ends of lines, and without what differs from run to run."""
    lines = [line.rstrip() for line in printed.strip().splitlines()]
    return "".join(VARYING.sub("", line).rstrip() + "\n" for line in lines)


def at_terminal(command: list[str]) -> str:
    """What a command shows at a terminal, without colours."""
    shown = pexpect.run(
        shlex.join(command),
        env=os.environ | {"TERM": "dumb"},
        dimensions=(24, COLUMNS),
        encoding="utf-8",
        timeout=120,
    )
    return str(shown).replace("\r\n", "\n")


def unproved(words: list[str]) -> list[str]:
    """The tool's arguments, without the proof, which tests of its own try."""
    proves = words[0] in PROVING and not {"--dry-run", "--no-smoke"} & {*words}
    return [*words, "--no-smoke"] if proves else words


def expanded(words: list[str]) -> list[str]:
    """Words in which `projects/*` and `~` stand for what there is, as a shell has it."""
    found = (
        (
            [*map(str, sorted(Path().glob(word)))]
            if "*" in word
            else [os.path.expanduser(word)]
        )
        for word in words
    )
    return [each for words in found for each in words]


def project() -> dict[str, str]:
    """What the project in the present directory is called."""
    told: dict[str, str] = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    return told


def in_process(words: list[str]) -> int:
    """The exit code of a project's command, run from its sources in this process."""
    (package,) = (path.name for path in Path("src").iterdir())
    sys.path.insert(0, str(Path("src").resolve()))
    invalidate_caches()
    try:
        return int(import_module(f"{package}.cli").main(expanded(words)[1:]))
    finally:
        sys.path.pop(0)
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]


def images(directory: Path) -> None:
    """Some pictures of three kinds of flowers."""
    from PIL import Image

    for kind, colour in (("rose", "red"), ("tulip", "yellow"), ("iris", "blue")):
        (directory / kind).mkdir(parents=True)
        for number in range(1, 11):
            Image.new("RGB", (60 + number, 50), colour).save(
                directory / kind / f"{number}.jpg"
            )
