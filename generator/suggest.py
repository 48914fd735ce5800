"""Names that somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A way out for a word that is not known: the closest one, or all of them."""
    known = list(known)
    close = get_close_matches(word, known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"choose from {', '.join(known)}"
