"""The Markdown source of each page, published beside it at its own path, so that links between sources work."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from mkdocs.structure.files import File

from .website import Website


def source_of(file: File, site: Website) -> str:
    """Return the address of a page's source, relative to the site; empty where none is published."""
    return quote(file.src_uri) if site.sources and has_source(file) and file.inclusion.is_included() else ""


def has_source(file: File) -> bool:
    """Whether somebody wrote the page, and no plugin made it."""
    return file.generated_by is None and file.abs_src_path is not None


def sources_by_path(files: Iterable[File], site: Website, site_dir: Path) -> Iterator[tuple[str, str]]:
    """Yield where in the site the source of each page is published, and the source."""
    for file in files:
        if file.page is not None and file.abs_src_path and source_of(file, site):
            yield os.path.join(site_dir, *file.src_uri.split("/")), file.abs_src_path  # noqa: PTH118
