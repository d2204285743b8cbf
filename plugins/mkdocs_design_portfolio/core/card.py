"""A design or note -> the checksum of what other pages show of it, as far as its own document tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .model import Design, Document, Note
from .store import digest


def card_of(work: Design | Note) -> str:
    """Return the checksum of what other pages show of a document; worked out once.

    Where in its file something stands is not among it, nor is its text, nor what references give to it: its stage,
    topics and notes.
    """
    return work.document.derive("card", lambda: digest(repr(tuple(_card(work)))))


def headings_of(document: Document) -> list[tuple[int, str, str]]:
    """Return level, title and id of each heading."""
    return [(section.level, section.title, section.id) for section in document.sections]


def _card(work: Design | Note) -> Iterator[Any]:
    yield from (work.id, work.path, work.title, work.date, work.tags, work.aliases, work.summary)
    yield from (work.unpublished, work.redirects, work.unlinked, work.state.value, work.said)
    yield [(field.name, field.value) for field in work.document.fields]
    yield headings_of(work.document)
    yield work.sheet if work.sheet.blocks else ""
    if isinstance(work, Note):
        yield [(item.names, item.definition, item.note) for item in work.concepts]
        return
    yield work.status.value
    for item in work.steps:
        yield item.step.id, item.state.value, item.reason, item.section.title if item.section else None
        for found in item.evidence:
            yield found.checkpoint.id, found.met, found.found, found.declared
