"""A document -> the labels that it gives two values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ..model import Document, LineKind, Problem
from ..plain import plain
from ..prose import LEADING
from .claims import TOLERANCE
from .loose import Factor, Reading, Unreadable, tokens_of, work_out
from .loose_parser import LooseParser
from .verdict import agree

_OTHER_LOAD = re.compile(r"\b[0-9]+\s?[x×](?!\w)|\btimes\b", re.IGNORECASE)
"""A label or heading that speaks of another load than today's."""


def contradictions(document: Document) -> Iterator[Problem]:
    """Yield each label of several words that is given another value than before."""
    first: dict[tuple[str, int, int], tuple[float, int, str]] = {}
    for label, line, side, text in _labelled(document):
        value = work_out(side, Reading())
        key = (label, value.data, value.time)
        before = first.setdefault(key, (value.value, line, text))
        if not agree(before[0], value.value, side) and not math.isclose(before[0], value.value, rel_tol=TOLERANCE):
            fact = f"'{label}' is {text} here and {before[2]} on line {before[1]}"
            yield Problem(document.path, line, fact, "mend one of them")


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
    text = plain(LEADING.sub("", raw))
    label, colon, value = text.partition(":")
    return (label.strip().casefold(), value.strip().rstrip(".")) if colon else ("", "")
