"""The promise, wherever a project lies and however git stores it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import assume, given, note, settings

from keras_scaffold.answers.answers import Answers
from keras_scaffold.answers.answers import check_answers as checked
from keras_scaffold.git.files import Snapshot, above, read_file
from keras_scaffold.project_files import BASE_FILE, OWN_FILES
from keras_scaffold.projects.archive import from_zip
from keras_scaffold.templates.template import Template
from keras_scaffold.updating.checking import State, check_project
from keras_scaffold.updating.pending import Wishes, examine
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.update import update
from keras_scaffold.updating.updated import Updated
from tests.cases import MANY, changing, render, template_files, write
from tests.edits import CHANGING_EDITS, MOVING_EDITS, Edit, edited
from tests.lives import project_files, template_sides
from tests.promise import Case, assert_nothing_is_lost
from tests.repositories import commit, git, unmerged
from tests.surroundings import SURROUNDINGS, Surroundings, copied, plain, within

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
