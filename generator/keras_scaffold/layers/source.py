"""Values as Python source, quoted as Black does it, so that it need not be written anew."""

from __future__ import annotations

from typing import Any


def source_of(value: Any) -> str:
    """The source of a value; lists and dicts go by their members."""
    if isinstance(value, list):
        return f"[{', '.join(map(source_of, value))}]"
    if isinstance(value, dict):
        members = (f"{source_of(key)}: {source_of(each)}" for key, each in value.items())
        return f"{{{', '.join(members)}}}"
    text = repr(value)
    if isinstance(value, str) and '"' not in text:
        return f'"{text[1:-1]}"'
    return text
