"""Links of a document that MkDocs does not know: wiki links, and links that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from ..core.links import WIKI, Style, links_of, wiki_label
from ..core.model import Document, Place, Portfolio, Stage
from ..core.names import Names
from ..core.prose import prose_of

NOWHERE = "dp-nowhere"
"""The class of what would be a link, were there something to link to."""


class LinkExtension(Extension):
    """Makes links of `[[wiki links]]`, and text of links that were reported as leading nowhere."""

    def __init__(self, document: Document, portfolio: Portfolio, names: Names) -> None:
        super().__init__()
        self.document = document
        self.portfolio = portfolio
        self.names = names
        self.asked: dict[str, str] = {}
        """The wiki links that were resolved, as `name#fragment`, and what each came to with Markdown's own anchors."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Read wiki links behind code (190), before Markdown's own links (170); unlink before MkDocs looks (0)."""
        md.inlinePatterns.register(_WikiProcessor(md, self), "design-portfolio-wiki", 175)
        md.treeprocessors.register(_NowhereTreeprocessor(md, self), "design-portfolio-nowhere", 3)

    @property
    def targets(self) -> frozenset[str]:
        """The targets of its links that were reported as leading nowhere."""
        return self.portfolio.unresolved_in(self.document.path)

    def address(self, name: str, fragment: str, slug: Callable[[str], str]) -> str:
        """Return what a wiki link leads to, relative to the document's source; empty for nowhere."""
        places = self.names.named(name)
        if len(places) != 1:
            return ""
        path = posixpath.relpath(places[0].path, posixpath.dirname(self.document.path) or ".")
        anchor = self._anchor(places[0], fragment, slug)
        return quote(path) + (f"#{anchor}" if anchor else "")

    def answer(self, link: str) -> str:
        """Return what a wiki link, written `name#fragment`, comes to with Markdown's own anchors."""
        name, _, fragment = link.partition("#")
        return self.address(name, fragment, lambda title: slugify(title, "-"))

    def _anchor(self, place: Place, fragment: str, slug: Callable[[str], str]) -> str:
        thing = self.portfolio.at(place)
        if isinstance(thing, Stage):
            return thing.section.id or slug(thing.title)
        if not fragment or thing is None:
            return ""
        wanted = fragment.casefold()
        document = thing.document
        titled = next((section for section in document.sections if section.title.casefold() == wanted), None)
        return (titled.id if titled else "") or slug(fragment)


class _WikiProcessor(InlineProcessor):
    def __init__(self, md: Markdown, extension: LinkExtension) -> None:
        super().__init__(WIKI.pattern, md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, or a marked text where the name means nothing."""
        name, fragment = m["target"].strip(), (m["fragment"] or "").strip()
        if not any(char.isalpha() for char in name):
            return None, None, None
        self.extension.asked[f"{name}#{fragment}"] = self.extension.answer(f"{name}#{fragment}")
        address = self.extension.address(name, fragment, slug_of(self.md))
        element = Element("a", {"href": address}) if address else Element("span", {"class": NOWHERE})
        element.text = (m["label"] or wiki_label(name, fragment)).strip()
        return element, m.start(0), m.end(0)


class _NowhereTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, extension: LinkExtension) -> None:
        super().__init__(md)
        self.targets = extension.targets

    def run(self, root: Element) -> None:
        """Turn each link that leads nowhere into text, so that no reader follows it."""
        if not self.targets:
            return
        for link in root.iter("a"):
            target = link.get("href", "").partition("#")[0].partition("?")[0]
            if target in self.targets:
                link.tag = "span"
                link.attrib.clear()
                link.set("class", NOWHERE)


def slug_of(md: Markdown) -> Callable[[str], str]:
    """Return the function that makes anchors of headings in this site."""
    toc = md.treeprocessors["toc"] if "toc" in md.treeprocessors else None  # noqa: SIM401  # a registry has no get
    make, separator = getattr(toc, "slugify", slugify), getattr(toc, "sep", "-")
    return lambda title: make(title, separator)


def line_of(document: Document, href: str) -> int | None:
    """Return the line on which a link with an anchor stands, or None where it is not found."""
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        if href in line:
            return number
    anchor = href.partition("#")[2]
    wiki = (link for link in links_of(prose_of(document)) if link.style is Style.WIKI)
    return next((link.line for link in wiki if slugify(link.target.fragment, "-") == anchor), None)
