"""What no step shows alone: promises kept, words explained, debts with a trigger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import LineKind, Severity
from ...plain import CODE
from ...terms import mentions
from ..judged import Judged
from ..reading import Reading
from ..words import words
from .requirements import TARGETS

_STRONG = re.compile(r"\b(?:strong(?:ly)?[ -]consisten\w*|linearizab\w*|strict(?:ly)? serializab\w*)", re.I)
_STRONG_CELL = re.compile(r"\bstrong(?:ly)?\b|\blinearizab\w*", re.IGNORECASE)
_EVENTUAL = re.compile(r"\beventual(?:ly)?[ -]consisten\w*", re.IGNORECASE)
_STALE = re.compile(r"\basynchronous(?:ly)? replicat\w*|\bread replicas?\b|\bstale\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|never|no|rather than|instead of|would|rejected|n't)\b[^.;]{0,60}$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Z0-9]{1,5})s?(?![\w-])")


def consistency_contradiction(reading: Reading) -> Iterator[Judged]:
    """Strong consistency promised, and something weaker designed."""
    promise = None
    for item in reading.prose(TARGETS):
        about = " ".join((*item.labels[1:], *(cell for _, cell in item.cells[:1]))).lower()
        found = _STRONG.search(item.text) or ("consisten" in about and _STRONG_CELL.search(item.text))
        if found and not _NEGATED.search(item.text[: found.start()]):
            promise = item
            break
    if promise is None:
        return
    limited = mentions(promise.text.lower(), words("limits a promise"))
    for item in reading.prose("high-level-architecture", "detailed-design", "tradeoffs"):
        weak = _EVENTUAL.search(item.text) or _STALE.search(item.text)
        if weak and not _NEGATED.search(item.text[: weak.start()]):
            certain = bool(_EVENTUAL.search(item.text)) and not limited
            fact = f"consistency is promised strong (line {promise.line}) and designed as '{weak[0].lower()}'"
            if not certain:
                fact = f"check whether '{weak[0].lower()}' keeps the strong consistency promised on line {promise.line}"
            yield Judged(item.line, "consistency", fact, Severity.IMPORTANT if certain else Severity.MINOR)
            return
    yield Judged(promise.line, "consistency")


def revisit_without_trigger(reading: Reading) -> Iterator[Judged]:
    """Something to look at again, of which nothing says when."""
    for lead, item in reading.led("evolution"):
        if item.kind is not LineKind.ITEM or mentions(lead, words("shortcuts")) or not mentions(lead, words("revisit")):
            continue
        text = re.sub(r"(?:in\s+)?\d+\s*[–-]\s*\d+\s*months?", "", item.text)
        timed = re.search(r"\d", text) or mentions(text.lower(), words("trigger"))
        called = " ".join(item.text.split()[:8])
        yield Judged(item.line, called, "" if timed else f"nothing says when to look at '{called}' again")


def term_undefined(reading: Reading) -> Iterator[Judged]:
    """An abbreviation that nothing spells out."""
    whole = reading.design.document.body
    seen = {word.upper() for word in words("abbreviations")}
    for item in reading.prose(*(step.id for step in reading.flow.steps)):
        source = " ".join(line.source for line in item.lines)
        for found in _ABBREVIATION.finditer(CODE.sub(" ", source)):
            name = found["name"]
            if name in seen or name.lower() in reading.known or re.fullmatch(r"[A-Z]\d+", name):
                continue
            seen.add(name)
            spelled = re.search(
                rf"\(\s*{name}s?\b|{name}s?\s*\([A-Za-z]|{name}s?,?\s*(?:=|means|stands|is short|short)", whole
            )
            yield Judged(item.line, name, "" if spelled else f"'{name}' is never spelled out")
