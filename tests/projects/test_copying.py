"""Copier in a process of its own: it renders as it does here, and fails as it does here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from keras_scaffold.copying import Copy, RefusedAnswer, ahead, copy
from keras_scaffold.errors import BugError, TemplateError
from tests.processes import SCAFFOLD

QUICK = ("--defaults", "--no-smoke")
TEXT = "hello {{ name }}, {{ numbers | join(', ') }}\n"


@pytest.fixture
def root(tmp_path) -> Path:
    """A template of one file and a question that only Copier checks."""
    directory = tmp_path / "template"
    directory.mkdir()
    (directory / "copier.yml").write_text(
        "name: {type: str}\n"
        "numbers: {type: yaml}\n"
        "side: {type: int, default: 3, validator: '{% if side > 9 %}too large{% endif %}'}\n"
    )
    (directory / "hello.txt.jinja").write_text(TEXT)
    return directory


def command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [*SCAFFOLD, *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def there() -> Iterator[Copy]:
    """Copier in another process, as a command has it that has not imported Copier."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.delitem(sys.modules, "copier")
            started = stack.enter_context(ahead())
        assert started is not copy
        yield started


def outcome(how: Copy, root: Path, directory: Path, **data: object) -> object:
    """What is rendered, or the error and all that it tells."""
    try:
        how(root, "team", {"name": "ada", "numbers": [1, 2], **data}, directory)
    except Exception as error:  # noqa: BLE001 - it is compared
        return type(error), str(error), error.args
    return {path.name: path.read_text() for path in directory.iterdir()}


def unchanged(root: Path) -> None:
    """Leave the template as it is."""


def without_end(root: Path) -> None:
    """Break a template's syntax."""
    (root / "hello.txt.jinja").write_text("one\n{% if name %}\n")


def broken_at_work(root: Path) -> None:
    """Break what is found out only while it is rendered."""
    (root / "hello.txt.jinja").write_text("one\n{{ name.missing.more }}\n")


def with_task(root: Path) -> None:
    """Let the template want to run something."""
    with (root / "copier.yml").open("a") as text:
        text.write("_tasks: ['touch ran']\n")


def with_broken_link(root: Path) -> None:
    """Let a link lead nowhere."""
    (root / "link").symlink_to("nothing")


@pytest.mark.parametrize(
    ("change", "data", "kind"),
    [
        (unchanged, {}, None),
        (unchanged, {"side": 10}, RefusedAnswer),
        (unchanged, {"numbers": "[1"}, TemplateError),
        (without_end, {}, TemplateError),
        (broken_at_work, {}, TemplateError),
        (with_task, {}, TemplateError),
        (with_broken_link, {}, TemplateError),
    ],
)
def test_same_as_here(change, data, kind, root, there, tmp_path):
    """Another process makes the same files of the same values, and the same errors."""
    change(root)

    found = outcome(there, root, tmp_path / "there", **data)

    assert found == outcome(copy, root, tmp_path / "here", **data)
    assert isinstance(found, dict) if kind is None else found[0] is kind


@pytest.mark.parametrize("given", [None, "a: b"])
def test_refused_answer(given, root, there, tmp_path):
    """An answer that the template refuses is told from one that is missing, with its key."""
    with (root / "copier.yml").open("a") as text:
        text.write(
            'owner: {type: str, validator: \'{{ "too short" if owner else "" }}\'}\n'
        )
    data = {} if given is None else {"owner": given}

    with pytest.raises(RefusedAnswer) as refused:
        there(root, "team", {"name": "ada", "numbers": [1, 2], **data}, tmp_path / "there")

    missing, wrong = (
        'Question "owner" is required',
        "Validation error for question 'owner': too short",
    )
    assert (refused.value.key, str(refused.value)) == ("owner", wrong if given else missing)
    assert refused.value.missing == (given is None)


def test_several(root, there, tmp_path, monkeypatch):
    """One process renders one project after another, below the present directory too."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        there(root, "team", {"name": name, "numbers": []}, Path(name))
        assert (tmp_path / name / "hello.txt").read_text() == f"hello {name}, \n"


def test_system_refuses(root, there, tmp_path):
    """What the operating system says comes as it does here."""
    (tmp_path / "file").touch()

    with pytest.raises(NotADirectoryError):
        there(root, "team", {"name": "ada", "numbers": []}, tmp_path / "file" / "net")


@pytest.mark.process
def test_killed(root, tmp_path, monkeypatch):
    """A process that dies is told as such, and the command does not wait for it."""
    monkeypatch.delitem(sys.modules, "copier")
    with ahead() as there:
        process = there.args[0]
        monkeypatch.setattr(process, "poll", lambda: None)  # nobody has noticed yet
        process.kill()

        with pytest.raises(BugError, match="ended with exit code -9"):
            there(root, "team", {"name": "ada", "numbers": []}, tmp_path / "net")


@pytest.mark.process
@pytest.mark.parametrize("used", [False, True])
def test_ends_with_the_command(used, root, tmp_path, monkeypatch):
    """No process is left behind, whether or not it was needed."""
    monkeypatch.delitem(sys.modules, "copier")
    with ahead() as there:
        process = there.args[0]
        if used:
            there(root, "team", {"name": "ada", "numbers": []}, tmp_path / "net")

    assert process.returncode == -signal.SIGKILL


def test_not_twice():
    """Where Copier is imported already, no process is started for it."""
    with ahead() as here:
        assert here is copy


@pytest.mark.process
@pytest.mark.parametrize(
    "arguments",
    [
        ["--", "new", "net", *QUICK],
        ["new", "net", *QUICK, "--name", "--help"],
        ["new", "--no-git", *QUICK, "--", "net"],
    ],
)
def test_where_the_command_is_not_the_first_word(arguments, workplace):
    """A call that does not tell at once that it renders does so all the same."""
    done = command(*arguments)

    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if "--help" in arguments else 0), done.stderr
    assert (workplace / "net" / "README.md").exists() == (done.returncode == 0)


@pytest.mark.process
def test_python_that_greets(workplace, tmp_path):
    """What a Python prints when it starts is nobody's answer."""
    (tmp_path / "sitecustomize.py").write_text("print('welcome')\n")

    done = command("new", "net", *QUICK, PYTHONPATH=str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("welcome\nnet: ")


def test_one_that_died_is_no_others_fault(root, tmp_path, monkeypatch):
    """What is asked for after the process has ended is rendered here."""
    monkeypatch.delitem(sys.modules, "copier")
    with ahead() as there:
        process = there.args[0]
        process.kill()
        process.wait()

        found = outcome(there, root, tmp_path / "net")

    assert found == {"hello.txt": "hello ada, 1, 2\n"}
