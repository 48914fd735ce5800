"""Bricks with a space between them, where Python's parser wants a comma: `skip(cnn(8) cnn(8))`."""

from __future__ import annotations

import keyword
import re

TOKENS = re.compile(r"'[^']*'|\"[^\"]*\"|(?P<word>[^\W\d]\w*)|(?P<gap> )|.", re.DOTALL)
"""Strings, words, spaces, and anything else one by one."""


def with_commas(line: str) -> str:
    """The same with commas between bricks in brackets that have only a space between them."""
    found, depth = list[str](), 0
    may_end = after_lambda = False
    waiting = ""
    for token in TOKENS.finditer(line):
        text = token[0]
        if token["gap"]:
            waiting = text
            continue
        word = token["word"] is not None and not keyword.iskeyword(text)
        apart = waiting and depth and may_end and (word or text == "[")
        found += [", " if apart else waiting, text]
        depth += (text in "([{") - (text in ")]}")
        may_end = text in ")]" or (word and not after_lambda)
        after_lambda, waiting = text == "lambda", ""
    return "".join(found)
