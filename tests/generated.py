"""Generated models, imported into the process of the tests."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType

import black
import keras
import pytest
from black.files import parse_pyproject_toml

from keras_scaffold.answers.answers import Answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.template import Template

FORMS = (
    ("functional", "list"),
    ("sequential", "list"),
    ("sequential", "add"),
    ("subclassing", "list"),
)
OF_THE_NETWORK = ("test_model", "test_workflow", "test_inspection", "test_inference")
"""Own tests that the network decides; the others go by files that are the same in all styles."""
BROKEN_LATE = re.compile(r"\)\(\n *.{1,60}\n *\)")


@contextmanager
def project(template: Template, directory: Path, answers: Answers) -> Iterator[None]:
    """Render a project into `directory`, and let its package be imported meanwhile.

    No line of it may end between a call and the call of what it gives, where that is short.
    """
    render(template, answers, directory)
    for path in directory.rglob("*.py"):
        assert not BROKEN_LATE.search(path.read_text()), path
    sys.path.insert(0, str(directory / "src"))
    invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(directory / "src"))
        for name in [name for name in sys.modules if name.startswith(answers.package)]:
            del sys.modules[name]


def assert_formatted(source: str, project: Path) -> None:
    """Assert that Black, as the project's pyproject.toml sets it, would change nothing."""
    told = parse_pyproject_toml(str(project / "pyproject.toml"))
    mode = black.Mode(line_length=told["line_length"])
    with pytest.raises(black.NothingChanged):
        black.format_file_contents(source, fast=False, mode=mode)


def module(answers: Answers, name: str) -> ModuleType:
    """A module of the project's package."""
    return import_module(f"{answers.package}.{name}")


def leaves(model: keras.Model) -> dict[str, keras.Layer]:
    """Every layer that holds no other, or is Keras' own around another, by its name."""
    found: dict[str, keras.Layer] = {}
    for layer in model._flatten_layers(include_self=False, recursive=False):
        holds = list(layer._flatten_layers(include_self=False))
        own = type(layer).__module__.startswith("keras.src.layers")
        found |= leaves(layer) if holds and not own else {layer.name: layer}
    return found


def of_the_network(directory: Path) -> list[Path]:
    """Those files of a project's own tests."""
    return [directory / "tests" / f"{name}.py" for name in OF_THE_NETWORK]


def assert_own_tests_pass(tests: list[Path]) -> None:
    """Assert that own tests of projects, or files of them, pass without a warning."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("run_own_tests.py"), *tests],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert done.stdout.count(" passed") == len(tests)
    assert "warning" not in done.stdout, done.stdout[-3000:]
