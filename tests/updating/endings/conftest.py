"""A project that is updated with faults, made once for all tests of endings."""

import sys
from shutil import copytree, which

import faults
import pytest

from keras_scaffold.projects.rendering import render
from keras_scaffold.updating import generation
from tests.ground import AFTER, ASKED, BEFORE, CLEAN, Ground, State, commit, write
from tests.processes import program, spread


@pytest.fixture
def edited():
    """What the user makes of `changed.txt`."""
    return CLEAN


@pytest.fixture(scope="session")
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
