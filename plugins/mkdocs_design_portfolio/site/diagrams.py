"""The diagrams of a page: fences named `mermaid` become figures, with their words, drawn in the browser.

A fence becomes a block of code of a class of our own (`pre.dp-mermaid`), for Material's script fetches Mermaid from
elsewhere for any element of the class `mermaid`. When a page's Markdown is HTML, each such block becomes a figure,
which knows the section that it stands in.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from pymdownx import superfences

from ..core.mermaid.fences import LANGUAGE
from ..core.mermaid.reading import read, readings
from ..core.model import Document
from ..core.settings import Settings
from .render import Renderer

ASSETS = "assets/design-portfolio/mermaid/"
"""Where Mermaid stands in a site that has a diagram."""
CLASS = "dp-mermaid"
_FENCE = {"name": LANGUAGE, "class": CLASS, "format": superfences.fence_code_format}
_USUAL = ("fence_code_format", "fence_div_format")
"""Formats of pymdownx that leave a diagram to a script of the theme."""
_PART = re.compile(
    r"<h[1-6]\b[^>]*>(?P<heading>.*?)</h[1-6]>"
    rf'|<pre\b(?P<attributes>[^>]*\bclass="{CLASS}\b[^>]*)><code>(?P<fenced>.*?)</code></pre>'
    rf'|<pre><code class="language-{LANGUAGE}">(?P<plain>.*?)</code></pre>',
    re.DOTALL,
)
_TITLE = re.compile(r'\btitle="([^"]*)"')
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def take_fences(config: MkDocsConfig) -> None:
    """Let superfences, where a site uses it, make our blocks of fences named `mermaid`.

    A site's own fence of that name stays, unless it is the usual one that leaves the drawing to Material.
    """
    configs: dict[str, Any] = config.mdx_configs
    if "pymdownx.superfences" in config.markdown_extensions:
        options = configs["pymdownx.superfences"] = configs.get("pymdownx.superfences") or {}
    elif "pymdownx.extra" in config.markdown_extensions:
        extra = configs["pymdownx.extra"] = configs.get("pymdownx.extra") or {}
        options = extra["pymdownx.superfences"] = extra.get("pymdownx.superfences") or {}
    else:
        return
    custom = list(options.get("custom_fences") or [])
    own = [fence for fence in custom if fence.get("name") == LANGUAGE]
    if all(getattr(fence.get("format"), "__name__", "") in _USUAL for fence in own):
        options["custom_fences"] = [fence for fence in custom if fence not in own] + [_FENCE]


def illustrate(content: str, document: Document | None, renderer: Renderer) -> str:
    """Return a page's HTML with a figure in the place of each diagram; those of its `document` are read already."""
    if f'class="{CLASS}' not in content and f"language-{LANGUAGE}" not in content:
        return content
    section = ""
    names: Counter[str] = Counter()
    known = {reading.source: reading for _, reading in readings(document)} if document else {}

    def figure(found: re.Match[str]) -> str:
        nonlocal section
        if found["heading"] is not None:
            section = html.unescape(_TAG.sub("", _PERMALINK.sub("", found["heading"]))).strip()
            return found[0]
        source = html.unescape(found["fenced"] if found["plain"] is None else found["plain"]).rstrip("\n")
        diagram = known.get(source) or read(source)
        if diagram.is_placeholder:
            return found[0]
        given = _TITLE.search(found["attributes"] or "")
        name = diagram.words.title or (html.unescape(given[1]) if given else "") or section or "untitled"
        names[name] += 1
        return renderer.render(
            "diagram.html",
            diagram=diagram,
            name=name if names[name] == 1 else f"{name} ({names[name]})",
        )

    return _PART.sub(figure, content)


def has_diagrams(renderer: Renderer, settings: Settings) -> bool:
    """Whether a page of the portfolio has a diagram to draw."""
    if not settings.diagrams:
        return False
    documents = (page.document for page in renderer.pages.values())
    return any(not diagram.is_placeholder for document in documents for _, diagram in readings(document))
