"""Runs the own tests of many projects in one process, so that TensorFlow starts once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

QUICK = "not test_formats or savedmodel"
"""But for the formats that models are exported in, which tests/styles/test_exports.py tries."""


def run(tests: Path) -> int:
    """Pytest's exit code for tests of one project, of which no module is left behind."""
    project = next(above for above in tests.parents if (above / "src").is_dir())
    source = str(project / "src")
    os.environ["PYTHONPATH"] = source
    sys.path.insert(0, source)
    os.chdir(project)
    try:
        return pytest.main(
            [
                "-q",
                "-p",
                "no:cacheprovider",
                "--import-mode=importlib",
                "-k",
                QUICK,
                str(tests),
            ]
        )
    finally:
        sys.path.remove(source)
        for name, module in list(sys.modules.items()):
            if Path(getattr(module, "__file__", None) or "/").is_relative_to(project):
                del sys.modules[name]


if __name__ == "__main__":
    sys.exit(max(run(Path(project)) for project in sys.argv[1:]))
