"""Follows every link of a built site."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BASE = "https://example.org/portfolio/"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what the page links to and what can be linked to in it."""
        for name, value in attrs:
            if name in ("href", "src") and value and tag != "base":
                self.targets.append(value)
            elif name in ("id", "name") and value:
                self.ids.add(value)


def dead_links(site: Path) -> list[str]:
    """Return every link of the site to a page, file or anchor that is not there."""
    pages = {path: _read(path) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}
    dead = []
    for path, page in pages.items():
        here = urljoin(BASE, path.relative_to(site).as_posix())
        for target in page.targets:
            url = urlsplit(urljoin(here, target))
            if f"{url.scheme}://{url.netloc}" != "https://example.org":
                continue
            file = _file(site, unquote(url.path))
            if file is None or not file.is_file():
                dead.append(f"{path.relative_to(site)}: {target}")
            elif url.fragment and file in pages and unquote(url.fragment) not in pages[file].ids:
                dead.append(f"{path.relative_to(site)}: {target} (no such anchor)")
    return dead


def _file(site: Path, path: str) -> Path | None:
    if not path.startswith("/portfolio/"):
        return None
    file = site / path.removeprefix("/portfolio/")
    return file / "index.html" if path.endswith("/") else file


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page
