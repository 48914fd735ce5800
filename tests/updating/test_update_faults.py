"""Whole or not at all: whatever ends an update, the project is the old one or the new one."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from shutil import copytree, move, rmtree, which
from tempfile import TemporaryDirectory
from traceback import print_exc

import faults
import pytest
from typer.testing import CliRunner

from keras_scaffold.projects.rendering import render
from keras_scaffold.terminal.cli import app
from keras_scaffold.updating import generation
from tests.processes import SCAFFOLD, program, settle, spread
from tests.repositories import git, git_directory

BEFORE = {
    "README.md.jinja": "# {{ name }}\n\nfirst\n",
    "changed.txt": "one\ntwo\nthree\nfour\nfive\n",
    "deleted.txt": "to be deleted\n",
    "deep/down/renamed.txt": "to be renamed\n" * 9,
    "file": "to be a directory\n",
    "directory/file.txt": "in what is to be a file\n",
    "kept.txt": "kept\n",
    "run.sh": "#!/bin/sh\n",
}
AFTER = {
    "README.md.jinja": "# {{ name }}\n\nsecond\n",
    "changed.txt": "one\ntwo\nthree\nfour\nsix\n",
    "added/below/added.txt": "added\n",
    "renamed.txt": "to be renamed\n" * 9,
    "file/inside.txt": "in what was a file\n",
    "directory": "what was a directory\n",
    "kept.txt": "kept\n",
    "run.sh": "#!/bin/sh\n",
}
CLEAN = "mine\ntwo\nthree\nfour\nfive\n"
CONFLICTING = "one\ntwo\nthree\nfour\nmine\n"
"""What the user makes of `changed.txt`."""
ASKED = ("--style", "subclassing")
EDIT = b"edited meanwhile\n"


@dataclass(frozen=True)
class State:
    """All that a user can see of a project."""

    files: dict[str, tuple[int, bytes]]
    """Mode and content by path; a directory has no content."""
    index: str
    status: str

    @classmethod
    def of(cls, project):
        """The state of a project now."""
        files = {
            path.relative_to(project).as_posix(): (
                path.stat().st_mode,
                path.read_bytes() if path.is_file() else b"",
            )
            for path in project.rglob("*")
            if ".git" not in path.parts
        }
        index = git(project, "ls-files", "--stage")
        status = git(project, "--no-optional-locks", "status", "--porcelain")
        return cls(files, index, status)

    def without(self, name):
        """Every file but one, and no directory."""
        return {path: told for path, told in self.files.items() if told[1] and path != name}


@dataclass(frozen=True)
class Updating:
    """A process that updates."""

    number: int
    output: int

    def ended(self):
        """Exit code, which is negative for a signal, and what it printed."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        with open(self.output, encoding="utf-8") as output:
            return code, output.read()


@dataclass(frozen=True)
class Ground:
    """A project whose template has changed, and what it is before and after an update."""

    project: Path
    template: Path

    def copy(self):
        """The project as it was, copied to where it always is."""
        place = self.project.with_name("copy")
        rmtree(place, ignore_errors=True)
        return copytree(self.project, place, symlinks=True)

    def command(self, project):
        """The words that update a project."""
        return ["update", str(project), "--no-smoke", "--template", str(self.template)]

    def steps(self, whose):
        """Those that wrote in the last update with faults: `updating`, or `moving` files."""
        path = self.project.with_name(f"{whose}.log")
        return path.read_text().splitlines() if path.exists() else []

    def update(self, project, *arguments, **options):
        """Exit code and words of an update with faults, once nothing of it runs."""
        ended = self.start(project, *arguments, **options).ended()
        settle(project)
        return ended

    def start(self, project, *arguments, updating="", moving="", limit=None):
        """Begin an update in a process of its own, which is quicker as a copy of this one.

        There are faults for that process, and for the one that moves files; `limit` is how
        large a file may grow.
        """
        for whose in ("updating", "moving"):
            self.project.with_name(f"{whose}.log").unlink(missing_ok=True)
        reader, writer = os.pipe()
        process = os.fork()
        if process:
            os.close(writer)
            return Updating(process, reader)
        try:
            sys.executable = str(self.project.with_name("python"))
            os.environ["FAULTS"] = moving
            os.environ["FAULTS_PLACE"] = f"{project}/"
            os.environ["FAULTS_LOG"] = str(self.project.with_name("moving.log"))
            if limit is None:
                log = self.project.with_name("updating.log")
                faults.install(updating, f"{project}/", log)
            else:
                generation.render = render
                os.environ["PATH"] = f"{self.project.parent}:{os.environ['PATH']}"
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            result = CliRunner().invoke(app, [*self.command(project), *arguments])
            os.write(writer, result.output.encode())
            os._exit(result.exit_code)
        finally:
            print_exc()
            os._exit(99)


def commit(project):
    """Commit everything."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "-m", "edits")


def write(directory, files):
    """Put a template's files in the place of those that were there."""
    for path in [*directory.rglob("*.txt"), directory / "file"]:
        path.unlink(missing_ok=True)
    rmtree(directory / "directory", ignore_errors=True)
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)


def leftovers(project):
    """What an update left in git's directory or beside the files."""
    places = (git_directory(project), project)
    names = ("scaffold*", ".scaffold-*", "index.lock")
    return [path for place in places for name in names for path in place.glob(name)]


def under_way(project):
    """Whether an update is known to be unfinished, and git's commands are locked out."""
    directory = git_directory(project)
    journals = [*directory.glob("scaffold-update-*/journal.json")]
    return bool(journals) and (directory / "index.lock").exists()


@pytest.fixture
def edited():
    """What the user makes of `changed.txt`."""
    return CLEAN


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What is made once for every test, and the directory that it is in."""
    return {"place": tmp_path_factory.mktemp("kept")}


@pytest.fixture
def rendered_once(monkeypatch, kept):
    """Lets updates take what they rendered before, which is a third of their time."""

    def render_once(template, answers, directory, **options):
        rendered = kept["place"] / f"rendered-{answers.style}"
        if rendered not in kept:
            kept[rendered] = render(template, answers, rendered, **options)
        copytree(rendered, directory, dirs_exist_ok=True)
        return kept[rendered]

    monkeypatch.setattr(generation, "render", render_once)


@pytest.fixture
def ground(edited, kept, scaffold, team_template, rendered_once):
    """A project to be updated, with all imported that an update needs."""
    if edited in kept:
        return kept[edited]
    place = kept["place"] / str(len(kept))
    template = copytree(team_template, place / "team")
    files = template / "template" / "project"
    write(files, BEFORE)
    net = place / "net"
    made = scaffold("new", net, "--defaults", "--no-smoke", "--template", template)
    assert made.exit_code == 0
    (net / "changed.txt").write_text(edited)
    (net / "mine.txt").write_text("mine\n")
    commit(net)
    write(files, AFTER)
    (files / "run.sh").chmod(0o755)
    program(place / "python", f'exec "{sys.executable}" "{faults.__file__}" "$@"')
    # so that a file that is too large fails to be written as on a full disk, with an error
    program(place / "git", f"trap '' XFSZ; exec '{which('git')}' \"$@\"")
    kept[edited] = Ground(net, template)
    return kept[edited]


@pytest.fixture
def again(ground, scaffold):
    """Updates a project without faults; gives the exit code."""
    return lambda project, *asked: scaffold(*ground.command(project), *asked).exit_code


@pytest.fixture
def old(ground):
    """The state before the update."""
    return State.of(ground.project)


@pytest.fixture
def undisturbed(edited, kept, ground, again):
    """What an update without faults makes of the project, and its steps."""
    if ("undisturbed", edited) in kept:
        return kept["undisturbed", edited]
    again(ground.copy())  # imports and renders what the next ones need
    project = ground.copy()
    code, told = ground.update(project)
    assert code in (0, 5), told
    steps = {whose: ground.steps(whose) for whose in ("updating", "moving")}
    kept["undisturbed", edited] = State.of(project), steps
    return kept["undisturbed", edited]


@pytest.fixture
def new(undisturbed):
    """The state after the update."""
    return undisturbed[0]


@pytest.fixture
def moving(undisturbed):
    """The steps of the process that moves files."""
    return undisturbed[1]["moving"]


@pytest.fixture
def updating(undisturbed):
    """Numbers of steps of the update, half of them after it has begun to publish."""
    steps = undisturbed[1]["updating"]
    publishing = next(n for n, step in enumerate(steps, 1) if "scaffold.lock" in step)
    return spread(1, publishing - 1, 4) + spread(publishing, len(steps), 3)


@pytest.fixture
def asked(ground, again):
    """The state after an update with other answers."""
    project = ground.copy()
    assert again(project, *ASKED) == 0
    return State.of(project)


def test_killed_at_any_step(ground, again, old, new, updating, executed):
    """A killed update leaves the old project or the new one, and the next one just works."""
    seen = set()
    for number in updating:
        project = ground.copy()

        code, _ = ground.update(project, updating=f"{number}:kill")

        assert code == -signal.SIGKILL
        state = State.of(project)
        assert state in (old, new), number
        assert again(project) == 0
        assert State.of(project) == new
        assert leftovers(project) == []
        seen.add(state == new)
        executed("kills of an update")
    assert seen == {False, True}


def test_no_space_at_any_step(ground, old, new, updating, executed):
    """Where the disk is full all is as before, unless that was no obstacle any more."""
    for number in updating:
        project = ground.copy()

        code, told = ground.update(project, updating=f"{number}:ENOSPC")

        assert (code, State.of(project)) in ((2, old), (0, new)), number
        assert code == 0 or "No space left on device" in told
        assert leftovers(project) in ([], [project / ".git" / "scaffold.lock"])
        executed("updates without space")


def test_full_disk(ground, again, executed):
    """Where a file cannot grow, an update says so, and all is as before."""
    ground = replace(ground, project=ground.copy().rename(ground.project.with_name("full")))
    for number in range(200):
        (ground.project / f"{'x' * 99}{number}").touch()  # which makes the index large
    commit(ground.project)
    old = State.of(ground.project)
    fetched = (ground.template / "copier.yml").stat().st_size  # its largest file
    for limit, expected in ((200, 4), (fetched, 2), (20_000, 2), (100_000, 0)):
        project = ground.copy()

        code, told = ground.update(project, limit=limit)

        assert code == expected
        assert code == 0 or (told.startswith("error: ") and told.count("\n") == 1)
        assert code == 0 or State.of(project) == old
        assert leftovers(project) == []
        executed("updates on a full disk")


def test_moving_killed_at_any_step(ground, again, old, asked, executed):
    """Where even the process that moves files is killed, the next update finishes it.

    Until then git's own commands are locked out.
    """
    ground.update(ground.copy(), *ASKED)
    for number in spread(1, len(ground.steps("moving")), 2):
        project = ground.copy()

        code, told = ground.update(project, *ASKED, moving=f"{number}:kill")

        assert (code, "run `scaffold update` again" in told) == (2, True)
        assert State.of(project) in (old, asked) or under_way(project), number
        assert again(project) == 0
        assert State.of(project) == asked
        assert leftovers(project) == []
        executed("kills of the process that moves files")


def test_edits_after_a_kill(ground, again, old, asked, moving, executed):
    """What the user writes while an update is half done stays, in whichever file it is."""
    names = cycle(sorted({*BEFORE, *AFTER} - {"README.md.jinja"} | {"README.md"}))
    for number in spread(2, len(moving) - 2, 4):
        project = ground.copy()
        ground.update(project, *ASKED, moving=f"{number}:kill")
        name = next(name for name in names if (project / name).is_file())
        content = (project / name).read_bytes() + EDIT
        if number % 2:
            (project / name).unlink()  # as some editors do
        (project / name).write_bytes(content)

        code = again(project)

        assert code == 2
        assert (project / name).read_bytes() == content
        others = State.of(project).without(name)
        assert others in (old.without(name), asked.without(name)), (number, name)
        assert leftovers(project) == []
        commit(project)
        assert again(project) in (0, 5)
        assert any(EDIT in content for _, content in State.of(project).files.values())
        executed("edits between a kill and the next update")


def test_edits_everywhere_after_a_kill(ground, again, moving, executed):
    """Where every file was edited meanwhile, none of them is touched again."""
    for number in spread(2, len(moving) - 2, 6):
        project = ground.copy()
        ground.update(project, moving=f"{number}:kill")
        edited = {}
        for path in project.rglob("*.*"):
            if ".git" not in path.parts and path.is_file():
                edited[path] = path.read_bytes() + EDIT
                path.write_bytes(edited[path])

        code = again(project)

        assert code == 2
        assert {path: path.read_bytes() for path in edited} == edited
        assert leftovers(project) == []
        executed("edits between a kill and the next update")


def test_moving_fails_at_any_step(ground, old, new, moving, executed):
    """Where a file cannot be moved, those that were are moved back."""
    errors = cycle(["ENOSPC", "EACCES"])
    for number in spread(1, len(moving), 2):
        project = ground.copy()

        code, told = ground.update(project, moving=f"{number}:{next(errors)}")

        state = State.of(project)
        assert (code, state.status) in ((2, old.status), (0, new.status)), number
        assert state.without("") == (old if code else new).without("")
        assert code == 0 or told.startswith("error: the system said no `")
        assert leftovers(project) == []
        executed("moves that fail")


def test_moving_back_ends_early(ground, again, old, new, moving, executed):
    """Where moving files back fails too, or is killed, the next update ends it."""
    last = next(
        n
        for n, step in enumerate(moving, 1)
        if "os.rename" in step and "index.lock" in step
    )
    ground.update(ground.copy(), moving=f"{last}:EACCES")
    steps = ground.steps("moving")
    faulty = cycle(["kill", "EACCES"])
    for number in spread(last + 1, len(steps), 4):
        project = ground.copy()
        fault = "kill" if "os.rmdir" in steps[number - 1] else next(faulty)

        code, _ = ground.update(project, moving=f"{last}:EACCES {number}:{fault}")

        assert code == 2
        assert State.of(project) == old or under_way(project), number
        assert again(project) == 0
        assert State.of(project) == new
        assert leftovers(project) == []
        executed("faults while files are moved back")


@pytest.mark.parametrize("edited", [CONFLICTING])
def test_killed_with_conflicts(ground, again, old, new, moving, updating, executed):
    """A conflict's markers and its stages in the index are there both, or neither is."""
    assert "UU changed.txt" in new.status
    assert b"<<<<<<<" in new.files["changed.txt"][1]
    faulty = [{"updating": f"{number}:kill"} for number in updating[-4:]]
    faulty += [{"moving": f"{number}:kill"} for number in spread(1, len(moving), 4)]
    for fault in faulty:
        project = ground.copy()

        ground.update(project, **fault)

        state = State.of(project)
        assert state in (old, new) or under_way(project), fault
        assert again(project) in (2, 5)
        assert State.of(project) == new
        assert leftovers(project) == []
        executed("kills of an update with conflicts")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signals_at_any_moment(number, ground, again, old, new, tmp_path, executed):
    """A signal ends an update before anything is changed, or comes too late."""
    chance = random.Random(number)
    expected = -number if number == signal.SIGKILL else 128 + number
    for attempt in range(4):
        project = ground.copy()
        temporary = tmp_path / f"temporary-{attempt}"
        temporary.mkdir()
        process = subprocess.Popen(
            [*SCAFFOLD, *ground.command(project)],
            env=os.environ | {"TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not [*temporary.iterdir()] and process.poll() is None:
            time.sleep(0.01)

        time.sleep(chance.uniform(0, 0.8))
        process.send_signal(number)
        _, told = process.communicate()

        settle(project)
        state = State.of(project)
        # Python ends by the signal itself where it comes as the interpreter shuts down.
        ends = ((expected, old), (0, new), (-number, new))
        assert (process.returncode, state) in ends, told
        assert again(project) == 0
        assert State.of(project) == new
        assert leftovers(project) == []
        executed("signals to an update")


def test_two_at_a_time(ground, again, new, asked, updating, executed):
    """Of two updates that meet at any step, one is done and the other is refused."""
    for number in updating[::2]:
        project = ground.copy()
        first = ground.start(project, *ASKED, updating=f"{number}:stop")
        os.waitpid(first.number, os.WUNTRACED)

        second = again(project)
        os.kill(first.number, signal.SIGCONT)
        code, told = first.ended()

        settle(project)
        assert sorted((code, second)) == [0, 2], told
        assert State.of(project) == (new if second == 0 else asked)
        assert leftovers(project) == []
        executed("updates during another one")


def test_another_while_files_are_moved(ground, scaffold, again, new, moving):
    """While files are moved another update is refused, though the first one was killed."""
    half = len(moving) // 2
    project = ground.copy()
    first = ground.start(project, moving=f"{half}:stop")
    while len(ground.steps("moving")) < half:
        time.sleep(0.01)
    os.kill(first.number, signal.SIGKILL)
    first.ended()

    refused = scaffold(*ground.command(project))

    assert refused.exit_code == 2
    assert (
        refused.stderr == f"error: another update is at work in `{project}`; wait for it\n"
    )
    os.kill(int(ground.steps("moving")[-1].split()[0]), signal.SIGCONT)
    settle(project)
    assert State.of(project) == new
    assert again(project) == 0
    assert leftovers(project) == []


def test_git_at_work(ground, scaffold, again, old, new):
    """While one of git's own commands changes the index, an update is refused."""
    project = ground.copy()
    lock = project / ".git" / "index.lock"
    lock.touch()

    refused = scaffold(*ground.command(project))

    assert refused.exit_code == 2
    assert refused.stderr == (
        f"error: another git command is at work: there is `{lock}`; wait, or remove it\n"
    )
    assert State.of(project) == old
    assert leftovers(project) == [lock]
    lock.unlink()
    assert again(project) == 0
    assert State.of(project) == new


def test_without_hard_links(ground, again, old, new, moving, executed):
    """Where the file system has no hard links, an update is as safe."""
    no_links = {"updating": "link:EPERM", "moving": "link:EPERM"}
    assert ground.update(ground.copy(), **no_links)[0] == 0
    for number in spread(1, len(ground.steps("moving")), 6):
        project = ground.copy()

        ground.update(project, updating="link:EPERM", moving=f"link:EPERM {number}:kill")

        assert State.of(project) in (old, new) or under_way(project), number
        assert again(project) == 0
        assert State.of(project) == new
        assert leftovers(project) == []
        executed("kills without hard links")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is one device only")
def test_git_on_another_device(ground, again, old, new, moving, executed):
    """Where git's directory is on another device than the files, an update is as safe."""
    for number in spread(1, len(moving), 6):
        project = ground.copy()
        with TemporaryDirectory(dir="/dev/shm") as device:
            move(project / ".git", f"{device}/git")
            (project / ".git").write_text(f"gitdir: {device}/git\n")

            ground.update(project, moving=f"{number}:kill")

            assert again(project) == 0
            assert State.of(project) == new
            assert leftovers(project) == []
        executed("kills beside a git directory elsewhere")
