"""A Python-Markdown extension: the first mention of each concept becomes a link with its definition.

It needs no MkDocs. Elsewhere it is configured with the folder of the notes:

    markdown.markdown(text, extensions=["design-portfolio-concepts"],
                      extension_configs={"design-portfolio-concepts": {"notes_dir": "notes", "base_url": "/"}})
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, HtmlStash

from ..core.model import Concept, Note
from ..core.scan import scan_notes
from ..core.settings import Settings
from ..core.vocabulary import Mention, Vocabulary

CLASS = "dp-concept"
OPT_OUT = "no-concept"
"""The class of an element whose text is left alone: `*cache*{.no-concept}`."""

_UNTOUCHED = frozenset("a abbr button code kbd math pre samp script style svg textarea title var".split())  # noqa: SIM905
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "blockquote", "div"})
_STASHED = re.compile("\x02(?:wzxhzdk:(?P<number>\\d+)|[^\x03]*)\x03")
_RAW_TAG = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)")

Address = Callable[[Concept], str]
"""Returns the address that a concept's link leads to."""


class ConceptExtension(Extension):
    """Links concepts at their first mention, outside code, headings and links."""

    def __init__(
        self,
        *,
        vocabulary: Vocabulary | None = None,
        address: Address | None = None,
        expected: Iterable[Concept] | None = None,
        **kwargs: Any,
    ) -> None:
        """Take the concepts and their addresses where they are known; otherwise they are read from the notes.

        `expected` are those that may be linked in this text; when each is, the rest is not looked at.
        """
        self.config = {
            "notes_dir": ["notes", "Folder of the notes that teach concepts"],
            "base_url": ["", "What stands before the path of a note in a link"],
        }
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self.address = address
        self.expected = expected

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Run behind attribute lists (8) and abbreviations (7), before the table of contents (5)."""
        vocabulary, address = self.vocabulary, self.address
        if vocabulary is None or address is None:
            notes = _notes(Path(self.getConfig("notes_dir")))
            vocabulary = Vocabulary(concept for note in notes for concept in note.concepts)
            address = _addresses(notes, self.getConfig("base_url"))
        expected = frozenset(vocabulary.concepts if self.expected is None else self.expected)
        processor = _ConceptTreeprocessor(md, vocabulary, address, expected)
        md.treeprocessors.register(processor, "design-portfolio-concepts", 6)


def makeExtension(**kwargs: Any) -> ConceptExtension:  # noqa: N802
    """Return the extension, as Python-Markdown asks a module for it."""
    return ConceptExtension(**kwargs)


def _notes(folder: Path) -> tuple[Note, ...]:
    absolute = folder.absolute()
    return scan_notes(Settings(absolute.parent, notes_dir=absolute.name), None)[0]


def _addresses(notes: Iterable[Note], base_url: str) -> Address:
    paths = {note.id: base_url + note.path for note in notes}
    return lambda concept: paths[concept.note]


class _ConceptTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, vocabulary: Vocabulary, address: Address, expected: frozenset[Concept]) -> None:
        super().__init__(md)
        self.vocabulary = vocabulary
        self.address = address
        self.waiting = set(expected)
        """Concepts that are not linked yet."""
        self.openings = vocabulary.openings(expected)
        self.stash: HtmlStash = md.htmlStash
        self.raw: list[str] = []
        """Untouched elements that raw HTML opened and did not close yet."""

    def run(self, root: Element) -> None:
        """Visit every text of the page once, in the order in which it is read."""
        self._visit(root)

    def _visit(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self.raw.clear()
        self._replace(element, None, element.text)
        for child in list(element):
            if not self.waiting:
                return
            if self._is_open(child):
                self._visit(child)
            self._replace(element, child, child.tail)

    def _is_open(self, element: Element) -> bool:
        """Whether the text of an element may be linked."""
        if not isinstance(element.tag, str) or element.tag in _UNTOUCHED or element.tag in _HEADINGS:
            return False
        classes = element.get("class", "").split()
        return OPT_OUT not in classes and "arithmatex" not in classes

    def _replace(self, parent: Element, before: Element | None, text: str | None) -> None:
        """Link what a text names for the first time; it stands in `parent`, behind `before`."""
        if not text or not self.waiting or isinstance(text, AtomicString) or text.isspace():
            return
        mentions = list(self._fresh(text))
        if not mentions:
            return
        at = list(parent).index(before) + 1 if before is not None else 0
        _set_text(parent, before, text[: mentions[0].start])
        ends = [mention.start for mention in mentions[1:]] + [len(text)]
        for offset, (mention, end) in enumerate(zip(mentions, ends, strict=True)):
            link = self._link(mention.concept, text[mention.start : mention.end])
            link.tail = text[mention.end : end]
            parent.insert(at + offset, link)

    def _fresh(self, text: str) -> Iterator[Mention]:
        readable = self._readable(text)
        lower = readable.casefold()
        for opening in self.openings:
            if opening in lower:
                break
        else:
            return
        for mention in self.vocabulary.mentions(readable):
            if mention.concept in self.waiting:
                self.waiting.remove(mention.concept)
                self.openings = self.vocabulary.openings(self.waiting)
                yield mention

    def _readable(self, text: str) -> str:
        """Return a text of the same length without what Markdown stashed away, and what raw HTML keeps untouched."""
        if "\x02" not in text and not self.raw:
            return text
        kept = []
        at = 0
        for found in _STASHED.finditer(text):
            part = text[at : found.start()]
            kept += ["\0" * len(part) if self.raw else part, "\0" * len(found[0])]
            self._follow(found["number"])
            at = found.end()
        kept.append("\0" * (len(text) - at) if self.raw else text[at:])
        return "".join(kept)

    def _follow(self, number: str | None) -> None:
        """Note which untouched elements a piece of raw HTML opens and closes."""
        html = self.stash.rawHtmlBlocks[int(number)] if number else ""
        for tag in _RAW_TAG.finditer(html if isinstance(html, str) else ""):
            name = tag["tag"].lower()
            if name in _UNTOUCHED or name in _HEADINGS:
                if not tag["close"]:
                    self.raw.append(name)
                elif name in self.raw:
                    self.raw.remove(name)

    def _link(self, concept: Concept, text: str) -> Element:
        link = Element("a", {"class": CLASS, "href": self.address(concept)})
        if concept.definition:
            link.set("data-dp-definition", concept.definition)
        link.text = AtomicString(text)
        return link


def _set_text(parent: Element, before: Element | None, text: str) -> None:
    if before is None:
        parent.text = text
    else:
        before.tail = text
