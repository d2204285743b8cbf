"""The sections of a step -> its passages, the pieces of text that can be held against those of another version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..assign import Held
from ..model import Document, Line, LineKind, Section

_BULLET = re.compile(r"[-*+]\s")


def passages_of(held: Sequence[Held], document: Document, *, given: frozenset[str]) -> tuple[str, ...]:
    """Return the paragraphs, items, rows and lines of code of a step, in order, as Markdown; sub-headings too.

    A wrapped paragraph is one line, and white space is folded but in code, so that neither makes a difference. Comments
    and the lines that the template gave are left out.
    """
    body = document.body.split("\n")
    found: list[str] = []
    for number, item in enumerate(held):
        if number:
            found.append(f"{'#' * item.section.level} {item.section.title}")
        found += _passages(item.section, body, document.body_line, given)
    return tuple(found)


def _passages(section: Section, body: Sequence[str], first: int, given: frozenset[str]) -> Iterator[str]:
    before: Line | None = None
    together: list[str] = []
    for line in _own(section.lines, given):
        goes_on = before is not None and line.block == before.block and line.kind is not LineKind.CODE
        if not goes_on and together:
            yield " ".join(together)
            together = []
        if line.kind is LineKind.CODE:
            yield body[line.number - first].rstrip()
        elif line.kind is LineKind.ROW:
            if before is None or before.kind is not LineKind.ROW or before.number != line.number - 1:
                yield _row(body[line.number - first - 2]) if line.number - first >= 2 else ""
            yield _row(body[line.number - first])
        else:
            source = _BULLET.sub("- ", line.source, count=1) if line.kind is LineKind.ITEM else line.source
            together.append(source if together else "  " * (line.depth if line.kind is LineKind.ITEM else 0) + source)
        before = line
    if together:
        yield " ".join(together)


def _own(lines: Iterable[Line], given: frozenset[str]) -> Iterator[Line]:
    return (line for line in lines if line.source not in given)


def _row(line: str) -> str:
    return " ".join(line.split())
