"""Tokens -> numbers with their units.

    literal    = amount ["to" amount]
    amount     = number [scale] [unit]

A word right behind a number is its unit, standard or made up on the spot. `/ word` behind a number
continues the unit, unless a quantity of that name was declared; `per word` always does.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from .amounts import FUNCTIONS
from .syntax import Literal, key_of
from .tokens import Mistake, Token, TokenKind, tokens_of
from .units import PLAIN, Speller, Unit, misspelt, multiply, percent, standard_unit

SCALES = {
    "k": 1e3, "K": 1e3, "thousand": 1e3,
    "M": 1e6, "million": 1e6,
    "bn": 1e9, "billion": 1e9,
    "trillion": 1e12,
}  # fmt: skip
"""The words that multiply the number before them; `k` and `M` may touch it."""

RESERVED = frozenset({"in", "to", "per", "x", "of"})
"""Words of the language, which are neither units nor names."""


class LiteralParser:
    """Reads the numbers in a stretch of a line."""

    def __init__(
        self,
        line: str,
        start: int = 0,
        end: int | None = None,
        *,
        names: Collection[str],
        speller: Speller,
        invent: bool = True,
    ) -> None:
        self.line = line
        self.tokens = tokens_of(line, start, end)
        self.at = 0
        self.names = names
        """Keys of the declared names."""
        self.speller = speller
        self.invent = invent
        """Whether a word behind a number may be a counting unit that was not met before."""

    def literal(self, *, names: Collection[str] = ()) -> Literal:
        """Read an amount, or a range of two; `names` are those that `/ word` may mean."""
        start = self.token.start
        digits = (start, self.token.end)
        number, scale = self._number()
        unit = self._unit(names)
        low = high = number * scale
        if self.token.is_word("to") and self.tokens[self.at + 1].kind is TokenKind.NUMBER:
            to = self._next()
            second, second_scale = self._number()
            second_unit = self._unit(names)
            if unit is None and scale == 1:
                low = number * second_scale
            unit, second_unit = unit or second_unit or PLAIN, second_unit or unit or PLAIN
            if unit.dims != second_unit.dims:
                raise Mistake(to.start, "the two ends of the range have different units", "give both the same")
            low, high = low * unit.factor, second * second_scale * second_unit.factor
            if low > high:
                raise Mistake(start, "the range runs backwards", "put the smaller number first")
            unit = second_unit
        else:
            unit = unit or PLAIN
            low = high = low * unit.factor
        if not math.isfinite(high):
            raise Mistake(start, "the number is too large", "check its exponent")
        return Literal(low, high, unit, start, self.tokens[self.at - 1].end, digits, scale)

    def _number(self) -> tuple[float, float]:
        token = self._next()
        number = float(token.text.replace(",", "").replace("_", ""))
        word = self.token
        if word.kind is TokenKind.WORD and word.text in SCALES:
            self._next()
            return number, SCALES[word.text]
        return number, 1.0

    def _unit(self, names: Collection[str]) -> Unit | None:
        """Read the unit behind a number, or return None where there is none."""
        parts: list[tuple[Unit, int]] = []
        text = ""
        if self.token.is_mark("%"):
            self._next()
            parts.append((percent(), 1))
            text = "%"
        elif self._is_unit_word():
            unit = self._unit_word()
            parts.append((unit, 1))
            text = unit.text
        while self._continues_unit(names):
            self._next()
            unit = self._unit_word()
            parts.append((unit, -1))
            text += f"/{unit.text}"
        if not parts:
            return None
        product = multiply(parts)
        return Unit(product.factor, product.dims, text)

    def _continues_unit(self, names: Collection[str]) -> bool:
        """Whether `/ word` or `per word` comes next, and the word is a unit."""
        if self.token.is_word("per"):
            return self._is_unit_word(self.at + 1)
        if not self.token.is_mark("/") or not self._is_unit_word(self.at + 1):
            return False
        return not (names and self._name_length(self.at + 1))

    def _is_unit_word(self, at: int | None = None) -> bool:
        """Whether a token is a word that can be a unit."""
        at = self.at if at is None else at
        token = self.tokens[at]
        if token.kind is not TokenKind.WORD or token.text.lower() in RESERVED or token.text in SCALES:
            return False
        if token.text in FUNCTIONS and self.tokens[at + 1].is_mark("("):
            return False
        return self.invent or bool(standard_unit(token.text)) or self._known_words(at) > 0

    def _unit_word(self) -> Unit:
        """Read one standard unit, or the words of one counting unit."""
        first = self._next()
        if unit := standard_unit(first.text):
            return unit
        if wrong := misspelt(first.text):
            fact, _, remedy = wrong.partition("; ")
            raise Mistake(first.start, fact, remedy)
        last = first
        if self.invent:
            while self._is_unit_word() and not standard_unit(self.token.text):
                last = self._next()
        else:
            for _ in range(self._known_words(self.at - 1) - 1):
                last = self._next()
        return self.speller.counting_unit(" ".join(self.line[first.start : last.end].split()))

    def _known_words(self, at: int) -> int:
        """Return of how many words the longest counting unit met before is that begins at a token; 0 for none."""
        start = self.tokens[at].start
        for end in range(min(len(self.tokens) - 1, at + 4), at, -1):
            if self.speller.knows(self.line[start : self.tokens[end - 1].end]):
                return end - at
        return 0

    def _name_length(self, at: int) -> int:
        """Return of how many tokens the longest declared name is that begins at a token; 0 for none."""
        start = self.tokens[at].start
        for end in range(min(len(self.tokens) - 1, at + 16), at, -1):
            if key_of(self.line[start : self.tokens[end - 1].end]) in self.names:
                return end - at
        return 0

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.at]

    @property
    def _shown(self) -> str:
        return f"'{self.token.source}'" if self.token.source else "the end"

    def _next(self) -> Token:
        token = self.tokens[self.at]
        if token.kind is not TokenKind.END:
            self.at += 1
        return token
