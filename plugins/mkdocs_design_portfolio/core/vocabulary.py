"""Text -> the concepts it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .model import Concept

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s\-\u2010-\u2013]{1,3}")
_ENGLISH = frozenset({"cap", "acid", "base", "rest", "raid", "dry", "solid"})
"""Names in capitals that are words in small letters: for these alone case matters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names a concept."""

    start: int
    end: int
    concept: Concept


class Vocabulary:
    """Finds concepts in text: the longest name wins; case, hyphens and plurals are forgiven."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._by_name: dict[tuple[str, ...], Concept] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._capitals: set[tuple[str, ...]] = set()
        self._normal: dict[str, str] = {}
        for concept in concepts:
            for name in concept.names:
                words = normal_name(name)
                if words and words not in self._by_name:
                    self._by_name[words] = concept
                    self._by_first.setdefault(words[0], []).append(words)
                    if name.isupper() and name.lower() in _ENGLISH:
                        self._capitals.add(words)
        for names in self._by_first.values():
            names.sort(key=len, reverse=True)

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Every concept that can be found, once."""
        return tuple(dict.fromkeys(self._by_name.values()))

    def named(self, name: str) -> Concept | None:
        """Return the concept of that name, or None."""
        return self._by_name.get(normal_name(name))

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield every mention, in order; none overlaps another."""
        until = 0
        for start, word in self._starts(text):
            if start >= until:
                found = self._longest(text, start, word)
                if found:
                    until = found.end
                    yield found

    def _starts(self, text: str) -> list[tuple[int, str]]:
        """Return the words of a text with which a name may begin, each with its offset, in order.

        Which of its words those are is asked once for each word, not for each place: a text repeats itself.
        """
        places = []
        for word in filter(self._is_first, set(_WORD.findall(text))):
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    places.append((at, word))
                at = text.find(word, end)
        places.sort()
        return places

    def _is_first(self, word: str) -> bool:
        normal = self._normal.get(word)
        if normal is None:
            normal = self._normal[word] = _normal_word(word)
        return normal in self._by_first

    def _longest(self, text: str, start: int, word: str) -> Mention | None:
        """Return the longest name that stands at an offset, where this word does."""
        for name in self._by_first[self._normal[word]]:
            end = _end_of(text, start + len(word), name[1:])
            if end is not None and not (name in self._capitals and not text[start:end].rstrip("s").isupper()):
                return Mention(start, end, self._by_name[name])
        return None


def _end_of(text: str, at: int, words: tuple[str, ...]) -> int | None:
    """Return where the words end that go on from an offset, or None when others stand there."""
    for wanted in words:
        joint = _JOINT.match(text, at)
        word = _WORD.match(text, joint.end()) if joint else None
        if word is None or _normal_word(word[0]) != wanted:
            return None
        at = word.end()
    return at


def normal_name(name: str) -> tuple[str, ...]:
    """Return the words of a name in the form in which they are compared."""
    return tuple(map(_normal_word, _WORD.findall(name)))


def _normal_word(word: str) -> str:
    """Return a word in the form in which words are compared: no case, no plural."""
    word = word.casefold()
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word
