"""Steps 5 and 6: the components, and what is inside of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...stems import stem
from ...suggest import nearest
from ...terms import mentions
from ..components import components_of
from ..judged import Judged
from ..phrases import Words, head, key_stems
from ..reading import Reading, says
from ..words import words

ARCHITECTURE, DETAIL = "high-level-architecture", "detailed-design"
_SINGLE = re.compile(r"\bsingle points? of failure\b|\bSPOFs?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|not|without|avoid\w*|remov\w*|eliminat\w*|never|would|isn't|rather than|instead of|prevent\w*)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
_ENDPOINT = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s+/|\brpc\s+\w+\(", re.I)
_WRITES = re.compile(r"\bPOST\s+/")
_ERROR_CODE = re.compile(r"\b[45]\d\d\b")


def diagram_and_text(reading: Reading) -> Iterator[Judged]:
    """A box that the text never names, or a component that no box shows."""
    boxes = [box for box in reading.boxes if not box.outer]
    if not boxes:
        return
    told = reading.words(*(step.id for step in reading.flow.steps))
    drawn = Words([" ".join(line.text for item in reading.said(ARCHITECTURE) if item.diagram for line in item.lines)]
                  + [box.label for box in reading.boxes])  # fmt: skip
    unnamed = {head(box.label): box.line for box in boxes if not told.names(head(box.label))}
    undrawn = {item.name: item.line for item in components_of(reading) if item.listed and not drawn.names(item.name)}
    for box in boxes:
        if head(box.label) not in unnamed:
            yield Judged(box.line, head(box.label))
    for name, line in unnamed.items():
        other = nearest(name, undrawn, cutoff=0.4) or (next(iter(undrawn)) if len(undrawn) == len(unnamed) == 1 else "")
        undrawn.pop(other, None)
        meant = f"; the text has '{other}'" if other else ""
        yield Judged(line, name, f"the diagram shows '{name}', which the text never names{meant}")
    for name, line in undrawn.items():
        yield Judged(line, name, f"the text lists '{name}', which the diagram does not show")


def single_point_of_failure(reading: Reading) -> Iterator[Judged]:
    """What the design itself calls a single point of failure, and leaves so."""
    for item in reading.prose(*(step.id for step in reading.flow.steps)):
        found = _SINGLE.search(item.text)
        if found and not _DENIED.search(item.text[: found.start()]):
            mended = mentions(item.text_lower, words("takes over"))
            fact = "by its own words the design keeps a single point of failure"
            yield Judged(item.line, " ".join(item.text.split()[:6]), "" if mended else fact)


def simple_version_missing(reading: Reading) -> Iterator[Judged]:
    """An architecture that begins with its last layer."""
    said = reading.prose(ARCHITECTURE)
    found = next((item for item in said if says(item, words("simplest"))), None)
    if said:
        line = found.line if found else reading.line(ARCHITECTURE)
        yield Judged(line, "simple version", "" if found else "nothing says what the simplest version would be")


def component_without_part(reading: Reading) -> Iterator[Judged]:
    """A component in detail that lacks its data, its interface or its algorithm."""
    children = [part for part in reading.parts(DETAIL) if part.statements[0].section]
    asked = [(name, reading.terms(DETAIL, point)) for name, point in _PARTS]
    asked = [(name, terms) for name, terms in asked if terms]
    whole = [part for part in children if all(part.says(terms) for _, terms in asked)]
    if whole and len(whole) * 2 >= len(children):
        for part in children:
            lacks = [name for name, terms in asked if not part.says(terms)]
            fact = f"check whether '{part.title}' needs {' or '.join(lacks)}" if lacks else ""
            yield Judged(part.line, part.title, fact)


_PARTS = (("a data model", "data-model"), ("an API", "api"), ("an algorithm", "algorithm"))


def api_without_errors(reading: Reading) -> Iterator[Judged]:
    """An interface that only succeeds."""
    said = reading.said(DETAIL)
    calls = [item for item in said if _ENDPOINT.search(item.text)]
    if calls:
        holds = any(_ERROR_CODE.search(item.text) or mentions(item.text_lower, words("call fails")) for item in said)
        yield Judged(calls[0].line, "API", "" if holds else "the API says nothing of how a call fails")


def write_not_repeatable(reading: Reading) -> Iterator[Judged]:
    """A call that creates something, of which nothing says what a second one does."""
    said = reading.said(*(step.id for step in reading.flow.steps))
    calls = [item for item in reading.said(DETAIL) if _WRITES.search(item.text)]
    if calls:
        holds = any(mentions(item.text_lower, words("repeatable")) for item in said)
        fact = "check whether a repeated POST is safe: nothing says what a second one does"
        yield Judged(calls[0].line, "POST", "" if holds else fact)


def component_in_no_failure(reading: Reading) -> Iterator[Judged]:
    """A component that no failure speaks of."""
    if not reading.written("failure-modeling"):
        return
    failures = reading.words("failure-modeling")
    generic = {stem(word) for word in words("generic")}
    told = reading.words(*(step.id for step in reading.flow.steps))
    for item in components_of(reading):
        if not told.names(item.name):  # which is told already, as a diagram that disagrees with the text
            continue
        telling = [word for word in key_stems(item.name) if word not in generic]
        named = failures.names(item.name) or any(map(failures.has, telling))
        fact = "" if named else f"check whether '{item.name}' can fail: no failure speaks of it"
        yield Judged(item.line, item.name, fact)
