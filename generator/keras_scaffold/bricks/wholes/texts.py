"""Definitions as texts, before they are read."""

from __future__ import annotations

from typing import Any


def definition_texts(told: Any) -> list[str]:
    """Definitions one by one: of a text, a list, or a mapping of heads to bricks."""
    texts = list[str]()
    for entry in told if isinstance(told, list | tuple) else [told]:
        if isinstance(entry, dict):
            texts += [f"{head}: {_chain(bricks)}" for head, bricks in entry.items()]
        else:
            texts.append(str(entry))
    return texts


def _chain(bricks: Any) -> str:
    return " ".join(map(str, bricks)) if isinstance(bricks, list | tuple) else str(bricks)


def defined_word(text: str) -> str:
    """The word that a definition seems to define."""
    return text.partition(":")[0].partition("(")[0].strip()
