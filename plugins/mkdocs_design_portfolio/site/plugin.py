"""MkDocs events, each a short call into the rest."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, Template
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..core.history.past import Past, past_of
from ..core.history.reading import HistoryReader
from ..core.journal import recover
from ..core.mermaid.reading import check_diagrams
from ..core.model import Portfolio, Problem
from ..core.parse import parse
from ..core.records import Records
from ..core.scan import FlowError, scan, scan_template
from ..core.settings import Settings, read_settings
from ..core.store import FOLDER, Store, digest
from ..core.workers import aside
from .addresses import mark_addresses
from .badges import BADGES, Badge, badges_of, linked, paths_of, write_badges
from .book import BOOK, Book, bind
from .diagrams import ASSETS, has_diagrams, illustrate, take_fences
from .feedback import Meter, Printed
from .fingerprint import of_code, of_partials, of_site
from .garbage import search_as_usual, search_seldom
from .head import complete, head
from .kept import Kept, written_already
from .macros import Macros
from .made import made_files
from .mount import CHANGES, INDEXES, mount
from .navigation import place
from .outline import outline
from .pages import PortfolioPage
from .press import Press, search_entries, strangers
from .render import THEME, Renderer, is_overridden
from .search import take_over, weigh, without_attributes
from .slots import Slots
from .sources import sources_by_path
from .templates import Compiled
from .website import Website, website

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.design_portfolio")

STYLESHEETS = ("assets/design-portfolio/portfolio.css", "assets/design-portfolio/print.css")
SCRIPT = "assets/design-portfolio/portfolio.js"


class Options(base.Config):
    """The plugin's options; `core.settings.Settings` says what each means."""

    designs_dir = c.Optional(c.Type(str))
    notes_dir = c.Optional(c.Type(str))
    roadmap = c.Optional(c.Type(str))
    template = c.Optional(c.Type(str))
    note_template = c.Optional(c.Type(str))
    reviews_dir = c.Optional(c.Type(str))
    review_template = c.Optional(c.Type(str))
    flow = c.Optional(c.Type(str))
    coach = c.Optional(c.Type((str, bool)))
    concept_links = c.Optional(c.Type(bool))
    diagrams = c.Optional(c.Type(bool))
    markdown_sources = c.Optional(c.Type(bool))
    print_page = c.Optional(c.Type(bool))
    cache = c.Optional(c.Type(bool))
    history = c.Optional(c.Type(bool))


class DesignPortfolioPlugin(BasePlugin[Options]):
    """Publishes designs, notes and a roadmap as a portfolio."""

    settings: Settings
    renderer: Renderer
    slots: Slots
    site: Website
    made: tuple[tuple[File, Callable[[], str]], ...]
    """What is made from the whole portfolio for programs, and what makes its text."""
    store: Store | None
    code: str
    """The checksum of the code."""
    records: Records
    history: HistoryReader | None = None
    kept: Kept
    sources: dict[str, str]
    """The Markdown of each page, by where in the site it is published."""
    suggested: Callable[[], frozenset[str]]
    """Waits for the suggestions; gives the names of what is stored of them."""
    badges: dict[str, Badge]
    """By their addresses."""
    written: Callable[[], tuple[str, ...]]
    """Waits for the badges to be written; gives the names of what is stored of them."""
    compiled: Compiled
    press: Press | None = None
    """Prints the pages of the portfolio; None where MkDocs does, as any other page."""
    printed: Printed
    meter: Meter
    book: Book | None = None
    """The whole portfolio on paper; None where it is not wanted."""
    joined: Callable[[], tuple[str, ...]]
    """Waits for that, and what is `made`, to be written; gives the sources of the pages that are lost."""
    indexed: Page | None = None
    """The page that was indexed and is not rendered yet; `meta` is its front matter."""
    meta: MutableMapping[str, Any]
    content: str
    """The HTML of that page, while the search plugin is not to see it."""
    entries_before: int
    """How many entries the search index had before the page's own."""
    illustrated = False
    """Whether a page that MkDocs read itself has a diagram."""
    serving = False
    server: LiveReloadServer | None = None

    def __init__(self) -> None:
        self.watched: set[str] = set()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether drafts are to be shown."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options, and put our theme between the site's overrides and its theme."""
        self.meter = Meter()
        root = Path(config.config_file_path).parent.absolute()
        done, problems = recover(root)
        if done:
            log.info("Finished an interrupted rename: %s", done)
        _report(problems)
        self.settings, problems = read_settings(dict(self.config), root=root, path=Path(config.config_file_path).name)
        _report(problems)
        self._watch()
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.extra_css[:0] = STYLESHEETS
        script = ExtraScriptValue(SCRIPT)
        script.defer = True
        config.extra_javascript.insert(0, script)
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        if self.settings.diagrams:
            take_fences(config)
        self.illustrated = False
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Save what can stay of the last build from MkDocs' cleaning."""
        search_seldom()
        settings = self.settings
        folders = (settings.designs_dir, settings.notes_dir, settings.reviews_dir, Path(settings.roadmap).stem)
        self.kept = Kept(Path(config.site_dir), (BADGES, BOOK, CHANGES, *folders, *INDEXES))
        self.kept.step_aside()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Scan the portfolio and mount it, with what is made from it, so that pages can link to that."""
        try:
            with self.meter.stage("scan"):
                self.store = Store(self.settings.root / FOLDER) if self.settings.cache else None
                self.code = of_code() if self.store else ""
                self.records = Records(self.store, self.code)
                self.history = HistoryReader(self.settings, self.store, code=self.code)
                self.history.begin()
                portfolio, problems = scan(self.settings, self.records)
        except FlowError as error:
            raise PluginError(str(error)) from None
        _report(problems)
        self.slots = Slots()
        self.site = website(config, sources=self.settings.markdown_sources)
        with self.meter.stage("history"):
            past = self._past(portfolio)
        with self.meter.stage("mount"):
            self.renderer, problems = mount(
                portfolio,
                self.settings,
                files,
                config,
                slots=self.slots,
                serving=self.serving,
                site=self.site,
                past=past,
            )
        _report(problems)
        self.suggested = functools.cache(self.renderer.connections.prepare(self.store, code=self.code))
        self.kept.come_back()
        self.badges = dict(badges_of(self.renderer.portfolio))
        self.kept.claim(paths_of(self.badges, config.site_dir).values())
        for uri in linked(self.badges, _texts(files)):
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.INCLUDED)
            file.copy_file = written_already  # type: ignore[method-assign]
            files.append(file)
        code = self.code + of_partials(config)
        self.written = aside(lambda: write_badges(self.badges, self.renderer, self.kept, self.store, code))
        self._close()
        if self.settings.print_page:
            self.book, problems = bind(self.renderer, files, config, self.store)
            _report(problems)
        self.made = tuple(
            (File.generated(config, uri, content="", inclusion=InclusionLevel.INCLUDED), make)
            for uri, make in made_files(self.renderer, self.site, files)
            if files.get_file_from_path(uri) is None  # the author's own stays
        )
        for file, _ in self.made:
            files.append(file)
        self._offer_macros(config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give designs and notes their section and neighbours; then take the portfolio's pages to print them here."""
        place(self.renderer, nav)
        self.files, self.nav = files, nav
        self.press = None
        made = (*self.renderer.pages.values(), *self.renderer.changes.values())
        pages = [page for page in made if page.file.inclusion.is_included() and page.is_quoted]
        self.printed = Printed(len(pages), 0)
        if names := strangers(config):
            log.debug("Every page is rendered anew, one by one: %s may change any of them", ", ".join(names))
        else:
            self.press = Press(config, files, nav, kept=self.kept, store=self.store)
            self.press.take(pages, search_entries(config))
        return nav

    @event_priority(-50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Mark links that leave the site; put a figure in the place of each diagram.

        The diagrams of pages that the scan did not read are checked.
        """
        html = mark_addresses(html)
        if not self.settings.diagrams:
            return html
        document = page.document if isinstance(page, PortfolioPage) else None
        shown = illustrate(html, document, self.renderer)
        if shown != html and document is None:
            self.illustrated = True
            path = os.path.relpath(page.file.abs_src_path or page.file.src_uri, self.settings.root)
            _report(check_diagrams(parse(page.file.content_string, path=Path(path).as_posix())[0]))
        return shown

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Print the portfolio's pages; then make what is made from all of them."""
        self.env = env
        self.compiled = Compiled(self.store, self.code)
        env.bytecode_cache = self.renderer.env.bytecode_cache = self.compiled
        if self.press:
            with_text = is_overridden(config)
            flow = self.renderer.portfolio.flow
            site = of_site(config, self.code, repr(self.settings), str(self.serving), digest(repr(flow)))
            self.printed = self.press.run(
                env,
                site=site,
                outline=lambda: outline(self.renderer, with_text=with_text),
                meter=self.meter,
                ready=self.suggested,
            )
        self.suggested()
        with self.meter.stage("sweep"):
            self.sources = dict(sources_by_path(files, self.site, self.kept.site_dir))
            self.kept.claim(self.sources)
            hidden = {InclusionLevel.EXCLUDED} if self.serving else {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}
            self.kept.claim(file.abs_dest_path for file in files if file.inclusion not in hidden)
            self.kept.sweep()
        if not (self.illustrated or has_diagrams(self.renderer, self.settings)):
            for file in [file for file in files if file.src_uri.startswith(ASSETS)]:
                files.remove(file)
        if self.press:  # so nobody else looks at these files
            for file, _ in self.made:
                file.copy_file = written_already  # type: ignore[method-assign]
            self.joined = aside(self._write_made)
        else:
            for file, make in self.made:
                file.content_string = make()
            self.made = ()
            self.joined = self._write_made
        return env

    @event_priority(25)  # behind what adds to a head, as Material's social cards do; before what makes pages smaller
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let the page's head say to programs what the page is."""
        lines = page.shown_head() if isinstance(page, PortfolioPage) else head(self.renderer, self.site, page)
        return complete(output, lines)

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """Let a template that lists pages, as the sitemap is, see all of them."""
        if self.press:
            self.press.hidden = False
        return template

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Say on the page for addresses that lead nowhere what there is."""
        if template_name == "404.html":
            base = str(context["base_url"]).rstrip("/")
            context["not_found"] = self.renderer.render("not-found.html", base=base)  # type: ignore[typeddict-unknown-key]
        return context

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Go on as before."""
        if self.press:
            self.press.hidden = True
        return output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Check the links to anchors of the pages that MkDocs did not; say what was done."""
        needed = set(self.written())
        if self.press:
            self.press.hidden = False
            self.press.validate()
        with self.meter.stage("join"):
            lost = self.joined()
            if lost and self.press:
                self.press.again([self.renderer.pages[path] for path in lost])
                self._write_book()
        if self.book:
            needed |= self.book.needed
            self._close()
        if self.press:
            needed |= self.press.needed
        if self.store:
            needed |= self.renderer.past.needed
            self.store.sweep({*needed, *self.records.keep(), *self.suggested(), *self.compiled.names})
        portfolio = self.renderer.portfolio
        log.info("%s", self.meter.summary(len(portfolio.designs), len(portfolio.notes), self.printed))
        search_as_usual(last=not self.serving)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind."""
        self._close()
        if self.history:
            self.history.stop()
        search_as_usual(last=not self.serving)

    @event_priority(100)
    def _index(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Index a page of ours before the search plugin would, which then leaves it out."""
        self.entries_before = len(search_entries(config))
        self.indexed = page if isinstance(page, PortfolioPage) and take_over(page, config) else None
        if self.indexed:
            self.meta = page.meta
            page.meta = {**page.meta, "search": {**(page.meta.get("search") or {}), "exclude": True}}
            if self.press:  # so nobody else looks at the content, which the search plugin would go through once more
                self.content, page.content = page.content or "", ""
        return context

    @event_priority(-100)
    def _fill(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Fill the page's slots, after the search index was made from the author's text alone."""
        if page is self.indexed:
            page.meta = self.meta
            if self.press:
                page.content = without_attributes(self.content)
        if isinstance(page, PortfolioPage):
            weigh(search_entries(config)[self.entries_before :], page)
            page.fill()
            if self.book:
                self.book.keep(page)
        else:
            page.content = self.slots.fill(page.content or "", page, {})
        return context

    on_page_context = CombinedEvent(_index, _fill)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when anything the portfolio is made of changes."""
        self.server = server
        self._watch()
        return server

    def _past(self, portfolio: Portfolio) -> Past:
        """Wait for git, and hold the portfolio against what it knows."""
        assert self.history
        history = self.history.finish()
        if history.why_not:
            log.debug("There is no history to show: %s", history.why_not)
            return Past()
        template, _ = scan_template(self.settings, portfolio.flow)
        return past_of(portfolio, history, self.settings, template=template, store=self.store, code=self.code)

    def _watch(self) -> None:
        """Watch what the portfolio is made of, also what came into being while serving."""
        settings = self.settings
        folders = (settings.designs_dir, settings.notes_dir, settings.reviews_dir)
        for name in (*folders, settings.roadmap, settings.template, settings.flow):
            path = str(settings.root / name)
            if self.server and name and path not in self.watched and Path(path).exists():
                self.server.watch(path)
                self.watched.add(path)

    def _write_made(self) -> tuple[str, ...]:
        for path, source in self.sources.items():
            self.kept.copy(source, path)
        for file, make in self.made:
            self.kept.write(file.abs_dest_path, make().encode())
        return self._write_book()

    def _write_book(self) -> tuple[str, ...]:
        return self.book.write(self.env, self.files, self.nav, self.press) if self.book else ()

    def _close(self) -> None:
        if self.book:
            self.book.close()
        self.book = None

    def _offer_macros(self, config: MkDocsConfig) -> None:
        """Register macros with mkdocs-macros, where the site uses it."""
        plugin: Any = config.plugins.get("macros")
        if plugin is None:
            return
        macros = Macros(self.renderer, self.slots, lambda: plugin.page.file.src_uri)
        offered = {macro.__name__: macro for macro in macros.offered}
        plugin.register_macros({name: macro for name, macro in offered.items() if name not in plugin.macros})
        if "portfolio" not in plugin.variables:
            plugin.register_variables({"portfolio": self.renderer.portfolio})


def _texts(files: Files) -> Iterator[str]:
    """Yield the source of every page."""
    for file in files.documentation_pages():
        page = file.page
        yield page.document.body if isinstance(page, PortfolioPage) else file.content_bytes.decode("utf-8", "replace")


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        log.warning("%s", problem)
