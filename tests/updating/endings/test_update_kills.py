"""Whenever an update is killed, the next one ends it, and loses no edit that was made since."""

import signal
from itertools import cycle

import pytest

from tests.ground import (
    AFTER,
    ASKED,
    BEFORE,
    CONFLICTING,
    EDIT,
    State,
    commit,
    leftovers,
    under_way,
)
from tests.processes import spread


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
