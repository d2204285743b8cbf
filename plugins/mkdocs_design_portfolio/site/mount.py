"""Portfolio -> the files and pages that MkDocs builds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.utils import get_relative_url

from ..core.files import is_index, public_files
from ..core.history.past import Past
from ..core.model import CoachMode, Design, Document, Portfolio, Problem
from ..core.names import Names
from ..core.parse import parse
from ..core.settings import Settings
from .head import head
from .pages import PortfolioPage
from .placing import document_slots, fill, review_slots, roadmap_slots
from .reading import DocumentReading
from .render import Renderer, environment, is_overridden
from .slots import Fill, Slots
from .website import Website

INDEXES = {
    "designs": "Designs",
    "compare": "Compare designs",
    "capacity": "Capacity",
    "notes": "Notes",
    "concepts": "Concepts",
    "tags": "Tags",
    "graph": "Map",
}
"""The pages made from the portfolio, and the title each gets where the learner wrote none."""
LATEST = 6
"""How many designs a home page shows that no learner wrote."""
CHANGES = "changes"
"""The folder of the pages that say what changed in a design."""


def mount(
    portfolio: Portfolio,
    settings: Settings,
    files: Files,
    config: MkDocsConfig,
    *,
    slots: Slots,
    serving: bool,
    site: Website,
    past: Past,
) -> tuple[Renderer, tuple[Problem, ...]]:
    """Add the portfolio's sources to `files`, beside those of `docs/`, each with its page.

    They keep their places relative to each other, so links between them work here as on a code
    host. A document that is a draft or excluded is left out of what the renderer shows.
    """
    mounter = _Mounter(settings, files, config, serving)
    mounter.keep_private()
    documents = (*portfolio, *portfolio.reviews)
    read = {item.path for item in documents}
    for path in mounter.paths():
        if path in read or is_index(path) or not path.endswith(".md"):
            mounter.add(path)
    if portfolio.roadmap:
        mounter.add(portfolio.roadmap.path)
    for item in documents:
        if item.unpublished:
            mounter.hide(item.path)
        else:
            mounter.leave_out_of_navigation(item.path)
    roadmap = [portfolio.roadmap.path] if portfolio.roadmap else []
    paths = {path for path in (*(item.path for item in documents), *roadmap) if mounter.is_shown(path)}
    renderer = Renderer(environment(config), portfolio.only(paths), {}, {}, past)
    _make_pages(renderer, mounter, slots, Names(portfolio, portfolio.roadmap), partial(head, renderer, site))
    mounter.redirect(renderer)
    return renderer, tuple(mounter.problems)


def _make_pages(renderer: Renderer, mounter: _Mounter, slots: Slots, names: Names, head: Fill) -> None:
    """Make the page of everything that is shown; a title in the configured navigation wins."""
    shown, pages, titles = renderer.portfolio, renderer.pages, _nav_titles(mounter.config.nav)
    make = partial(PortfolioPage, config=mounter.config, slots=slots, head=head)

    for item in shown:
        file = mounter.files_by_path[item.path]
        pages[item.path] = make(
            file,
            item=item,
            document=item.document,
            title=titles.get(file.src_uri, item.title),
            summary=item.summary,
            tags=item.tags,
            hide=mounter.hidden,
            shows=renderer.past.facts(item),
            placing=partial(document_slots, renderer, item, coach=mounter.coached, opened=mounter.serving),
            reading=DocumentReading(renderer, item, names, linked=mounter.settings.concept_links),
        )
    if shown.roadmap:
        file = renderer.indexes["roadmap"] = mounter.files_by_path[shown.roadmap.path]
        pages[shown.roadmap.path] = make(
            file,
            item=shown.roadmap,
            document=shown.roadmap.document,
            title=titles.get(file.src_uri),
            hide=mounter.hidden if _stands_alone(file, mounter.config.nav) else (),
            placing=partial(roadmap_slots, renderer, shown.roadmap),
            reading=DocumentReading(renderer, shown.roadmap, names),
        )
    for written in shown.reviews:
        file = mounter.files_by_path[written.path]
        pages[written.path] = make(
            file,
            item=written,
            document=written.document,
            title=titles.get(file.src_uri, written.title),
            placing=partial(review_slots, renderer, written),
        )
    sealed = not is_overridden(mounter.config)
    for design in shown.designs:
        if renderer.past.changes_in(design) and (made := mounter.changes(design)):
            document, file = made
            renderer.changes[design.path] = make(
                file,
                document=document,
                title=f"What changed: {design.title}",
                shows=renderer.past.key(design),
                sealed=sealed,
                below=fill(renderer, "changes.html", design=design),
            )
    for kind, heading in INDEXES.items():
        document, file = mounter.index(kind, heading)
        renderer.indexes[kind] = file
        below = fill(renderer, f"{kind}.html")
        pages[document.path] = make(file, document=document, title=titles.get(file.src_uri), below=below)
    if home := mounter.home():
        below = fill(renderer, "home.html", designs=shown.designs[:LATEST])
        document = _page(mounter.config.site_name, home, "navigation, toc")
        pages[home.src_uri] = make(home, document=document, title=titles.get(home.src_uri, "Home"), below=below)


class _Mounter:
    """Turns paths of the project into files of MkDocs."""

    def __init__(self, settings: Settings, files: Files, config: MkDocsConfig, serving: bool) -> None:
        self.settings = settings
        self.files = files
        self.config = config
        self.serving = serving
        self.files_by_path: dict[str, File] = {}
        self.problems: list[Problem] = []

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the portfolio's documents, relative to the root."""
        return self.settings.designs_dir, self.settings.notes_dir, self.settings.reviews_dir

    @property
    def coached(self) -> bool:
        """Whether designs show the coach in this build."""
        return self.settings.coach is CoachMode.ON or (self.settings.coach is CoachMode.SERVE and self.serving)

    @property
    def hidden(self) -> Sequence[str]:
        """What documents do without: with tabs, the navigation beside them would list nothing but their index."""
        return ("navigation",) if "navigation.tabs" in (self.config.theme.get("features") or ()) else ()

    def paths(self) -> Iterator[str]:
        """Yield every file of the folders, relative to the root; `index.md` wins over `README.md`."""
        for folder in self.folders:
            paths = public_files(self.settings.root, folder)
            shadowed = {str(PurePosixPath(path).with_name("README.md")) for path in paths if path.endswith("/index.md")}
            yield from (path for path in paths if path not in shadowed and (self.settings.root / path).is_file())

    def keep_private(self) -> None:
        """Leave out what `docs/` holds of the folders and is nobody's business but the learner's."""
        for folder in self.folders:
            if self._in_docs(folder):
                public = {self._uri(path) for path in public_files(self.settings.root, folder)}
                for file in self.files:
                    if file.src_uri.startswith(f"{self._uri(folder)}/") and file.src_uri not in public:
                        file.inclusion = InclusionLevel.EXCLUDED

    def add(self, path: str) -> None:
        """Mount one file; one that `docs/` holds already keeps its place there."""
        uri = self._uri(path)
        file = self.files.get_file_from_path(uri)
        if file is None or not self._in_docs(path):
            if file is not None:
                other = os.path.relpath(file.abs_src_path or uri, self.settings.root)
                fact = f"has the same address as {other}, which is left out"
                self.problems.append(Problem(path, None, fact, "rename or remove one of them"))
                self.files.remove(file)
            file = File(uri, str(self.settings.root), self.config.site_dir, self.config.use_directory_urls)
            file.edit_uri = Path(os.path.relpath(self.settings.root / path, self.config.docs_dir)).as_posix()
            set_exclusions([file], self.config)
            self.files.append(file)
        self.files_by_path[path] = file

    def redirect(self, renderer: Renderer) -> None:
        """Lead from the addresses that documents once had to those they have."""
        for item in renderer.portfolio:
            field = item.document.field("redirect_from")
            for old in item.redirects:
                fact = mend = ""
                if not old.endswith(".md") or old.startswith(("/", "../")):
                    fact, mend = "is no path of a source file", "write it as in 'notes/old-name.md'"
                elif self.files.get_file_from_path(self._uri(old)):
                    fact, mend = "has a page of its own", "remove the redirect, or rename that file"
                if fact:
                    line = field.line if field else None
                    self.problems.append(Problem(item.path, line, f"redirect_from '{old}' {fact}", mend))
                    continue
                file = File(self._uri(old), "", self.config.site_dir, self.config.use_directory_urls)
                target = get_relative_url(renderer.url(item), file.url)
                html = renderer.render("redirect.html", target=target, title=item.title)
                self.files.append(
                    File.generated(self.config, file.dest_uri, content=html, inclusion=InclusionLevel.INCLUDED)
                )

    def hide(self, path: str) -> None:
        """Keep a draft out of the site, but for `serve`."""
        self.files_by_path[path].inclusion = InclusionLevel.DRAFT if self.serving else InclusionLevel.EXCLUDED

    def leave_out_of_navigation(self, path: str) -> None:
        """Publish a document without an entry of its own in a navigation made from the files."""
        if self.files_by_path[path].inclusion.is_in_nav():
            self.files_by_path[path].inclusion = InclusionLevel.NOT_IN_NAV

    def is_shown(self, path: str) -> bool:
        """Whether a document will have a page in this build."""
        inclusion = self.files_by_path[path].inclusion
        return bool(inclusion.is_in_serve() if self.serving else inclusion.is_included())

    def index(self, kind: str, title: str) -> tuple[Document, File]:
        """Return the page of a folder: the learner's own `index.md` or `README.md`, or a new one."""
        folder = {"designs": self.settings.designs_dir, "notes": self.settings.notes_dir}.get(kind, kind)
        for name in ("index.md", "README.md"):
            file = self.files.get_file_from_path(self._uri(f"{folder}/{name}"))
            if file is not None:
                path = os.path.relpath(file.abs_src_path or file.src_uri, self.settings.root)
                document, problems = parse(file.content_bytes.decode("utf-8", "replace"), path=path)
                self.problems += problems
                return document, file
        uri = self._uri(f"{folder}/index.md")
        file = File.generated(self.config, uri, content="")
        self.files.append(file)
        hidden = "navigation, toc" if kind in ("graph", "compare") else "toc"
        return _page(title, file, hidden), file

    def home(self) -> File | None:
        """Return a new home page, where the site has none of the learner's."""
        file = File.generated(self.config, "index.md", content="")
        if any(other.dest_uri == file.dest_uri for other in self.files):
            return None
        self.files.append(file)
        return file

    def changes(self, design: Design) -> tuple[Document, File] | None:
        """Return the page of what changed in a design; None where the learner has a page of that name."""
        uri = f"{CHANGES}/{design.id}.md"
        if self.files.get_file_from_path(uri) is not None:
            return None
        inclusion = InclusionLevel.DRAFT if design.unpublished else InclusionLevel.NOT_IN_NAV
        file = File.generated(self.config, uri, content="", inclusion=inclusion)
        self.files.append(file)
        head = "hide: [navigation, toc]\nsearch:\n  exclude: true"
        return parse(f"---\n{head}\n---\n# What changed\n", path=uri)[0], file

    def _uri(self, path: str) -> str:
        """Return where a file stands among MkDocs' files: its place in `docs/`, or beside it."""
        if self._in_docs(path):
            return Path(os.path.relpath(self.settings.root / path, self.config.docs_dir)).as_posix()
        return path

    def _in_docs(self, path: str) -> bool:
        return (self.settings.root / path).is_relative_to(self.config.docs_dir)


def _page(title: str, file: File, hidden: str) -> Document:
    """Return what a page that no learner wrote says by itself: its title, and what it does without."""
    return parse(f"---\nhide: [{hidden}]\n---\n# {title}\n", path=file.src_uri)[0]


def _stands_alone(file: File, nav: object) -> bool:
    """Whether a page has a place of its own in the navigation, so that nothing would be listed beside it."""
    entries = nav if isinstance(nav, list) else [file.src_uri]
    return any(file.src_uri in (item.values() if isinstance(item, dict) else [item]) for item in entries)


def _nav_titles(nav: object) -> dict[str, str]:
    """Return the titles that the configured navigation gives to files, by their path."""
    if isinstance(nav, list):
        return {path: title for item in nav for path, title in _nav_titles(item).items()}
    if isinstance(nav, dict):
        found = {}
        for title, item in nav.items():
            found.update({item: str(title)} if isinstance(item, str) else _nav_titles(item))
        return found
    return {}
