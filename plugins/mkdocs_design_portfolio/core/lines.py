"""The body of a Markdown file -> its sections and their lines, in one pass."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from .model import Line, LineKind, Section
from .plain import CODE, heading_text, is_undecided, plain, said, unless_placeholder

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|(-+))[ \t]*$")
_FENCE = re.compile(r"\s*(`{3,}(?!.*`)|~{3,})\s*\{?\.?([\w+#-]*)")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s+(?:\[[ xX~/>-]\](?=\s|$)\s*)?(.*))?$")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$|\s*\|\s*:?-+:?\s*\|?$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)\s]+|!\[[^\]]*\]\[[^\]]+\]|<(?:img|svg|object)\b", re.I)
_BOLD = re.compile(r"(?:\*\*|__)(.{1,60}?)(?:\*\*|__)")


def sections_of(body: str, *, first_line: int = 1) -> tuple[tuple[Section, ...], int | None]:
    """Return the sections of a Markdown body, in order, and the line of a comment or fence left open.

    `first_line` is the number of the body's first line in its file. The first section has level 0
    and holds what stands before the first heading. Fenced code, tables, nested lists, setext
    headings and comments over several lines are understood; raw HTML blocks are read as text.
    """
    scanner = _Scanner()
    lines = body.split("\n")
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        scanner.feed(first_line + index, line, following)
    return scanner.finish(), scanner.opened if scanner.comment or scanner.fence else None


def split_cells(row: str) -> tuple[str, ...]:
    """Return the cells of a table's row, as typed; `\\|` and pipes in code are no borders."""
    inner = _without_pipes_in_code(row.strip())
    parts = _CELL_BORDER.split(inner.removeprefix("|"))
    if parts and not parts[-1].strip():
        parts.pop()
    return tuple(part.replace("\0", "|").replace("\\|", "|").strip() for part in parts)


def cell_starts(row: str) -> tuple[tuple[int, int], ...]:
    """Return where each cell of a table's row begins and ends in the line, white space included."""
    inner = _without_pipes_in_code(row)
    borders = [found.start() for found in _CELL_BORDER.finditer(inner)]
    if not borders or row[: borders[0]].strip():
        borders.insert(0, -1)
    if row[borders[-1] + 1 :].strip():
        borders.append(len(row))
    return tuple((start + 1, end) for start, end in itertools.pairwise(borders))


def _without_pipes_in_code(row: str) -> str:
    return CODE.sub(lambda code: code[0].replace("|", "\0"), row) if "`" in row else row


@dataclass(slots=True)
class _Scanner:
    """What has to be remembered from line to line."""

    sections: list[Section] = field(default_factory=lambda: [Section(0, "", 1)])
    lines: list[Line] = field(default_factory=list)
    fence: str = ""
    language: str = ""
    block: int = 0
    comment: bool = False
    opened: int | None = None
    """Where the last comment or fence was opened."""
    columns: tuple[str, ...] | None = None
    """The column headings of the table that the current line is in."""
    items: list[tuple[int, str]] = field(default_factory=list)
    """Indent and text of the items that the current line is nested in."""
    lead: str = ""
    """The lead-in (`**Latency**:`) that stands over the lines to come."""
    lead_used: bool = False
    blank_before: bool = True
    skip: bool = False

    def feed(self, number: int, line: str, following: str) -> None:
        """Take in one line; `following` is the next one."""
        if self.skip:
            self.skip = False
            return
        if self.fence:
            self._code(number, line)
            return
        line = self._without_comment(number, line)
        if not line.strip():
            self._blank()
        elif opened := _FENCE.match(line):
            self._open_fence(number, opened)
        elif found := _HEADING.match(line):
            self._heading(number, len(found[1]), found[2] or "")
        elif self._is_setext(line, following):
            self._heading(number, 1 if following.strip()[0] == "=" else 2, line.strip())
            self.skip = True
        elif self.columns is not None and "|" in line:
            self._row(number, line)
        elif "|" in line and "-" in following and _DELIMITER.match(following):
            self.columns = tuple(map(plain, split_cells(line)))
            self.skip = True
            self.lead_used = True
        elif not _RULE.match(line):
            self._text(number, line)
        self.blank_before = not line.strip()

    def finish(self) -> tuple[Section, ...]:
        """Close the last section and return them all."""
        self._close_section()
        return tuple(self.sections)

    def _without_comment(self, number: int, line: str) -> str:
        if not self.comment and "<!--" not in line:
            return line
        kept = []
        rest = line
        while rest:
            if self.comment:
                _, closed, rest = rest.partition("-->")
                self.comment = not closed
            else:
                at = CODE.sub(lambda code: " " * len(code[0]), rest).find("<!--")
                self.comment = at >= 0
                self.opened = number
                kept.append(rest[:at] if self.comment else rest)
                rest = rest[at + 4 :] if self.comment else ""
        return "".join(kept)

    def _is_setext(self, line: str, following: str) -> bool:
        under = _UNDERLINE.match(following)
        if not under or not self.blank_before or _ITEM.match(line) or line.lstrip().startswith((">", "|")):
            return False
        return bool(under[1]) or len(under[2]) >= 2

    def _blank(self) -> None:
        self.columns = None
        self.block = 0
        if self.lead_used and not self.items:
            self.lead = ""

    def _close_section(self) -> None:
        last = self.sections[-1]
        self.sections[-1] = Section(last.level, last.title, last.line, last.id, tuple(self.lines))
        self.lines.clear()

    def _heading(self, number: int, level: int, markdown: str) -> None:
        self._close_section()
        title, id = heading_text(markdown)
        self.sections.append(Section(level, title, number, id))
        self.columns = None
        self.items.clear()
        self.lead, self.block = "", 0

    def _open_fence(self, number: int, opened: re.Match[str]) -> None:
        self.fence, self.language, self.block = opened[1], opened[2].lower(), number
        self.opened = number
        self.columns = None

    def _code(self, number: int, line: str) -> None:
        bare = line.strip()
        if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
            self.fence, self.block, self.lead_used = "", 0, True
            return
        if not bare:
            return
        placeholder = bare[0] == "[" and bare[-1] == "]" and not plain(bare)
        self._add(
            number,
            LineKind.CODE,
            text="" if placeholder or is_undecided(bare) else bare,
            source=bare,
            labels=self._labels(),
            language=self.language,
        )

    def _row(self, number: int, line: str) -> None:
        raw = split_cells(line)
        cells = tuple(said(cell) for cell in raw)
        filled = tuple((column, cell) for column, cell in zip(self.columns or (), cells, strict=False) if cell)
        self.block = number
        self._add(
            number,
            LineKind.ROW,
            text=" · ".join(cell for cell in cells if cell) if sum(map(bool, cells)) >= min(2, len(cells)) else "",
            source="|".join(raw),
            labels=(*self._labels(), *(column for column, _ in filled)),
            cells=filled,
        )

    def _text(self, number: int, line: str) -> None:
        item = _ITEM.match(line)
        expanded = line.expandtabs(4)
        indent = len(expanded) - len(expanded.lstrip())
        if item or self.blank_before:
            while self.items and self.items[-1][0] >= indent:
                self.items.pop()
        self.block = number if item else self.block or number
        markdown = (item[2] or "") if item else line.strip().lstrip("> ")
        text, is_lead = plain(markdown), _is_lead(markdown)
        if not self.items and not item and self.lead_used and self.blank_before:
            self.lead = ""
        self._add(
            number,
            LineKind.ITEM if item else LineKind.TEXT,
            text="" if is_lead else unless_placeholder(text),
            source=" ".join(line.split()),
            labels=self._labels(),
            depth=len(self.items),
            image=("![" in markdown or "<" in markdown) and bool(_IMAGE.search(markdown)),
        )
        if item:
            self.items.append((indent, text))
            self.lead_used = True
        elif is_lead:
            self.lead, self.lead_used = text, False
        else:
            self.lead_used = True

    def _labels(self) -> tuple[str, ...]:
        above = [text for _, text in self.items if text] if self.items else []
        return (self.lead, *above) if self.lead else tuple(above)

    def _add(
        self,
        number: int,
        kind: LineKind,
        *,
        text: str,
        source: str,
        labels: tuple[str, ...],
        depth: int = 0,
        language: str = "",
        image: bool = False,
        cells: tuple[tuple[str, str], ...] = (),
    ) -> None:
        block = self.block or number
        self.lines.append(Line(number, kind, text, source, block, labels, depth, language, image, cells))


def _is_lead(markdown: str) -> bool:
    """Whether a line only introduces what follows: `Latency:`, or a few words all in bold."""
    text = markdown.strip()
    if text.rstrip("*_ ").endswith(":"):
        return True
    bold = _BOLD.fullmatch(text) if text[:1] in ("*", "_") else None
    return bool(bold and len(bold[1].split()) <= 6 and not bold[1].endswith((".", "!", "?")))
