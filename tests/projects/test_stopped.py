"""`new` stopped, killed, or on a full disk: whole or not at all."""

import os
import resource
import signal

import pytest

from tests.processes import ENDLESS, children, wait_for

pytestmark = pytest.mark.process


QUICK = ("--defaults", "--no-smoke", "--no-git")


def left(workplace):
    """Every path that the command left, in the present directory or among temporary files."""
    return [*workplace.rglob("*"), *(workplace.parent / "temporary").rglob("*")]


def proofs_of(parent):
    """The ids of the child processes that prove."""
    return children(parent, "scaffold_proof.main")


def small_disk():
    """Let no file of this process grow as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def runs(process):
    """Whether a process is there, as a zombie at least."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stopped_while_rendering(number, start, workplace, team_template):
    """A signal during rendering leaves nothing, neither beside nor among temporary files."""
    (team_template / "template" / "project" / "z.jinja").write_text(ENDLESS)
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net")])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert left(workplace) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stopped_between_files(number, start, workplace, team_template):
    """Nor does it where files are being written by then, one after the other."""
    for each in range(2000):
        (team_template / "template" / "project" / f"{each}.txt").write_text("text\n")
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net/1*.txt")])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert left(workplace) == []


def test_killed_while_rendering(start, workplace, team_template):
    """A command that is killed leaves no process that renders, however long that takes."""
    (team_template / "template" / "project" / "z.jinja").write_text(ENDLESS)
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net")])
    [renders] = children(process.pid, "keras_scaffold.copying")

    process.kill()
    process.communicate()

    assert wait_for(lambda: not runs(renders))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_while_proving(number, start, workplace, team_template):
    """A signal during the proof leaves nothing, and ends the processes that prove."""
    process = start("new", "net", "--defaults", "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net/README.md")])
    proofs = wait_for(lambda: proofs_of(process.pid))

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert not any(map(runs, proofs))
    assert left(workplace) == []


def test_killed_while_proving(start, workplace, team_template):
    """Where the command is killed, the processes that prove end themselves."""
    process = start("new", "net", "--defaults", "--template", team_template)
    proofs = wait_for(lambda: proofs_of(process.pid))

    process.kill()
    process.communicate()

    wait_for(lambda: not any(map(runs, proofs)))


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [("large.txt.jinja", "{{ 'x' * 100000 }}", 2), ("large.txt", "x" * 100_000, 4)],
    ids=["project", "copy of the template"],
)
def test_full_disk(file, content, code, start, workplace, team_template):
    """Where a file cannot be written whole, nothing is left."""
    (team_template / "template" / "project" / file).write_text(content)
    process = start(
        "new", "net", *QUICK, "--template", team_template, preexec_fn=small_disk
    )

    told = process.communicate()[1]

    assert process.returncode == code
    assert told.startswith("error: ")
    assert "File too large" in told
    assert left(workplace) == []
