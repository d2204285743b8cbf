"""Tokens of a sentence -> the sum that is written there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .loose import Factor, Reading, Side, Sum, Token, Unreadable, unit_of

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LEADING = frozenset(
    {"about", "around", "roughly", "approximately", "approx", "only", "just", "some", "nearly", "almost"}
)
"""What may stand before a number and says nothing."""
_JOINING = frozenset({"and", "or", "so", "that", "which", "is", "are", "we", "then", "but", "with", "from", "to", "at"})
"""Words at which a sum in a sentence ends."""
_MOST_WORDS = 4


class LooseParser:
    """Reads the sum that begins at a token; where it ends is for the caller to see."""

    def __init__(self, tokens: Sequence[Token], at: int, end: int) -> None:
        self.tokens = tokens
        self.at = at
        self.end = end

    def sum(self) -> Side:
        """Read a sum as far as it goes."""
        left = self._product()
        while self._mark("+", "-", "−"):
            back = self.at
            mark = "+" if self.tokens[self.at].text == "+" else "-"
            self.at += 1
            try:
                left = Sum(mark, left, self._product())
            except Unreadable:
                self.at = back
                break
        return left

    def _product(self) -> Side:
        left = self._power()
        while self._mark("*", "×", "·", "⋅", "/", "÷") or self._word("x", "of"):
            token = self.tokens[self.at]
            if token.text == "of" and not (isinstance(left, Factor) and left.units and left.units[-1][0] == "%"):
                break
            back = self.at
            self.at += 1
            try:
                left = Sum("/" if token.text in "/÷" else "*", left, self._power())
            except Unreadable:
                self.at = back
                break
        return left

    def _power(self) -> Side:
        base = self._operand()
        if self._mark("^", "**"):
            self.at += 1
            sign = -1.0 if self._mark("-", "−") else 1.0
            self.at += sign < 0
            exponent = self._operand()
            if not isinstance(exponent, Factor):
                raise Unreadable
            plain = Factor(sign * exponent.number, (), exponent.start, exponent.end)
            unit = Factor(1.0, exponent.units, exponent.start, exponent.end)
            raised = Sum("^", base, plain)
            return Sum("*", raised, unit) if exponent.units else raised
        return base

    def _operand(self) -> Side:
        if self._mark("("):
            self.at += 1
            inner = self.sum()
            if not self._mark(")"):
                raise Unreadable
            self.at += 1
            return self._with_unit(inner)
        if self._mark("⌈"):
            self.at += 1
            inner = self.sum()
            if not self._mark("⌉"):
                raise Unreadable
            self.at += 1
            return Sum("⌈", inner, Factor(1.0, (), inner.end, inner.end))
        for _ in range(_MOST_WORDS):
            named = self._kind() == "word" and not self._word("x", "of")
            self.at += named or self._other("$", "€", "£", "~")
        if self._kind() != "number":
            raise Unreadable
        return self._factor()

    def _factor(self) -> Side:
        token = self.tokens[self.at]
        self.at += 1
        number = float(re.sub(r"[,_\s]", "", token.text))
        found = Factor(number, (), token.start, token.end, token.text)
        if self._kind() == "raised":
            exponent = self.tokens[self.at].text.translate(_SUPERSCRIPTS)
            self.at += 1
            try:
                found = Factor(number ** int(exponent), (), token.start, self.tokens[self.at - 1].end, token.text)
            except (ValueError, OverflowError, ZeroDivisionError):
                raise Unreadable from None
        if self._mark("^", "**"):
            return found
        return self._with_unit(found)

    def _with_unit(self, base: Side) -> Side:
        """Read the words behind a number, `/ word`, `per word`, `a day`, and remarks in parentheses."""
        units: list[tuple[str, int, bool]] = []
        last = base.end
        words = 0
        while True:
            token = self.tokens[self.at] if self.at < self.end else None
            following = self.tokens[self.at + 1] if self.at + 1 < self.end else None
            if token is None:
                break
            lower = token.text.lower()
            if token.kind == "word" and lower in ("per", "a", "an", "each", "every") and self._is_unit(following):
                self.at += 2
                units.append((following.text if following else "", -1, False))
            elif token.kind == "word" and lower not in ("x", "of") and lower not in _JOINING and words < _MOST_WORDS:
                if lower in _LEADING:
                    break
                self.at += 1
                words += 1
                units.append((token.text, 1, token.start == last))
            elif token.text == "/" and following and following.kind == "word" and following.text not in ("x",):
                self.at += 2
                units.append((following.text, -1, False))
            elif token.text == "(" and (closing := self._closing()):
                self.at = closing + 1
            else:
                break
            last = self.tokens[self.at - 1].end
        if isinstance(base, Factor):
            return Factor(base.number, (*base.units, *units), base.start, last, base.typed)
        known = tuple(unit for unit in units if unit_of(unit[0], Reading(), False, True, True) != (1.0, 0, 0))
        return Sum("*", base, Factor(1.0, known, base.end, last)) if known else base

    def _is_unit(self, token: Token | None) -> bool:
        return token is not None and token.kind == "word" and token.text.lower() not in _JOINING

    def _closing(self) -> int:
        """Return where a remark in parentheses ends; 0 where it does not."""
        depth = 0
        for at in range(self.at, self.end):
            if self.tokens[at].text == "(":
                depth += 1
            elif self.tokens[at].text == ")":
                depth -= 1
                if not depth:
                    return at
            elif self.tokens[at].kind == "relation":
                return 0
        return 0

    def _kind(self) -> str:
        return self.tokens[self.at].kind if self.at < self.end else ""

    def _mark(self, *marks: str) -> bool:
        return self._kind() == "mark" and self.tokens[self.at].text in marks

    def _other(self, *marks: str) -> bool:
        return self._kind() == "other" and self.tokens[self.at].text in marks

    def _word(self, *words: str) -> bool:
        return self._kind() == "word" and self.tokens[self.at].text.lower() in words
