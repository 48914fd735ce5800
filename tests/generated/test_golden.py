"""The projects that are kept in tests/golden/ are what the template makes."""

from __future__ import annotations

from filecmp import dircmp

import pytest
from write_golden import GOLDEN, PROJECTS, write


@pytest.mark.parametrize("name", PROJECTS)
def test_golden(name, tmp_path):
    """The template makes the projects in tests/golden/ to the letter."""
    write(name, tmp_path / name)

    assert not differences(dircmp(GOLDEN / name, tmp_path / name))


def differences(compared: dircmp) -> list[str]:
    """Files that are only on one side, or not the same on both."""
    found = [*compared.left_only, *compared.right_only, *compared.diff_files]
    for below in compared.subdirs.values():
        found += differences(below)
    return found
