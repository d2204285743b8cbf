"""Portfolio -> `llms.txt`: what the site holds, as https://llmstxt.org has it, with a link to each page's source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from ..core.model import Design
from .head import described, titled
from .render import Renderer
from .sources import has_source, source_of
from .website import Website

LLMS = "llms.txt"
_MARKS = re.compile(r"([\\\[\]])")


def llms_txt(renderer: Renderer, site: Website, files: Iterable[File]) -> str:
    """Return the text; its links lead to the Markdown of each page, or to the page where sources are kept back."""
    blocks = [f"# {_line(site.name)}", f"> {_line(site.description or 'System designs and study notes.')}"]
    blocks.append(_counts(renderer))
    for heading, items in _parts(renderer, site, files):
        if lines := list(items):
            blocks += [f"## {heading}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def _parts(renderer: Renderer, site: Website, files: Iterable[File]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each part's heading and its lines."""
    portfolio, pages = renderer.portfolio, renderer.pages
    yield "Designs", (_link(pages[design.path], site, _design(design)) for design in portfolio.designs)
    for heading, items in (("Notes", portfolio.notes), ("Reviews", portfolio.reviews)):
        yield heading, (_link(pages[item.path], site, described(pages[item.path])) for item in items)
    if portfolio.roadmap:
        stages = ", ".join(stage.title for stage in portfolio.stages)
        yield "Roadmap", [_link(pages[portfolio.roadmap.path], site, f"Stages: {stages}." if stages else "")]
    others = (file.page for file in files if file.page and has_source(file) and file.inclusion.is_included())
    yield "Pages", (_link(page, site, described(page)) for page in others if getattr(page, "item", None) is None)
    data = f"- [Portfolio as data]({site.absolute('portfolio.json')}): Every design, note, stage and concept, as JSON."
    yield "Optional", [data]


def _link(page: Page, site: Website, said: str = "") -> str:
    uri = source_of(page.file, site) or page.file.url.removeprefix("./") or "./"
    title = _MARKS.sub(r"\\\1", titled(page))
    return f"- [{title}]({site.absolute(uri)})" + (f": {_line(said)}" if said else "")


def _design(design: Design) -> str:
    return f"{design.summary} {design.status.label}, {design.said}."


def _counts(renderer: Renderer) -> str:
    portfolio = renderer.portfolio
    steps = portfolio.progress
    counts = f"{_number(len(portfolio.designs), 'design')} and {_number(len(portfolio.notes), 'note')}"
    return f"{counts}; {steps.done} of {steps.total} steps of the designs are done."


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _line(text: str) -> str:
    return " ".join(text.split())
