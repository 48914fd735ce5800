"""Where a project may lie, and how git may store its files: drawn at random."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree, ignore_patterns

from hypothesis import strategies as st

from keras_scaffold.git.files import Snapshot
from keras_scaffold.project_files import BASE_FILE
from tests.repositories import commit, git

FILTER = ("line_", "LINE-")
"""A word in the work tree, and how a filter stores it."""
ATTRIBUTES = (
    "",
    "* text=auto\n",
    "*.txt text eol=crlf\n",
    "* text=auto eol=lf\n",
    "*.txt filter=words\n*.py filter=words\n*.bin -text\n",
    "* -text\n",
)
COPIES = {
    "a directory": ("src", "experiments"),
    "a directory within": ("src", "lib/src"),
    "a file": ("a.txt", "docs/a.txt"),
    "a module": ("src/b.py", "src/b_old.py"),
    "the project": ("", "experiments/two"),
}
"""What its user copies within a project, and where to."""


@dataclass(frozen=True)
class Surroundings:
    """A repository that a project is in, and what its user copied there before editing."""

    prefix: str
    attributes: str
    autocrlf: str
    copies: frozenset[str]
    committed: bool
    """Whether the copies were committed before the edits."""

    def start(self, top: Path, project: Path) -> None:
        """Make the repository, with the project as it was generated."""
        git(top, "init", "--quiet")
        git(top, "config", "core.autocrlf", self.autocrlf)
        for number, command in enumerate(("clean", "smudge")):
            old, new = FILTER[number], FILTER[1 - number]
            git(top, "config", f"filter.words.{command}", f"sed s/{old}/{new}/g")
        if self.attributes:
            (top / ".gitattributes").write_text(self.attributes)
        commit(top)
        for kind in sorted(self.copies):
            _copy(project, *COPIES[kind])
        if self.committed:
            commit(top)


SURROUNDINGS = st.builds(
    Surroundings,
    st.sampled_from(["", "packages/net"]),
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(["false", "input", "true"]),
    st.frozensets(st.sampled_from(sorted(COPIES)), max_size=3),
    st.booleans(),
)


def _copy(project: Path, source: str, target: str) -> None:
    place = project / target
    if (project / source).is_dir():
        left_out = ignore_patterns(".git", "experiments", "lib")
        copytree(project / source, place, ignore=left_out)
    elif (project / source).exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((project / source).read_bytes())


def copied(files: Snapshot) -> set[str]:
    """Those of a project's files that are copies, which nobody edits afterwards."""
    places = [target for _, target in COPIES.values()]
    return {
        path
        for path in files
        if any(path == place or path.startswith(place + "/") for place in places)
    }


def within(files: Snapshot) -> set[str]:
    """Those of a project's files that belong to another one."""
    there = [
        path.removesuffix(BASE_FILE) for path in files if path.endswith("/" + BASE_FILE)
    ]
    return {path for path in files if any(map(path.startswith, there))}


def plain(files: Snapshot) -> Snapshot:
    """Files as they are edited: with simple line ends, and not as a filter stores them."""
    stored, edited = FILTER[1].encode(), FILTER[0].encode()
    return {
        path: replace(
            file, content=file.content.replace(b"\r\n", b"\n").replace(stored, edited)
        )
        for path, file in files.items()
    }
