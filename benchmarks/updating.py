"""`scaffold update` against Copier's own, and twenty projects against one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copytree

from benchmarks.children import output, program, seconds
from benchmarks.paired import Row, alternate, at_most
from benchmarks.versions import (
    commit,
    make_ours,
    make_theirs,
    template,
    update_ours,
    update_theirs,
)
from keras_scaffold.project_files import BASE_FILE

CHANGED = "src/net/checkpoint.py"
EDITED = "src/net/data.py"
MANY = 20


def updating(workspace: Path, repeats: int) -> Iterator[Row]:
    """The files of a real project as a plain template, of which one changes its epochs."""
    files = _files(workspace / "net")
    changed = files[CHANGED].replace(b"SECONDS = 300", b"SECONDS = 600")
    assert changed != files[CHANGED]
    source = template(workspace / "source", files, {**files, CHANGED: changed})
    makers = {"ours": make_ours, "theirs": make_theirs}
    for side, make in makers.items():
        make(source, workspace / side / "net")
        (workspace / side / "net" / EDITED).write_bytes(files[EDITED] + b"\nMINE = 1\n")
        commit(workspace / side / "net", "an edit")

    places = (workspace / f"copy{number}" for number in count())

    def fresh(side: str) -> Path:
        return Path(copytree(workspace / side / "net", next(places) / "net", symlinks=True))

    def check(place: Path) -> None:
        if b"SECONDS = 600" not in (place / CHANGED).read_bytes():
            raise SystemExit(f"{place} was not updated")
        if not (place / EDITED).read_bytes().endswith(b"MINE = 1\n"):
            raise SystemExit(f"{place} lost its edit")

    def ours(number: int = 1) -> float:
        projects = [fresh("ours") for _ in range(number)]
        elapsed = seconds(*update_ours(source), *projects)
        for place in projects:
            check(place)
        return elapsed

    def theirs() -> float:
        place = fresh("theirs")
        elapsed = seconds(*update_theirs(place))
        check(place)
        return elapsed

    pairs = alternate(ours, theirs, repeats)
    yield at_most(0.55, "update --no-smoke / copier update", pairs)
    pairs = alternate(lambda: ours(MANY), ours, max(3, repeats // 3))
    yield at_most(8, f"update of {MANY} projects / of one", pairs)


def _files(project: Path) -> dict[str, bytes]:
    """What `new` writes by default, but the files that only an update reads."""
    output(program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git")
    left_out = (BASE_FILE, ".copier-answers.yml")
    paths = (path for path in sorted(project.rglob("*")) if path.is_file())
    files = {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}
    return {path: content for path, content in files.items() if path not in left_out}
