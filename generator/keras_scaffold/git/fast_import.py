"""Branches of one commit each, as `git fast-import` is told them."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field

from keras_scaffold.git.entries import blob
from keras_scaffold.git.files import File


@dataclass(frozen=True)
class Edit:
    """A tree that is to be made: of one that there is, if so, without some files, with others."""

    put: Mapping[str, File | tuple[str, str]] = field(default_factory=dict)
    """New files, or ones that git knows: by their modes, and its names for them."""
    tree: str = ""
    removed: Collection[str] = ()


def branch(
    name: str, parent: str | None, edit: Edit, object_format: str, known: Container[str]
) -> Iterator[bytes]:
    """A branch that starts from another one's commit, or from nothing.

    `known` are git's names for contents that it has already.
    """
    yield f"commit refs/heads/{name}\n".encode()
    yield b"committer scaffold <scaffold@localhost> 0 +0000\ndata 0\n\n"
    if parent:
        yield f"from refs/heads/{parent}\n".encode()
    yield b"deleteall\n"
    if edit.tree:
        yield f'M 040000 {edit.tree} ""\n'.encode()
    for path in edit.removed:
        yield b"D " + _quoted(path) + b"\n"
    for path, file in edit.put.items():
        if isinstance(file, File):
            object_id = blob(file.content, object_format)
            if object_id not in known:
                yield f"M {file.mode} inline ".encode() + _quoted(path) + b"\n"
                yield f"data {len(file.content)}\n".encode() + file.content + b"\n"
                continue
            file = (file.mode, object_id)
        yield " ".join(("M", *file, "")).encode() + _quoted(path) + b"\n"
    yield b"\n"


def _quoted(path: str) -> bytes:
    escaped = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"' + escaped.replace(b"\n", b"\\n") + b'"'
