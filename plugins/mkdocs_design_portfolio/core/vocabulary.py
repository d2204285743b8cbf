"""Text -> the concepts it names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from .model import Concept

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s\-\u2010-\u2013]{1,3}")
_ENGLISH = frozenset({"cap", "acid", "base", "rest", "raid", "dry", "solid"})
"""Names in capitals that are words in small letters: for these alone case matters."""
_KEPT = 65_536
"""For how many different things that stand between spaces it is kept which of their words may begin a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names a concept."""

    start: int
    end: int
    concept: Concept


@dataclass(slots=True)
class _Node:
    """What may follow the words read so far, and the concept that they name, if any."""

    following: dict[str, _Node] = field(default_factory=dict)
    concept: Concept | None = None
    capitals: bool = False
    """Whether the text has to have capitals where the concept stands."""


class Vocabulary:
    """Finds concepts in text: the longest name wins; case, hyphens and plurals are forgiven."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._root = _Node()
        self._normal: dict[str, str] = {}
        self._openers = functools.lru_cache(maxsize=_KEPT)(self._find_openers)
        found: dict[Concept, None] = {}
        for concept in concepts:
            for name in concept.names:
                node = self._root
                for word in normal_name(name):
                    node = node.following.setdefault(word, _Node())
                if node is not self._root and node.concept is None:
                    node.concept = concept
                    node.capitals = name.isupper() and name.lower() in _ENGLISH
                    found[concept] = None
        self.concepts = tuple(found)
        """Every concept that can be found."""

    def named(self, name: str) -> Concept | None:
        """Return the concept of that name, or None."""
        node: _Node | None = self._root
        for word in normal_name(name):
            node = node.following.get(word) if node else None
        return node.concept if node else None

    def begins(self, word: str) -> bool:
        """Whether a name begins with a word."""
        return self._known(word) in self._root.following

    @staticmethod
    def openings(concepts: Iterable[Concept]) -> tuple[str, ...]:
        """Return letters, small ones: where some of these concepts is mentioned, one of them is found."""
        return tuple(sorted({opening for concept in concepts for opening in _openings(concept.names)}))

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

        A text repeats itself: so that is asked once for each thing that stands between spaces and not for each place.
        """
        places = []
        for word in set(chain.from_iterable(map(self._openers, set(text.split())))):
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    places.append((at, word))
                at = text.find(word, end)
        places.sort()
        return places

    def _find_openers(self, typed: str) -> tuple[str, ...]:
        """Return the words, of what stands between two spaces, with which a name may begin."""
        return tuple(word for word in _WORD.findall(typed) if self.begins(word))

    def _known(self, word: str) -> str:
        """Return the normal form of a word, worked out once."""
        normal = self._normal.get(word)
        if normal is None:
            normal = self._normal[word] = _normal_word(word)
        return normal

    def _longest(self, text: str, start: int, word: str) -> Mention | None:
        """Return the longest name that stands at an offset, where this word does."""
        node: _Node | None = self._root.following[self._known(word)]
        end = start + len(word)
        longest = None
        while node is not None:
            if node.concept and not (node.capitals and not text[start:end].rstrip("s").isupper()):
                longest = Mention(start, end, node.concept)
            joint = _JOINT.match(text, end) if node.following else None
            following = _WORD.match(text, joint.end()) if joint else None
            if following is None:
                break
            node, end = node.following.get(self._known(following[0])), following.end()
        return longest


def normal_name(name: str) -> tuple[str, ...]:
    """Return the words of a name in the form in which they are compared."""
    return tuple(map(_normal_word, _WORD.findall(name)))


@functools.lru_cache(maxsize=4096)
def _openings(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words[0].removesuffix("i") for words in map(normal_name, names) if words)


def _normal_word(word: str) -> str:
    """Return a word in the form in which words are compared: no case, no plural."""
    word = word.casefold()
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word
