"""What a page says of itself to programs -> lines in its `<head>`: previews, linked data, feed, source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..core.model import Design, Note, WrittenReview
from ..core.parse import parse
from ..core.prose import prose_of
from .feed import FEED, has_feed
from .pages import PortfolioPage
from .render import Renderer
from .sources import source_of
from .website import Website

_END = "</head>"
_ELEMENT = re.compile(r"<(meta|link)\b[^>]*>")
_NAME = re.compile(r"\s(?:name|property)\s*=\s*[\"']?([^\"'\s>]+)")
_REL = re.compile(r"\s(?:rel|type)\s*=\s*[\"']?([^\"'\s>]+)")


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of one page, as plain text."""

    title: str
    description: str
    """May be empty."""
    is_article: bool
    url: str
    """Absolute; empty where the site has no address."""
    feed: str
    """Relative to the page, as `source` is; empty where there is none."""
    source: str
    data: Mapping[str, object]
    """The page in the words of schema.org; empty for one that is no design or note."""


def head(renderer: Renderer, site: Website, page: Page) -> str:
    """Render what a page's head says of it, one element a line."""
    item = page.item if isinstance(page, PortfolioPage) else None
    source = source_of(page.file, site)
    shown = Head(
        title=site.name if page.is_homepage else titled(page),
        description=described(page) or site.description,
        is_article=isinstance(item, (Design, Note, WrittenReview)),
        url=page.canonical_url or "",
        feed=get_relative_url(FEED, page.url) if has_feed(renderer.portfolio, site) else "",
        source=get_relative_url(source, page.url) if source else "",
        data=_data(item, page, site, renderer.past.of(item).changed) if isinstance(item, (Design, Note)) else {},
    )
    return renderer.render("head.html", page, head=shown, site=site)


def titled(page: Page) -> str:
    """Return a page's title as plain text; MkDocs has it as HTML."""
    return _line(Markup(page.title or page.file.name).striptags())


def described(page: Page) -> str:
    """Return what a page is about, as plain text: what it says itself, else how it opens, or how far a design is."""
    if not isinstance(page, PortfolioPage):
        stated = Markup(page.meta.get("description") or "").striptags()
        return _line(stated) or prose_of(parse(page.markdown or "", path=page.file.src_uri)[0]).opening
    if page.description or not isinstance(page.item, Design):
        return _line(page.description) or prose_of(page.document).opening
    return f"{page.item.status.label}, {page.item.said}."


def complete(page: str, lines: str) -> str:
    """Return a page's HTML with lines at the end of its head, but for elements that it has already."""
    start, end, rest = page.partition(_END)
    if not end:
        return page
    there = {_key(found[0]) for found in _ELEMENT.finditer(start)}
    new = [line for line in lines.splitlines() if (key := _key(line)) is None or key not in there]
    return "\n".join((start.rstrip(), *new, f"  {end}{rest}"))


def _key(element: str) -> str | None:
    """Return what an element is known by: a `<meta>` its name, a `<link>` what it leads to; others none."""
    if element.startswith("<meta"):
        found = _NAME.search(element)
        return found[1] if found else None
    return " ".join(sorted(_REL.findall(element))) if element.startswith("<link") else None


def _data(work: Design | Note, page: Page, site: Website, changed: dt.date | None) -> Mapping[str, object]:
    """Return a design or note as schema.org describes a `TechArticle`."""
    whole = {"@type": "WebSite", "name": site.name, "url": site.url}
    data = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": work.title,
        "description": described(page),
        "url": page.canonical_url,
        "datePublished": work.date.isoformat() if work.date else None,
        "dateModified": changed.isoformat() if changed else None,
        "creativeWorkStatus": work.status.label if isinstance(work, Design) else None,
        "author": {"@type": "Person", "name": site.author} if site.author else None,
        "keywords": list(work.tags),
        "inLanguage": site.language,
        "isPartOf": {name: value for name, value in whole.items() if value},
    }
    return {name: value for name, value in data.items() if value}


def _line(text: str) -> str:
    return " ".join(text.split())
