"""Files as texts, whose line ends do not count, and the conflicts in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from keras_scaffold.git import BASE, EXECUTABLE, OURS, REGULAR, THEIRS, File

CRLF = "\r\n"
CONFLICT = re.compile(
    r"^<{7} yours\n(.*?)^={7}\n(.*?)^>{7} template\n", re.MULTILINE | re.DOTALL
)
"""A conflict as it is written here; its two groups are the sides."""
Texts = tuple[str, str, str]
"""A text as it was generated, as the user has it, and as it is generated now."""


def plain(file: File) -> File:
    """A file with simple line ends."""
    return File(file.mode, file.content.replace(b"\r\n", b"\n"))


def text_of(file: File | None) -> str | None:
    """A file's content, if it is text."""
    if file is None or b"\0" in file.content:
        return None
    try:
        return file.content.decode()
    except UnicodeDecodeError:
        return None


def conflicting_texts(sides: Mapping[int, File]) -> Texts | None:
    """The texts of a conflict, if both sides have one; without a base that is an empty one."""
    files = {BASE: File(REGULAR, b""), **sides}
    if not {file.mode for file in files.values()} <= {REGULAR, EXECUTABLE}:
        return None
    base, ours, theirs = (text_of(files.get(number)) for number in (BASE, OURS, THEIRS))
    if base is None or ours is None or theirs is None:
        return None
    return base, ours, theirs
