"""The promise: no update loses an edit, whatever the user and the template changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from strategies import architectures

from keras_scaffold.answers.answers import Answers
from keras_scaffold.answers.answers import check_answers as checked
from keras_scaffold.git.commands import start_repository
from keras_scaffold.git.files import (
    EXECUTABLE,
    REGULAR,
    File,
    Snapshot,
    above,
    read_directory,
    read_file,
)
from keras_scaffold.layers.layer import shape_text
from keras_scaffold.project_files import BASE_FILE, OWN_FILES
from keras_scaffold.projects.archive import from_zip, to_zip
from keras_scaffold.projects.creation import generate
from keras_scaffold.projects.fetching import open_template
from keras_scaffold.projects.formatting import settings_of
from keras_scaffold.projects.template import Template
from keras_scaffold.updating.checking import State, check_project
from keras_scaffold.updating.generation import format_of
from keras_scaffold.updating.pending import Wishes, examine
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.update import update
from keras_scaffold.updating.updated import Updated
from tests.edits import (
    CHANGING_EDITS,
    MOVING_EDITS,
    TEMPLATE_EDITS,
    USER_EDITS,
    Edit,
    edited,
)
from tests.lives import project_files, template_sides
from tests.promise import Case, assert_nothing_is_lost
from tests.repositories import commit, git, status, unmerged
from tests.surroundings import SURROUNDINGS, Surroundings, copied, plain, within

MANY = settings.default.max_examples
"""Of which the fast test makes more, and the slow one fewer: over 500 in the full profile."""
STYLES = st.sampled_from(["sequential", "functional", "subclassing"])


def write(files: Snapshot, directory: Path) -> None:
    """Write files, each into its directory."""
    for path, file in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():  # whose files were moved
            place.rmdir()
        place.write_bytes(file.content)
        place.chmod(0o755 if file.mode == EXECUTABLE else 0o644)


def changing(
    place: Path, team_template: Path, files: Snapshot, edits: list[Edit]
) -> tuple[Template, Callable[[], None]]:
    """A team's template with some files as they are, and what edits these in it."""
    root = copytree(team_template, place / "team")
    source = root / "template" / "project"
    write(files, source)

    def change() -> None:
        for path in files:
            (source / path).unlink()
        write(edited(files, edits, "template"), source)

    return Template(root, "team"), change


def render(template: Template, answers: Answers, directory: Path) -> Snapshot:
    """What `scaffold new` makes now."""
    directory.mkdir()
    generate(template, answers, directory)
    return read_directory(directory)


def updated(
    directory: Path,
    template: Template,
    old: Answers,
    new: Answers,
    user_edits: list[Edit],
    change_template: Callable[[], None],
) -> Case:
    """Make a project, edit it as its user, change the template and update."""
    project = directory / "net"
    base = render(template, old, project)
    assert start_repository(project, "made") == "git repository with one commit"
    yours = edited(base, user_edits, "yours")
    if yours != base:
        for path in base:
            (project / path).unlink()
        write(yours, project)
        commit(project)
    change_template()
    template = Template(template.root, template.source)

    wishes = Wishes()
    planned = examine(Project.at(project), template, new.recorded(), wishes)
    made = update(planned, wishes, smoke=None)

    archive = (project / BASE_FILE).read_bytes()
    fresh = from_zip(archive)
    told = settings_of(fresh)
    form = format_of(planned.project, base, told or {})
    assert archive == to_zip(fresh, form.name)
    if yours == base:  # then all is as if the project was made now
        assert fresh == render(template, new, directory / "fresh")
        assert archive == (directory / "fresh" / BASE_FILE).read_bytes()
    case = Case(base, yours, fresh, project_files(project), template_sides(project), made)
    note(f"{made.changes} {made.conflicts} left deleted: {made.left_deleted}")
    assert set(unmerged(project)) == case.conflicts
    assert {line[3:].strip('"') for line in status(project) if line[1] != " "} == (
        case.conflicts
    )
    return case


@pytest.fixture(scope="session")
def built_in_template(tmp_path_factory):
    """A copy of the built-in template."""
    root = tmp_path_factory.mktemp("built_in") / "template"
    with open_template() as template:
        return copytree(template.root, root)


@st.composite
def template_files(draw):
    """A few files that a template has as they are: texts, modules and binaries."""
    names = ("a.txt", "src/b.py", "src/c d.txt", "docs/größe.md", "e.py", "docs/f.bin")
    files = {}
    for number, path in enumerate(names):
        if path.endswith(".bin"):
            files[path] = File(REGULAR, b"\0" * draw(st.integers(1, 99)))
            continue
        different = draw(st.sampled_from([2, 5, 99, 99]))
        found = [
            f"line_{number}_{n % different} = 0" for n in range(draw(st.integers(0, 14)))
        ]
        end = "\n" if path.endswith(".py") else draw(st.sampled_from(["\n", "\n", "\r\n"]))
        last = end if found and (path.endswith(".py") or draw(st.booleans())) else ""
        mode = draw(st.sampled_from([REGULAR, REGULAR, EXECUTABLE]))
        files[path] = File(mode, (end.join(found) + last).encode())
    return files


@settings(max_examples=MANY * 3 // 2)
@given(
    files=template_files(),
    user_edits=USER_EDITS,
    template_edits=TEMPLATE_EDITS,
    old=STYLES,
    new=STYLES,
)
def test_any_edits(
    files,
    user_edits,
    template_edits,
    old,
    new,
    fresh,
    team_template,
    workplace,
    executed,
):
    """Whatever lines and files both sides change, nothing of either is lost."""
    place = fresh()
    template, change = changing(place, team_template, files, template_edits)

    case = updated(
        place,
        template,
        checked({"name": "net", "style": old}, template.questions),
        checked({"name": "net", "style": new}, template.questions),
        user_edits,
        change,
    )

    assert_nothing_is_lost(case)
    executed("updates after random edits of both sides")


@st.composite
def answers(draw):
    """Legal answers of any kind: a network in a style, and where its images come from."""
    bricks, shape, classes = draw(architectures())
    return {
        "name": "net",
        "style": draw(STYLES),
        "blocks": bricks,
        "input_shape": shape_text(shape),
        "classes": classes,
        "dataset": "folder",
        "package": draw(st.sampled_from(["net", "net", "web"])),
    }


@settings(max_examples=MANY // 4)
@given(
    old=answers(),
    new=answers(),
    user_edits=st.just([]) | USER_EDITS,
    marks=st.sets(st.integers(0, 15)),
)
def test_any_answers(
    old, new, user_edits, marks, fresh, built_in_template, workplace, executed
):
    """Whatever answers change beside edits of the built-in project, no edit is lost."""
    place = fresh()
    root = copytree(built_in_template, place / "template")
    template = Template(root, "built-in")

    def change():
        sources = sorted((root / "template" / "project").rglob("*.jinja"))
        for number in marks:
            with sources[number % len(sources)].open("a") as source:
                source.write(f"\n# template_{number}\n")

    case = updated(
        place,
        template,
        checked(old, template.questions),
        checked(new, template.questions),
        user_edits,
        change,
    )

    assert_nothing_is_lost(case)
    executed("updates after random edits and other answers")


AROUND = max(8, MANY - 24)
"""Of two updates each, mostly: over 500 in the full profile."""


def committed_files(project: Path) -> Snapshot:
    """What lies in a project, and in those within it, but what tells git how to store it."""
    return {
        path: read_file(project / path)
        for path in git(project, "ls-files", "-z", "--deduplicate").split("\0")[:-1]
        if path not in (*OWN_FILES, ".gitattributes") and (project / path).is_file()
    }


def update_again(project: Path, template: Template, answers: Answers) -> Updated:
    """Update a project, with the answers that it has."""
    planned = examine(Project.at(project), template, answers.recorded(), Wishes())
    return update(planned, Wishes(), smoke=None)


def surrounded(
    directory: Path,
    template: Template,
    answers: Answers,
    user_edits: list[Edit],
    change_template: Callable[[], None],
    around: Surroundings,
) -> tuple[Case, Snapshot]:
    """Make a project in a repository, copy it in parts, edit it and update; with the copies."""
    top = directory / "top"
    project = (top / around.prefix).parent / "net" if around.prefix else top
    project.parent.mkdir(parents=True, exist_ok=True)
    base = render(template, answers, project)
    around.start(top, project)
    yours = edited(base, user_edits, "yours")
    for path in base:
        (project / path).unlink()
    full = {place for path in project_files(project) for place in above(path)}
    assume(full.isdisjoint(yours))  # where copies lie there can be no file
    write(yours, project)
    commit(top)
    git(top, "rm", "--quiet", "-r", "--cached", ".")  # and all is as a clone has it
    git(top, "reset", "--quiet", "--hard")
    before = committed_files(project)
    change_template()
    template = Template(template.root, template.source)

    told = check_project(Project.at(project), lambda _: template).files
    made = update_again(project, template, answers)

    note(f"{made.changes} {made.conflicts} {made.renames} deleted: {made.left_deleted}")
    case = Case(
        plain(base),
        plain({path: before[path] for path in before.keys() - copied(before)}),
        plain(from_zip((project / BASE_FILE).read_bytes())),
        plain(committed_files(project)),
        plain(template_sides(project)),
        made,
    )
    assert set(unmerged(project)) == case.conflicts
    if not case.conflicts:
        outdated = {path for path, states in told.items() if State.OUTDATED in states}
        changed = {change.path for change in made.changes}
        assert changed <= outdated
        assert all(case.yours[path] != base.get(path) for path in outdated - changed)
        commit(top)
        assert not update_again(project, template, answers).changes
    return case, plain({path: before[path] for path in copied(before)})


@settings(max_examples=AROUND)
@given(
    files=template_files(),
    user_edits=MOVING_EDITS,
    template_edits=CHANGING_EDITS,
    around=SURROUNDINGS,
)
def test_any_surroundings(
    files, user_edits, template_edits, around, fresh, team_template, workplace, executed
):
    """Wherever a project lies and however git stores it, nothing is lost, and no copy edited."""
    place = fresh()
    template, change = changing(place, team_template, files, template_edits)

    answers = checked({"name": "net", "style": "functional"}, template.questions)
    case, copies = surrounded(place, template, answers, user_edits, change, around)

    renames = case.updated.renames
    known = {*within(copies)} | ({*copies} if around.committed else set())
    heirs = {*renames.values()} - known  # of what its user removed
    moved = {Path(heir).name for heir in heirs - copies.keys()}  # with their directory
    for path in copies.keys() - heirs:
        place = renames.get(path, path)
        if place in case.result or path in known or Path(path).name not in moved:
            assert case.result.pop(place) == copies[path]
    assert_nothing_is_lost(case)
    executed("updates in random surroundings")
    if not case.conflicts:
        executed("updates in random surroundings")  # the one that had nothing to do
