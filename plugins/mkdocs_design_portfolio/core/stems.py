"""Words without their endings."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

_MARKS = re.compile("[\u0300-\u036f]+")


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a word without its ending, as Porter's second algorithm for English has it."""
    return str(_stemmer().stemWord(word.casefold()))


@functools.cache
def _stemmer() -> Any:
    import snowballstemmer  # which brings every language, and is seldom needed: what a text says is kept

    return snowballstemmer.stemmer("english")


def without_marks(text: str) -> str:
    """Return a text with plain letters in place of those with marks, e.g. `naive` for `naïve`."""
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))
