"""A line -> its tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

LONGEST_LINE = 500
"""Characters that a line may have."""

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})"
    rf"|(?P<raised>[{_SUPERSCRIPTS}]+)"
    r"|(?P<word>[^\W\d_][\w'’]*)"
    r"|(?P<mark>\*\*|~=|[-=≈~≅≃+−*×·⋅/÷^(),±%])"
)
_SAME = {"−": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "**": "^", "~": "≈", "~=": "≈", "≅": "≈", "≃": "≈"}


class TokenKind(Enum):
    """What a token is."""

    NUMBER = auto()
    WORD = auto()
    MARK = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One number, word or mark of a line."""

    kind: TokenKind
    text: str
    """Marks in their one spelling (`×` is `*`, `~` is `≈`); words and numbers as typed."""
    start: int
    """Where it stands in the line, counted from 0."""
    end: int
    source: str
    """As typed."""

    def is_mark(self, *marks: str) -> bool:
        """Whether it is one of these marks."""
        return self.kind is TokenKind.MARK and self.text in marks

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words, in any case."""
        return self.kind is TokenKind.WORD and self.text.lower() in words


class Mistake(Exception):
    """Something in a line that cannot be read or worked out."""

    def __init__(self, start: int, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.start = start
        """Where it stands in the line, counted from 0."""
        self.fact = fact
        self.remedy = remedy


def tokens_of(line: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of a stretch of a line, with one of kind END behind them.

    Raises `Mistake` at a character that belongs to no token, and when the stretch is too long.
    """
    last = len(line) if end is None else end
    if last - start > LONGEST_LINE:
        raise Mistake(start, f"the line is longer than {LONGEST_LINE} characters", "split it into several quantities")
    found: list[Token] = []
    at = start
    while at < last:
        if line[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(line, at, last)
        if match is None:
            raise _stranger(line, at)
        found += _token(match)
        at = match.end()
    return (*found, Token(TokenKind.END, "", last, last, ""))


def _token(match: re.Match[str]) -> list[Token]:
    text, start, end = match[0], match.start(), match.end()
    if match["raised"]:
        digits = "".join("-" if char == "⁻" else str(_SUPERSCRIPTS.index(char)) for char in text)
        sign = [Token(TokenKind.MARK, "-", start, end, "")] if digits.startswith("-") else []
        number = digits.replace("-", "")
        if not number:
            raise Mistake(start, f"'{text}' is no exponent", "write '^' and a number")
        return [Token(TokenKind.MARK, "^", start, start, ""), *sign, Token(TokenKind.NUMBER, number, start, end, text)]
    if match["number"]:
        return [Token(TokenKind.NUMBER, text, start, end, text)]
    if match["word"]:
        return [Token(TokenKind.WORD, text, start, end, text)]
    return [Token(TokenKind.MARK, _SAME.get(text, text), start, end, text)]


def _stranger(line: str, at: int) -> Mistake:
    meant = {
        "–": "write 'to' for a range, '-' for minus",
        "—": "write 'to' for a range, '-' for minus",
        "$": "write 'USD' behind the number",
        "€": "write 'EUR' behind the number",
        "£": "write 'GBP' behind the number",
    }
    return Mistake(at, f"'{line[at]}' means nothing here", meant.get(line[at], "take it out"))
