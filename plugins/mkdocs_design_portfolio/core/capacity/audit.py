"""A document without capacity blocks -> the sums in its text that do not come out."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..model import Document, LineKind, Problem
from ..plain import plain
from .claims import TOLERANCE
from .display import shown_number
from .loose import Factor, LooseParser, Reading, Sum, Token, Unreadable, factors, tokens_of, work_out

_PLAIN_FENCES = frozenset({"", "text", "txt", "plain", "plaintext"})
_BULLET = re.compile(r"^(?:\s*>)*\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?")
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
_SECONDS = frozenset({60.0, 3600.0, 86400.0, 1e5, 2.592e6, 2.628e6, 31536000.0, 3.15e7, 1440.0, 24.0})
_BITS = re.compile(r"[kKMGTP]?(?:bits?|b|bps)")
_OTHER_LOAD = re.compile(r"\b[0-9]+\s?[x×](?!\w)|\btimes\b", re.IGNORECASE)
_ROUNDED = 0.15
"""The share by which a result may be off that is rounded to the digits that are written."""

_Side = Factor | Sum


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
    report.problems += _contradictions(document)
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
            begin = len(_BULLET.match(text)[0]) if line.kind is not LineKind.CODE else 0  # type: ignore[index]
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
        wrong = _verdict(left, right)
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


def _sums(segment: _Segment, path: str, report: Report) -> Iterator[tuple[_Side, _Side]]:
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


def _left(tokens: tuple[Token, ...], begin: int, end: int) -> _Side | None:
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


def _right(tokens: tuple[Token, ...], begin: int, end: int) -> _Side | None:
    """Return the sum that begins behind a relation."""
    parser = LooseParser(tokens, begin, end)
    try:
        return parser.sum()
    except Unreadable:
        return None


def _whole(tokens: tuple[Token, ...], begin: int, end: int) -> _Side | None:
    """Return a cell's sum, or None where there is more or something else in it."""
    parser = LooseParser(tokens, begin, end)
    try:
        tree = parser.sum()
    except Unreadable:
        return None
    return tree if parser.at == end else None


def _says_something(left: _Side, right: _Side) -> bool:
    """Whether two sides are a sum and its result, or one amount in two units: `30 days = 2,592,000 s`."""
    if isinstance(left, Sum) or isinstance(right, Sum):
        return True
    one, other = (work_out(side, Reading()) for side in (left, right))
    return (one.data, one.time) == (other.data, other.time) != (0, 0)


def _verdict(left: _Side, right: _Side) -> str | None:
    """Return None for a sum that comes out, what it should be for one that does not, '' where nobody can say."""
    best = ""
    for billion, binary, minute in itertools.product((True, False), (False, True), (False, True)):
        reading = Reading(billion, binary, minute)
        try:
            for way, data, time in _ways(left, right, reading):
                one = work_out(left, way, data=data, time=time)
                other = work_out(right, way, data=data, time=time)
                if _agree(one.value, other.value, right):
                    return None
                if not best and other.value:
                    best = _in_unit(one.value / other.value, right)
        except Unreadable:
            continue
    return best


def _ways(left: _Side, right: _Side, reading: Reading) -> Iterator[tuple[Reading, bool, bool]]:
    """Yield how to read two sides held against each other, and whether to look at data and at time."""
    one, other = work_out(left, reading), work_out(right, reading)
    if (one.data != other.data and one.data and other.data) or (one.time != other.time and one.time and other.time):
        return
    data, time = one.data == other.data, one.time == other.time
    yield reading, data, time
    numbers = [factor for side in (left, right) for factor in factors(side)]
    if time and one.time and any(_is_seconds(factor) for factor in numbers):
        yield reading, data, False
    if other.data and not one.data:
        yield replace(reading, unprefixed=True), False, time
    if data and one.data and any(factor.number == 8 and not factor.units for factor in numbers):
        yield reading, False, time


def _is_seconds(factor: Factor) -> bool:
    value = factor.worked_out(Reading(), True, True)
    return not value.time and not value.data and value.value in _SECONDS


def _agree(value: float, written: float, right: _Side) -> bool:
    """Whether a value is what is written, or rounds to it."""
    if math.isclose(value, written, rel_tol=TOLERANCE, abs_tol=1e-12):
        return True
    if not written:
        return False
    if not isinstance(right, Factor):  # 10^5 for 86,400
        return math.log10(abs(written)).is_integer() and abs(value - written) <= abs(written) * _ROUNDED
    step = _last_digit(right.typed) * abs(written / right.number) if right.number else 0.0
    if abs(value - written) <= min(step / 2, abs(written) * _ROUNDED) * (1 + 1e-9):
        return True
    return float(written).is_integer() and written < 1000 and 0 <= written - value < 1 and "." not in right.typed


def _last_digit(typed: str) -> float:
    """Return what one step of the last digit that says something is worth: 0.1 for `2.9`, 100 for `1,200`."""
    digits = re.split("[eE]", typed)[0].replace(",", "").replace("_", "")
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _in_unit(factor: float, right: _Side) -> str:
    """Return what the right side should say, in its own unit."""
    first = factors(right)[0]
    if isinstance(right, Sum):
        return f"{shown_number(factor)} times that"
    units = "".join(
        f"/{word}" if power < 0 else word if touching else f" {word}" for word, power, touching in first.units
    )
    return f"{shown_number(first.number * factor)}{units}"


def _multiplies(tokens: tuple[Token, ...]) -> bool:
    """Whether a cell is a sum, and no fraction."""
    return any(token.kind == "mark" and token.text in "*×·+" for token in tokens)


def _looks_like_sum(tokens: tuple[Token, ...], begin: int, at: int, end: int) -> bool:
    """Whether there are numbers on both sides of a relation, and something to work out."""
    numbers = [any(token.kind == "number" for token in part) for part in (tokens[begin:at], tokens[at + 1 : end][:3])]
    return all(numbers) and any(token.kind == "mark" and token.text in "*×·/÷+" for token in tokens[begin:at])


# one label, two values -----------------------------------------------------------------------------


def _contradictions(document: Document) -> Iterator[Problem]:
    """Yield each label of several words that is given another value than before."""
    first: dict[tuple[str, int, int], tuple[float, int, str]] = {}
    for label, line, side, text in _labelled(document):
        value = work_out(side, Reading())
        key = (label, value.data, value.time)
        before = first.setdefault(key, (value.value, line, text))
        if not _agree(before[0], value.value, side) and not math.isclose(before[0], value.value, rel_tol=TOLERANCE):
            yield Problem(
                document.path, line, f"'{label}' is {text} here and {before[2]} on line {before[1]}", "mend one of them"
            )


def _labelled(document: Document) -> Iterator[tuple[str, int, Factor, str]]:
    """Yield each label with the one value behind it: `**Peak reads**: 700/s`, `| Peak reads | 700/s |`."""
    lines = document.body.split("\n")
    for section in document.sections:
        if _OTHER_LOAD.search(section.title):
            continue
        for line in section.lines:
            if line.kind is LineKind.CODE:
                continue
            raw = lines[line.number - document.body_line]
            label, value = _label_and_value(raw, line.kind)
            if len(label.split()) < 2 or _OTHER_LOAD.search(label):
                continue
            tokens = tokens_of(value)
            try:
                parser = LooseParser(tokens, 0, len(tokens))
                side = parser.sum()
            except Unreadable:
                continue
            whole = work_out(side, Reading())
            if isinstance(side, Factor) and parser.at == len(tokens) and (whole.data or whole.time):
                yield label, line.number, side, value.strip()


def _label_and_value(raw: str, kind: LineKind) -> tuple[str, str]:
    if kind is LineKind.ROW:
        cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
        return (plain(cells[0]).casefold(), plain(cells[1])) if len(cells) == 2 else ("", "")
    text = plain(_BULLET.sub("", raw))
    label, colon, value = text.partition(":")
    return (label.strip().casefold(), value.strip().rstrip(".")) if colon else ("", "")
