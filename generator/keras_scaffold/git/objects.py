"""Git's objects, as they lie in a repository."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from shutil import copyfile
from stat import S_IMODE


def hand_over(ours: Path, objects: Path) -> None:
    """Copy every object of a directory to another one that does not have it."""
    for path in sorted(ours.glob("??/*")):
        target = objects / path.relative_to(ours)
        if not target.exists():
            if not target.parent.exists():
                target.parent.mkdir(exist_ok=True)
                with suppress(PermissionError):  # it may be a group's
                    target.parent.chmod(S_IMODE(objects.stat().st_mode))
            temporary = target.with_name(f"tmp_obj_{os.getpid()}_{target.name}")
            try:
                copyfile(path, temporary)
                temporary.chmod(0o444)
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
