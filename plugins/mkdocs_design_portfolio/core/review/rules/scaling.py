"""Step 9: what changes at ten and at a hundred times the load."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...statements import Statement
from ...terms import mentions
from ..judged import Judged
from ..phrases import key_stems
from ..reading import Reading, bare_number
from ..words import words

SCALING = "scaling-strategy"
_ALIKE = 0.6
"""The share of words in common, of all, from which two answers count as the same one."""
_FEW = 8
"""How many words that tell something an answer has at most that says nothing but "more"."""
_LOAD = {
    10: re.compile(r"(?<![\d.,])10\s*[x×]|\bten times\b|\btenfold\b", re.IGNORECASE),
    100: re.compile(r"(?<![\d.,])100\s*[x×]|\b(?:a )?hundred times\b|\bhundredfold\b", re.IGNORECASE),
}
_ANY_LOAD = re.compile(r"(?<![\d.,])\d+\s*[x×]|\([^()]*\)|\b(?:ten|(?:a )?hundred) times\b", re.IGNORECASE)


def same_at_100x(reading: Reading) -> Iterator[Judged]:
    """An answer for a hundred times the load that is the one for ten times."""
    ten, hundred = (_answer(reading, load) for load in (10, 100))
    if ten and hundred and ten[0].line != hundred[0].line:
        first, second = (set(_told(said)) for said in (ten, hundred))
        alike = len(first & second) / len(first | second) if first | second else 0.0
        fact = f"the answer for 100x is the one for 10x (line {ten[0].line})" if alike >= _ALIKE else ""
        yield Judged(hundred[0].line, "100x", fact)


def scaling_without_number(reading: Reading) -> Iterator[Judged]:
    """An answer for more load that has no number of its own."""
    for load in (10, 100):
        said = _answer(reading, load)
        if said:
            own = any(bare_number(re.sub(r"(?<![\d.,])\d+\s*[x×]", " ", item.text)) for item in said)
            fact = "" if own else f"the answer for {load}x names no number at which something breaks"
            yield Judged(said[0].line, f"{load}x", fact)


def more_of_the_same(reading: Reading) -> Iterator[Judged]:
    """An answer for more load that is more machines and nothing else."""
    for load in (10, 100):
        said = _answer(reading, load)
        if said:
            only = any(mentions(item.text_lower, words("more")) for item in said) and len(_told(said)) <= _FEW
            yield Judged(said[0].line, f"{load}x", f"the answer for {load}x is more of the same" if only else "")


def _told(said: tuple[Statement, ...]) -> tuple[str, ...]:
    """Return the words of an answer that tell something, the name of its load left out."""
    return key_stems(_ANY_LOAD.sub(" ", " ".join(item.text for item in said)))


def _answer(reading: Reading, load: int) -> tuple[Statement, ...]:
    """Return what is said of one load: its row, its sub-section, or from its name to that of the next."""
    said = reading.said(SCALING)
    named = [item for item in said if _LOAD[load].search(" ".join((*item.labels[1:], item.text[:40])))]
    if not named:
        return ()
    if named[0].section:
        return tuple(item for item in said if item.section == named[0].section)
    if named[0].cells or named[0].kind == "item":
        return tuple(named)
    start = said.index(named[0])
    following = [at for at in range(start + 1, len(said)) if re.match(r"\W*\d+\s*[x×]", said[at].text)]
    end = following[0] if following else len(said)
    return tuple(item for item in said[start:end] if item.section == named[0].section)
