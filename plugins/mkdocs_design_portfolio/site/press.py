"""The pages of the portfolio -> finished files: reused where nothing that they are made of changed, else made anew.

MkDocs goes over its pages one by one. The pages of a portfolio are taken out of that and printed here, with MkDocs'
own two steps for a page, so that they can be made side by side and kept in a `Store`.

A page is made of its *text* (the source, the configuration, the links in it) and of what its *slots* show of other
pages. Three questions are asked, from cheap to dear:

1. Is the text as it was? Then its anchors are known without reading the Markdown (`_Text.key`; what its links were
   resolved to is asked again, so that a page that came or went elsewhere is noticed).
2. Is the text as it was, and everything that any page may show of the portfolio (`outline`), and what is related
   to it? Then the page is as it was (`_Sheet.outlined`).
3. Do its slots, rendered, read as they did? Then the page is as it was, too (`_Sheet.filled`).
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from ..core.store import Store, digest
from ..core.workers import Crew
from .feedback import Meter, Printed
from .fingerprint import of_navigation, of_place
from .kept import Kept, written_already
from .outline import Outline
from .pages import FILE, PortfolioPage

log = logging.getLogger("mkdocs.plugins.design_portfolio")

PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
OURS = __name__.partition(".")[0]
KNOWN = frozenset({"material.plugins.search.plugin", "mkdocs.contrib.search", "mkdocs_macros.plugin"})
"""Modules of plugins that keep nothing of a page but what is taken over here."""
FORMAT = 5
MANY = 20_000_000
"""So many letters of Markdown make so much HTML that it is folded until it is needed."""

Messages = list[tuple[str, int, str]]
"""What was logged: logger, level, message."""


@dataclass(slots=True)
class _Text:
    """What a page's Markdown came to."""

    key: str
    title: str
    anchors: dict[int, str]
    """As `PortfolioPage.anchors` has them."""
    present: list[str]
    links: list[tuple[str, str, str]]
    """Links to anchors, as (source file linked to, anchor, as written)."""
    asked: dict[str, object]
    """What its links were resolved to."""
    said: Messages


@dataclass(slots=True)
class _Sheet:
    """A finished page."""

    text: _Text
    entries: list[Any] = field(default_factory=list)
    """What the search index holds of it."""
    outlined: str = ""
    filled: str = ""
    blob: str = ""
    article: str = ""
    """What is kept of it for the portfolio on paper."""
    written: list[int] = field(default_factory=list)
    """The size of the file that was written, and when that was; see `_stamp`."""
    said: Messages = field(default_factory=list)


class Press:
    """Prints the pages of one build."""

    env: Environment

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, *, kept: Kept, store: Store | None) -> None:
        self.config = config
        self.files = files
        self.nav = nav
        self.kept = kept
        self.store = store
        self.hidden = False
        """Whether its pages are no pages to MkDocs: while MkDocs goes over those it is to read and write itself."""
        self.site = ""
        """The checksum of what all pages depend on."""
        self.shown = ""
        """The checksum of all that pages show beside their text."""
        self.navigation = ""
        """The checksum of the navigation, whose titles are known when the Markdown of every page is."""
        self.documents = files.documentation_pages()
        self.pages: list[PortfolioPage] = []
        self.by_uri: dict[str, PortfolioPage] = {}
        self.sheets: dict[str, _Sheet] = {}
        self.found: list[Any] = []
        """The search index's list of entries."""
        self.many = False
        """Whether the pages are too many to be held as they are."""
        self.answers: dict[str, object] = {}
        """What files were found for links, by the question that asks for it."""
        self.lines: dict[str, bytes] = {}
        """The sheets of the last build, as they were kept."""

    # What follows is what `Crew` asks for.

    def first(self, page: PortfolioPage) -> _Text:
        """Convert a page's Markdown."""
        with _overheard() as said:
            _populate_page(page, self.config, self.files)
        if self.many:
            page.fold()
        links = page.links_to_anchors or {}
        return _Text(
            self._text_key(page),
            page.title or "",
            page.anchors,
            sorted(page.present_anchor_ids or ()),
            [(file.src_uri, *item) for file, found in links.items() for item in found.items()],
            page.asked,
            said,
        )

    def learn(self, texts: Sequence[_Text]) -> None:
        """Take in what came of the Markdown of the pages that are made anew, in their order."""
        for page, text in zip(self.pages, texts, strict=True):
            self._know(page, text)
        self.navigation = of_navigation(self.nav)

    def second(self, page: PortfolioPage) -> _Sheet:
        """Put a page into the theme's template and write it."""
        sheet = self.sheets[page.file.src_uri]
        before = len(self.found)
        page.unfold()
        with _overheard() as sheet.said:
            sheet.filled = self._filled(page)
            _build_page(page, self.config, self.documents, self.nav, self.env)
        sheet.entries, sheet.article = self.found[before:], page.article
        del self.found[before:]
        page.forget()
        if self.store:
            html = Path(page.file.abs_dest_path).read_bytes()
            sheet.blob, sheet.written = digest(html), _stamp(page)
            if not self.store.save(sheet.blob, html):
                sheet.blob = ""
        return sheet

    # The order of a build.

    def take(self, pages: Sequence[PortfolioPage], search: list[Any]) -> None:
        """Take pages out of MkDocs' own round; `search` is the list that the search index fills."""
        self.pages = list(pages)
        self.by_uri = {page.file.src_uri: page for page in pages}
        self.found = search
        self.many = sum(len(page.document.body) for page in pages) > MANY
        for page in pages:
            _ = page.file.url, page.file.abs_dest_path  # which MkDocs works out when first asked, from what it is
            page.file.is_documentation_page = lambda: not self.hidden  # type: ignore[method-assign]
            page.file.copy_file = written_already  # type: ignore[method-assign]
        self.hidden = True

    def run(
        self,
        env: Environment,
        *,
        site: str,
        outline: Callable[[], Outline],
        meter: Meter,
        ready: Callable[[], object],
    ) -> Printed:
        """Print every page that was taken.

        `site` is the checksum of what all pages depend on, `outline` is asked when every anchor is known, `meter`
        is told how many pages are done, of how many, and `ready` is called before any page is made: it may wait.
        """
        self.env, self.site = env, site
        for page in self.nav.pages:
            if isinstance(page, PortfolioPage):
                page.read_source(self.config)
        all_pages = self.pages
        before, reason = self._load()
        why = {page.file.src_uri: reason or self._changed(page, before) for page in all_pages}
        known = [page for page in all_pages if not why[page.file.src_uri]]
        for page in known:
            self._know(page, before[page.file.src_uri].text)
        with meter.stage("connect"):
            ready()
        fresh = [page for page in all_pages if why[page.file.src_uri]]
        with meter.stage("print what changed"):
            self._print(fresh, why, lambda done: meter.tell(done, len(all_pages)))

        with meter.stage("outline"):
            shown = outline()
            self.shown = digest(site, self.navigation, shown.portfolio)
        again = []
        with meter.stage("reuse"):
            for page in known:
                uri = page.file.src_uri
                if not self._reuse(page, before[uri], shown):
                    again.append(page)
                    why[uri] = "what it shows of other pages changed"
        done = len(all_pages) - len(again)
        with meter.stage("print what is made of it"):
            self._print(again, why, lambda count: meter.tell(done + count, len(all_pages)))

        for page in (*fresh, *again):
            self.sheets[page.file.src_uri].outlined = self._outlined(page, shown)
        for page in all_pages:
            sheet = self.sheets[page.file.src_uri]
            self.found += sheet.entries
            for name, level, message in (*sheet.text.said, *sheet.said):
                logging.getLogger(name).log(level, "%s", message)
        self._save(before)
        return Printed(len(all_pages), len(all_pages) - len(fresh) - len(again))

    @property
    def needed(self) -> frozenset[str]:
        """The names of the blobs that the next build may ask for."""
        return frozenset({self._name, *(sheet.blob for sheet in self.sheets.values())})

    def again(self, pages: Sequence[PortfolioPage]) -> None:
        """Print pages once more, of which something that was kept is lost."""
        why = {page.file.src_uri: "what was kept of it is lost" for page in pages}
        self._print(pages, why, lambda done: None)

    def validate(self) -> None:
        """Tell of links to anchors that are not there, as MkDocs does for its own pages."""
        level = self.config.validation.links.anchors
        for page in self.by_uri.values():
            page.validate_anchor_links(files=self.files, log_level=level)

    def _print(self, pages: Sequence[PortfolioPage], why: dict[str, str], tell: Callable[[int], None]) -> None:
        """Make pages anew."""
        self.pages = list(pages)
        crew: Crew[PortfolioPage, _Text, _Sheet] = Crew(self, size=lambda page: len(page.document.body))
        for count, (page, sheet) in enumerate(crew.run(self.pages), start=1):
            uri = page.file.src_uri
            log.debug("Rendered %s: %s", uri, why[uri])
            self.sheets[uri], page.article = sheet, sheet.article
            tell(count)

    def _know(self, page: PortfolioPage, text: _Text) -> None:
        page.know(text.title, text.anchors, text.present)
        links: dict[File, dict[str, str]] = {}
        for uri, anchor, written in text.links:
            file = self.files.src_uris.get(uri)
            if file is not None:
                links.setdefault(file, {})[anchor] = written
        page.links_to_anchors = links
        self.sheets[page.file.src_uri] = _Sheet(text)

    def _changed(self, page: PortfolioPage, before: dict[str, _Sheet]) -> str:
        """Return in words why the text of a page is to be made anew, or nothing."""
        sheet = before.get(page.file.src_uri)
        if sheet is None:
            return "it was not here before"
        if sheet.text.key != self._text_key(page):
            return "its text changed"
        if any(self._answer(page, question) != answer for question, answer in sheet.text.asked.items()):
            return "a link in it leads elsewhere"
        return ""

    def _answer(self, page: PortfolioPage, question: str) -> object:
        """Return what a question that a page's links once asked is answered now; of a file, the same for all pages."""
        if not question.startswith(FILE):
            return page.answer(question, self.files)
        if question not in self.answers:
            self.answers[question] = page.answer(question, self.files)
        return self.answers[question]

    def _reuse(self, page: PortfolioPage, before: _Sheet, shown: Outline) -> bool:
        """Leave or write a page as it was; return whether that was possible, or it has to be made anew."""
        outlined = self._outlined(page, shown)
        if before.outlined != outlined and before.filled != self._filled(page):
            return False
        written = before.written
        if written and written == _stamp(page):
            self.kept.claim([page.file.abs_dest_path])
        else:
            html = self.store.load(before.blob) if self.store and before.blob else None
            if html is None:
                return False
            self.kept.write(page.file.abs_dest_path, html)
            written = _stamp(page)
        self.sheets[page.file.src_uri] = replace(before, outlined=outlined, written=written)
        page.article = before.article
        return True

    def _text_key(self, page: PortfolioPage) -> str:
        return digest(self.site, page.file.src_uri, page.file.dest_uri, *page.made_of())

    def _outlined(self, page: PortfolioPage, shown: Outline) -> str:
        sheet = self.sheets[page.file.src_uri]
        return digest(sheet.text.key, self.navigation, of_place(page), shown.portfolio, shown.of(page))

    def _filled(self, page: PortfolioPage) -> str:
        text = self.sheets[page.file.src_uri].text
        return digest(text.key, json.dumps(text.asked), self.navigation, of_place(page), *page.filled())

    # What is remembered from build to build.

    @property
    def _name(self) -> str:
        return digest("sheets", Path(self.config.config_file_path).name, self.config.site_dir)

    def _load(self) -> tuple[dict[str, _Sheet], str]:
        """Return the sheets of the last build, or none and why."""
        raw = self.store.load(self._name) if self.store else None
        if raw is None:
            return {}, "nothing is kept of an earlier build"
        try:
            head, *lines = raw.split(b"\n")
            data = json.loads(head)
            if data["format"] != FORMAT:
                return {}, "the cache is of another version"
            if data["site"] != self.site:
                return {}, "the configuration, the theme, the flow or something installed changed"
            self.lines = dict(zip(data["sheets"], lines, strict=True))
            return {uri: _sheet(json.loads(line)) for uri, line in self.lines.items()}, ""
        except (ValueError, KeyError, TypeError, AttributeError):
            return {}, "the cache is damaged"

    def _save(self, before: dict[str, _Sheet]) -> None:
        if self.store is None or self.sheets == before:
            return
        kept = {uri: sheet for uri, sheet in self.sheets.items() if sheet.blob}
        head = {"format": FORMAT, "site": self.site, "sheets": list(kept)}
        lines = (self.lines[uri] if sheet == before.get(uri) else _packed(sheet) for uri, sheet in kept.items())
        self.store.save(self._name, b"\n".join((json.dumps(head).encode(), *lines)))


def strangers(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the plugins and hooks that work on single pages in a way that is not known here, by name."""
    found: dict[str, None] = {}
    for event in PAGE_EVENTS:
        for method in config.plugins.events[event]:
            owner = getattr(method, "__self__", None)
            module = type(owner).__module__ if owner is not None else method.__module__
            known = module in KNOWN or module.partition(".")[0] == OURS or _is_off(owner)
            if module == "mkdocs_macros.plugin":
                known = not (owner.pre_macro_functions or owner.post_macro_functions)  # type: ignore[union-attr]
            if not known:
                found[config.plugins._event_origins.get(method, module)] = None
    return tuple(found)


def _is_off(plugin: object) -> bool:
    """Whether a plugin does nothing by an option of its own, `enabled`, as those of Material have."""
    return getattr(getattr(plugin, "config", None), "enabled", True) is False


def search_entries(config: MkDocsConfig) -> list[Any]:
    """Return the list that the site's search plugin fills; one of its own where there is none."""
    for name, attribute in (("material/search", "entries"), ("search", "_entries")):
        index = getattr(config.plugins.get(name), "search_index", None)
        entries = getattr(index, attribute, None)
        if isinstance(entries, list):
            return entries
    return []


_SIMPLE = ("entries", "outlined", "filled", "blob", "article", "written")
"""The fields of a sheet that are kept as they are."""


def _stamp(page: PortfolioPage) -> list[int]:
    """Return the size and the time of change, in ns, of a page's file in the site; nothing where there is none."""
    try:
        found = os.stat(page.file.abs_dest_path)  # noqa: PTH116  # hundreds of them
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def _sheet(data: dict[str, Any]) -> _Sheet:
    text = data["text"]
    anchors = {int(line): anchor for line, anchor in text["anchors"].items()}
    links = [(uri, anchor, written) for uri, anchor, written in text["links"]]
    said = [(name, level, message) for name, level, message in text["said"]]
    known = _Text(text["key"], text["title"], anchors, list(text["present"]), links, dict(text["asked"]), said)
    more = [(name, level, message) for name, level, message in data["said"]]
    return _Sheet(known, **{name: data[name] for name in _SIMPLE}, said=more)


def _packed(sheet: _Sheet) -> bytes:
    names = ("key", "title", "anchors", "present", "links", "asked")
    text = {name: getattr(sheet.text, name) for name in names} | {"said": _kept(sheet.text.said)}
    data = {"text": text, "said": _kept(sheet.said)} | {name: getattr(sheet, name) for name in _SIMPLE}
    return json.dumps(data, default=str).encode()


def _kept(said: Messages) -> Messages:
    return [item for item in said if item[1] >= logging.INFO]


@contextmanager
def _overheard() -> Iterator[Messages]:
    """Collect what MkDocs and its plugins log, in place of showing it."""
    logger = logging.getLogger("mkdocs")
    handlers, level = logger.handlers, logger.level
    heard = _Ear()
    logger.handlers = [heard]
    logger.setLevel(logging.INFO)  # below it, MkDocs keeps no links to anchors
    try:
        yield heard.messages
    finally:
        logger.handlers = handlers
        logger.setLevel(level)


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: Messages = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))
