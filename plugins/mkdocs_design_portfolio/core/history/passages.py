"""The sections of a step -> its passages, the pieces of text that can be held against those of another version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..assign import Held
from ..model import Document, Line, LineKind

_BULLET = re.compile(r"[-*+]\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, item, row, line of code or sub-heading, as Markdown on one line."""

    kind: LineKind
    text: str


def passages_of(held: Sequence[Held], document: Document, *, given: frozenset[str]) -> tuple[Passage, ...]:
    """Return the passages of a step, in order.

    A wrapped paragraph is one line, and white space is folded but in code, so that neither makes a difference. Comments
    and the lines that the template gave are left out.
    """
    body = document.body.split("\n")
    found: list[Passage] = []
    for number, item in enumerate(held):
        if number:
            found.append(Passage(LineKind.TEXT, f"{'#' * item.section.level} {item.section.title}"))
        own = [line for line in item.section.lines if line.source not in given]
        found += _passages(own, body, document.body_line)
    return tuple(found)


def _passages(lines: Sequence[Line], body: Sequence[str], first: int) -> Iterator[Passage]:
    before: Line | None = None
    kind, together = LineKind.TEXT, ""
    for line in lines:
        flows = line.kind in (LineKind.TEXT, LineKind.ITEM)
        if together and not (flows and before and line.block == before.block):
            yield Passage(kind, together)
            together = ""
        if flows and together:
            together += f" {line.source}"
        elif line.kind is LineKind.ITEM:
            kind, together = line.kind, "  " * line.depth + _BULLET.sub("- ", line.source, count=1)
        elif flows:
            kind, together = line.kind, line.source
        else:
            yield from _as_typed(line, before, body, first)
        before = line
    if together:
        yield Passage(kind, together)


def _as_typed(line: Line, before: Line | None, body: Sequence[str], first: int) -> Iterator[Passage]:
    """Yield a line of code, or a row of a table, before the first of which stand its headings."""
    at = line.number - first
    if line.kind is LineKind.CODE:
        yield Passage(line.kind, body[at].rstrip())
        return
    if at >= 2 and (before is None or before.kind is not LineKind.ROW or before.number != line.number - 1):
        yield Passage(line.kind, " ".join(body[at - 2].split()))
    yield Passage(line.kind, " ".join(body[at].split()))
