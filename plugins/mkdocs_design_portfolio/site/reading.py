"""How the Markdown of a document is read beyond what the site's own extensions do."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markdown import Extension

from ..core.model import Concept, Design, Note, Roadmap
from ..core.names import Names
from .concept_links import ConceptExtension
from .linking import LinkExtension
from .render import Renderer


@dataclass
class DocumentReading:
    """How a design, a note or the roadmap is read: its links and, where concepts are `linked`, its concepts."""

    renderer: Renderer
    item: Design | Note | Roadmap
    names: Names
    linked: bool = False
    links: LinkExtension = field(init=False)

    def __post_init__(self) -> None:
        self.links = LinkExtension(self.item.document, self.renderer.portfolio, self.names)

    def extensions(self) -> Iterator[Extension]:
        """Yield what reads it."""
        yield self.links
        if isinstance(self.item, Roadmap):
            return
        if self.item.sheet.blocks:
            from .capacity import CapacityExtension  # brings pint, which takes 0.1 s to import

            yield CapacityExtension(sheet=self.item.sheet, path=self.item.path, render=self.renderer.render)
        if self._used:
            vocabulary = self.renderer.connections.concepts.vocabulary
            yield ConceptExtension(vocabulary=vocabulary, address=self._address, expected=self._used)

    def facts(self) -> Iterator[object]:
        """Yield what is known of the concepts that it may link, and the links that lead nowhere."""
        yield sorted(self.links.targets)
        if self._used and not isinstance(self.item, Roadmap):
            uses = self.renderer.connections.concepts.uses_in(self.item)
            yield [(use.concept.name, use.start) for use in uses]
        for concept in self._used:
            yield concept.names, concept.definition, self._address(concept)

    def asked(self) -> Mapping[str, str]:
        """Return what its wiki links were resolved to."""
        return self.links.asked

    def answer(self, link: str) -> str:
        """Return what a wiki link is resolved to now."""
        return self.links.answer(link)

    @cached_property
    def _used(self) -> tuple[Concept, ...]:
        """The concepts that may be linked in it."""
        item = self.item
        if isinstance(item, Roadmap) or not self.linked or item.unlinked is None:
            return ()
        concepts = self.renderer.connections.concepts
        without = {concepts.vocabulary.named(name) for name in item.unlinked}
        return tuple(use.concept for use in concepts.uses_in(item) if use.concept not in without)

    def _address(self, concept: Concept) -> str:
        note = self.renderer.portfolio.note(concept.note)
        return _relative(note.path, posixpath.dirname(self.item.path)) if note else ""


@functools.lru_cache(maxsize=4096)
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)
