"""The answers of two branches, merged key by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from keras_scaffold.git import OURS
from keras_scaffold.safe_yaml import load
from keras_scaffold.updating.answers_text import rewritten
from keras_scaffold.updating.own_text import with_markers

Answers = Mapping[str, Any]
MISSING = object()
ORIGIN = ("_scaffold", "_template", "_template_ref", "_template_commit", "_secret")
"""What belongs together: from what a project was made, and by which version."""


def origin(answers: Answers) -> dict[str, Any]:
    """What answers tell of the tool and the template."""
    return {key: answers[key] for key in ORIGIN if key in answers}


def merge_answers(before: str, ours: str, theirs: str, newer: int) -> tuple[str, list[str]]:
    """The file of this branch with what the other one answered, and the keys in conflict.

    Each has been answered otherwise on both branches, and stands between markers. What
    tells the template is that of the `newer` branch; raises yaml.YAMLError.
    """
    base, mine, other = map(_read, (before, ours, theirs))
    merged, conflicts = _by_key(base, mine, other)
    if newer:
        chosen = origin(mine if newer == OURS else other)
        conflicts = [key for key in conflicts if key not in ORIGIN]
        merged = {
            **chosen,
            **{key: answer for key, answer in merged.items() if key not in ORIGIN},
        }
    texts = [
        rewritten(ours, ours, _dumped(_chosen(merged, side, conflicts)))
        for side in (mine, other)
    ]
    return (with_markers(*texts, "ours", "theirs") if conflicts else texts[0]), conflicts


def _read(text: str) -> dict[str, Any]:
    content = load(text) or {}
    if not isinstance(content, dict):
        raise yaml.YAMLError("it holds no `key: value` lines")
    return content


def _by_key(
    base: Answers, ours: Answers, theirs: Answers
) -> tuple[dict[str, Any], list[str]]:
    """What both sides say, and the keys of which they say different things."""
    merged, conflicts = {}, []
    for key in {**ours, **theirs}:
        before, mine, other = (side.get(key, MISSING) for side in (base, ours, theirs))
        if mine == other or other == before:
            value = mine
        elif mine == before:
            value = other
        else:
            value = mine
            conflicts.append(key)
        if value is not MISSING:
            merged[key] = value
    return merged, conflicts


def _chosen(merged: Answers, side: Answers, keys: list[str]) -> dict[str, Any]:
    """What is merged, with what one side says of some keys; some it may not have at all."""
    kept = {key: answer for key, answer in merged.items() if key not in keys or key in side}
    return kept | {key: side[key] for key in keys if key in side}


def _dumped(answers: Answers) -> str:
    return yaml.safe_dump(dict(answers), sort_keys=False, allow_unicode=True)
