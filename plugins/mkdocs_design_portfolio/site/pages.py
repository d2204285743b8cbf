"""A document of the portfolio -> a MkDocs page."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import Any

from markdown import Extension
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from ..core.model import Document, Problem
from ..core.suggest import nearest
from .linking import line_of
from .slots import Placed, SlotExtension, Slots

_OPENS_HTML = re.compile(r"(?P<code>(`+).+?\2)|<(?=[A-Za-z/!?])")

log = logging.getLogger("mkdocs.plugins.design_portfolio")

Reading = Callable[[], Iterable[Extension]]
"""Makes the extensions that read a page's Markdown; asked when the page is rendered."""

Placing = Callable[[], Iterable[Placed]]
"""Says which slots a page has; asked when the page is rendered."""


class PortfolioPage(Page):
    """A page whose text was read by the scan, with slots at its sections.

    The document is quoted, not run: macros leave it alone unless its front matter says
    `render_macros: true`, and HTML in its title is shown as text.
    """

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        *,
        document: Document,
        title: str | None,
        summary: str = "",
        tags: Sequence[str] = (),
        slots: Slots,
        placing: Placing = tuple,
        reading: Reading = tuple,
        below: str = "",
    ) -> None:
        super().__init__(str(escape(title)) if title else None, file, config)
        self.document = document
        self.summary = summary
        self.tags = tags
        self.below = below
        """Markdown that follows the author's own."""
        self.anchors: dict[int, str] = {}
        """The line of each heading -> its anchor; filled by `render`."""
        self._slots = slots
        self._placing = placing
        self._reading = reading
        self._own_title = title

    def read_source(self, config: MkDocsConfig) -> None:
        """Take text and metadata from the scan; other plugins may still give their own text."""
        source = config.plugins.on_page_read_source(page=self, config=config)
        body = _shown_title(self.document) if source is None else source
        self.markdown = f"{body}\n\n{self.below}\n" if self.below else body
        self.meta = self._metadata()

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render as any page, with slots put in and the headings' anchors learnt."""
        extension = SlotExtension(self.document.sections, tuple(self._placing()), self._slots)
        local = copy.copy(config)
        local["markdown_extensions"] = [*config.markdown_extensions, *self._reading(), extension]
        super().render(local, files)
        self.anchors = extension.anchors

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Tell of links to headings that are not there, each with its line; also where MkDocs only informs."""
        if log_level < logging.INFO:
            return
        for file, links in (self.links_to_anchors or {}).items():
            known = file.page.present_anchor_ids if file.page else None
            for anchor, href in links.items():
                if known is not None and anchor not in known:
                    where = "this page" if file is self.file else file.src_uri
                    near = nearest(anchor, known)
                    mend = f"did you mean '#{near}'?" if near else "link to a heading that is there"
                    line = line_of(self.document, href)
                    problem = Problem(self.document.path, line, f"{where} has no anchor '#{anchor}'", mend)
                    log.log(max(log_level, logging.WARNING), "%s", problem)

    def _metadata(self) -> MutableMapping[str, Any]:
        """Return the front matter as themes read it: they print `title` and `description` unescaped."""
        meta: dict[str, Any] = {field.name: field.value for field in self.document.fields if not field.bold}
        meta.setdefault("render_macros", False)
        shown = {"title": self._own_title or meta.get("title"), "description": meta.get("description") or self.summary}
        meta.update({name: str(escape(text)) for name, text in shown.items() if text})
        if self.tags or "tags" in meta:
            meta["tags"] = list(self.tags)
        return meta


def _shown_title(document: Document) -> str:
    """Return the body with HTML in its title turned into text."""
    heading = document.heading
    if heading is None:
        return document.body
    lines = document.body.split("\n")
    at = heading.line - document.body_line
    lines[at] = _OPENS_HTML.sub(lambda found: found["code"] or "&lt;", lines[at])
    return "\n".join(lines)
