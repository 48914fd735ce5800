"""Cases of the promise: projects that are made, edited by both sides and updated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

from hypothesis import note, settings
from hypothesis import strategies as st

from keras_scaffold.answers.answers import Answers
from keras_scaffold.git.commands import start_repository
from keras_scaffold.git.files import EXECUTABLE, REGULAR, File, Snapshot, read_directory
from keras_scaffold.project_files import BASE_FILE
from keras_scaffold.projects.archive import from_zip, to_zip
from keras_scaffold.projects.creation import generate
from keras_scaffold.projects.formatting import settings_of
from keras_scaffold.templates.template import Template
from keras_scaffold.updating.generation import format_of
from keras_scaffold.updating.pending import Wishes, examine
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.update import update
from tests.edits import Edit, edited
from tests.lives import project_files, template_sides
from tests.promise import Case
from tests.repositories import commit, status, unmerged

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
