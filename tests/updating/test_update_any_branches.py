"""Branches that were both updated are merged, and the next update loses and undoes nothing."""

from __future__ import annotations

import subprocess

from hypothesis import given, note, settings
from hypothesis import strategies as st

from keras_scaffold.git.files import Snapshot
from keras_scaffold.updating.resolving.resolution import resolve_project
from tests.edits import lines
from tests.lives import Life
from tests.repositories import commit, git, unmerged

MANY = settings.default.max_examples
PATHS = ("a.txt", "b.txt", "c.py")


def text(who: str, path: str, number: int) -> str:
    """A line that only one of the sides writes, once."""
    return f"{who}_{path[0]}_{number} = 0"


@st.composite
def changes(draw, who: str, most: int = 2):
    """Lines of files that somebody replaces, or adds after; each by its place."""
    change = st.tuples(
        st.sampled_from(PATHS), st.integers(0, 11), st.sampled_from(["replace", "insert"])
    )
    made = draw(st.lists(change, max_size=most, unique_by=lambda change: change[:2]))
    return [
        (path, place, kind, text(who, path, number))
        for number, (path, place, kind) in enumerate(made)
    ]


def changed(files: dict[str, str], made) -> dict[str, str]:
    """Texts with lines replaced or added; a line that is gone is left alone."""
    found = {path: content.split("\n")[:-1] for path, content in files.items()}
    for path, place, kind, line in sorted(
        made, key=lambda change: change[:2], reverse=True
    ):
        if place < len(found[path]):
            found[path][place : place + (kind == "replace")] = [line]
    return {path: "\n".join([*content, ""]) for path, content in found.items()}


def texts(life: Life) -> dict[str, str]:
    """The project's files that the template made."""
    return {path: (life.project / path).read_text() for path in PATHS}


def keep_both(life: Life, path: str) -> None:
    """Settle a conflict: leave out the markers."""
    place = life.project / path
    kept = [
        line
        for line in place.read_text().splitlines(keepends=True)
        if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    ]
    place.write_text("".join(kept))


def own(files: Snapshot) -> set[str]:
    """Every line that a user wrote."""
    return {
        line for path in PATHS for line in lines(files[path]) if line.startswith("user")
    }


@settings(max_examples=MANY // 3)
@given(
    ours=changes("user_ours"),
    theirs=changes("user_theirs"),
    first=changes("template_first"),
    second=changes("template_second"),
    third=changes("template_third"),
    styles=st.tuples(*[st.sampled_from(["functional", "functional", "subclassing"])] * 2),
    order=st.permutations([1, 2, 2]),
    undone=st.integers(0, 3),
)
def test_any_branches(
    ours,
    theirs,
    first,
    second,
    third,
    styles,
    order,
    undone,
    fresh,
    team_template,
    workplace,
    executed,
):
    """Edits of both branches stay; what nobody edited ends as it is generated, without conflicts.

    A line of a template's that is taken out after the merge does not come back.
    """
    start = {
        path: "".join(f"line_{path[0]}_{number} = 0\n" for number in range(12))
        for path in PATHS
    }
    states = [start]
    for made in (first, second, third):
        states.append(changed(states[-1], made))
    life = Life(fresh(), team_template, start)
    git(life.project, "branch", "other")
    written: set[str] = set()

    for branch, edits, state, style in (
        ("other", theirs, order[0], styles[0]),
        ("-", ours, order[1], styles[1]),
    ):
        git(life.project, "checkout", "--quiet", branch)
        life.edit(changed(texts(life), edits))
        life.change_template(states[state])
        made = life.update(style=style)
        executed("updates around merges of branches")
        for conflict in made.conflicts:
            keep_both(life, conflict.path)
        commit(life.project)
        written |= own(life.read())
    merge = git_merge(life)
    resolution = resolve_project(life.project)
    note(f"{merge} {resolution}")
    for path in resolution.left:
        keep_both(life, path)
    edited = {path for path, *_ in [*ours, *theirs]}
    assert not (resolution.left.keys() - {".copier-answers.yml"}) - edited
    commit(life.project)
    assert unmerged(life.project) == {}
    merged = life.read()
    assert own(merged) == written

    gone = set()
    for path in PATHS:
        known = [line for line in lines(merged[path]) if line.startswith("template")]
        if undone and known:
            gone.add(known[undone % len(known)])
            edited.add(path)
    left = {
        path: "".join(f"{line}\n" for line in lines(merged[path])[:-1] if line not in gone)
        for path in PATHS
    }
    life.edit(left)
    life.change_template(states[3])
    last = life.update()
    executed("updates around merges of branches")

    result = life.read()
    assert written <= own(result)
    conflicts = {conflict.path for conflict in last.conflicts}
    assert conflicts <= edited
    for path in set(PATHS) - conflicts:
        assert not gone & set(lines(result[path]))
    new = life.base()
    for path in {*PATHS, "README.md"} - edited:
        assert result[path] == new[path]


def git_merge(life: Life) -> bool:
    """Merge the other branch; whether git stops at a conflict."""
    done = subprocess.run(
        ["git", "merge", "--quiet", "--no-edit", "other"],
        cwd=life.project,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return bool(done.returncode)
