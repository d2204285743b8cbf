"""The place of pages that are not in the navigation one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from .render import Renderer


def place(renderer: Renderer, nav: Navigation) -> None:
    """Give each design and note its index page as section and breadcrumb, and its neighbours.

    Designs go on in time: the previous one is older. Notes go on by title. Reviews, and what changed,
    belong to the designs.
    """
    listed = set(map(id, nav.pages))
    for kind, items in (("designs", reversed(renderer.portfolio.designs)), ("notes", renderer.portfolio.notes)):
        index = renderer.indexes[kind].page
        if index is not None:
            _chain([renderer.pages[item.path] for item in items], _section(index), listed)
    designs = renderer.indexes["designs"].page
    reviews = (renderer.pages[written.path] for written in renderer.portfolio.reviews)
    for page in (*reviews, *renderer.changes.values()):
        if designs is not None and id(page) not in listed:
            page.parent = _section(designs)  # type: ignore[assignment]  # any structure item can be a parent


def _section(index: Page) -> Page | Section:
    """Return what stands for a folder: its index page, or the section that begins with that page."""
    return index.parent if index.parent and index.parent.children[0] is index else index


def _chain(pages: Sequence[Page], section: Page | Section, listed: Iterable[int]) -> None:
    for older, page, newer in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        if id(page) not in listed:
            page.parent = section  # type: ignore[assignment]  # any structure item can be a parent
            page.previous_page, page.next_page = older, newer
