"""Portfolio -> an Atom feed (RFC 4287) of the newest designs.

A design has one entry for good, which says how far the design is. There is no second one when it is finished: its last
commit, where git is there to ask, makes the one entry new again, and else nothing says on which day that was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from ..core.model import Design, Portfolio
from .render import Renderer
from .sources import source_of
from .website import Website

FEED = "feed.xml"
MOST = 20
"""How many entries it has at most."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A design as the feed has it; the addresses are absolute."""

    design: Design
    changed: dt.date | None
    """The day of its last commit, where git knows that."""
    id: str
    url: str
    source: str
    """The address of its Markdown; may be empty."""

    @property
    def published(self) -> str:
        """The day of the design, as RFC 3339 writes it."""
        return f"{self.design.date}T00:00:00Z"

    @property
    def updated(self) -> str:
        """The day of its last change, never before its own."""
        return max(self.published, f"{self.changed or self.design.date}T00:00:00Z")


def has_feed(portfolio: Portfolio, site: Website) -> bool:
    """Whether there is a feed: its entries need a date and an absolute address."""
    return bool(site.url) and any(_is_told(design) for design in portfolio.designs)


def feed_xml(renderer: Renderer, site: Website) -> str:
    """Return the feed, newest design first."""
    entries = tuple(_entries(renderer, site))
    text = renderer.render("feed.xml.html", site=site, entries=entries, address=site.absolute(FEED))
    return _NOT_IN_XML.sub("", text) + "\n"


def _entries(renderer: Renderer, site: Website) -> Iterator[Entry]:
    portfolio = renderer.portfolio
    claims = Counter(path for work in portfolio for path in {work.path, *work.redirects})
    for design in islice(filter(_is_told, portfolio.designs), MOST):  # which are sorted
        yield Entry(
            design,
            renderer.past.of(design).changed,
            site.absolute(quote(_first_path(design, claims))),
            site.absolute(renderer.url(design)),
            site.absolute(source) if (source := source_of(renderer.pages[design.path].file, site)) else "",
        )


def _first_path(design: Design, claims: Counter[str]) -> str:
    """Return the path that a design began with, which is its own whatever it is called now; no two have the same."""
    return next((path for path in design.redirects if claims[path] == 1), design.path)


def _is_told(design: Design) -> bool:
    return design.date is not None and not design.unpublished
