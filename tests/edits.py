"""Random edits of a project's files, as its user and as its template make them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from operator import add

from hypothesis import strategies as st

from keras_scaffold.git.files import EXECUTABLE, REGULAR, File, Snapshot
from keras_scaffold.project_files import ANSWERS_FILE

PLACES = (
    *("new.txt", "src/new.py", "src/größe.py", "code/with space.txt", "a.txt/in.txt"),
    *("code", "src/deep", "docs"),  # where directories are, or are moved to
)
"""Where files are added and moved to, by either side."""
DIRECTORIES = ("code", "src/deep", "docs")
LINE_EDITS = ("insert", "change", "delete")
FILE_EDITS = ("rename", "remove", "add", "mode")


@dataclass(frozen=True)
class Edit:
    """One change: of the `which`-th file, from the `start`-th line on, `size` lines."""

    kind: str
    which: int
    start: int
    size: int


def edits(*kinds: str, most: int = 5) -> st.SearchStrategy[list[Edit]]:
    """A few edits of these kinds."""
    edit = st.builds(
        Edit,
        st.sampled_from(kinds),
        st.integers(0, 15),
        st.integers(0, 15),
        st.integers(1, 3),
    )
    return st.lists(edit, max_size=most)


USER_EDITS = edits(*LINE_EDITS, *LINE_EDITS, *FILE_EDITS, "binary", "move directory")
TEMPLATE_EDITS = edits(
    *LINE_EDITS, *LINE_EDITS, *FILE_EDITS, "binary", "move directory", "repeat"
)

MOVING_EDITS = st.builds(
    add, edits("rename", "remove", "move directory", most=2), USER_EDITS
)
CHANGING_EDITS = st.builds(add, edits(*LINE_EDITS, "remove"), TEMPLATE_EDITS)
"""Those that meet more often: what the user moves or removes, the template changes."""


def edited(files: Snapshot, made: list[Edit], who: str) -> Snapshot:
    """The files after some edits; lines that are added tell `who` added them, each once."""
    files = dict(files)
    names = (f"{who}_{number} = {number}" for number in count())
    for edit in made:
        paths = [path for path in sorted(files) if path != ANSWERS_FILE]
        if edit.kind == "add":
            _put(files, edit, _text(f"{next(names)}\n" * edit.size))
        elif paths:
            path = paths[edit.which % len(paths)]
            if edit.kind in ("rename", "move directory"):
                _move(files, path, edit)
            elif edit.kind == "remove":
                del files[path]
            elif edit.kind == "mode":
                other = EXECUTABLE if files[path].mode == REGULAR else REGULAR
                files[path] = File(other, files[path].content)
            elif edit.kind == "binary" and not path.endswith(".py"):
                content = b"\0\xff" + next(names).encode()
                files[path] = File(files[path].mode, content)
            elif is_text(files[path]):
                files[path] = _lines_edited(files[path], edit, lambda: next(names))
    return files


def is_text(file: File) -> bool:
    """Whether git takes a file for text."""
    return b"\0" not in file.content


def lines(file: File) -> list[str]:
    """The lines of a text, without their ends."""
    return file.content.decode().replace("\r\n", "\n").split("\n") if is_text(file) else []


def _text(text: str) -> File:
    return File(REGULAR, text.encode())


def _put(files: Snapshot, edit: Edit, file: File) -> None:
    path = PLACES[edit.start % len(PLACES)]
    if _free(files, path):
        files[path] = file


def _free(files: Snapshot, path: str) -> bool:
    """Whether there can be a file at `path`."""
    above = {path[:end] for end, letter in enumerate(path) if letter == "/"}
    return not (above | {path}) & set(files) and not any(
        other.startswith(path + "/") for other in files
    )


def _move(files: Snapshot, path: str, edit: Edit) -> None:
    """Give a file, or all files of a directory, another place."""
    if edit.kind == "rename":
        moves = {path: PLACES[edit.start % len(PLACES)]}
    else:
        directory, target = path.rpartition("/")[0], DIRECTORIES[edit.start % 3]
        moves = {
            each: target + each.removeprefix(directory)
            for each in files
            if directory and each.startswith(directory + "/")
        }
    for old, new in moves.items():
        python = new.endswith(".py") == old.endswith(".py")
        if python and _free({each: files[each] for each in files if each != old}, new):
            files[new] = files.pop(old)


def _lines_edited(file: File, edit: Edit, name: Callable[[], str]) -> File:
    end = "\r\n" if b"\r\n" in file.content else "\n"
    text = file.content.decode()
    last = end if text.endswith(end) else ""
    found = text.removesuffix(last).split(end) if text else []
    start = edit.start % (len(found) + 1)
    stop = start + edit.size
    new = [name() for _ in range(edit.size)]
    if edit.kind == "insert":
        found[start:start] = new
    elif edit.kind == "change":
        found[start:stop] = new[: len(found[start:stop])]
    elif edit.kind == "delete":
        del found[start:stop]
    else:
        found[start:start] = found[start:stop]  # one more of the same
    content = end.join(found) + last if found else ""
    return File(file.mode, content.encode())
