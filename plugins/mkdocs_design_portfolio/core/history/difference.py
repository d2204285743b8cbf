"""Passages then and now -> what is as it was, what went and what came, word by word."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from ..model import LineKind
from .passages import Passage

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.4
"""The share of common words from which on one passage is another one, revised."""
_MOST = 40_000
"""How many pairs of passages are looked at at most."""
_CONTEXT = 1
"""How many passages that did not change are shown around those that did."""


class What(Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a passage."""

    what: What
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A passage then, and what it is now; either may be missing."""

    runs: tuple[Run, ...]
    kind: LineKind

    @property
    def changed(self) -> bool:
        """Whether it reads differently."""
        return any(run.what is not What.SAME for run in self.runs)

    @property
    def then(self) -> tuple[Run, ...]:
        """What it was made of; nothing where it is new."""
        return tuple(run for run in self.runs if run.what is not What.ADDED)

    @property
    def now(self) -> tuple[Run, ...]:
        """What it is made of; nothing where it is gone."""
        return tuple(run for run in self.runs if run.what is not What.REMOVED)


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows to be read beside each other: a passage with what it is now, or what went and what came in its place."""

    then: tuple[Row, ...]
    now: tuple[Row, ...]

    @property
    def changed(self) -> bool:
        """Whether it reads differently."""
        return any(row.changed for row in (*self.then, *self.now))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that follow each other, and whether they are folded away."""

    pieces: tuple[Piece, ...]
    folded: bool


def difference(then: Sequence[Passage], now: Sequence[Passage]) -> tuple[Row, ...]:
    """Hold passages against each other.

    What is the same or removed, read in order, is `then`; what is the same or added is `now`.
    """
    rows: list[Row] = []
    for kind, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [Row((Run(What.SAME, item.text),), item.kind) for item in then[a:b]]
        else:
            rows += _replaced(then[a:b], now[c:d])
    return tuple(rows)


def folded(rows: Sequence[Row]) -> tuple[Stretch, ...]:
    """Put side by side what belongs together; fold away what did not change, but for what stands next to a change."""
    pieces = _pieces(rows)
    near = {
        other
        for number, piece in enumerate(pieces)
        if piece.changed
        for other in range(number - _CONTEXT, number + _CONTEXT + 1)
    }
    found: list[Stretch] = []
    for away, group in itertools.groupby(range(len(pieces)), lambda number: number not in near):
        together = tuple(pieces[number] for number in group)
        found.append(Stretch(together, away and len(together) > 1))
    return tuple(found)


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    found: list[Piece] = []
    for alone, group in itertools.groupby(rows, lambda row: not (row.then and row.now)):
        together = tuple(group)
        if alone:
            found.append(Piece(tuple(row for row in together if row.then), tuple(row for row in together if row.now)))
        else:
            found += [Piece((row,), (row,)) for row in together]
    return found


def _replaced(then: Sequence[Passage], now: Sequence[Passage]) -> Iterator[Row]:
    """Yield rows for passages of which none is the same: those alike word by word, the others as they follow."""
    a = b = 0
    for x, y in (*_pairs(then, now), (len(then), len(now))):
        yield from (Row((Run(What.REMOVED, item.text),), item.kind) for item in then[a:x])
        yield from (Row((Run(What.ADDED, item.text),), item.kind) for item in now[b:y])
        if x < len(then):
            yield Row(tuple(_words(then[x].text, now[y].text)), now[y].kind)
        a, b = x + 1, y + 1


def _pairs(then: Sequence[Passage], now: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return which passages are alike, both in order: the pairs that have most in common together."""
    if not then or not now or len(then) * len(now) > _MOST:
        return []
    words = [[Counter(item.text.casefold().split()) for item in items] for items in (then, now)]
    alike = [
        [_alike(one, other) if old.kind is new.kind else 0.0 for new, other in zip(now, words[1], strict=True)]
        for old, one in zip(then, words[0], strict=True)
    ]
    best = [[0.0] * (len(now) + 1) for _ in range(len(then) + 1)]
    for x in reversed(range(len(then))):
        for y in reversed(range(len(now))):
            paired = alike[x][y] + best[x + 1][y + 1] if alike[x][y] >= _ALIKE else 0.0
            best[x][y] = max(paired, best[x + 1][y], best[x][y + 1])
    found = []
    x = y = 0
    while x < len(then) and y < len(now) and best[x][y]:
        if best[x][y] == best[x + 1][y]:
            x += 1
        elif best[x][y] == best[x][y + 1]:
            y += 1
        else:
            found.append((x, y))
            x, y = x + 1, y + 1
    return found


def _alike(one: Counter[str], other: Counter[str]) -> float:
    count = one.total() + other.total()
    return 2 * (one & other).total() / count if count else 0.0


def _words(then: str, now: str) -> Iterator[Run]:
    """Yield the runs of one passage; what stays between two changes and is no word goes with them."""
    old, new = _WORD.findall(then), _WORD.findall(now)
    before = after = ""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(codes):
        same = "".join(old[a:b]) if kind == "equal" else ""
        inner = 0 < number < len(codes) - 1
        if kind == "equal" and not (inner and not any(char.isalnum() for char in same)):
            yield from _changed(before, after)
            before = after = ""
            yield Run(What.SAME, same)
        else:
            before += "".join(old[a:b])
            after += "".join(new[c:d])
    yield from _changed(before, after)


def _changed(before: str, after: str) -> Iterator[Run]:
    if before:
        yield Run(What.REMOVED, before)
    if after:
        yield Run(What.ADDED, after)
