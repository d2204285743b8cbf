"""The search index of Material, filled faster: the sections of a page, as its own parser would find them.

Material's search plugin reads every finished page again with Python's HTML parser, which takes about a fifth of a
build. The pages of a portfolio are made by Markdown and so are regular; here they are read by one expression. What
is not regular (a stray `<`, a script) is left to the plugin. A test holds both against each other.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from ..core.model import Design
from .pages import PortfolioPage
from .render import Renderer

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<attributes>(?:\s+[^\s\"'<>/=]+(?:=(?:\"[^\"<]*\"|'[^'<]*'))?)*)\s*(?P<empty>/?)>"
    r"|<!--(?P<comment>(?:(?!--)[^<>])*)-->"
    r"|(?P<text>[^<]+)"
    r"|(?P<strange><)"
)
_CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_COLOR = re.compile(r"<span(?: class=\"(?!linenodiv\")[^\"<>]*\")?>|</span>")
_SPLIT = re.compile(r"&[^;<>\s]*</?span")
"""A character reference with an element in it."""
_ATTRIBUTE = re.compile(r"\s+([^\s\"'<>/=]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
"""The tags that the index keeps."""
_OPENING, _CLOSING = {tag: f"<{tag}>" for tag in _KEPT}, {tag: f"</{tag}>" for tag in _KEPT}
_TELLING = _HEADINGS | {"a"}
"""The tags whose attributes say something of every one of them."""
_MAYBE_EXCLUDED = re.compile("data-search-exclude|linenodiv|&", re.IGNORECASE)
"""What the attributes of an element have that the index leaves out: a character reference may stand for any of it."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_SPOKEN = re.compile(r"data-search-\w+=\"[^\"]+\"")
_RAW = frozenset(
    {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext", "object"}
)
"""Elements whose content is read otherwise, or never; a page with one is left to the plugin."""

WEIGHTS = {"design": 1.3, "note": 1.15, "index": 0.5}
"""How much more a page of a kind counts than its words say."""


class Irregular(Exception):
    """A page holds what only a whole HTML parser reads."""


@dataclass(slots=True, eq=False)
class Section:
    """A heading and what follows it, as the search index takes it."""

    tag: str
    depth: float
    excluded: bool = False
    id: str | None = None
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def without_attributes(content: str) -> str:
    """Return a page without the attributes that speak to the search alone, as Material's plugin takes them away."""
    kept = []
    at = 0
    for found in _SPOKEN.finditer(content):
        start = found.start()
        kept.append(content[at : start - 1 if start and content[start - 1].isspace() else start])
        at = found.end()
    return "".join((*kept, content[at:]))


def take_over(page: Page, config: MkDocsConfig) -> bool:
    """Add a page to Material's search index; return whether that was done, so that the plugin need not."""
    plugin: Any = config.plugins.get("material/search")
    if plugin is None or not plugin.config.enabled or (page.meta.get("search") or {}).get("exclude"):
        return False
    try:
        found = sections(page.content or "")
    except Irregular:
        return False
    for section in found:
        if not section.excluded:
            plugin.search_index.create_entry_for_section(section, page.toc, page.url, page)
    return True


def weigh(entries: Iterable[dict[str, Any]], page: PortfolioPage) -> None:
    """Let what a portfolio is about be found first: designs, then notes, and what only lists them last.

    That is the weight of a page's first entry, which is found by its title. The sections keep theirs: a step whose
    heading is asked for is found by that already, and a phrase is found where it stands. A boost that the page's front
    matter gives (`search: {boost: 3}`) is the author's and stays.
    """
    weight = WEIGHTS.get(_kind(page), 1.0)
    for entry in entries:
        if weight != 1.0 and "#" not in entry["location"]:
            entry.setdefault("boost", weight)


def _kind(page: PortfolioPage) -> str:
    return getattr(page.item, "kind", "review") if page.item else "index"


def kinds_json(renderer: Renderer) -> str:
    """Return what the search shows beside its results: by address, the kind of a page and, of a design, the status."""
    found: dict[str, list[str]] = {}
    for page in renderer.pages.values():
        item = page.item
        status = (item.status.value, item.status.label) if isinstance(item, Design) else ()
        found[page.file.url] = [_kind(page), *status]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def sections(content: str) -> list[Section]:
    """Return the sections of a page's HTML, or raise `Irregular`."""
    reader = _Reader()
    for close, typed, attributes, empty, _, text, strange in _TOKEN.findall(_CODE.sub(_without_colors, content)):
        if text:
            reader.text(text)
        elif typed:
            tag = typed.lower()
            if tag in _RAW or (close and (attributes or empty)):
                raise Irregular
            if close:
                reader.close(tag)
            else:
                reader.open(tag, attributes)
                if empty:
                    reader.close(tag)
        elif strange:
            raise Irregular
    return reader.sections


def _without_colors(code: re.Match[str]) -> str:
    """Return a block of code without the elements that color it, most of all there are, and say nothing."""
    bare, count = _COLOR.subn("", code[0])
    opened = code[0].count("<span")
    regular = count == 2 * opened == 2 * code[0].count("</span>") and not _SPLIT.search(code[0])
    return bare if regular else code[0]


class _Reader:
    """What has to be remembered from tag to tag."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.section: Section | None = None
        self.context: list[str] = []
        self.depths: defaultdict[str, int] = defaultdict(int)
        """How many elements of each tag are open."""
        self.links: list[bool] = []
        """For each link that is open, whether it is a heading's permalink, whose sign is no part of the title."""
        self.skipped: set[str] = set()
        """Tags: an element that is excluded hides whatever stands in an element of its tag."""
        self.hidden = False

    def open(self, tag: str, typed: str) -> None:
        if tag in _VOID:
            return
        self.context.append(tag)
        self.depths[tag] += 1
        attributes = _attributes(typed) if typed and (tag in _TELLING or _MAYBE_EXCLUDED.search(typed)) else {}
        if tag in _HEADINGS and "id" in attributes:
            self._head(tag, attributes)
        if tag == "a":
            self.links.append(attributes.get("class") == "headerlink")
        if self.section is None:
            self._preface(0)
        if attributes and ("data-search-exclude" in attributes or attributes.get("class") == "linenodiv"):
            self.skipped.add(tag)
            self.hidden = True
            return
        if self.skipped:
            self._look()
        if tag in _KEPT and not self.hidden:
            self._part().append(_OPENING[tag])

    def close(self, tag: str) -> None:
        if not self.context or self.context[-1] != tag:
            return
        assert self.section is not None
        if self.section.depth > len(self.context):
            for section in reversed(self.sections):
                if section.depth <= len(self.context):
                    self.section.depth = float("inf")
                    self.section = section
                    break
        self.context.pop()
        self.depths[tag] -= 1
        if tag == "a":
            self.links.pop()
        if tag in self.skipped:
            self.skipped.discard(tag)
            self._look()
            return
        if self.skipped:
            self._look()
        if tag in _KEPT and not self.hidden:
            _close(self._part(), tag)

    def text(self, raw: str) -> None:
        if self.hidden:
            return
        if self.section is None:
            self._preface(0)
        assert self.section is not None
        text = self.section.text
        inside = self.depths["pre"] > 0
        data = html.unescape(raw) if "&" in raw else raw
        blank = data.isspace()
        if not inside:
            data = " " if blank else data.replace("\n", " ")
        if "&" in raw or ">" in raw:
            data = html.escape(data, quote=False)
        if self.depths[self.section.tag]:
            if not any(self.links):
                self.section.title.append(data)
        elif not blank or inside or not text or not text[-1].isspace():
            text.append(data)

    def _head(self, tag: str, attributes: dict[str, str]) -> None:
        depth = len(self.context)
        if tag != "h1" and not self.sections:
            self._preface(depth)
        section = Section(tag, depth, "data-search-exclude" in attributes)
        if self.sections:
            section.id = attributes["id"]
        self.section = section
        self.sections.append(section)

    def _preface(self, depth: int) -> None:
        self.section = Section("", depth)
        self.sections.append(self.section)

    def _part(self) -> list[str]:
        assert self.section is not None
        return self.section.title if self.depths[self.section.tag] else self.section.text

    def _look(self) -> None:
        self.hidden = any(self.depths[tag] for tag in self.skipped)


def _attributes(typed: str) -> dict[str, str]:
    found = {}
    for name, double, single in _ATTRIBUTE.findall(typed):
        value = double or single
        found[name.lower()] = html.unescape(value) if "&" in value else value
    return found


def _close(data: list[str], tag: str) -> None:
    """Close a tag that is kept, or take back its opening where nothing but space stands behind the first such."""
    try:
        index = data.index(_OPENING[tag])
    except ValueError:
        raise Irregular from None
    if all(part.isspace() for part in data[index + 1 :]):
        del data[index:]
    else:
        data.append(_CLOSING[tag])
