"""A document of the portfolio -> a MkDocs page."""

from __future__ import annotations

import copy
import logging
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Protocol, cast

from markdown import Extension
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from ..core.model import Document, Problem, Thing, WrittenReview
from ..core.suggest import nearest
from .colors import ColorExtension
from .inline import InlineExtension
from .linking import line_of
from .slots import Fill, Placed, SlotExtension, Slots, Where
from .sources import has_source

_OPENS_HTML = re.compile(r"(?P<code>(`+).+?\2)|<(?=[A-Za-z/!?])")

log = logging.getLogger("mkdocs.plugins.design_portfolio")

FILE, WIKI = "file ", "wiki "
"""What the two sorts of questions that a page's links ask begin with."""


class Reading(Protocol):
    """How a page's Markdown is read beyond what the site's own extensions do."""

    def extensions(self) -> Iterable[Extension]:
        """Make the extensions; asked when the page is rendered."""

    def facts(self) -> Iterable[object]:
        """Yield what the extensions know of other documents, but for what the page's links lead to."""

    def asked(self) -> Mapping[str, str]:
        """Return what the wiki links of the page were resolved to, by link, when it was last rendered."""

    def answer(self, link: str) -> str:
        """Return what a wiki link is resolved to now."""


class Plainly:
    """Reads a page as any other page of the site."""

    def extensions(self) -> Iterable[Extension]:
        """Add nothing."""
        return ()

    def facts(self) -> Iterable[object]:
        """Depend on nothing."""
        return ()

    def asked(self) -> Mapping[str, str]:
        """Have no wiki links."""
        return {}

    def answer(self, link: str) -> str:
        """Resolve nothing."""
        return ""


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
        hide: Sequence[str] = (),
        slots: Slots,
        placing: Placing = tuple,
        reading: Reading | None = None,
        below: Fill | None = None,
        head: Fill | None = None,
        item: Thing | WrittenReview | None = None,
        shows: str = "",
        sealed: bool = False,
    ) -> None:
        super().__init__(str(escape(title)) if title else None, file, config)
        self.document = document
        self.summary = summary
        self.tags = tags
        self.hide = hide
        """What of the theme it does without, where its front matter does not say."""
        self.item = item
        """What it is the page of; None for a page made from the whole portfolio."""
        self.shows = shows
        """What its slots show that no other page does, as a checksum or in short."""
        self.sealed = sealed
        """Whether they show nothing else, so that they need not be rendered to know whether they read as before."""
        self.below = below
        """Renders what follows the author's own text."""
        self.head = head
        """Renders what its head says of it to programs."""
        self.anchors: dict[int, str] = {}
        """The line of each heading -> its anchor; filled by `render`."""
        self.asked: dict[str, object] = {}
        """What its links were resolved to, by question; filled by `render`."""
        self.own_title = title
        self._slots = slots
        self._placing = placing
        self._placed: tuple[Placed, ...] | None = None
        self._reading = reading or Plainly()
        self._filled: dict[Fill, str] = {}
        self._folded: tuple[bytes, bytes] | None = None
        self._open = ""
        """Its content before its slots were filled."""
        self.article = ""
        """The name of what is kept of it for the portfolio on paper."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Take text and metadata from the scan; other plugins may still give their own text."""
        source = config.plugins.on_page_read_source(page=self, config=config)
        body = _shown_title(self.document) if source is None else source
        self.markdown = f"{body}\n\n{self._slots.block(self.below)}\n" if self.below else body
        self.meta = self._metadata()

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render as any page, with slots put in; learn the headings' anchors, and what the links were resolved to."""
        extension = SlotExtension(self.document.sections, self.placed, self._slots)
        local = copy.copy(config)
        local["markdown_extensions"] = [
            *config.markdown_extensions,
            *self._reading.extensions(),
            extension,
            InlineExtension(),
            ColorExtension(),
        ]
        watched = _Watched(files)
        super().render(local, cast(Files, watched))
        self.anchors = extension.anchors
        self.asked = {**watched.asked, **{WIKI + link: found for link, found in self._reading.asked().items()}}

    @property
    def is_quoted(self) -> bool:
        """Whether no macro runs in it."""
        field = self.document.field("render_macros")
        return field is None or field.bold or not field.value

    @property
    def description(self) -> str:
        """What it is about, as plain text; may be empty."""
        field = self.document.field("description")
        return str(field.value) if field and field.value and not field.bold else self.summary

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Its slots."""
        if self._placed is None:
            self._placed = tuple(self._placing())
        return self._placed

    def made_of(self) -> tuple[str, ...]:
        """Return what its text is made of, beside the site's configuration and what its links are resolved to."""
        document = self.document
        fields = [(field.name, field.value, field.bold) for field in document.fields]
        # Where the body begins does not matter to the page, but to the messages about it.
        facts = (document.body_line, fields, self.own_title, self.summary, self.tags, self.hide, has_source(self.file))
        return document.body, repr((*facts, *self._reading.facts()))

    def answer(self, question: str, files: Files) -> object:
        """Return what a question that its links once asked is answered now."""
        if question.startswith(FILE):
            return _found(files.get_file_from_path(question.removeprefix(FILE)))
        return self._reading.answer(question.removeprefix(WIKI))

    def know(self, title: str, anchors: Mapping[int, str], present: Iterable[str]) -> None:
        """Take in what came of its Markdown elsewhere: in another process, or in an earlier build."""
        if not self.own_title:
            self.title = title
        self.anchors = dict(anchors)
        self.present_anchor_ids = set(present)

    def filled(self) -> tuple[str, ...]:
        """Return what each of its slots and its head shows; kept for when the page is put together."""
        slots = () if self.sealed else (*(placed.fill for placed in self.placed), self.below)
        fills = tuple(filter(None, (*slots, self.head)))
        for fill in fills:
            if fill not in self._filled:
                self._filled[fill] = fill(self)
        return self.shows if self.sealed else "", *(self._filled[fill] for fill in fills)

    def fill(self) -> None:
        """Put into each slot what it shows."""
        self.filled()
        self._open = self.content or ""
        self.content = self._slots.fill(self._open, self, self._filled)
        marks = {
            self.anchors.get(placed.section.line): placed.fill
            for placed in self.placed
            if placed.where is Where.IN_CONTENTS
        }
        for entry in _entries(self.toc) if marks else ():
            if fill := marks.get(entry.id):
                entry.title = f"{self._filled.get(fill) or fill(self)}{entry.title}"

    def fold(self) -> None:
        """Keep its text small until all other texts are read: hundreds of pages are held at once."""
        self._folded = _packed(self.markdown), _packed(self.content)
        self.markdown, self.content = "", ""

    def unfold(self) -> None:
        """Have its text back."""
        if self._folded:
            self.markdown, self.content = map(_unpacked, self._folded)
            self._folded = None

    def shown_head(self) -> str:
        """Return what its head says of it."""
        if self.head is None:
            return ""
        return self._filled[self.head] if self.head in self._filled else self.head(self)

    @property
    def on_paper(self) -> str:
        """Its content for the portfolio on paper: without what stands beside the text for a reader at a screen."""
        left_out = {placed.fill: "" for placed in self.placed if not placed.on_paper}
        return self._slots.fill(self._open, self, {**self._filled, **left_out})

    def forget(self) -> None:
        """Let go of what a finished page needs no more."""
        self.markdown, self.content, self._open = "", "", ""
        self._filled.clear()
        self._placed = None

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
        if self.hide:
            meta.setdefault("hide", list(self.hide))
        shown = {"title": self.own_title or meta.get("title"), "description": self.description}
        meta.update({name: str(escape(text)) for name, text in shown.items() if text})
        if self.tags or "tags" in meta:
            meta["tags"] = list(self.tags)
        return meta


def _packed(text: str | None) -> bytes:
    return zlib.compress((text or "").encode("utf-8", "surrogatepass"), 1)


def _unpacked(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def _entries(entries: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    """Yield the entries of a table of contents, those below others too."""
    for entry in entries:
        yield entry
        yield from _entries(entry.children)


def _shown_title(document: Document) -> str:
    """Return the body with HTML in its title turned into text."""
    heading = document.heading
    if heading is None:
        return document.body
    lines = document.body.split("\n")
    at = heading.line - document.body_line
    lines[at] = _OPENS_HTML.sub(lambda found: found["code"] or "&lt;", lines[at])
    return "\n".join(lines)


class _Watched:
    """The files of a site, with a note of each that was looked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: dict[str, object] = {}

    def get_file_from_path(self, path: str) -> File | None:
        file = self._files.get_file_from_path(path)
        self.asked[FILE + path] = _found(file)
        return file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


def _found(file: File | None) -> list[object] | None:
    """Return what a link makes of a file."""
    return [file.url, file.inclusion.is_excluded()] if file else None
