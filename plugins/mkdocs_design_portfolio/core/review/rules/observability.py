"""Step 10: signals, what wakes somebody, and where one looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import LineKind
from ...statements import Statement
from ...terms import mentions
from ..judged import Judged
from ..phrases import Words, key_stems
from ..reading import Part, Reading
from ..words import words
from .requirements import TARGETS, measurable, name_of

OBSERVABILITY = "observability"
_DURATION = re.compile(
    r"\d\s*(?:s|sec|seconds?|m|min|minutes?|h|hours?|days?)\b|\b(?:a|one|five|ten) (?:minute|hour)s?", re.I
)
_NAMED = 4
"""How many metrics one finding names."""
_METRICS = re.compile(r"^[\w -]{0,24}metrics?\s*[.:–-]\s*", re.IGNORECASE)
_DETAIL = re.compile(r"\s+(?:by|per|of|from|for|to|in)\s+")
_P_LATENCY = re.compile(r"\bp\d\d", re.IGNORECASE)


def alert_without_threshold(reading: Reading) -> Iterator[Judged]:
    """An alert of which nothing says when it fires."""
    for part in _alerts(reading):
        wanted = part.cell(words("threshold columns"))
        if wanted is None and any(item.cells for item in part.statements):
            cells = part.statements[0].cells[1:]
            text = " ".join(cell for heading, cell in cells if not mentions(heading.lower(), words("alert details")))
        else:
            text = part.text if wanted is None else wanted
        lower = text.lower()
        worded = mentions(lower, words("threshold")) and mentions(lower, words("quantity"))
        event = mentions(lower, words("events")) and not mentions(lower, words("unmeasured"))
        holds = re.search(r"\d", re.sub(r"\bp\d+", "", lower)) or worded or event
        yield Judged(part.line, _called(part), "" if holds else f"'{_called(part)}' has no threshold")


def alert_without_duration(reading: Reading) -> Iterator[Judged]:
    """An alert that fires at the first sample."""
    for part in _alerts(reading):
        fact = "" if _DURATION.search(part.text) else f"'{_called(part)}' does not say for how long"
        yield Judged(part.line, _called(part), fact)


def metric_unused(reading: Reading) -> Iterator[Judged]:
    """A metric that no alert and no dashboard takes up."""
    said = tuple(reading.led(OBSERVABILITY))
    using = (*words("alerts"), *words("boards"), *words("traces"))
    uses = [item for lead, item in said if item.cells or mentions(lead, using)]
    used = Words(" ".join((*item.labels[1:], _P_LATENCY.sub("latency p99", item.text))) for item in uses)
    for lead, item in said if uses else ():
        if item in uses or not mentions(lead, words("metrics")):
            continue
        unused = [name for name in _listed(item.text) if not any(map(used.has, key_stems(_DETAIL.split(name)[0])))]
        if unused:
            named = ", ".join(f"'{name}'" for name in unused[:_NAMED])
            more = f" and {len(unused) - _NAMED} more" if len(unused) > _NAMED else ""
            fact = f"check whether anybody looks at {named}{more}: no alert and no dashboard takes it up"
            yield Judged(item.line, unused[0], fact)
        else:
            yield Judged(item.line, item.text[:40])


def _listed(text: str) -> Iterator[str]:
    """Yield what a sentence lists, by semicolons where it has any, else by commas."""
    listed = re.split(r"\.\s+", _METRICS.sub("", text))[0]
    for name in re.split(r";\s*" if ";" in listed else r",\s+", listed):
        name = name.strip(" .")
        if key_stems(name) and len(name.split()) <= 8:
            yield name


def target_not_measured(reading: Reading) -> Iterator[Judged]:
    """A target that no signal shows."""
    if not reading.written(OBSERVABILITY):
        return
    said = reading.words(OBSERVABILITY)
    text = " ".join(item.text_lower for item in reading.prose(OBSERVABILITY))
    for part in measurable(reading):
        keys = [word for word in key_stems(name_of(part)) if word not in _QUALITIES]
        holds = mentions(text, _signals(reading, part)) or any(map(said.has, keys))
        fact = "" if holds else f"check whether a signal shows that '{name_of(part)}' is met"
        yield Judged(part.line, name_of(part), fact)


_QUALITIES = frozenset({"latenc", "throughput", "avail", "p99", "p95", "p50", "target", "time", "rate"})


def _signals(reading: Reading, part: Part) -> tuple[str, ...]:
    """Return the words by which a signal for a target is known."""
    for point in ("latency", "throughput", "availability"):
        if mentions(name_of(part).lower(), reading.terms(TARGETS, point)):
            return words(f"{point} signals")
    return ()


def _alerts(reading: Reading) -> Iterator[Part]:
    """Yield each alert: a row of a table of alerts, an item of a list, or a sentence of a paragraph about them."""
    others = (*words("boards"), *words("metrics"), *words("traces"))
    said = tuple(reading.led(OBSERVABILITY))
    rows = [item for _, item in said if item.cells and _lists_alerts(item)]
    for lead, item in said:
        if item in rows:
            yield Part(item.cells[0][1], item.line, (item,))
        elif item.cells or (rows and item.kind is LineKind.TEXT):
            continue  # what is said beside a table of alerts is about them
        elif mentions(lead, words("alerts")) and not mentions(item.text_lower[:30], others):
            yield from _told(item)


def _lists_alerts(row: Statement) -> bool:
    headed = " ".join(heading for heading, _ in row.cells).lower()
    return mentions(headed, words("alerts")) or _under_alerts(row)


def _told(item: Statement) -> Iterator[Part]:
    """Yield the alerts of a paragraph or item: what is divided by semicolons, or the whole."""
    text = re.sub(r"^\W*(?:key )?alert\w*\W+", "", item.text, flags=re.IGNORECASE)
    for piece in text.split(";"):
        if piece.strip():
            yield Part(piece.strip(" ."), item.line, ())


def _under_alerts(item: Statement) -> bool:
    return mentions(" ".join(item.labels[1 : len(item.labels) - len(item.cells)]).lower(), words("alerts"))


def _called(part: Part) -> str:
    told = part.title.split()
    return " ".join(told[:8]) + (" …" if len(told) > 8 else "")
