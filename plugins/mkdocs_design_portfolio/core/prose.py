"""A document's running text: where code is not, where a sentence begins and ends."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lines import split_cells
from .model import Document, LineKind
from .plain import CODE, plain

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_`]*[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|etc|approx|no|fig|sec|ch|dr|mr|ms|st)|\b[A-Z])\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = len("approx.")
LEADING = re.compile(r"^(?:\s*>)*\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX~/>-]\]\s+)?)?")
"""The marks before the text of a quotation or item."""
_SHORTCUT = re.compile(r"\[(?<![\]\[!]\[)([^\[\]^]+)\](?![\[(])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_BLOCK_MARK = re.compile(r"\s*(?:!!!|\?\?\?\+?|===\+?!?)\s+[\w\"]")
"""The opening line of an admonition or tab."""
_LONGEST = 240
_SHORT = 48


@dataclass(frozen=True, slots=True)
class Prose:
    """A document with its code and comments blanked out."""

    document: Document
    masked: str
    """As long as the document's body, with spaces where code and comments stand."""
    starts: tuple[int, ...]
    """The offset of each line of the body."""

    def find(self, name: str, start: int = 0) -> tuple[int, int] | None:
        """Return where a name first stands in the text, as words of its own and in any case, or None."""
        wanted, text = name.lower(), _lower(self.masked)
        at = text.find(wanted, start) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                return at, end
            at = text.find(wanted, end)
        return None

    def line_at(self, offset: int) -> int:
        """Return the line of the file in which an offset of the body stands."""
        return bisect.bisect_right(self.starts, offset) - 1 + self.document.body_line

    def line(self, number: int) -> tuple[int, int]:
        """Return the offsets between which a line of the file stands in the body."""
        at = number - self.document.body_line
        return self.starts[at], self.starts[at + 1] - 1 if at + 1 < len(self.starts) else len(self.masked)

    def sentence_at(self, start: int, end: int) -> str:
        """Return, as plain text, the sentence (in a table: the row) around a stretch of the body.

        At most 240 characters, cut around the stretch.
        """
        line = self.line_at(start)
        first, last = self._passage(line)
        if self._is_row(line):
            cells = map(_quoted, split_cells(self.document.body[first:last]))
            return _shorten(" · ".join(filter(None, cells)), _quoted(self.document.body[start:end]))
        begins, ends = self._sentence(first, last, start, end)
        head, *more = self.document.body[begins:ends].split("\n")
        lines = [LEADING.sub("", head).strip(" #"), *(line.lstrip("> ") for line in more)]
        text = " ".join(line for line in lines if not _BLOCK_MARK.match(line))
        return _shorten(_quoted(text), _quoted(self.document.body[start:end]))

    @property
    def opening(self) -> str:
        """The first sentences of the first paragraph before any H2, as plain text; at most 240 characters."""
        before = (line for section in self.document.sections if section.level < 2 for line in section.lines)
        for line in before:
            if line.kind is LineKind.TEXT and line.text and not line.image:
                text = _quoted(self.document.body[slice(*self._passage(line.number))])
                ends = [found.start() + 1 for found in _SENTENCE_END.finditer(f"{text} A")]
                fits = [end for end in ends if end <= _LONGEST and not _abbreviates(text, end)]
                return text[: fits[-1]] if fits else _shorten(text, "")
        return ""

    def _is_row(self, line: int) -> bool:
        """Whether a line is a table's row, the row of column headings included."""
        if self.document.body[slice(*self.line(line))].lstrip().startswith("|"):
            return True
        return any(item.number == line and item.kind is LineKind.ROW for item in self.document.section_at(line).lines)

    def _sentence(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """Return where a sentence begins and ends; one of a few words brings the sentence before it."""
        passage = self.masked[first:last].replace("\n", " ")
        begins = [0]
        ends = len(passage)
        for found in _SENTENCE_END.finditer(passage):
            if _abbreviates(passage, found.start() + 1):
                continue
            if found.end() <= start - first:
                begins.append(found.end())
            elif found.start() >= end - first - 1:
                ends = found.end()
                break
        if ends - begins[-1] < _SHORT and len(begins) > 1:
            begins.pop()
        return first + begins[-1], first + ends

    def _passage(self, line: int) -> tuple[int, int]:
        """Return where the paragraph, item, row or heading begins and ends that a line belongs to."""
        blocks = {item.number: item.block for item in self.document.section_at(line).lines}
        first = last = line
        if line in blocks:
            while blocks.get(first - 1) == blocks[line]:
                first -= 1
            while blocks.get(last + 1) == blocks[line]:
                last += 1
        return self.line(first)[0], self.line(last)[1]


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A stretch of code within a line of text."""

    line: int
    """Of the file, counted from 1."""
    start: int
    """Where what is between its marks begins in the line, counted from 0."""
    text: str


def code_spans(document: Document) -> Iterator[CodeSpan]:
    """Yield the code spans of a document's text, headings and comments left out."""
    text, starts = _without_fences(document)
    titles = {section.line for section in document.sections if section.level}
    unseen = [found.span() for found in _COMMENT.finditer(CODE.sub(_blank, text))] if "<!--" in text else []
    for found in CODE.finditer(text):
        if any(start <= found.start() < end for start, end in unseen):
            continue
        at = bisect.bisect_right(starts, found.start()) - 1
        if at + document.body_line not in titles:
            yield CodeSpan(at + document.body_line, found.start(2) - starts[at], found[2])


def prose_of(document: Document) -> Prose:
    """Return a document's running text."""
    text, starts = _without_fences(document)
    masked = CODE.sub(_blank, text) if "`" in document.body else text
    if "<!--" in masked:
        masked = _COMMENT.sub(_blank, masked)
    return Prose(document, masked, starts)


def _without_fences(document: Document) -> tuple[str, tuple[int, ...]]:
    """Return the body with its fences blanked out, and the offset of each of its lines."""
    code = {line.number for section in document.sections for line in section.lines if line.kind is LineKind.CODE}
    starts = [0]
    lines = []
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        starts.append(starts[-1] + len(line) + 1)
        lines.append(" " * len(line) if number in code or _FENCE.match(line) else line)
    return "\n".join(lines), tuple(starts[:-1])


def _abbreviates(text: str, end: int) -> bool:
    """Whether an abbreviation ends at an offset, with its full stop."""
    return bool(_ABBREVIATION.search(text, end - _LONGEST_ABBREVIATION, end))


def _lower(text: str) -> str:
    """Return a text of the same length in small letters; the few letters that would grow stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _blank(found: re.Match[str]) -> str:
    """Return as many spaces as were matched, with its line ends."""
    return "\n".join(" " * len(line) for line in found[0].split("\n"))


def _quoted(markdown: str) -> str:
    """Return Markdown as plain text, in which a bracketed word is a link and no placeholder."""
    return plain(_AUTOLINK.sub(r"\1", _SHORTCUT.sub(r"\1", markdown)))


def _shorten(text: str, around: str) -> str:
    """Cut a long text between words, a little before and mostly after what it is about."""
    if len(text) <= _LONGEST:
        return text
    at = max(0, text.find(around))
    start = max(0, min(at - _LONGEST // 3, len(text) - _LONGEST))
    start = text.find(" ", start) + 1 if start else 0
    end = start + _LONGEST
    cut = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:]
    return f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}"
