"""A clone is as before or has the whole project, whatever stops the command."""

import os
import sys
from shutil import copytree, rmtree
from signal import SIGINT, SIGTERM
from traceback import print_exc

import faults
import pytest
from typer.testing import CliRunner

from keras_scaffold.terminal.cli import app
from tests.lives import write
from tests.options import QUICK
from tests.processes import ENDLESS, program, settle, spread, wait_for
from tests.repositories import digest, git, status


@pytest.mark.process
@pytest.mark.parametrize("number", [SIGINT, SIGTERM])
def test_stopped_while_rendering(number, clone, start, team_template, tmp_path):
    """Ctrl-C leaves the clone byte for byte as it was, and nothing anywhere else."""
    write(team_template / "template/project", {"z.jinja": ENDLESS})
    temporary = tmp_path / "temporary"
    before = digest(clone)
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*temporary.glob(".scaffold-*/net")])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert digest(clone) == before
    assert [*temporary.iterdir()] == []


@pytest.mark.process
def test_too_late_to_be_stopped(clone, start, team_template, tmp_path):
    """Once files are put into place, Ctrl-C reaches neither the tool nor what git runs."""
    leader = tmp_path / "leader"
    late = f'case $text in *functional*) kill -INT "-$(cat {leader})";; esac'
    program(tmp_path / "filter", f'text=$(cat); {late}; echo "$text"')
    git(clone, "config", "filter.late.clean", str(tmp_path / "filter"))
    write(clone, {".git/info/attributes": "README.md filter=late\n"})
    words = ("new", "net", *QUICK, "--template", team_template)
    process = start(*words, start_new_session=True)
    leader.write_text(str(process.pid))

    printed, told = process.communicate()

    assert (process.returncode, told) == (0, "")
    assert "; staged in the git repository that was there" in printed
    assert status(clone)


@pytest.fixture
def faulty(new, clone, team_template, tmp_path):
    """Makes a project in a clone with faults in this process, or in that which moves files.

    Gives the exit code, and the steps of each that wrote below the clone.
    """
    program(tmp_path / "python", f'exec "{sys.executable}" "{faults.__file__}" "$@"')
    write(team_template / "template/project", {"runs/ignored": "1\n"})
    logs = {whose: tmp_path / f"{whose}.log" for whose in ("making", "moving")}
    words = ["new", str(clone), *QUICK, "--template", str(team_template)]

    def run(making="", moving=""):
        for log in logs.values():
            log.write_text("")
        process = os.fork()
        if not process:
            try:
                sys.executable = str(tmp_path / "python")
                os.environ |= {"FAULTS": moving, "FAULTS_PLACE": f"{clone}/"}
                os.environ["FAULTS_LOG"] = str(logs["moving"])
                faults.install(making, f"{clone}/", logs["making"])
                os._exit(CliRunner().invoke(app, words).exit_code)
            finally:
                print_exc()
                os._exit(99)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        settle(clone)
        return code, {whose: log.read_text().splitlines() for whose, log in logs.items()}

    return run


def seen(clone):
    """All of a clone that its user sees: files, index and status."""
    files = {
        path.relative_to(clone).as_posix(): path.read_bytes()
        for path in clone.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(clone).parts
    }
    return files, git(clone, "ls-files", "--stage"), status(clone)


@pytest.mark.process
@pytest.mark.parametrize("fault", ["ENOSPC", "kill"])
@pytest.mark.parametrize("whose", ["making", "moving"])
def test_whole_or_not_at_all(whose, fault, faulty, clone, new):
    """Whatever step fails, or is where it is killed, the clone is as before or has it all."""
    kept = copytree(clone, clone.with_name("kept"), symlinks=True)
    before = seen(clone)
    code, steps = faulty()
    after = seen(clone)
    assert code == 0
    assert len(steps[whose]) > 5

    for number in spread(1, len(steps[whose]), 6):
        rmtree(clone)
        copytree(kept, clone, symlinks=True)

        faulty(**{whose: f"{number}:{fault}"})

        if fault == "kill":  # the next one finishes what was begun, or begins
            new(clone)
            assert seen(clone) == after
        else:
            assert seen(clone) in (before, after)
