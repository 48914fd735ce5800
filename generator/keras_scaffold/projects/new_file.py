"""A file that was asked for by name: checked beforehand, there in one step."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copymode


def file_problems(file: Path, *, replace: bool) -> list[str]:
    """Why nothing can be written at `file`, if so; what is there is only replaced on demand."""
    place, parent = file.resolve(), file.resolve().parent
    why = ""
    if place.is_dir():
        why = f"is a directory; name a file in it, e.g. `{file / 'model.py'}`"
    elif place.exists() and not place.is_file():
        why = "is there, and no file with a content; name another"
    elif place.exists() and not replace:
        why = "is there already; name another file, or replace it by --force"
    elif parent.exists() and not parent.is_dir():
        why = f"cannot be made, for `{parent}` is a file; name another"
    elif not parent.is_dir():
        why = f"cannot be made, for there is no directory `{file.parent}`; make that first"
    elif not os.access(parent, os.W_OK):
        why = (
            f"cannot be made, for you may not write to `{file.parent}`; name another place"
        )
    return [f"-o: `{file}` {why}"] if why else []


def write_file(file: Path, text: str) -> None:
    """Let a file of this text appear, or take the place of one, whole or not at all."""
    place = file.resolve()
    beside = place.with_name(f".{place.name}-{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        if place.exists():
            copymode(place, beside)
        beside.replace(place)
    except OSError as error:
        error.filename = str(file)  # which the user knows
        raise
    finally:
        beside.unlink(missing_ok=True)
