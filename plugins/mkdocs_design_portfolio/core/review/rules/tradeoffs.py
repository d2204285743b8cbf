"""Step 7: decisions, what else was open, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import LineKind, Severity
from ...terms import mentions
from ..judged import Judged, there_are
from ..reading import Part, Reading
from ..words import words

TRADEOFFS = "tradeoffs"
_SEVERAL = re.compile(r";|\bor\b|\bvs\.?\b|\bversus\b|,|/|\band\b|<br", re.IGNORECASE)


def too_few_decisions(reading: Reading) -> Iterator[Judged]:
    """Fewer decisions than the flow asks for, whatever else is listed beside them."""
    step = reading.flow.step(TRADEOFFS)
    point = step.checkpoint("decisions") if step else None
    said = reading.said(TRADEOFFS)
    rows = sum(item.kind is LineKind.ROW for item in said)
    listed = max(rows, len({item.section for item in said if item.section}))
    if point and listed:
        fact = "" if listed >= point.at_least else f"'{point.title}': {there_are(listed)}"
        yield Judged(reading.line(TRADEOFFS), "decisions", fact)


def decision_without_alternative(reading: Reading) -> Iterator[Judged]:
    """A decision of which nothing else was open."""
    for part in _decisions(reading):
        options = part.cell(words("option columns"))
        if options is not None:
            fact = "" if _SEVERAL.search(options) else f"'{part.title}' names one option only"
        elif part.cell(words("alternative columns")):
            fact = ""
        else:
            lost = any(_lost(reading, part, columns) for columns in ("option columns", "alternative columns"))
            named = mentions(part.text.lower(), words("contrast")) and not lost
            fact = "" if named else f"'{part.title}' names no alternative"
        yield Judged(part.line, part.title, fact)


def decision_without_reason(reading: Reading) -> Iterator[Judged]:
    """A decision that gives no reason."""
    for part in _decisions(reading):
        told = part.cell(words("reason columns")) or mentions(
            part.text.removeprefix(part.title).lower(), words("because")
        )
        lost = not told or _lost(reading, part, "reason columns")
        yield Judged(part.line, part.title, f"'{part.title}' gives no reason" if lost else "")


def rejected_without_advantage(reading: Reading) -> Iterator[Judged]:
    """A decision in which the rejected option was good for nothing."""
    for part in _decisions(reading):
        holds = part.cell(words("given up columns")) or mentions(part.text.lower(), words("conceded"))
        fact = f"check whether '{part.title}' says what a rejected option would have done better"
        yield Judged(part.line, part.title, "" if holds else fact, Severity.MINOR)


def _lost(reading: Reading, part: Part, column: str) -> bool:
    """Whether a row leaves a column empty that another row fills."""
    if not any(item.cells for item in part.statements) or part.cell(words(column)) is not None:
        return False
    return any(other.cell(words(column)) is not None for other in reading.parts(TRADEOFFS))


def _decisions(reading: Reading) -> Iterator[Part]:
    """Yield what is listed as a decision; running text is not taken apart."""
    for part in reading.parts(TRADEOFFS):
        if part.title:
            yield part
