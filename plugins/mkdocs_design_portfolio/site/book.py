"""The whole portfolio as one document, for paper: `print/`.

The article of each page is kept in a `Store` when the page is made, by whichever process makes it. When all are there,
they are joined behind a title page and a table of contents, byte by byte and one at a time; where neither they nor
what these show has changed since the last build, the file stays.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import _build_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from ..core.model import Problem
from ..core.store import Store, digest
from .article import OPEN, as_part, inside
from .kept import written_already
from .pages import PortfolioPage
from .press import Press
from .render import Renderer, css_string

BOOK = "print"
"""The folder in the site."""
TEMPLATE = "design-portfolio/print.html"
_OPEN = OPEN.encode()
_PARTS = "<!-- parts -->"
"""What stands in the shell where the parts go."""


def bind(
    renderer: Renderer, files: Files, config: MkDocsConfig, store: Store | None
) -> tuple[Book | None, tuple[Problem, ...]]:
    """Give the whole portfolio a place in the site as one document; there is none where a page has its address."""
    file = File.generated(config, f"{BOOK}/index.html", content="", inclusion=InclusionLevel.INCLUDED)
    for other in files:
        if other.dest_uri == file.dest_uri:
            fact = "has the address of the portfolio on paper, which is left out"
            return None, (Problem(_source(other, config), None, fact, "rename it, or set print_page: false"),)
    file.copy_file = written_already  # type: ignore[method-assign]
    if config.use_directory_urls:
        file.url = f"{BOOK}/"
    files.append(file)
    renderer.indexes[BOOK] = file
    return Book(renderer, config, store, file), ()


class Book:
    """The portfolio on paper, of one build."""

    def __init__(self, renderer: Renderer, config: MkDocsConfig, store: Store | None, file: File) -> None:
        self.renderer = renderer
        self.config = config
        self.store = store
        self.folder = tempfile.TemporaryDirectory(prefix="design-portfolio-", ignore_cleanup_errors=True)
        self.spare = Store(Path(self.folder.name))
        """Where articles are kept that the store does not take."""
        portfolio = renderer.portfolio
        roadmap = [portfolio.roadmap.path] if portfolio.roadmap else []
        self.pages = [renderer.pages[path] for path in (*roadmap, *(work.path for work in portfolio))]
        """Those that it is made of, in its order: the roadmap, designs from the newest on, notes by title."""
        self.ids = {page.file.url: part_id(page) for page in self.pages}
        self.path = file.abs_dest_path
        self.uri = file.dest_uri

    def keep(self, page: PortfolioPage) -> None:
        """Keep the article of a page that was made; the page then knows its name."""
        id = self.ids.get(page.file.url)
        if id is None:
            return
        content = Markup(as_part(page.on_paper, page.file.url, id))
        part = self.renderer.render("part.html", page, id=id, name=_page_name(id), content=content).encode()
        page.article = digest("article", part)
        if not (self.store and self.store.save(page.article, part)):
            self.spare.save(page.article, part)

    def write(self, env: Environment, files: Files, nav: Navigation, press: Press | None) -> tuple[str, ...]:
        """Write the file, unless it is there and made of the same; `press` is what printed the pages, if it did.

        Returns the sources of the pages whose articles were lost and are not in it.
        """
        wanted = digest("book", press.shown if press else "", *(page.article for page in self.pages))
        if press and self.store and self.store.load(self.name) == (wanted + self._stamp()).encode():
            return ()
        own = {"book_front": self._front(), "book_heads": self._heads()}
        shell = _build_template(self.uri, env.get_template(TEMPLATE, globals=own), files, self.config, nav)
        before, _, behind = shell.partition(_PARTS)
        draft = Path(f"{self.path}.{os.getpid()}.tmp")
        draft.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(before.encode())
            lost = tuple(self._join(file))
            file.write(behind.encode())
        draft.replace(self.path)
        if press and self.store and not lost:
            self.store.save(self.name, (wanted + self._stamp()).encode())
        return lost

    def _front(self) -> str:
        """Render the title page and the table of contents, and leave a place for the parts."""
        portfolio = self.renderer.portfolio
        dates = sorted(design.date for design in portfolio.designs if design.date)
        return self.renderer.render(
            "book.html",
            config=self.config,
            ids={page.document.path: self.ids[page.file.url] for page in self.pages},
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            parts=Markup(_PARTS),
        )

    def _heads(self) -> str:
        """Render the style that names each part in the margin of its sheets."""
        titles = (css_string(Markup(page.title or "").striptags()) for page in self.pages)
        parts = zip(map(_page_name, self.ids.values()), titles, strict=True)
        return self.renderer.render("book-heads.html", parts=parts, site=css_string(self.config.site_name))

    @property
    def name(self) -> str:
        """The name of what is stored of the file: what it was made of, and its size and time."""
        return digest("book", Path(self.config.config_file_path).name, self.config.site_dir)

    @property
    def needed(self) -> frozenset[str]:
        """The names of the blobs that the next build may ask for."""
        return frozenset({self.name, *(page.article for page in self.pages)})

    def close(self) -> None:
        """Let go of what only this build needs."""
        self.folder.cleanup()

    def _join(self, file: BinaryIO) -> Iterator[str]:
        """Write one part after the other, its addresses resolved; yield the sources of those that were lost."""
        resolved = _Resolved(self.ids)
        for page in self.pages:
            part = self._load(page.article)
            if part is None:
                yield page.document.path
                continue
            pieces = part.split(_OPEN)
            pieces[1::2] = [resolved[piece] for piece in pieces[1::2]]
            file.write(b"".join(pieces))

    def _load(self, name: str) -> bytes | None:
        part = self.store.load(name) if self.store and name else None
        return part if part is not None or not name else self.spare.load(name)

    def _stamp(self) -> str:
        try:
            found = os.stat(self.path)  # noqa: PTH116
        except OSError:
            return ""
        return f"{found.st_size} {found.st_mtime_ns}"


class _Resolved(dict[bytes, bytes]):
    """Addresses that were left open -> as they are written in the document."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self.ids = ids

    def __missing__(self, address: bytes) -> bytes:
        path, _, anchor = address.decode().partition("#")
        id = self.ids.get(path)
        self[address] = (inside(id, anchor) if id is not None else f"../{address.decode()}").encode()
        return self[address]


def _source(file: File, config: MkDocsConfig) -> str:
    """Return the source of a file, relative to the project."""
    return os.path.relpath(file.abs_src_path or file.src_uri, Path(config.config_file_path).parent)


def part_id(page: PortfolioPage) -> str:
    """Return the id of a page's part: its address, which no other has, so that a link need not quote it."""
    return page.file.url.removesuffix("/").removesuffix(".html").replace("%", "~")


def _page_name(id: str) -> str:
    """Return the name of the sheets of a part, for `@page`."""
    return f"dp-{digest(id)[:12]}"
