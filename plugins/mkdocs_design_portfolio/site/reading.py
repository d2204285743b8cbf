"""How the Markdown of a document is read beyond what the site's own extensions do."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from markdown import Extension

from ..core.model import Concept, Design, Note, Roadmap
from ..core.names import Names
from .concept_links import ConceptExtension
from .linking import LinkExtension
from .render import Renderer


def document_extensions(renderer: Renderer, item: Design | Note, names: Names, *, linked: bool) -> Iterator[Extension]:
    """Yield what reads a design or note: its links and, where concepts are `linked`, its concepts."""
    yield LinkExtension(item.document, renderer.portfolio, names)
    if item.sheet.blocks:
        from .capacity import CapacityExtension  # brings pint, which takes 0.1 s to import

        yield CapacityExtension(sheet=item.sheet, path=item.path, render=renderer.render)
    if linked and item.unlinked is not None:
        concepts = renderer.connections.concepts

        def address(concept: Concept) -> str:
            note = renderer.portfolio.note(concept.note)
            return posixpath.relpath(note.path, posixpath.dirname(item.path)) if note else ""

        without = {concepts.vocabulary.named(name) for name in item.unlinked}
        used = [use.concept for use in concepts.uses_in(item) if use.concept not in without]
        if used:
            yield ConceptExtension(vocabulary=concepts.vocabulary, address=address, expected=used)


def roadmap_extensions(renderer: Renderer, roadmap: Roadmap, names: Names) -> Iterator[Extension]:
    """Yield what reads the roadmap: its links."""
    yield LinkExtension(roadmap.document, renderer.portfolio, names)
