"""Names that somebody may have meant."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

LONGEST_WORD = 80
"""Characters of a word that others are compared with; of a longer one nothing is alike."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A way out for a word that is not known: the closest one, or all of them."""
    known = list(known)
    if (meant := same(word, known) or closest(word, known)) is not None:
        return f"did you mean `{meant}`?"
    return f"choose from {', '.join(known)}"


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelt most alike."""
    close = get_close_matches(word, [*known], n=1) if len(word) <= LONGEST_WORD else []
    return close[0] if close else None


def same(
    word: str, known: Iterable[str], aliases: Mapping[str, str] | None = None
) -> str | None:
    """The known word that is the same but for case, - and _, or an alias of one is."""
    key = plain(word)
    for each in known:
        if plain(each) == key:
            return each
    return (aliases or {}).get(key)


def plain(word: str) -> str:
    """A word without case and without what joins its parts."""
    return re.sub(r"[\W_]", "", word[:LONGEST_WORD]).lower()
