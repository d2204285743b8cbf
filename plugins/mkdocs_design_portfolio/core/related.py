"""What is closest in content: Okapi BM25 over the portfolio, in which a word counts by where it stands.

The score of a document for the terms that are looked for is the sum, over the terms, of

    idf(term) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length))

with tf the times the term occurs, each weighed by where, and idf(term) = log(1 + (N - n + 0.5) / (n + 0.5)) for a term
in n of N documents (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; k1 and b as usual). What a
document says by itself, its words and their weights, is worked out once and kept with it.
"""

from __future__ import annotations

import functools
import math
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .model import Design, LineKind, Note
from .stems import stem, without_marks
from .words import COMMON

_WORD = re.compile(r"[^\W_]{3,}")
_WEIGHTS = {"title": 8.0, "aliases": 8.0, "tags": 4.0, "summary": 3.0, "headings": 2.0, "body": 1.0}
"""What a term counts by where it stands, in the BM25 of the things found and in choosing the terms to look for."""
_K1, _B = 1.2, 0.75
_TERMS = 40
"""How many terms of a document are looked for."""
_CANDIDATES = 96
"""Among how many of its words they are chosen."""
_POSTINGS = 1500
"""How many places one search may visit: so the cost of all searches grows as the portfolio does."""
_FOUND = 64
"""How many documents one search gives, the best."""
_FLOOR = 0.12
"""The least score of a suggestion, as a share of what the document itself scores."""

_FIT = 0.25
"""The least score of what fits a title, as a share of the best."""


@dataclass(frozen=True, slots=True)
class Related:
    """A design or note that is close in content."""

    work: Design | Note
    score: float
    """From 0 to 1, where 1 is as close as the document is to itself."""
    terms: tuple[str, ...]
    """The most telling terms that both share, as the document writes them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says, as the ranking sees it."""

    length: int
    """In words."""
    stems: str
    """Every stem, separated by spaces."""
    weights: bytes
    """For each stem the times it occurs, weighed by where: an array of doubles."""
    telling: str
    """The words among which those to look for are chosen, most telling first, separated by spaces."""
    telling_stems: str
    """Their stems, in the same order."""
    telling_weights: bytes
    """What each of them tells: an array of doubles."""

    @property
    def weighed(self) -> Iterator[tuple[str, float]]:
        """Each stem with its weight."""
        return zip(self.stems.split(), array("d", self.weights), strict=True)

    @property
    def terms(self) -> Iterator[tuple[str, str, float]]:
        """Each telling word with its stem and what it tells."""
        return zip(self.telling.split(), self.telling_stems.split(), array("d", self.telling_weights), strict=True)


class Ranking:
    """An index of designs and notes, held in memory."""

    def __init__(self, works: Iterable[Design | Note]) -> None:
        self._works = sorted(works, key=lambda work: work.path)
        self._said = [said(work) for work in self._works]
        self._numbers = {work.path: number for number, work in enumerate(self._works)}
        total = sum(item.length for item in self._said)
        average = total / len(self._said) if total else 1.0
        self._slack = [_K1 * (1 - _B + _B * item.length / average) for item in self._said]
        self._frequencies: Counter[str] = Counter()
        for item in self._said:
            self._frequencies.update(item.stems.split())
        self._rarities = _Rarities(self._frequencies, len(self._works))
        self._postings: dict[str, dict[int, float]] = {}
        """For each stem that may be looked for, what it adds to the score of each document that has it."""
        self._index()

    def related(self, work: Design | Note, *, most: int, leave_out: Collection[str] = ()) -> Iterator[Related]:
        """Yield what is closest to one of the indexed works, best first: at most so many designs, and notes.

        `leave_out` are paths of what is linked already. What scores too little, or shares but one
        term that is not in its title, is left out.
        """
        number = self._numbers[work.path]
        chosen = self._terms(self._said[number].terms, shared=2)
        scores = self._search(chosen)
        own = scores[number]
        least = own * _FLOOR
        near = {other: score for other, score in enumerate(scores) if score >= least} if own else {}
        left = {Design: most, Note: most}
        for other in _best_first(near):
            found = self._works[other]
            if other != number and left[type(found)] and found.path not in leave_out:
                terms = tuple(word for name, word in chosen.items() if other in self._postings[name])
                if _enough(found, terms):
                    left[type(found)] -= 1
                    yield Related(found, round(min(1.0, near[other] / own), 3), terms)

    def _index(self) -> None:
        """Find where the stems stand that may be looked for."""
        wanted = {name for item in self._said for name in item.telling_stems.split()}
        postings = self._postings = {name: {} for name in wanted if 1 < self._frequencies[name] <= _POSTINGS}
        rarity = {name: self._rarities[name] * (_K1 + 1) for name in postings}
        for number, item in enumerate(self._said):
            slack = self._slack[number]
            weights = dict(item.weighed)
            for name in weights.keys() & rarity.keys():
                weight = weights[name]
                postings[name][number] = rarity[name] * weight / (weight + slack)

    def _terms(self, words: Iterable[tuple[str, str, float]], *, shared: int) -> dict[str, str]:
        """Choose the terms to look for: stem -> word, most telling first, within the budget.

        A term has to stand in at least so many documents as are `shared`: 2 where one is the asking one.
        """
        weights: dict[str, float] = {}
        shown: dict[str, str] = {}
        for word, name, weight in words:
            weights[name] = weights.get(name, 0) + weight
            shown.setdefault(name, word)
        costs, rarity = self._frequencies, self._rarities
        telling = sorted((-weight * rarity[name], name) for name, weight in weights.items() if costs[name] >= shared)
        chosen: dict[str, str] = {}
        budget = _POSTINGS
        for _, name in telling:
            cost = costs[name]
            if cost <= budget:
                chosen[name] = shown[name]
                budget -= cost
            if len(chosen) == _TERMS:
                break
        return chosen

    def _search(self, chosen: Iterable[str]) -> list[float]:
        """Return the score of each document for some stems."""
        scores = [0.0] * len(self._works)
        for name in chosen:
            for number, score in self._postings[name].items():
                scores[number] += score
        return scores


def matching(works: Sequence[Design | Note], title: str, *, tags: Iterable[str] = ()) -> tuple[Related, ...]:
    """Return the works that are named with the words of a title and tags, best first.

    They are ranked by what they are called, not by their text. The score is a share of the best.
    """
    asked = {stem(word): word for word in _count_words(" ".join((title, *tags)))}
    named = [_named(work, asked) for work in works]
    average = sum(length for length, _ in named) / len(named) if named else 1.0
    rarity = _Rarities(Counter(name for _, weights in named for name in weights), len(works))
    scores: dict[int, float] = {}
    for number, (length, weights) in enumerate(named):
        slack = _K1 * (1 - _B + _B * length / average)
        if weights:
            scores[number] = sum(rarity[name] * weight / (weight + slack) for name, weight in weights.items())
    best = max(scores.values(), default=0.0)
    return tuple(
        Related(works[number], round(scores[number] / best, 3), tuple(asked[name] for name in named[number][1]))
        for number in _best_first(scores)
        if scores[number] >= best * _FIT
    )


def _named(work: Design | Note, asked: Collection[str]) -> tuple[int, dict[str, float]]:
    """Return how many words name a work, and the weights of those stems among them that are asked for."""
    openings = {name[:2] for name in asked}  # which no ending changes
    weights: dict[str, float] = {}
    length = 0
    for column, text in _naming_texts(work).items():
        for word, count in _count_words(text).items():
            length += count
            if word[:2] in openings and (name := stem(word)) in asked:
                weights[name] = weights.get(name, 0.0) + _WEIGHTS[column] * count
    return length, {name: weights[name] for name in asked if name in weights}


class _Rarities(dict[str, float]):
    """The inverse document frequency of each stem, worked out once."""

    def __init__(self, frequencies: Mapping[str, int], count: int) -> None:
        super().__init__()
        self.frequencies = frequencies
        self.count = count

    def __missing__(self, name: str) -> float:
        frequency = self.frequencies.get(name, 0)
        found = self[name] = math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))
        return found


def said(work: Design | Note) -> Said:
    """Return what a document says; worked out once."""
    return work.document.derive(f"said {work.title!r} {_naming(work)!r}", lambda: _said(work))


def ranked(work: Design | Note) -> tuple[str | bytes, ...]:
    """Return all that the ranking goes by, of one document."""
    found = said(work)
    told = (found.telling, found.telling_stems, found.telling_weights)
    return type(work).__name__, work.path, work.title, str(found.length), found.stems, found.weights, *told


def _said(work: Design | Note) -> Said:
    counted = {column: _count_words(text) for column, text in _texts(work).items()}
    weights: dict[str, float] = {}
    telling: dict[str, float] = {}
    for column, words in counted.items():
        weight = _WEIGHTS[column]
        for word, count in words.items():
            name = stem(word)
            weights[name] = weights.get(name, 0.0) + weight * count
            telling[word] = telling.get(word, 0.0) + weight * math.sqrt(count)
    kept = sorted(sorted(telling), key=telling.__getitem__, reverse=True)[:_CANDIDATES]
    return Said(
        sum(sum(words.values()) for words in counted.values()),
        " ".join(weights),
        array("d", weights.values()).tobytes(),
        " ".join(kept),
        " ".join(map(stem, kept)),
        array("d", map(telling.__getitem__, kept)).tobytes(),
    )


def _naming(work: Design | Note) -> tuple[str, ...]:
    """Return what a document is called beside its title: it may come from elsewhere than its text."""
    concepts = work.concepts if isinstance(work, Note) else ()
    return (*work.aliases, *work.tags, work.summary, *(name for concept in concepts for name in concept.names))


def _best_first(scores: Mapping[int, float]) -> list[int]:
    """Return the numbers of the documents with the highest scores; of equal ones the first by path."""
    return sorted(sorted(scores), key=scores.__getitem__, reverse=True)[:_FOUND]


def _enough(work: Design | Note, terms: tuple[str, ...]) -> bool:
    return len(terms) > 1 or any(term in work.title.casefold() for term in terms)


def _texts(work: Design | Note) -> dict[str, str]:
    """Return what a document says, by column."""
    lines = (line for section in work.document.sections for line in section.lines)
    return {**_naming_texts(work), "body": "\n".join(line.text for line in lines if line.kind is not LineKind.CODE)}


def _naming_texts(work: Design | Note) -> dict[str, str]:
    """Return what a document is called, by column; the headings of a flow's steps say nothing of their own."""
    sections = work.document.sections
    held = {item.section.line for item in work.steps if item.section} if isinstance(work, Design) else set()
    concepts = work.concepts if isinstance(work, Note) else ()
    return {
        "title": work.title,
        "aliases": " ".join((*work.aliases, *(name for concept in concepts for name in concept.names))),
        "tags": " ".join(work.tags),
        "summary": work.summary,
        "headings": " ".join(
            section.title
            for section in sections
            if section.level > 1 and section.line not in held and any(line.text for line in section.lines)
        ),
    }


def _count_words(text: str) -> dict[str, int]:
    """Count the words of a text in small letters; common ones and numbers are left out."""
    counted: dict[str, int] = {}
    for typed, count in Counter(text.split()).items():
        for word in _words_in(typed):
            counted[word] = counted.get(word, 0) + count
    return counted


@functools.lru_cache(maxsize=65_536)
def _words_in(typed: str) -> tuple[str, ...]:
    """Return the words that stand between two spaces, as `_count_words` has them."""
    words = map(str.casefold, _WORD.findall(without_marks(typed)))
    return tuple([word for word in words if word not in COMMON and not word.isdigit()])
