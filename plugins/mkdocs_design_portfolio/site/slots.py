"""Places in a page that are filled after every page has been read.

What stands beside a heading or behind a macro needs the addresses and anchors of other pages, which
are known only once all Markdown is rendered. So the Markdown carries an empty element, and its
content is rendered when the page meets its template. The search index, made in between, sees
the author's text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.structure.pages import Page

from ..core.model import Section

ATTRIBUTE = "data-dp-slot"
_EMPTY = re.compile(rf'<(?P<tag>span|div) {ATTRIBUTE}="(?P<id>\d+)"></(?P=tag)>')
_TASK_BOX = re.compile(r"\s*\[[ xX~/>-]\]")
_ITEM_ID = re.compile(r"\s*\{:?\s*#(?P<id>[^\s{}]+)\s*\}\s*$")
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))

Fill = Callable[[Page], str]
"""Renders a slot's HTML for the page that it stands in."""


class Where(Enum):
    """Where a slot stands, seen from a section."""

    IN_HEADING = "in-heading"
    """At the end of the heading's own line."""
    BELOW_HEADING = "below-heading"
    """Between the heading and the text; at the top of the page for the section of level 0."""
    AFTER_SECTION = "after-section"
    """Behind the section's text and sub-sections."""
    IN_ITEM = "in-item"
    """At the end of the line of the list item of that title, in the section or a sub-section."""
    IN_CONTENTS = "in-contents"
    """Before the heading's entry in the table of contents."""
    END = "end"
    """At the end of the page."""

    @property
    def tag(self) -> str:
        """The element that fits there."""
        return "span" if self in (Where.IN_HEADING, Where.IN_ITEM) else "div"


@dataclass(frozen=True, slots=True)
class Placed:
    """A slot for one section of a document."""

    section: Section
    where: Where
    fill: Fill
    item: str = ""
    """The title of the list item, where one is meant."""
    on_paper: bool = True
    """Whether it belongs into the portfolio on paper."""


@dataclass(slots=True)
class Slots:
    """All slots of one build."""

    fills: list[Fill] = field(default_factory=list)

    def add(self, fill: Fill) -> str:
        """Keep what renders a slot; return the slot's number."""
        self.fills.append(fill)
        return str(len(self.fills) - 1)

    def block(self, fill: Fill) -> str:
        """Return the empty block element of a new slot."""
        return f'<div {ATTRIBUTE}="{self.add(fill)}"></div>'

    def inline(self, fill: Fill) -> str:
        """Return the empty inline element of a new slot."""
        return f'<span {ATTRIBUTE}="{self.add(fill)}"></span>'

    def fill(self, html: str, page: Page, known: Mapping[Fill, str]) -> str:
        """Return a page's HTML with each slot replaced by what it renders, or by what is `known` of that."""
        if ATTRIBUTE not in html:
            return html

        def rendered(found: re.Match[str]) -> str:
            fill = self.fills[int(found["id"])]
            return known[fill] if fill in known else fill(page)

        return _EMPTY.sub(rendered, html)


@dataclass(slots=True)
class SlotExtension(Extension):
    """Puts slots at the sections of one document, and learns the headings' real anchors."""

    sections: tuple[Section, ...]
    placed: tuple[Placed, ...]
    slots: Slots
    anchors: dict[int, str] = field(default_factory=dict)
    """The line of each section's heading -> the `id` that the heading got."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Run behind the table of contents (priority 5), which gives headings their ids."""
        processor = _SlotTreeprocessor(md)
        processor.extension = self
        md.treeprocessors.register(processor, "design-portfolio-slots", 4)


class _SlotTreeprocessor(Treeprocessor):
    extension: SlotExtension

    def run(self, root: Element) -> None:
        """Match headings with sections in order, then put each slot in its place."""
        headings = dict(_matched(root, self.extension.sections))
        for line, heading in headings.items():
            if id := heading.get("id"):
                self.extension.anchors[line] = id
        for placed in self.extension.placed:
            if placed.where is Where.IN_CONTENTS:
                continue  # the table of contents is the theme's
            if placed.where is Where.END:
                root.append(self._slot(placed))
                continue
            target = headings.get(placed.section.line)
            if target is None and placed.section.level == 1:
                target = next(root.iter("h1"), None)
            if target is not None:
                self._place(root, target, placed)
            elif placed.section.level < 2:
                root.insert(0, self._slot(placed))

    def _slot(self, placed: Placed) -> Element:
        return Element(placed.where.tag, {ATTRIBUTE: self.extension.slots.add(placed.fill)})

    def _place(self, root: Element, heading: Element, placed: Placed) -> None:
        slot = self._slot(placed)
        if placed.where is Where.IN_HEADING:
            _append(heading, slot)
            return
        parent = next((node for node in root.iter() if heading in list(node)), root)
        siblings = list(parent)
        start = siblings.index(heading) + 1
        ends = (i for i, node in enumerate(siblings[start:], start) if _ends(node, placed.section.level))
        end = next(ends, len(siblings))
        if placed.where is Where.IN_ITEM:
            item = _item(siblings[start:end], placed.item)
            if item is not None:
                _append_to_item(item, slot)
        else:
            parent.insert(end if placed.where is Where.AFTER_SECTION else start, slot)


def _append(heading: Element, slot: Element) -> None:
    """Put a slot behind a heading's text, one space away, and before its permalink."""
    links = (index for index, child in enumerate(heading) if "headerlink" in child.get("class", ""))
    at = next(links, len(heading))
    if at:
        heading[at - 1].tail = f"{heading[at - 1].tail or ''} "
    else:
        heading.text = f"{heading.text or ''} "
    heading.insert(at, slot)


def _item(nodes: Iterable[Element], title: str) -> Element | None:
    """Return the first list item whose own line begins with a title, behind its task box."""
    wanted = _letters(title)
    items = (item for node in nodes for item in node.iter("li"))
    return next((item for item in items if _item_letters(item).startswith(wanted)), None)


def _append_to_item(item: Element, slot: Element) -> None:
    """Put a slot behind an item's own line, one space away, and before the list or paragraph that follows.

    An id at the end of the line (`{#id}`), which Markdown reads for headings alone, becomes the item's.
    """
    line = item[0] if len(item) and item[0].tag == "p" else item
    at = next((index for index, child in enumerate(line) if child.tag in ("ul", "ol")), len(line))
    text = (line[at - 1].tail if at else line.text) or ""
    if found := _ITEM_ID.search(text):
        text = text[: found.start()]
        item.set("id", found["id"])
    text = f"{text.rstrip()} "
    if at:
        line[at - 1].tail = text
    else:
        line.text = text
    line.insert(at, slot)


def _ends(node: Element, level: int) -> bool:
    return node.tag in _HEADINGS and int(node.tag[1]) <= level


def _matched(root: Element, sections: tuple[Section, ...]) -> Iterable[tuple[int, Element]]:
    """Pair the line of each section with the heading element that Markdown made of it."""
    headings = [node for node in root.iter() if node.tag in _HEADINGS]
    at = 0
    for section in sections:
        wanted = _letters(section.title)
        for index in range(at, len(headings)):
            if headings[index].tag == f"h{section.level}" and _heading_letters(headings[index]) == wanted:
                yield section.line, headings[index]
                at = index + 1
                break


def _heading_letters(heading: Element) -> str:
    parts = [heading.text or ""]
    for child in heading:
        if "headerlink" not in child.get("class", "") and not child.get("id", "").startswith("fnref"):
            parts += child.itertext()
        parts.append(child.tail or "")
    return _letters("".join(parts))


def _item_letters(item: Element) -> str:
    line = item[0] if len(item) and item[0].tag == "p" else item
    parts = [_TASK_BOX.sub("", line.text or "")]
    for child in line:
        if child.tag in ("ul", "ol"):
            break
        parts += [*child.itertext(), child.tail or ""]
    return _letters("".join(parts))


def _letters(text: str) -> str:
    """Return only letters and digits: Markdown's own placeholders for marks fall away."""
    return re.sub(r"[\W_]+", "", re.sub("\x02[^\x03]*\x03", "", text)).casefold()
