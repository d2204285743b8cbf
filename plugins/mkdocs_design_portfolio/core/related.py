"""What is closest in content: BM25 over the portfolio, in SQLite's FTS5."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .model import Design, LineKind, Note
from .words import COMMON

_WORD = re.compile(r"[^\W_]{3,}")
_WEIGHTS = {"title": 8.0, "aliases": 8.0, "tags": 4.0, "summary": 3.0, "headings": 2.0, "body": 1.0}
"""What a term counts by where it stands, in the BM25 of the things found and in choosing the terms to look for."""
_NAMING = " ".join(column for column in _WEIGHTS if column != "body")
"""The columns that say what a document is about."""
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

_SCHEMA = """
create virtual table documents using fts5({columns}, content = "", tokenize = "porter unicode61 remove_diacritics 2");
create virtual table words using fts5(word, content = "", tokenize = "porter unicode61 remove_diacritics 2");
create virtual table postings using fts5vocab(documents, instance);
create virtual table frequencies using fts5vocab(documents, row);
create virtual table stems using fts5vocab(words, instance);
"""


@dataclass(frozen=True, slots=True)
class Related:
    """A design or note that is close in content."""

    work: Design | Note
    score: float
    """From 0 to 1, where 1 is as close as the document is to itself."""
    terms: tuple[str, ...]
    """The most telling terms that both share, as the document writes them."""


class Ranking:
    """A full-text index of designs and notes, held in memory."""

    def __init__(self, works: Iterable[Design | Note]) -> None:
        self._works = tuple(works)
        self._numbers = {work.path: number for number, work in enumerate(self._works)}
        self._holders: dict[str, tuple[int, ...]] = {}
        self._salient: dict[str, dict[str, float]] = {}
        self._stems: dict[str, str] = {}
        self._frequencies: Mapping[str, int] = {}
        self._db = sqlite3.connect(":memory:")
        try:
            self._db.executescript(_SCHEMA.format(columns=", ".join(_WEIGHTS)))
        except sqlite3.OperationalError:
            self.available = False
            """Whether this Python's SQLite has FTS5; without it nothing is ever found."""
        else:
            self.available = True
            self._index()

    def related(self, work: Design | Note, *, leave_out: Collection[str] = ()) -> tuple[Related, ...]:
        """Return what is closest to one of the indexed works, best first.

        `leave_out` are paths of what is linked already. What scores too little, or shares but one
        term that is not in its title, is left out.
        """
        if not self.available:
            return ()
        chosen = self._terms(self._salient[work.path], shared=2)
        scores = self._search(chosen)
        own = scores.pop(self._numbers[work.path], 0.0)
        near = {number: score / own for number, score in scores.items() if score >= own * _FLOOR} if own else {}
        found = (
            Related(other, round(min(1.0, score), 3), terms)
            for other, score, terms in self._explained(near, chosen)
            if other.path not in leave_out and _enough(other, terms)
        )
        return tuple(found)

    def matching(self, title: str, *, tags: Iterable[str] = ()) -> tuple[Related, ...]:
        """Return what is about the words of a title and tags, best first; the score is a share of the best."""
        if not self.available:
            return ()
        words = Counter(_words(" ".join((title, *tags))))
        chosen = self._terms({word: float(count) for word, count in words.items()}, shared=1)
        scores = self._search(chosen, columns=_NAMING)
        best = max(scores.values(), default=0.0)
        return tuple(
            Related(work, round(score / best, 3), terms)
            for work, score, terms in self._explained(scores, chosen)
            if score >= best * _FIT
        )

    def _index(self) -> None:
        marks = ", ".join("?" * (len(_WEIGHTS) + 1))
        vocabulary: dict[str, None] = {}
        insert = f"insert into documents(rowid, {', '.join(_WEIGHTS)}) values ({marks})"
        for number, work in enumerate(self._works):
            texts = _texts(work)
            self._db.execute(insert, (number, *texts.values()))
            counted: dict[str, float] = {}
            for column, text in texts.items():
                for word, count in Counter(_words(text)).items():
                    counted[word] = counted.get(word, 0) + _WEIGHTS[column] * math.sqrt(count)
            kept = dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES])
            self._salient[work.path] = kept
            vocabulary.update(dict.fromkeys(kept))
        self._stems = dict(self._stems_of(vocabulary))
        query = "select term, doc from frequencies"
        self._frequencies = dict(self._db.execute(query))

    def _stems_of(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each word with its stem, as the index's own tokenizer has it."""
        listed = list(words)
        self._db.execute("insert into words(words) values ('delete-all')")
        self._db.executemany("insert into words(rowid, word) values (?, ?)", enumerate(listed))
        for number, stem in self._db.execute("select doc, term from stems"):
            yield listed[number], stem

    def _terms(self, words: Mapping[str, float], *, shared: int) -> dict[str, str]:
        """Choose the terms to look for: stem -> word, most telling first, within the budget.

        A term has to stand in at least so many documents as are `shared`: 2 where one is the asking one.
        """
        missing = [word for word in words if word not in self._stems]
        self._stems.update(self._stems_of(missing))
        weights: dict[str, float] = {}
        shown: dict[str, str] = {}
        for word, weight in words.items():
            stem = self._stems.get(word, word)
            weights[stem] = weights.get(stem, 0) + weight
            shown.setdefault(stem, word)
        telling = sorted(weights, key=lambda stem: (-weights[stem] * self._rarity(stem), stem))
        chosen: dict[str, str] = {}
        budget = _POSTINGS
        for stem in telling:
            cost = self._frequencies.get(stem, 0)
            if shared <= cost <= budget:
                chosen[stem] = shown[stem]
                budget -= cost
            if len(chosen) == _TERMS:
                break
        return chosen

    def _rarity(self, stem: str) -> float:
        """Return the inverse document frequency of a stem, as Okapi BM25 has it."""
        frequency = self._frequencies.get(stem, 0)
        return math.log(1 + (len(self._works) - frequency + 0.5) / (frequency + 0.5))

    def _search(self, chosen: Mapping[str, str], *, columns: str = "") -> dict[int, float]:
        """Return the score of each document in which one of the terms stands, by its number."""
        if not chosen:
            return {}
        weights = ", ".join(map(str, _WEIGHTS.values()))
        query = " OR ".join(f'"{word}"' for word in chosen.values())
        if columns:
            query = f"{{{columns}}} : ({query})"
        found = f"""
            select rowid, -bm25(documents, {weights}) as score from documents
            where documents match ? order by score desc, rowid limit {_FOUND}
        """
        return {number: score for number, score in self._db.execute(found, (query,)) if score > 0}

    def _explained(
        self, scores: Mapping[int, float], chosen: Mapping[str, str]
    ) -> Iterator[tuple[Design | Note, float, tuple[str, ...]]]:
        """Yield what was found, best first, with the terms that it was found by."""
        shared: dict[int, list[str]] = {}
        for stem, word in chosen.items():
            for number in self._holding(stem):
                if number in scores:
                    shared.setdefault(number, []).append(word)
        for number in sorted(scores, key=lambda number: (-scores[number], self._works[number].path)):
            yield self._works[number], scores[number], tuple(shared.get(number, ()))

    def _holding(self, stem: str) -> tuple[int, ...]:
        """Return the numbers of the documents in which a stem stands."""
        if stem not in self._holders:
            rows = self._db.execute("select distinct doc from postings where term = ?", (stem,))
            self._holders[stem] = tuple(number for (number,) in rows)
        return self._holders[stem]


def _enough(work: Design | Note, terms: tuple[str, ...]) -> bool:
    return len(terms) > 1 or any(term in work.title.casefold() for term in terms)


def _texts(work: Design | Note) -> dict[str, str]:
    """Return what a document says, by column; the headings of a flow's steps say nothing of their own."""
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
        "body": "\n".join(
            line.text for section in sections for line in section.lines if line.kind is not LineKind.CODE
        ),
    }


def _words(text: str) -> list[str]:
    return [word for word in map(str.casefold, _WORD.findall(text)) if word not in COMMON and not word.isdigit()]
