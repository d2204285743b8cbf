"""What every page of a site depends on, as one checksum: the configuration, the code that reads it, the theme."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from ..core.store import digest
from .render import OVERRIDABLE, THEME

PACKAGE = Path(__file__).parent.parent
_COPIED = PACKAGE / "theme" / "assets" / "design-portfolio" / "mermaid"
"""Four megabytes that are copied to the site and make no page."""
_DEPTH = 12
_ELSEWHERE = frozenset({"config_file_path", "build_date_utc"})
"""Settings that say where and when a site is built, not what it is."""


def of_site(config: MkDocsConfig, *parts: str) -> str:
    """Return the checksum of all that is the same for every page of a site.

    That is the configuration as it is in force, the templates of the theme that are not part of an installed package,
    and Python modules of the project itself; and what else the caller knows, `of_code` for one.
    """
    root = Path(config.config_file_path).parent.absolute()
    theme = (path for folder in config.theme.dirs if not _is_installed(folder) for path in _files(Path(folder)))
    code = (Path(path) for path in _modules() if Path(path).is_relative_to(root) and not _is_installed(path))
    return digest(
        repr(tuple(_plain(dict(config.items()), _DEPTH))),
        *(part for path in (*theme, *sorted(set(code))) for part in (str(path), path.read_bytes())),
        *parts,
    )


def of_partials(config: MkDocsConfig) -> str:
    """Return the checksum of the partials that a site brings in the place of ours."""
    folders = (Path(folder) / OVERRIDABLE for folder in config.theme.dirs if Path(folder) != THEME)
    paths = (path for folder in folders for path in _files(folder))
    return digest(*(part for path in paths for part in (str(path), path.read_bytes())))


def of_code() -> str:
    """Return the checksum of the code: Python, the versions of everything installed, this package's own files."""
    installed = sorted(name for folder in sys.path for name in _names(folder) if name.endswith(".dist-info"))
    files = (path for path in _files(PACKAGE) if not path.is_relative_to(_COPIED))
    own = (part for path in files for part in (str(path.relative_to(PACKAGE)), path.read_bytes()))
    return digest(sys.version, *installed, *own)


def of_navigation(nav: Navigation) -> str:
    """Return the checksum of what a page shows of the navigation."""
    return digest(repr(tuple(map(_nav_item, nav.items))))


def of_place(page: Page) -> str:
    """Return the checksum of where a page stands: its section and its neighbours."""
    around = [(item.title, item.url) if item else None for item in (page.previous_page, page.next_page)]
    above = [(item.title, getattr(item, "url", None)) for item in page.ancestors]
    return digest(repr((page.url, page.canonical_url, page.edit_url, page.title, around, above)))


def _nav_item(item: object) -> object:
    if isinstance(item, Section):
        return item.title, tuple(map(_nav_item, item.children))
    if isinstance(item, Page):
        meta = tuple((name, repr(item.meta.get(name))) for name in ("icon", "status", "subtitle", "title", "template"))
        return item.title, item.url, item.is_homepage, meta
    return (item.title, item.url) if isinstance(item, Link) else repr(item)


def _plain(value: Any, depth: int) -> Iterator[str]:
    """Yield what tells a value of a configuration from another; objects by their type alone or what they hold."""
    if value is None or isinstance(value, (str, int, float, bool, bytes, Path)):
        yield repr(value)
    elif depth == 0:
        yield "…"
    elif isinstance(value, Mapping):
        named = ((name, item) for name, item in value.items() if name not in _ELSEWHERE)
        yield from _group((part for name, item in named for part in (repr(name), *_plain(item, depth - 1))))
    elif isinstance(value, (Sequence, set, frozenset)):
        items = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
        yield from _group(part for item in items for part in _plain(item, depth - 1))
    elif hasattr(value, "__qualname__"):
        yield f"{value.__module__}.{value.__qualname__}"
    else:
        yield f"{type(value).__module__}.{type(value).__qualname__}"
        yield from _plain(_held(value), depth - 1)


def _held(value: object) -> Mapping[str, Any]:
    """Return what an object of the configuration holds: a plugin its options, a theme or a script its settings."""
    options = getattr(value, "config", None)
    if isinstance(options, Mapping):
        return dict(options.items())
    if type(value).__name__ in ("Theme", "ExtraScriptValue"):
        return {name: item for name, item in vars(value).items() if name != "dirs"}
    return {}


def _group(parts: Iterable[str]) -> Iterator[str]:
    yield "("
    yield from parts
    yield ")"


def _modules() -> Iterator[str]:
    """Yield the file of each Python module that is loaded."""
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str):
            yield path


def _names(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:
        return []


def _files(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if not name.endswith(".pyc"):
                yield Path(base, name)


def _is_installed(path: str | Path) -> bool:
    return "site-packages" in Path(path).parts or Path(path).is_relative_to(PACKAGE)
