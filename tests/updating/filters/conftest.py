"""Filters of git, by which files are stored elsewhere."""

import pytest

STORE = """#!/bin/sh
# what LFS does: a pointer is stored, and what it points to is kept elsewhere
cat > {store}/new
name=$(git hash-object --no-filters {store}/new)
mv {store}/new {store}/$name
echo pointer to $name
"""
FETCH = """#!/bin/sh
read first second name
cat {store}/$name
"""


@pytest.fixture
def store(workplace):
    """Programs that store files elsewhere, for git's filters."""
    place = workplace.parent / "store"
    place.mkdir()
    for name, script in (("clean", STORE), ("smudge", FETCH)):
        (place / name).write_text(script.format(store=place))
        (place / name).chmod(0o755)
    return place
