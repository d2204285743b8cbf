"""A document -> its capacity numbers, and every number in it that disagrees with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lines import cell_starts
from ..model import Document, LineKind, Sheet
from ..plain import plain
from ..prose import Prose, prose_of
from .claims import holds
from .literals import LiteralParser
from .quantities import Known
from .sheet import Finding, Worksheet
from .syntax import Claim, Literal, key_of
from .tokens import Mistake
from .units import BYTE, SECOND, powers

_SAYS = re.compile(
    r"[*_]*\s*(?:\([^()]*\)\s*)?"
    r"(?:(?:[:=≈~]|(?:is|are|of|at|about|around|roughly|approximately|some|nearly|only|then|comes to|will be)\b)"
    r"\s*[*_]*\s*){1,3}(?=[0-9.])",
    re.IGNORECASE,
)
"""What stands between a name and the value that it is given in a sentence."""

_ALONE = re.compile(
    r"(?:^|[.;:,!?(|>*_+-]\s*|\b(?:the|our|a|an|this|and|with|to|at|for|of|so|then|its)\s+)$", re.IGNORECASE
)
"""What may stand before a name that is meant as a whole: `daily write rate` is not the `write rate`."""

_WORD = re.compile(r"\s*[^\W\d_]")
"""A word behind a bare number: what is counted, and not known here as a unit."""

_OTHER_LOAD = re.compile(r"\b[0-9]+\s?[x×](?![\w])|\btimes\b|tenfold|hundredfold", re.IGNORECASE)
"""A sentence or heading that speaks of another load than today's."""


def check_numbers(document: Document) -> tuple[Sheet, tuple[Finding, ...]]:
    """Work out a document's capacity numbers, and hold against them what its tables and sentences say.

    A row whose first cell is the name of a quantity claims the one value in its other cells; a
    sentence claims it where the name is followed by `is`, `of`, `:`, `≈` and the like and a number
    of the same kind, in which the counting unit may be missing. Sentences and rows about ten or a
    hundred times the load claim nothing.
    """
    worksheet = Worksheet(document)
    if worksheet.quantities.known:
        for number, name, value in (*_in_tables(worksheet), *_in_sentences(worksheet)):
            known = worksheet.quantities.known[key_of(name)]
            if known is not None:
                claim = Claim(exact=False, value=value, tolerance=None)
                if not holds(claim, known.amount):
                    worksheet.tell_claim(number, name, claim, known)
    in_order = sorted(worksheet.findings, key=lambda item: (item.problem.line or 0, item.problem.column or 0))
    return worksheet.sheet, tuple(in_order)


def _in_tables(worksheet: Worksheet) -> Iterator[tuple[int, str, Literal]]:
    """Yield the line, the name and the value of each row that begins with a quantity's name."""
    for section in worksheet.document.sections:
        if _OTHER_LOAD.search(section.title):
            continue
        for row in section.lines:
            if row.kind is not LineKind.ROW:
                continue
            line = worksheet.line(row.number)
            starts = cell_starts(line)
            cells = [line[start:end] for start, end in starts]
            key = key_of(plain(cells[0])) if cells else ""
            known = worksheet.quantities.known.get(key)
            if known is None:
                continue
            values = [
                value
                for start, end in starts[1:]
                for found in [re.match(r"[\s*_]*[≈~=]?\s*", line[start:end])]
                if found and (value := _value(worksheet, line, start + found.end(), end, known))
            ]
            if len(values) == 1:
                yield row.number, " ".join(plain(cells[0]).split()), values[0]


def _in_sentences(worksheet: Worksheet) -> Iterator[tuple[int, str, Literal]]:
    """Yield the line, the name and the value of each sentence that gives a quantity a value."""
    prose = prose_of(worksheet.document)
    taken: list[tuple[int, int]] = []
    for key in sorted(worksheet.quantities.known, key=len, reverse=True):
        known = worksheet.quantities.known[key]
        start = 0
        while found := prose.find(key, start):
            start = found[1]
            if any(begin <= found[0] < end for begin, end in taken):
                continue
            taken.append(found)
            number = prose.line_at(found[0])
            begin, end = prose.line(number)
            says = _SAYS.match(prose.masked, found[1], end)
            if known is None or says is None or not _ALONE.search(prose.masked[begin : found[0]]):
                continue
            if _is_row(worksheet.document, number) or _speaks_of_other_load(worksheet.document, prose, found):
                continue
            line = worksheet.line(number)
            value = _value(worksheet, line, says.end() - begin, len(line), known)
            if value:
                yield number, key, value


def _value(worksheet: Worksheet, line: str, start: int, end: int, known: Known) -> Literal | None:
    """Return the number that stands at a place of a line, where it is of the same kind as a quantity."""
    if not line[start : start + 1].isdigit():
        return None
    while start < end:
        try:
            literal = LiteralParser(
                line, start, end, names=(), speller=worksheet.quantities.speller, invent=False
            ).literal()
        except Mistake as mistake:
            if mistake.start <= start or mistake.start >= end:
                return None
            end = mistake.start
            continue
        counts_more = not literal.unit.text and _WORD.match(line, literal.end)
        return literal if _same_kind(literal, known) and not counts_more else None
    return None


def _same_kind(literal: Literal, known: Known) -> bool:
    """Whether a number is of a quantity's unit; a number that counts nothing may leave out what is counted."""
    if literal.unit.dims == known.amount.dims:
        return bool(literal.unit.text) or not known.unit.text
    said, meant = powers(literal.unit.dims), powers(known.amount.dims)
    base = {name: power for name, power in meant.items() if name in (BYTE, SECOND)}
    return bool(said) and said == base


def _is_row(document: Document, number: int) -> bool:
    return any(line.number == number and line.kind is LineKind.ROW for line in document.section_at(number).lines)


def _speaks_of_other_load(document: Document, prose: Prose, found: tuple[int, int]) -> bool:
    title = document.section_at(prose.line_at(found[0])).title
    return bool(_OTHER_LOAD.search(title) or _OTHER_LOAD.search(prose.sentence_at(*found)))
