"""Names that somebody may have meant, and letters as ASCII spells them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

LONGEST_WORD = 80
"""Characters of a word that others are compared with; of a longer one nothing is alike."""
ENDINGS = re.compile(r"(2d|block|layer|module|unit)$")
"""Of names of layers and blocks, which the words here do without."""
MOST_COMPARED = 100
"""Words that one is compared with, and that are listed."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A way out for a word that is not known: the closest one, or all of them."""
    known = list(known)
    if (meant := same(word, known) or closest(word, known)) is not None:
        return f"did you mean `{meant}`?"
    more = f" and {len(known) - MOST_COMPARED:,} more" if len(known) > MOST_COMPARED else ""
    return f"choose from {', '.join(known[:MOST_COMPARED])}{more}"


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that is spelt most alike, by so much at least."""
    compared = [*islice(known, MOST_COMPARED)] if len(word) <= LONGEST_WORD else []
    return next(iter(get_close_matches(word, compared, n=1, cutoff=cutoff)), None)


def same(
    word: str, known: Iterable[str], aliases: Mapping[str, str] | None = None
) -> str | None:
    """The known word that is the same but for case, - and _, or an alias of one is."""
    key, spelt = plain(word), {plain(each): each for each in known}
    alias = (aliases or {}).get(key)
    return spelt.get(key) or (alias if alias in spelt.values() else None)


@lru_cache(10_000)
def plain(word: str) -> str:
    """A word without case and without what joins its parts."""
    return re.sub(r"[\W_]", "", word[:LONGEST_WORD]).lower()


def stems(word: str) -> Iterator[str]:
    """A word, plain, and what is left of it as its endings come off one by one."""
    stem, before = plain(word), ""
    while stem and stem != before:
        yield stem
        before, stem = stem, ENDINGS.sub("", stem)


LATIN = re.compile(r"LATIN (SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH .+)?")
"""How Unicode calls letters such as ø and œ, of which it tells no parts."""
OTHER_LETTERS = {"ß": "ss", "ð": "d", "þ": "th", "\u0131": "i", "ŋ": "ng"}


def in_ascii(text: str) -> str:
    """The text in ASCII letters, as far as each letter is one of those with something on it."""
    return "".join(map(_spelling, unicodedata.normalize("NFKD", text)))


def _spelling(character: str) -> str:
    """What a decomposed character is written as: a mark on the one before it is nothing."""
    if unicodedata.combining(character):
        return ""
    letters = LATIN.fullmatch(unicodedata.name(character, ""))
    if letters and not character.isascii():
        return letters[2] if letters[1] == "CAPITAL" else letters[2].lower()
    return OTHER_LETTERS.get(character, character)
