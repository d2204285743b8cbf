"""Step 4: sums, and what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import LineKind
from ...terms import mentions
from ..judged import Judged
from ..reading import Reading, says
from ..words import words
from .requirements import TARGETS

CAPACITY = "capacity-estimation"
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?:\s*(?:[kKMGTP]i?B|million|billion|thousand|[kMB](?=\b)))?")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "M": 1e6, "B": 1e9}


def number_wrong(reading: Reading) -> Iterator[Judged]:
    """A sum that does not come to what is claimed."""
    from ...capacity.audit import audit
    from ...capacity.check import check_numbers

    sheet, findings = check_numbers(reading.design.document)
    wrong = [finding.problem for finding in findings] if sheet.blocks else list(audit(reading.design.document).problems)
    lines = {problem.line for problem in wrong}
    for problem in wrong:
        yield Judged(problem.line or 1, problem.fact, problem.fact)
    for quantity in sheet.quantities:
        if quantity.claim and quantity.line not in lines:
            yield Judged(quantity.line, quantity.name)


def estimate_without_peak(reading: Reading) -> Iterator[Judged]:
    """An estimate that knows averages only."""
    said = reading.said(CAPACITY)
    found = next((item for item in said if says(item, words("peak"))), None)
    if said:
        line = found.line if found else reading.line(CAPACITY)
        yield Judged(line, "peak", "" if found else "the estimate never speaks of a peak")


def estimate_unused(reading: Reading) -> Iterator[Judged]:
    """An estimate of which no later section takes a number."""
    later = [item for item in reading.said(*reading.after(CAPACITY)) if item.kind is not LineKind.CODE]
    own = _values(reading)
    if own and later and all(map(reading.written, reading.after(CAPACITY)[:3])):
        used = next((item for item in later if _numbers(item.text) & own), None)
        fact = "" if used else "check whether any decision rests on the estimate: no later section takes a number of it"
        yield Judged(used.line if used else reading.line(CAPACITY), "estimate", fact)


def throughput_not_estimated(reading: Reading) -> Iterator[Judged]:
    """A throughput target that the estimate does not come to."""
    own = _values(reading)
    terms = reading.terms(TARGETS, "throughput")
    for part in reading.parts(TARGETS):
        wanted = {number for number in _numbers(part.stated) if number >= 10}
        if own and wanted and mentions(part.title.lower(), terms):
            fact = (
                ""
                if wanted & own
                else f"check whether the estimate comes to '{part.title}': none of its numbers is there"
            )
            yield Judged(part.line, part.title, fact)


def _values(reading: Reading) -> frozenset[float]:
    """Return the numbers that the estimate comes to, and those that it names."""
    step = reading.step(CAPACITY)
    lines = {line.number for section in step.sections for line in section.lines} if step else set()
    worked_out = [item.middle for item in reading.design.sheet.quantities if item.line in lines and item.middle]
    named = {number for item in reading.said(CAPACITY) for number in _numbers(item.text)}
    return frozenset(named | {float(f"{value:.6g}") for value in worked_out})


def _numbers(text: str) -> frozenset[float]:
    """Return the numbers of a text above 9, thousands and millions worked out; percentiles and years left out."""
    found = set()
    for match in _NUMBER.finditer(text):
        digits = re.match(r"[\d,]+(?:\.\d+)?", match[0])
        value = float(digits[0].replace(",", "")) if digits else 0.0
        value *= _SCALES.get(match[0][digits.end() :].strip() if digits else "", 1)
        if value > 9:
            found.add(float(f"{value:.6g}"))
    return frozenset(found)
