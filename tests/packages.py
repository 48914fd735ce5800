"""Packages that users move, while the template changes a module of them."""

CHANGED = "name_7 = seven\n"
"""What the template makes of a line of `src/names.py`."""


def contents(directory):
    """Every file below a directory, by its path."""
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}
