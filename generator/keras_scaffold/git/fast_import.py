"""Branches of one commit each, as `git fast-import` is told them."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping

from keras_scaffold.git.entries import blob
from keras_scaffold.git.files import File
from keras_scaffold.project_files import OWN_FILES


def branch(name: str, parent: str | None, content: Iterable[bytes]) -> Iterator[bytes]:
    """A branch that starts from another one's commit, or from nothing."""
    yield f"commit refs/heads/{name}\n".encode()
    yield b"committer scaffold <scaffold@localhost> 0 +0000\ndata 0\n\n"
    if parent:
        yield f"from refs/heads/{parent}\n".encode()
    yield b"deleteall\n"
    yield from content
    yield b"\n"


def listed(
    files: Mapping[str, File | tuple[str, str]], object_format: str, known: Container[str]
) -> Iterator[bytes]:
    """Files, those that git knows by its names for them."""
    for path, file in files.items():
        if isinstance(file, File):
            name = blob(file.content, object_format)
            if name not in known:
                yield f"M {file.mode} inline ".encode() + _quoted(path) + b"\n"
                yield f"data {len(file.content)}\n".encode() + file.content + b"\n"
                continue
            file = (file.mode, name)
        yield " ".join(("M", *file, "")).encode() + _quoted(path) + b"\n"


def without_archive(tree: str) -> Iterator[bytes]:
    """A tree's files but the archive's, of which each is a copy that git could take for it."""
    yield f'M 040000 {tree} ""\n'.encode()
    for path in OWN_FILES:
        yield f"D {path}\n".encode()


def _quoted(path: str) -> bytes:
    escaped = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"' + escaped.replace(b"\n", b"\\n") + b'"'
