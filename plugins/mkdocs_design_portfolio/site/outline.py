"""What any page may show of a portfolio beside its own text, as checksums.

Partials are given the whole portfolio. Ours show of a document what stands here, and never its text; where a site
brings partials of its own, every text counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..core.card import card_of, headings_of
from ..core.connections import Connections
from ..core.model import Design, Note, Portfolio, Reference, WrittenReview
from ..core.store import digest
from .pages import PortfolioPage
from .render import Renderer


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a portfolio."""

    portfolio: str
    connections: Connections
    with_text: bool = False
    """Whether pages may show anything."""

    def of(self, page: PortfolioPage) -> str:
        """Return the checksum of what a page alone shows: its history, and what is related to its design."""
        work = self.connections.portfolio.work(page.document.path)
        if not isinstance(work, Design):
            return page.shows
        shown = (*self.connections.related_notes(work), *self.connections.related_designs(work))
        return digest(
            page.shows, repr([(item.work.path, item.terms, item.score if self.with_text else 0) for item in shown])
        )


def outline(renderer: Renderer, *, with_text: bool) -> Outline:
    """Return the outline of what a site shows; `with_text` where its partials may show any text."""
    return Outline(digest(*map(repr, _parts(renderer, with_text=with_text))), renderer.connections, with_text)


def _parts(renderer: Renderer, *, with_text: bool) -> Iterator[object]:
    portfolio, connections = renderer.portfolio, renderer.connections
    for work in portfolio:
        yield _card(work), sorted(renderer.pages[work.path].anchors.values())
        if with_text:
            yield work.document.body
    for review in portfolio.reviews:
        yield _review(review)
    yield from map(_reference, portfolio.references)
    yield sorted(portfolio.unresolved)
    yield _roadmap(portfolio)
    yield [(use.concept.name, use.concept.note, use.path) for use in connections.concepts.uses]
    yield connections.concepts.gaps
    yield sorted((kind, file.url) for kind, file in renderer.indexes.items())
    yield sorted((path, page.file.url) for path, page in renderer.pages.items())


def _card(work: Design | Note) -> tuple[Any, ...]:
    """Return what other pages show of a design or note: what it says for itself, and what references gave to it."""
    return card_of(work), work.stage, work.topics, work.notes


def _review(review: WrittenReview) -> tuple[Any, ...]:
    return review.id, review.path, review.title, review.date, review.design, review.said, review.unpublished


def _reference(item: Reference) -> tuple[Any, ...]:
    section = (item.section.level, item.section.title, item.section.id) if item.section else None
    return item.source, item.target, item.text, section, item.step, item.declared


def _roadmap(portfolio: Portfolio) -> object:
    roadmap = portfolio.roadmap
    if roadmap is None:
        return None
    stages = [
        (stage.id, stage.title, stage.signals, [(topic.id, topic.title, topic.state.value) for topic in stage.topics])
        for stage in roadmap.stages
    ]
    return roadmap.path, roadmap.title, stages, headings_of(roadmap.document)
