"""The answers file as its user formatted it, with the answers of now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import yaml

from keras_scaffold.safe_yaml import load

ONE_LINE = 1_000_000
QUOTES = ("'", '"')
Entry = tuple[yaml.Node, int, int]
"""A value, and from where to where in its text the lines of it and its key are."""
Splice = tuple[int, int, str]
"""From where to where in a text something else is to stand, and what."""


def rewritten(own: str, generated: str, new: str) -> str:
    """The user's text with what is `new` against what was `generated`, key by key.

    Keys that nobody generated stay; so do comments, quotes and indentation of the user's.
    Where the file is not lines of keys, it is written as it is generated.
    """
    answers, before, now = load(own), load(generated), load(new)
    kept = {key: answer for key, answer in answers.items() if key not in before}
    wanted = {**kept, **now}
    if answers == wanted:
        return own
    text, written, place = _ended(own), "", 0
    for start, stop, instead in _splices(text, _ended(new), answers, wanted):
        written += text[place:start] + instead
        place = stop
    written += text[place:]
    if not own.endswith("\n"):
        written = written.removesuffix("\n")
    if "\r\n" in own:
        written = written.replace("\n", "\r\n")
    if _read(written) == wanted:
        return written
    added = {key: answer for key, answer in kept.items() if key not in now}
    return new + (yaml.safe_dump(added, sort_keys=False) if added else "")


def _ended(text: str) -> str:
    """A text with simple line ends, also behind its last line."""
    text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"


def _read(text: str) -> Any:
    try:
        return load(text)
    except yaml.YAMLError:
        return None


def _splices(
    own: str, new: str, answers: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[Splice]:
    """What makes the answers of the user's text the wanted ones, from its begin to its end."""
    entries = _entries(own)
    generated = {key: new[start:stop] for key, (_, start, stop) in _entries(new).items()}
    added: dict[str, str] = {}  # what is new, by the key after which it is to stand
    last = next(iter(entries), "")
    for key, lines in generated.items():
        if key in entries:
            last = key
        else:
            added[last] = added.get(last, "") + lines
    for key, (node, start, stop) in entries.items():
        if key not in wanted:
            yield start, stop, ""
        elif answers[key] != wanted[key]:
            changed = _changed(own, node, answers[key], wanted[key])
            yield from changed or [(start, stop, generated[key])]
        if key in added:
            yield stop, stop, added[key]


def _entries(text: str) -> dict[str, Entry]:
    """The keys of a text that has each on a line of its own; none of any other."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return {}
    return {
        str(key.value): (node, key.start_mark.index, _stop(text, node))
        for key, node in root.value
    }


def _stop(text: str, node: yaml.Node) -> int:
    """Behind a value's lines: a block ends with its last member, not with what follows."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _stop(text, last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    return text.index("\n", end.index) + 1 if end.column else end.index


def _changed(text: str, node: yaml.Node, old: Any, value: Any) -> list[Splice]:
    """What makes a value another one, if there is a way to write that like the old one."""
    mark, end = node.start_mark, node.end_mark
    if isinstance(node, yaml.ScalarNode) and _is_scalar(value):
        if node.style not in (None, *QUOTES) or mark.line != end.line:
            return []
        space = " " if text[mark.index - 1] == ":" else ""
        return [(mark.index, end.index, space + _dumped(value, node.style))]
    simple = isinstance(value, list) and all(map(_is_scalar, value))
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and simple:
        return [*_items(text, node, old, value)]
    return []


def _items(
    text: str, node: yaml.SequenceNode, old: list[Any], wanted: list[Any]
) -> Iterator[Splice]:
    """What makes a list another one; items that stay keep their lines, and the comments above."""
    mark, first = node.start_mark, node.value[0]
    stops = [mark.index - mark.column, *(_stop(text, item) for item in node.value)]
    style = first.style if isinstance(first, yaml.ScalarNode) else None
    lines = [f"{' ' * mark.column}- {_dumped(item, style)}\n" for item in wanted]
    matcher = SequenceMatcher(None, [*map(repr, old)], [*map(repr, wanted)], autojunk=False)
    for kind, start, stop, new_start, new_stop in matcher.get_opcodes():
        if kind != "equal":
            yield stops[start], stops[stop], "".join(lines[new_start:new_stop])


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, list | dict)


def _dumped(value: Any, style: str | None) -> str:
    """A value as YAML on one line, quoted like another one."""
    quoted = style if style in QUOTES and isinstance(value, str) else None
    text = yaml.safe_dump(value, default_style=quoted, width=ONE_LINE, allow_unicode=True)
    return text.removesuffix("...\n").rstrip("\n")
