"""Words and names in a text, whatever their ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..stems import stem
from ..words import COMMON

_WORD = re.compile(r"[^\W_]+")
_DETAIL = re.compile(r"[:;,(+&/]|\s[-–—]\s|\s\d|\bwith\b|\bin\b|\bfor\b|\bper\b|\bof\b")
_SPREAD = 3
"""How many words of a text a name may take up for each of its own."""


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of a text, in order."""
    return tuple(stem(word) for word in _WORD.findall(text))


def key_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that tell something: no common words, single letters or numbers; each once."""
    words = (word for word in _WORD.findall(text) if len(word) > 1 and not word.isdigit())
    return tuple(dict.fromkeys(stem(word) for word in words if word.casefold() not in COMMON))


def head(label: str) -> str:
    """Return the name that a label begins with, without the detail behind it: `Redis cluster: 6 primaries`."""
    first = _DETAIL.split(label.strip(), maxsplit=1)[0].strip(" .*")
    return re.sub(r"^(?:the|an?|our)\s+", "", first or label.strip(), flags=re.IGNORECASE)


class Words:
    """A text, in which names are looked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._places: dict[str, list[int]] = {}
        at = 0
        for text in texts:
            for word in stems(text):
                self._places.setdefault(word, []).append(at)
                at += 1
            at += 100  # so that no name reaches over two texts

    def has(self, word: str) -> bool:
        """Whether a stem occurs."""
        return word in self._places

    def names(self, name: str) -> bool:
        """Whether all words of a name occur close together, in any order and with any ending."""
        wanted = key_stems(name) or stems(name)
        if not wanted or any(word not in self._places for word in wanted):
            return False
        reach = _SPREAD * len(wanted)
        rarest = min(wanted, key=lambda word: len(self._places[word]))
        return any(
            all(any(abs(place - at) < reach for place in self._places[word]) for word in wanted)
            for at in self._places[rarest]
        )


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a paragraph's plain text."""
    yield from re.split(r"(?<=[.!?;])\s+(?=[A-Z0-9*`(\"“])", text)
