"""The diagrams of a document, each read once, and what Mermaid could not read in them."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Document, Problem
from .fences import fences
from .known import Reading


def read(source: str) -> Reading:
    """Read a diagram; what does so is loaded when the first one is read."""
    from .check import check
    from .diagram import Diagram
    from .extent import extent_of
    from .words import words_of

    diagram = Diagram(source.rstrip("\n"))
    return Reading(diagram.source, diagram.is_placeholder, check(diagram), words_of(diagram), extent_of(diagram))


def readings(document: Document) -> tuple[tuple[int, Reading], ...]:
    """Return the diagrams of a document, each with the line on which its fence opens; worked out once."""
    return document.derive("diagrams", lambda: tuple((fence.line, read(fence.source)) for fence in fences(document)))


def check_diagrams(document: Document) -> tuple[Problem, ...]:
    """Return the mistakes in a document's diagrams, one for each diagram that Mermaid would not draw."""
    return tuple(_problems(document))


def _problems(document: Document) -> Iterator[Problem]:
    for opened, reading in readings(document):
        if found := reading.mistake:
            line = opened if found.line is None else opened + 1 + found.line
            yield Problem(document.path, line, found.fact, found.remedy)
