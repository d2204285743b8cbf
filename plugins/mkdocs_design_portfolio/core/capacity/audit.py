"""A document without capacity blocks -> the sums in its text that do not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Document, LineKind, Problem
from ..prose import LEADING
from .labels import contradictions
from .loose import Factor, Reading, Side, Sum, Token, Unreadable, tokens_of, unit_of, work_out
from .loose_parser import LooseParser
from .verdict import verdict

_PLAIN_FENCES = frozenset({"", "text", "txt", "plain", "plaintext"})
_EMPHASIS = re.compile(r"(?<!\S)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\S|\()|(?<=[\w.:%)])\*{2,3}(?=[^\w\s(])|__")
"""Stars with white space on one side: a product has it on both or on none."""
_CODE = re.compile(r"(`+)(.+?)\1")
_TEX = (
    (re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\(?:times|cdot)\b"), "×"),
    (re.compile(r"\\(?:approx|sim)\b"), "≈"),
    (re.compile(r"\{,\}|\\,"), ","),
    (re.compile(r"\\text\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[%$]"), "%"),
)


@dataclass
class Report:
    """What an audit came to."""

    problems: list[Problem] = field(default_factory=list)
    right: int = 0
    """Sums that come out."""
    skipped: list[Problem] = field(default_factory=list)
    """What has a relation and numbers on both sides and could not be read."""

    @property
    def said(self) -> str:
        """The report in one line."""
        lines = ", ".join(str(item.line) for item in self.skipped[:12]) + (", …" if len(self.skipped) > 12 else "")
        skipped = f"{len(self.skipped)} could not be read (line {lines})" if self.skipped else "none skipped"
        return f"{self.right} right, {len(self.problems)} off, {skipped}"


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of text in which sums are looked for."""

    line: int
    text: str
    is_row: bool
    as_typed: bool = True
    """Whether it stands in its line where it stands here."""


def audit(document: Document) -> Report:
    """Work out the sums in sentences, lists and tables (`100 million × 5 = 500 million`).

    A sum is off when no sensible reading of it comes out within 5 %, or rounds to what is written:
    what is counted may be left out, data and time may be left out on one side, KB may be binary, and
    86,400 may stand for a day. Also told: one label of several words that is given two values. What
    has numbers on both sides and cannot be read is counted as skipped.
    """
    report = Report()
    for segment in _segments(document):
        _audit_segment(segment, document.path, report)
    report.problems += contradictions(document)
    report.problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    return report


def _segments(document: Document) -> Iterator[_Segment]:
    lines = document.body.split("\n")
    for section in document.sections:
        for line in section.lines:
            if line.kind is LineKind.CODE and line.language not in _PLAIN_FENCES:
                continue
            raw, row = lines[line.number - document.body_line], line.kind is LineKind.ROW
            text = raw if line.kind is LineKind.CODE else _CODE.sub(lambda found: " " * len(found[0]), raw)
            begin = len(LEADING.match(text)[0]) if line.kind is not LineKind.CODE else 0  # type: ignore[index]
            text = " " * begin + text[begin:]
            text = _EMPHASIS.sub(lambda found: " " * len(found[0]), text)
            if "\\" in text:
                for pattern, replacement in _TEX:
                    text = pattern.sub(replacement, text)
                yield _Segment(line.number, text.replace("$", " "), row, as_typed=False)
            else:
                yield _Segment(line.number, text, row)


def _audit_segment(segment: _Segment, path: str, report: Report) -> None:
    for left, right in _sums(segment, path, report):
        wrong = verdict(left, right)
        if wrong is None:
            report.right += 1
        elif wrong:
            written = segment.text[left.start : left.end].strip()
            claimed = segment.text[right.start : right.end].strip()
            column = right.start + 1 if segment.as_typed else None
            fact = f"{written} is {wrong}, not {claimed}"
            report.problems.append(Problem(path, segment.line, fact, "mend one of them", column))
        else:
            report.skipped.append(Problem(path, segment.line, "its units cannot be compared"))


def _sums(segment: _Segment, path: str, report: Report) -> Iterator[tuple[Side, Side]]:
    """Yield the two sides of each sum; what looks like one and cannot be read is told to the report."""
    tokens = tokens_of(segment.text)
    relations = [at for at, token in enumerate(tokens) if token.kind == "relation"]
    for index, at in enumerate(relations):
        begin = relations[index - 1] + 1 if index else 0
        end = relations[index + 1] if index + 1 < len(relations) else len(tokens)
        left, right = _left(tokens, begin, at), _right(tokens, at + 1, end)
        if left is None or right is None:
            if _looks_like_sum(tokens, begin, at, end):
                report.skipped.append(Problem(path, segment.line, "this sum could not be read"))
        elif _says_something(left, right):
            yield left, right
    borders = [at for at, token in enumerate(tokens) if token.text == "|"] if segment.is_row else []
    for before, at, after in zip(borders, borders[1:], borders[2:], strict=False):
        working, result = _whole(tokens, before + 1, at), _whole(tokens, at + 1, after)
        if isinstance(working, Sum) and isinstance(result, Factor) and _multiplies(tokens[before:at]):
            yield working, result


def _left(tokens: tuple[Token, ...], begin: int, end: int) -> Side | None:
    """Return the sum that ends where a relation begins: the longest that can be read to its end."""
    for token in range(end - 1, begin - 1, -1):
        if tokens[token].kind == "other" and tokens[token].text in ";:,!?|—–→>":
            is_border = not (tokens[token].text == "|" and token == end - 1)
            if is_border:
                begin = token + 1
                break
    if end - 1 >= begin and tokens[end - 1].text == "|":
        end -= 1
    for start in range(begin, end):
        if tokens[start].kind != "number" and tokens[start].text not in "(⌈":
            continue
        before = tokens[start - 1] if start > begin else None
        if before is not None and before.kind == "mark" and before.text not in "(-−+":
            return None
        parser = LooseParser(tokens, start, end)
        try:
            tree = parser.sum()
        except Unreadable:
            continue
        if parser.at == end:
            return tree
    return None


def _right(tokens: tuple[Token, ...], begin: int, end: int) -> Side | None:
    """Return the sum that begins behind a relation."""
    parser = LooseParser(tokens, begin, end)
    try:
        return parser.sum()
    except Unreadable:
        return None


def _whole(tokens: tuple[Token, ...], begin: int, end: int) -> Side | None:
    """Return a cell's sum, or None where there is more or something else in it."""
    parser = LooseParser(tokens, begin, end)
    try:
        tree = parser.sum()
    except Unreadable:
        return None
    return tree if parser.at == end else None


def _says_something(left: Side, right: Side) -> bool:
    """Whether two sides are a sum and its result, or one amount in two units: `30 days = 2,592,000 s`."""
    if isinstance(left, Sum):
        return True
    try:
        one, other = (work_out(side, Reading()) for side in (left, right))
    except Unreadable:
        return False
    return (one.data, one.time) == (other.data, other.time) != (0, 0) and _units(left) != _units(right)


def _units(side: Side) -> frozenset[str]:
    """Return the words for data and time behind an amount, without which it would be a number of something."""
    if isinstance(side, Sum):
        return frozenset()
    measured = (word for word, _, touching in side.units if any(unit_of(word, Reading(), touching, True, True)[1:]))
    return frozenset(word.lower().removesuffix("s") or word for word in measured)


def _multiplies(tokens: tuple[Token, ...]) -> bool:
    """Whether a cell is a sum, and no fraction."""
    return any(token.kind == "mark" and token.text in "*×·+" for token in tokens)


def _looks_like_sum(tokens: tuple[Token, ...], begin: int, at: int, end: int) -> bool:
    """Whether there are numbers on both sides of a relation, and something to work out."""
    numbers = [any(token.kind == "number" for token in part) for part in (tokens[begin:at], tokens[at + 1 : end][:3])]
    return all(numbers) and any(token.kind == "mark" and token.text in "*×·/÷+" for token in tokens[begin:at])
