"""The components that an architecture names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import LineKind
from ..statements import Statement
from ..terms import mentions
from .phrases import head, key_stems
from .reading import Reading, bold_name
from .words import words

STEP = "high-level-architecture"
_AND = re.compile(r"\s+(?:and|&)\s+|,\s+(?:and\s+)?")
_NAMED = re.compile(r"(?P<name>[A-Z][\w /-]{1,40}?)\s*(?::|\s[-–—]\s)")


@dataclass(frozen=True, slots=True)
class Component:
    """One component of the architecture."""

    name: str
    line: int
    listed: bool
    """Whether the text lists it; otherwise the diagram alone has it."""


def components_of(reading: Reading) -> tuple[Component, ...]:
    """Return the components that an architecture's list or table names, then those that its diagram alone shows.

    Whoever uses the system is none of it.
    """
    found: dict[tuple[str, ...], Component] = {}
    for name, line in _listed(reading):
        found.setdefault(key_stems(name), Component(name, line, True))
    for box in reading.boxes:
        name = head(box.label)
        if not box.outer and not any(set(key_stems(name)) <= set(other) for other in found):
            found.setdefault(key_stems(name), Component(name, box.line, False))
    return tuple(item for key, item in found.items() if key and not mentions(item.name.lower(), words("outsiders")))


def _listed(reading: Reading) -> Iterator[tuple[str, int]]:
    for item in reading.said(STEP):
        for name in _names(item):
            yield name, item.line


def _names(item: Statement) -> Iterator[str]:
    """Yield the components that an item or row is about."""
    name = ""
    if item.kind is LineKind.ROW and item.cells and mentions(item.cells[0][0].lower(), words("component columns")):
        name = item.cells[0][1]
    elif item.kind is LineKind.ITEM and not item.depth:
        colon = _NAMED.match(item.text)
        name = bold_name(item) or (colon["name"] if colon else "")
    for part in _AND.split(name):
        if part and len(part.split()) <= 5:
            yield head(part)
