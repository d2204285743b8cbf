"""Step 8: what fails, how one notices, how it recovers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...terms import mentions
from ..judged import Judged
from ..phrases import sentences
from ..reading import Part, Reading
from ..words import words
from .requirements import TARGETS

FAILURES = "failure-modeling"
_TIME = re.compile(
    r"\d\s*(?:ms|s|sec|seconds?|m|min|minutes?|h|hours?|days?)\b|\bwithin a (?:second|minute|hour)", re.I
)
_DURATION = re.compile(r"(?<![\w.,])(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>s|sec|seconds?|min|minutes?|h|hours?)\b", re.I)
_FROM_COPY = re.compile(
    r"\b(?:from|to|on|use|using|promot\w+|over)\b[^.;]{0,30}"
    r"\b(?:replicas?|standby|secondary|follower|copy|copies|other (?:server|node)s?)\b",
    re.IGNORECASE,
)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_AVAILABLE = re.compile(r"(?<![\d.])(9\d(?:\.\d+)?)\s*%")
_MONTH = 30 * 86_400


def failure_without_detection(reading: Reading) -> Iterator[Judged]:
    """A failure that nobody would notice."""
    terms = (*reading.terms(FAILURES, "detection"), *words("noticed"))
    for part in _failures(reading):
        yield Judged(part.line, part.title, "" if part.says(terms) else f"nothing says how '{part.title}' is noticed")


def failure_without_recovery(reading: Reading) -> Iterator[Judged]:
    """A failure from which nothing recovers."""
    terms = (*reading.terms(FAILURES, "recovery"), *words("mended"))
    for part in _failures(reading):
        fact = "" if part.says(terms) else f"nothing says how the system recovers from '{part.title}'"
        yield Judged(part.line, part.title, fact)


def recovery_without_time(reading: Reading) -> Iterator[Judged]:
    """Failures of which none says how long it lasts."""
    said = reading.said(FAILURES)
    timed = next((item for item in said if _TIME.search(item.text)), None)
    if said:
        line = timed.line if timed else reading.line(FAILURES)
        yield Judged(line, "time", "" if timed else "no failure says how long it goes on")


def replica_against_corruption(reading: Reading) -> Iterator[Judged]:
    """Copies as the answer to wrong data."""
    terms = reading.terms(FAILURES, "corruption")
    for part in _failures(reading):
        if mentions(part.title.lower(), terms):
            copied = _FROM_COPY.search(part.text) and not part.says(words("kept apart"))
            fact = f"'{part.title}' is answered with copies, which hold the wrong data as well" if copied else ""
            yield Judged(part.line, part.title, fact)


def retry_without_limit(reading: Reading) -> Iterator[Judged]:
    """Retries that nothing bounds."""
    every = reading.prose(*(step.id for step in reading.flow.steps))
    said = [item for item in every if mentions(item.text_lower, words("retry"))]
    if said:
        holds = any(mentions(item.text_lower, words("bounded")) for item in said)
        fact = "check whether retries are bounded: nothing says how often, or how far apart"
        yield Judged(said[0].line, "retry", "" if holds else fact)


def recovery_exceeds_budget(reading: Reading) -> Iterator[Judged]:
    """A recovery that takes longer than the availability allows in a month, by the loosest of its targets."""
    shares = [float(found[1]) for item in reading.said(TARGETS) for found in _AVAILABLE.finditer(item.text)]
    shares = [share for share in shares if 90 <= share < 100]
    if not shares:
        return
    loosest = min(shares)
    budget = (100 - loosest) / 100 * _MONTH
    for item in reading.prose(FAILURES):
        recovering = (text for text in sentences(item.text) if mentions(text.lower(), words("recovering")))
        longest = max((seconds for text in recovering for seconds in _durations(text)), default=0.0)
        if longest:
            said = f"{longest / 60:g} min"
            left = f"{loosest:g} % leaves {budget / 60:.3g} min in 30 days"
            fact = f"check whether {said} of recovery fit: {left}" if longest > budget else ""
            yield Judged(item.line, said, fact)


def _durations(text: str) -> Iterator[float]:
    """Yield the times that a text names, in seconds."""
    for found in _DURATION.finditer(text):
        yield float(found["value"]) * _SECONDS[found["unit"][0].lower()]


def _failures(reading: Reading) -> Iterator[Part]:
    """Yield what is listed as a failure; running text is not taken apart."""
    parts = [part for part in reading.parts(FAILURES) if part.title]
    sections = [part for part in parts if part.statements[0].section]
    for part in sections or parts:
        if part.says(words("failing")):
            yield part
