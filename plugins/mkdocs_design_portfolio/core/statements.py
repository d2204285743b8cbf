"""The sections of a step -> what its author wrote in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .assign import Held
from .model import Line, LineKind
from .plain import plain, says_something

_DIAGRAM_LANGUAGES = frozenset({"mermaid", "dot", "graphviz", "plantuml", "puml", "d2", "ditaa", "svgbob"})
_PLAIN_LANGUAGES = frozenset({"", "text", "txt", "ascii", "plain", "plaintext"})
_DRAWING = re.compile(r"[─-╿→←↑↓▶▼◀▲]|--+[>|+]|[<+|]--+|\+==|->|<-|\|\s*$")
_RUN_IN = re.compile(
    r"(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*|__)(?P<text>[^*_]{1,60}?)(?:[.:](?:\*\*|__)|(?:\*\*|__)\s*[:.–—])\s*(?=\S)"
)
_STEP = re.compile(r"\s(?:→|->|-->|⟶|=>)\s")
_CHAIN = 3
"""How many arrows make a path of a line."""
_EXPLAINED = re.compile(r"=.*\s#\s*\w")


class Statement(NamedTuple):
    """One paragraph, item, row or fence that the author wrote, with what stands over it."""

    line: int
    kind: LineKind
    text: str
    labels: tuple[str, ...]
    depth: int
    section: int
    """0 under the heading that holds the step, else the number of the sub-section it is in."""
    diagram: bool
    language: str
    """For code: the fence's language."""
    labels_lower: str
    text_lower: str
    """What terms are looked for in; labels are kept apart by `\\0`."""
    run_in: str = ""
    """The bold words that it opens with as a heading of its own: `**Latency.** …`, among the labels as well."""
    lines: tuple[Line, ...] = ()
    """The lines it is made of."""

    @property
    def all_lower(self) -> str:
        """Its labels and its text, to look for terms in both."""
        return f"{self.labels_lower}\0{self.text_lower}"

    @property
    def outer(self) -> str:
        """For an item: the text of the outermost item that it is nested in, or its own."""
        labels = self.lines[0].labels if self.lines else ()
        return labels[len(labels) - self.depth] if self.depth else self.text

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """For a table's row: each filled cell with its column heading."""
        return self.lines[0].cells if self.lines else ()


def statements_of(held: Iterable[Held], *, given: frozenset[str]) -> Iterator[Statement]:
    """Yield what the author wrote: the lines that the template gave, and placeholders, left out."""
    for item in held:
        group: list[Line] = []
        for line in item.section.lines:
            if group and group[0].block != line.block:
                yield from _statement(group, item)
                group = []
            if (line.text or line.image) and line.source not in given:
                group.append(line)
        yield from _statement(group, item)


def _statement(lines: list[Line], held: Held) -> Iterator[Statement]:
    if not lines:
        return
    first = lines[0]
    drawn = _is_diagram(lines) if first.kind is LineKind.CODE else any(map(_is_chain, lines))
    diagram = drawn or any(line.image for line in lines)
    text = " ".join([line.text for line in lines])
    if diagram or says_something(text):
        run_in = _run_in(first)
        labels = (*held.labels, *first.labels, *([run_in] if run_in else ()))
        if first.language == "capacity" and any(_EXPLAINED.search(line.source) for line in lines):
            labels += ("assumption",)  # what stands behind a quantity's # says why
        lower = "\0".join(labels).lower()
        where = first.depth, held.child
        shown = diagram, first.language
        yield Statement(
            first.number, first.kind, text, labels, *where, *shown, lower, text.lower(), run_in, tuple(lines)
        )


def _run_in(line: Line) -> str:
    """Return the bold words that a line of text opens with as a heading, or nothing."""
    if line.kind not in (LineKind.TEXT, LineKind.ITEM) or not ("**" in line.source or "__" in line.source):
        return ""
    found = _RUN_IN.match(line.source)
    return plain(found["text"]) if found else ""


def _is_chain(line: Line) -> bool:
    """Whether a line of text draws a path: `Client → Gateway → Queue → Worker`."""
    text = line.text
    if line.kind is not LineKind.TEXT or not ("→" in text or ">" in text or "⟶" in text):
        return False
    return len(_STEP.findall(text)) >= _CHAIN


def _is_diagram(lines: list[Line]) -> bool:
    language = lines[0].language
    if language in _DIAGRAM_LANGUAGES:
        return True
    return language in _PLAIN_LANGUAGES and sum(bool(_DRAWING.search(line.text)) for line in lines) >= 2
