"""A diagram's text -> the labels of its boxes.

Drawn with lines (`┌─┐` or `+-+`), the boxes are the rectangles; with arrows alone, what stands between
them; in Mermaid, the nodes of a flowchart and the participants of a sequence. Other languages are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..plain import plain

_TOP_LEFT, _TOP_RIGHT, _BOTTOM_LEFT, _BOTTOM_RIGHT = "┌╔╭┏+", "┐╗╮┓+", "└╚╰┗+", "┘╝╯┛+"
_DOWN = frozenset("│║┃|├┤┼╟╢╠╣┣┫+<>◀▶←→◄►" + _TOP_LEFT + _TOP_RIGHT + _BOTTOM_LEFT + _BOTTOM_RIGHT)
"""What the side of a box is drawn with; where an arrow meets it, its head."""
_ACROSS = frozenset("─═━-=┬┴┼╤╧╦╩+^v▲▼↑↓" + _TOP_LEFT + _TOP_RIGHT + _BOTTOM_LEFT + _BOTTOM_RIGHT)
_LINES = re.compile(r"[─-╿▀-◿←-⇿]|(?<![A-Za-z])[v^](?![A-Za-z])|--+>?|<?--+|<-|->|\+(?=[-=+|]|$)|\|")
_ARROW = re.compile(r"\s*(?:<?[-=─═]+[>▶►→]|[←-⇿▶►]|<[-=─═]+)\s*")
_BRACKETED = re.compile(r"\[+([^\[\]]+)\]+|\(+([^()]+)\)+")
_NODE = re.compile(
    r"(?P<id>[A-Za-z_][\w.-]*)\s*(?:@\{[^}]*label:\s*\"(?P<label>[^\"]*)\"[^}]*\}"
    r"|(?P<open>\[[\[(/\\]?|\({1,3}\[?|\{\{?|>)\s*(?P<text>\"[^\"]*\"|[^\[\](){}|]+?)\s*(?:[\])}/\\]+))"
)
_EDGE = re.compile(r"\s*(?:(?:<|(?<=\s)[ox])?[-=.~]{2,}(?:\s*[^-=.|>\n]+?\s*[-=.]{2,})?[>ox]?(?:\|[^|]*\|)?|&)\s*")
_PARTICIPANT = re.compile(r"(?:create\s+)?(?:participant|actor)\s+(\S+)(?:\s+as\s+(.+))?$")
_MESSAGE = re.compile(r"(\w[\w ]*?)\s*(?:<<)?-{1,2}(?:>>|>|x|\))[+-]?\s*(\w[\w ]*?)\s*:")
_NO_NODE = re.compile(r"(?:%%|classDef|class |style |linkStyle|click |direction |end\b|graph\b|flowchart\b|---|title)")
_SUBGRAPH = re.compile(r"subgraph\s+(?:[\w-]+\s*\[\s*\"?(?P<label>[^\]\"]+)\"?\s*\]|\"?(?P<name>[^\"\[]+)\"?)")
_BREAK = re.compile(r"<br\s*/?>|\\n", re.I)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a diagram."""

    label: str
    line: int
    """Of the file: its first line of text."""
    outer: bool = False
    """Whether other boxes stand in it."""


def boxes_of(lines: Sequence[str], *, language: str, first_line: int) -> tuple[Box, ...]:
    """Return the boxes of a diagram, in the order of its text; none where it cannot be read.

    `lines` are those between the fences, as typed, of which the first is `first_line` of the file.
    """
    if language == "mermaid":
        return tuple(_once(_mermaid(lines, first_line)))
    if language not in ("", "text", "txt", "ascii", "plain", "plaintext", "ditaa", "svgbob"):
        return ()
    drawn = tuple(_drawn([line.expandtabs(4) for line in lines], first_line))
    return drawn or tuple(_once(_chained(lines, first_line)))


def _once(boxes: Iterator[Box]) -> Iterator[Box]:
    """Yield the first box of each label."""
    seen = set()
    for box in boxes:
        if box.label and box.label.casefold() not in seen:
            seen.add(box.label.casefold())
            yield box


@dataclass(frozen=True, slots=True)
class _Rectangle:
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, other: _Rectangle) -> bool:
        return (
            self != other
            and self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )


def _drawn(lines: Sequence[str], first_line: int) -> Iterator[Box]:
    rectangles = sorted(_rectangles(lines), key=lambda item: (item.top, item.left))
    for item in rectangles:
        inner = [other for other in rectangles if item.holds(other)]
        rows = [(item.top, _title(lines[item.top][item.left + 1 : item.right]))]
        if not inner:
            rows += [(row, _said(lines[row][item.left + 1 : item.right])) for row in range(item.top + 1, item.bottom)]
        filled = [(row, text) for row, text in rows if text]
        if filled:
            yield Box(" ".join(text for _, text in filled), first_line + filled[0][0], bool(inner))


def _rectangles(lines: Sequence[str]) -> Iterator[_Rectangle]:
    """Yield the smallest rectangle that begins at each corner."""
    for top, line in enumerate(lines):
        for left in (at for at, char in enumerate(line) if char in _TOP_LEFT):
            found = next(_from_corner(lines, top, left), None)
            if found:
                yield found


def _from_corner(lines: Sequence[str], top: int, left: int) -> Iterator[_Rectangle]:
    line = lines[top]
    for right in range(left + 2, len(line)):
        if line[right] in _TOP_RIGHT and _is_edge(line[left + 1 : right]):
            for bottom in range(top + 1, len(lines)):
                row = lines[bottom]
                if len(row) <= right or row[left] not in _DOWN or row[right] not in _DOWN:
                    break
                if row[left] in _BOTTOM_LEFT and row[right] in _BOTTOM_RIGHT and _is_edge(row[left + 1 : right]):
                    if bottom > top + 1:
                        yield _Rectangle(top, left, bottom, right)
                    break
        elif line[right] in "│║┃|":
            break


def _is_edge(between: str) -> bool:
    """Whether a stretch of a line is the upper or lower side of a box, which may have a title in it."""
    return between[0] in _ACROSS and between[-1] in _ACROSS and not any(char in "│║┃|" for char in between)


def _title(edge: str) -> str:
    """Return what is written in the upper side of a box."""
    return _said(edge)


def _said(text: str) -> str:
    return " ".join(_LINES.sub(" ", text).split()).strip("-= ")


def _chained(lines: Sequence[str], first_line: int) -> Iterator[Box]:
    """Yield what stands between arrows: `Client -> [API] -> Database`."""
    for number, line in enumerate(lines, start=first_line):
        if not _ARROW.search(line):
            continue
        for part in _ARROW.split(line):
            if re.fullmatch(r"\s*\([^()]*\)\s*", part):  # a remark on the arrow
                continue
            bracketed = _BRACKETED.fullmatch(part.strip())
            text = (bracketed[1] or bracketed[2]) if bracketed else part
            label = _said(text)
            if re.search(r"[A-Za-z]{2}", label) and len(label.split()) <= 5:
                yield Box(label, number)


def _mermaid(lines: Sequence[str], first_line: int) -> Iterator[Box]:
    kind = next((line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("%%")), "")
    if kind.lower().startswith("sequence"):
        yield from _participants(lines, first_line)
        return
    if kind not in ("graph", "flowchart", "flowchart-elk"):
        return
    named = {found["id"] for line in lines for found in _NODE.finditer(line)}
    for number, line in enumerate(lines, start=first_line):
        text = line.strip().rstrip(";")
        if found := _SUBGRAPH.match(text):
            yield Box(_label(found["label"] or found["name"]), number, outer=True)
        elif not _NO_NODE.match(text):
            for node in _NODE.finditer(text):
                yield Box(_label(node["label"] or node["text"]), number)
            bare = _EDGE.split(_NODE.sub(lambda node: node["id"], text))
            for id in (part.split(":::")[0].strip() for part in bare):
                if re.fullmatch(r"[A-Za-z_][\w.-]*", id) and id not in named:
                    yield Box(id.replace("_", " "), number)


def _participants(lines: Sequence[str], first_line: int) -> Iterator[Box]:
    declared: dict[str, str] = {}
    for number, line in enumerate(lines, start=first_line):
        if found := _PARTICIPANT.match(line.strip()):
            declared[found[1]] = found[2] or found[1]
            yield Box(_label(declared[found[1]]), number)
        elif found := _MESSAGE.match(line.strip()):
            for id in (found[1], found[2]):
                if id not in declared:
                    declared[id] = id
                    yield Box(_label(id), number)


def _label(text: str | None) -> str:
    return plain(_BREAK.sub(" ", (text or "").strip().strip('"`')))
