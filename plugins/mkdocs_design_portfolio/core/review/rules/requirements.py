"""Steps 1 to 3: the problem, what the system must do, and how well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...terms import gives_number, mentions
from ..judged import Judged
from ..phrases import key_stems
from ..reading import Part, Reading, bare_number, says
from ..words import words

CLARIFY, FUNCTIONAL, TARGETS = "clarify-problem", "functional-requirements", "non-functional-requirements"

_PERCENTILE = re.compile(r"\bp\d|\d\s*%\s*of", re.IGNORECASE)


def solution_in_problem(reading: Reading) -> Iterator[Judged]:
    """A product named where the problem is told."""
    for name in words("products"):
        if mentions(reading.design.title.lower(), (name,)):
            continue
        found = next((item for item in reading.prose(CLARIFY) if mentions(item.text_lower, (name,))), None)
        if found:
            yield Judged(found.line, name, f"the problem names {name} before anything asks for it")


def success_unmeasurable(reading: Reading) -> Iterator[Judged]:
    """A success that nobody could say was missed."""
    terms = reading.terms(CLARIFY, "success")
    found = [item for item in reading.prose(CLARIFY) if says(item, terms)]
    if found:
        holds = any(bare_number(item.text) or mentions(item.text_lower, words("can be missed")) for item in found)
        fact = "check whether one could tell, a year from now, that the success described was missed"
        yield Judged(found[0].line, "success", "" if holds else fact)


def scope_without_edge(reading: Reading) -> Iterator[Judged]:
    """A scope of which nothing is said to be outside."""
    said = reading.prose(CLARIFY, FUNCTIONAL)
    edge = next((item for item in said if says(item, words("outside"))), None)
    if said:
        line = edge.line if edge else reading.line(CLARIFY)
        yield Judged(line, "scope", "" if edge else "nothing says what is left out")


def requirement_vague(reading: Reading) -> Iterator[Judged]:
    """A requirement that cannot be tested."""
    for part in reading.parts(FUNCTIONAL):
        vague = next((word for word in words("vague") if mentions(part.text.lower(), (word,))), "")
        fact = f"'{vague}' cannot be tested" if vague and not gives_number(part.text) else ""
        yield Judged(part.line, _short(part), fact)


def requirement_not_taken_up(reading: Reading) -> Iterator[Judged]:
    """A requirement of which no later section speaks."""
    later = [step for step in reading.after(FUNCTIONAL) if step not in (TARGETS, "capacity-estimation")]
    if sum(reading.written(step) for step in later) < max(1, len(later) - 1):
        return
    said = reading.words(*later)
    for part in reading.parts(FUNCTIONAL):
        wanted = key_stems(part.text)
        found = [word for word in wanted if said.has(word)]
        lost = len(wanted) >= 3 and len(found) * 3 < len(wanted)
        fact = f"check whether a later section takes up '{_short(part)}'" if lost else ""
        yield Judged(part.line, _short(part), fact)


def target_without_number(reading: Reading) -> Iterator[Judged]:
    """A target for latency, throughput or availability that says no number."""
    for part in measurable(reading):
        fact = "" if gives_number(part.stated) or bare_number(part.stated) else f"'{name_of(part)}' has no number"
        yield Judged(part.line, name_of(part), fact)


def number_without_unit(reading: Reading) -> Iterator[Judged]:
    """A target whose number has no unit."""
    for part in measurable(reading):
        if bare_number(part.stated):
            holds = gives_number(part.stated) or gives_number(f"1 {name_of(part)}") or _labelled(part)
            yield Judged(part.line, name_of(part), "" if holds else f"the number of '{name_of(part)}' has no unit")


def latency_without_percentile(reading: Reading) -> Iterator[Judged]:
    """A latency target that does not say for which share of the requests it holds."""
    terms = reading.terms(TARGETS, "latency")
    for part in measurable(reading):
        if mentions(name_of(part).lower(), terms) and gives_number(part.stated):
            stated = f"{part.title} {part.stated}"
            shared = _PERCENTILE.search(stated) or mentions(stated.lower(), words("share of requests"))
            fact = "" if shared else f"'{name_of(part)}' names no percentile"
            if mentions(stated.lower(), words("average")):
                fact = f"'{name_of(part)}' is an average"
            yield Judged(part.line, name_of(part), fact)


def availability_without_period(reading: Reading) -> Iterator[Judged]:
    """An availability in percent of nobody knows what period."""
    terms = reading.terms(TARGETS, "availability")
    for part in measurable(reading):
        if mentions(name_of(part).lower(), terms) and re.search(r"\d\s*%", part.stated):
            fact = "" if mentions(part.text.lower(), words("period")) else f"'{name_of(part)}' names no period"
            yield Judged(part.line, name_of(part), fact)


def target_without_reason(reading: Reading) -> Iterator[Judged]:
    """A target whose column for the reason is empty."""
    rows = [part for part in reading.parts(TARGETS) if part.statements[0].cells]
    if any(_reason(part) for part in rows):
        for part in rows:
            fact = "" if _reason(part) else f"nothing says why '{name_of(part)}' is what it is"
            yield Judged(part.line, name_of(part), fact)


def _reason(part: Part) -> str | None:
    return part.cell(words("reason columns"))


def measurable(reading: Reading) -> Iterator[Part]:
    """Yield the targets for which the flow asks a number, by what they are called."""
    step = reading.flow.step(TARGETS)
    asked = [point.terms for point in step.checkpoints if point.kind == "number"] if step else []
    parts = reading.parts(TARGETS)
    listed = [part for part in parts if part.title]
    for part in listed or parts:
        if any(mentions(name_of(part).lower(), terms) for terms in asked):
            yield part


def _labelled(part: Part) -> bool:
    """Whether a column heading or lead-in names the unit: `Latency (ms)`."""
    units = (unit for item in part.statements for unit in re.findall(r"\((.+?)\)", item.labels_lower))
    return any(gives_number(f"1 {unit}") for unit in units)


def name_of(part: Part) -> str:
    """Return what a target is called: the first cell, the bold words, or what stands before a colon."""
    return re.split(r":|\s[-–—]\s", part.title or part.text)[0].strip()[:60]


def _short(part: Part) -> str:
    words = (part.title or part.text).split()
    return " ".join(words[:8]).rstrip(".,;:") + (" …" if len(words) > 8 else "")
