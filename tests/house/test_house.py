"""The plan of the house: who imports what, and how much stands in one file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "generator"
PACKAGE = ROOT / "keras_scaffold"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = ROOT.parent / "tests"
FILES = {path for path in MODULES if path.name != "__init__.py"}
LONGEST = 250
"""Lines of a file."""


def dotted(path: Path) -> str:
    """What a module is imported as."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """The room that a module lies in; itself, if it stands at the ground."""
    return ".".join(module.split(".")[:2])


def imported(path: Path) -> Iterator[str]:
    """What a module imports of ours, and what it takes from that."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            PACKAGE.name
        ):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_through_packages():
    """What lies in another room is imported from its package, not from a module in it."""
    files = {dotted(path) for path in FILES}

    around = {
        (dotted(path), module)
        for path in MODULES
        for module in imported(path)
        if module in files and room(module) not in (module, room(dotted(path)))
        if module.rpartition(".")[0] != dotted(path)
    }

    assert around == set()


def test_length():
    """A file can be read at a sitting, of the tests too; not of projects, which users see."""
    made = {TESTS / "golden", TESTS / "released"}
    tests = [path for path in TESTS.rglob("*.py") if made.isdisjoint(path.parents)]
    lines = {path: len(path.read_text().splitlines()) for path in [*MODULES, *tests]}

    assert {path: number for path, number in lines.items() if number > LONGEST} == {}
