"""The answers file as its user formatted it, with the answers of now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml

from keras_scaffold.safe_yaml import load

ONE_LINE = 1_000_000
QUOTES = ("'", '"')


@dataclass(frozen=True)
class Entry:
    """A key of a file, and the lines from it to the last of its value's."""

    node: yaml.Node
    start: int
    stop: int


def rewritten(own: str, generated: str, new: str) -> str:
    """The user's text with what is `new` against what was `made`, key by key.

    Keys that nobody generated stay; so do comments, quotes and indentation of the user's.
    Where the file is not lines of keys, it is written as it is generated.
    """
    answers, before, now = load(own), load(generated), load(new)
    kept = {key: answer for key, answer in answers.items() if key not in before}
    wanted = {**kept, **now}
    if answers == wanted:
        return own
    text = "\n".join(_lines(own.replace("\r\n", "\n"), new, answers, wanted))
    if "\r\n" in own:
        text = text.replace("\n", "\r\n")
    if _read(text) == wanted:
        return text
    added = {key: answer for key, answer in kept.items() if key not in now}
    return new + (yaml.safe_dump(added, sort_keys=False) if added else "")


def _read(text: str) -> Any:
    try:
        return load(text)
    except yaml.YAMLError:
        return None


def _lines(
    own: str, new: str, answers: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[str]:
    """The lines of the user's text, but other values, without keys that are gone, with new ones."""
    lines, new_lines = own.split("\n"), new.split("\n")
    entries, new_entries = _entries(own), _entries(new)
    added = _added(entries, new_entries)
    place = 0
    for key, entry in entries.items():
        yield from lines[place : entry.start]
        place = entry.stop
        if key in wanted and answers[key] == wanted[key]:
            yield from lines[entry.start : entry.stop]
        elif key in wanted:
            changed = _changed(lines, entry, answers[key], wanted[key])
            yield from changed or _of(new_lines, new_entries[key])
        for following in added.get(key, ()):
            yield from _of(new_lines, new_entries[following])
    yield from lines[place:]


def _added(entries: Mapping[str, Entry], new: Mapping[str, Entry]) -> dict[str, list[str]]:
    """The keys that are new, by the one after which they are to stand."""
    following: dict[str, list[str]] = {}
    last = next(iter(entries), "")
    for key in new:
        if key in entries:
            last = key
        else:
            following.setdefault(last, []).append(key)
    return following


def _of(lines: list[str], entry: Entry) -> list[str]:
    return lines[entry.start : entry.stop]


def _entries(text: str) -> dict[str, Entry]:
    """The keys of a text that has each on a line of its own; none of any other."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return {}
    return {
        str(key.value): Entry(node, key.start_mark.line, _stop(node))
        for key, node in root.value
    }


def _stop(node: yaml.Node) -> int:
    """The line behind a value: a block ends with its last member, not with what follows."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _stop(last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    return end.line + (1 if end.column else 0)


def _changed(lines: list[str], entry: Entry, old: Any, value: Any) -> list[str]:
    """An entry's lines with another value, if there is a way to write it like the old one."""
    node = entry.node
    mark, end = node.start_mark, node.end_mark
    if isinstance(node, yaml.ScalarNode) and _is_scalar(value):
        if node.style not in (None, *QUOTES) or mark.line != end.line:
            return []
        line = lines[entry.start]
        before, after = line[: mark.column], line[end.column :]
        space = " " if before.endswith(":") else ""
        return [before + space + _dumped(value, node.style) + after]
    simple = isinstance(value, list) and all(map(_is_scalar, value))
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and simple:
        return [*lines[entry.start : mark.line], *_items(lines, node, old, value)]
    return []


def _items(
    lines: list[str], node: yaml.SequenceNode, old: list[Any], wanted: list[Any]
) -> Iterator[str]:
    """The lines of a list's items; those that stay keep theirs, and the comments above."""
    stops = [node.start_mark.line, *map(_stop, node.value)]
    style = node.value[0].style if isinstance(node.value[0], yaml.ScalarNode) else None
    indent = " " * node.start_mark.column
    matcher = SequenceMatcher(None, [*map(repr, old)], [*map(repr, wanted)], autojunk=False)
    for kind, start, stop, new_start, new_stop in matcher.get_opcodes():
        if kind == "equal":
            yield from lines[stops[start] : stops[stop]]
        else:
            for item in wanted[new_start:new_stop]:
                yield f"{indent}- {_dumped(item, style)}"


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, list | dict)


def _dumped(value: Any, style: str | None) -> str:
    """A value as YAML on one line, quoted like another one."""
    quoted = style if style in QUOTES and isinstance(value, str) else None
    text = yaml.safe_dump(value, default_style=quoted, width=ONE_LINE, allow_unicode=True)
    return text.removesuffix("...\n").rstrip("\n")
