"""The Markdown source of each page, published beside it at its own path, so that links between sources work."""

from __future__ import annotations

import os
from collections.abc import Iterable
from urllib.parse import quote

from mkdocs.structure.files import File

from .kept import Kept
from .website import Website


def source_of(file: File, site: Website) -> str:
    """Return the address of a page's source, relative to the site; empty where none is published."""
    return quote(file.src_uri) if site.sources and has_source(file) and file.inclusion.is_included() else ""


def has_source(file: File) -> bool:
    """Whether somebody wrote the page, and no plugin made it."""
    return file.generated_by is None and file.abs_src_path is not None


def publish_sources(files: Iterable[File], site: Website, kept: Kept) -> None:
    """Copy the source of each page, byte for byte."""
    for file in files:
        if file.page is not None and file.abs_src_path and source_of(file, site):
            kept.copy(file.abs_src_path, os.path.join(kept.site_dir, *file.src_uri.split("/")))  # noqa: PTH118
