"""A project's modules, imported in a process that may have held another project before."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path


class NotInstalledError(Exception):
    """A module that is no part of the project cannot be found; its name is the message."""


def import_all(source: Path, package: str, modules: Iterable[str]) -> None:
    """Import modules of the package in the directory `source`, and of no other.

    Raises NotInstalledError for a package that the project needs, and whatever the
    project raises.
    """
    forget(package)
    importlib.invalidate_caches()
    sys.path[:0] = [str(source)]
    try:
        for name in modules:
            importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        within = [path.stem for path in (source / package).rglob("*.py")]
        if missing in ("", package, *within):
            raise  # a mistake in the project, such as `import model` for `.model`
        raise NotInstalledError(missing) from error
    finally:
        sys.path.remove(str(source))


def forget(package: str) -> None:
    """Remove what an earlier project of the same package left, in Python and in Keras."""
    import keras

    registered = keras.saving.get_custom_objects()
    for name, what in list(registered.items()):
        if _root(getattr(what, "__module__", "")) == package:
            del registered[name]
    for name in list(sys.modules):
        if _root(name) == package:
            del sys.modules[name]


def modules_of(source: Path, package: str) -> list[str]:
    """The names of all modules of a package, sorted."""
    found = []
    for path in (source / package).rglob("*.py"):
        parts = path.relative_to(source).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(found)


def _root(module: str | None) -> str:
    return (module or "").partition(".")[0]
