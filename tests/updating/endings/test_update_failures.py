"""Where files cannot be written or moved, all is as before; other file systems are as safe."""

from dataclasses import replace
from itertools import cycle
from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory

import pytest

from tests.ground import State, commit, leftovers, under_way
from tests.processes import spread


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
