"""Whether a text mentions a term, or gives a number with its unit."""

from __future__ import annotations

import functools
import re

_UNIT = (
    r"%|percent|nines?|[mµun]?s|(?:milli|micro|nano)seconds?|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|y|years?"
    r"|/\s?(?:s|sec|min|h|day)|[kmgtpe]?i?b|bytes?|bits?|[kmgt]?bit/s|[kmgt]?bps|qps|rps|tps|iops|[x×]"
)
_NUMBER = re.compile(
    rf"(?<![\w.,])\d[\d,._]{{0,24}}\s{{0,3}}"
    rf"(?:(?:k|m|b|g|t|thousand|million|billion|trillion)?\s*(?:(?:{_UNIT})(?![\w])|[^\W\d_]{{1,24}}\s?/\s?[^\W\d_]+)"
    rf"|(?:k|m|b|thousand|million|billion|trillion)\s+[^\W\d_]+|[^\W\d_]{{1,24}}\s+per\s+[^\W\d_]+)"
    rf"|\b(?:two|three|four|five|six|seven|eight|nine|eleven) nines\b",
    re.IGNORECASE,
)
_UNIT_NAMED = re.compile(rf"(?<![\w])(?:{_UNIT})(?![\w])", re.IGNORECASE)


def gives_number(text: str) -> bool:
    """Whether a text has a number with its unit: `50 ms`, `99.9 %`, `2 KB/s`, `10 million users`, `3 per day`."""
    return bool(_NUMBER.search(text))


def count_numbers(text: str) -> int:
    """Return how many numbers with a unit a text has."""
    return sum(1 for _ in _NUMBER.finditer(text))


def names_unit(text: str) -> bool:
    """Whether a text names a unit, as the heading of a column does: `Latency (ms)`."""
    return bool(_UNIT_NAMED.search(text))


def mentions(lower: str, terms: tuple[str, ...]) -> bool:
    """Whether a lower-case text has one of the terms: first whether its letters occur, then as words."""
    return any(letters in lower and words.search(lower) for letters, words in _patterns(terms))


@functools.lru_cache(maxsize=512)
def _patterns(terms: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return, for each term, the letters of its first word and the expression for the whole."""
    lower = [term.lower() for term in terms]
    return tuple((re.split(r"[\s*-]", term.strip())[0], re.compile(_term(term))) for term in lower)


def _term(term: str) -> str:
    """Return the expression for one term: whole words, hyphen or space, plural, `*` for any ending."""
    if not re.search(r"\w", term):
        return re.escape(term)
    stem = term.removesuffix("*")
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", stem))
    start = r"(?<!\w)" if stem[0].isalnum() else ""
    if term.endswith("*"):
        return rf"{start}{words}\w*"
    return start + words + (r"(?:s|es)?(?!\w)" if stem[-1].isalnum() else "")
