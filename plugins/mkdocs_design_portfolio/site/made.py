"""The files that are made from the whole portfolio for other programs, each when every page is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from mkdocs.structure.files import Files

from .export import portfolio_json, schema_files
from .feed import FEED, feed_xml, has_feed
from .llms import LLMS, llms_txt
from .render import Renderer
from .search import kinds_json
from .website import Website


def made_files(renderer: Renderer, site: Website, files: Files) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the address of each, relative to the site, and what makes its text."""
    yield "portfolio.json", partial(portfolio_json, renderer)
    yield "search/kinds.json", partial(kinds_json, renderer)
    yield LLMS, partial(llms_txt, renderer, site, files)
    if has_feed(renderer.portfolio, site):
        yield FEED, partial(feed_xml, renderer, site)
    for uri, text in schema_files(renderer):
        yield uri, partial(str, text)
