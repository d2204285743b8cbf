"""Tokens -> the syntax tree of a line, by precedence climbing.

    statement  = name "=" expression
    expression = sum ["in" unit] [("≈" | "=") literal ["±" literal]]
    sum        = product {("+" | "-") product}
    product    = signed {("*" | "/" | "x" | "of") signed}        "of" not behind a number that is no percentage
    signed     = {"-"} power
    power      = operand ["^" signed]
    operand    = literal | name | unit word | function "(" sum {"," sum} ")" | "(" sum ")"
    literal    = amount ["to" amount]
    amount     = number [scale] [unit]

A word right behind a number is its unit, standard or made up on the spot. `/ word` behind a number
continues the unit, unless a quantity of that name was declared; `per word` always does. Where names
begin alike, the longest declared one is meant.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from .amounts import FUNCTIONS
from .syntax import (
    Call,
    Claim,
    Expression,
    Literal,
    Name,
    Negation,
    Node,
    Operation,
    Statement,
    UnitName,
    key_of,
)
from .tokens import Mistake, Token, TokenKind, tokens_of
from .units import PLAIN, Speller, Unit, misspelt, multiply, standard_unit

SCALES = {
    "k": 1e3, "K": 1e3, "thousand": 1e3,
    "M": 1e6, "million": 1e6,
    "bn": 1e9, "billion": 1e9,
    "trillion": 1e12,
}  # fmt: skip
"""The words that multiply the number before them; `k` and `M` may touch it."""

RESERVED = frozenset({"in", "to", "per", "x", "of"})
"""Words of the language, which are neither units nor names."""

DEEPEST = 40
"""How deep parentheses, functions and signs may be nested."""


class Parser:
    """Reads one stretch of a line."""

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
        self.depth = 0

    # statements ---------------------------------------------------------------------------------

    def statement(self) -> Statement:
        """Read `name = expression`."""
        first = self.token
        equals = next((index for index, token in enumerate(self.tokens) if token.is_mark("=")), None)
        if equals is None:
            raise Mistake(first.start, "this line names no quantity", "write 'name = value'")
        if equals == 0:
            raise Mistake(first.start, "a name is missing before '='", "write 'name = value'")
        last = self.tokens[equals - 1]
        name = " ".join(self.line[first.start : last.end].split())
        self._check_name(name, self.tokens[:equals])
        self.at = equals + 1
        return Statement(name, first.start, last.end, self.expression())

    def _check_name(self, name: str, tokens: tuple[Token, ...]) -> None:
        first = tokens[0]
        if first.kind is not TokenKind.WORD:
            raise Mistake(first.start, f"a name begins with a letter, and this with '{first.source}'", "rename it")
        for token in tokens:
            if token.kind is TokenKind.MARK and not token.is_mark("-"):
                raise Mistake(token.start, f"a name cannot hold '{token.source}'", "write it in words and digits")
        if len(tokens) == 1:
            what = "a word of the language" if key_of(name) in RESERVED or name in FUNCTIONS or name in SCALES else ""
            unit = standard_unit(name)
            what = what or ("a unit" if unit and not unit.counts else "")
            if what:
                raise Mistake(first.start, f"'{name}' is {what}", "give the quantity another name")

    def expression(self) -> Expression:
        """Read a sum, the unit asked for and the claim; nothing may follow."""
        tree = self._sum()
        target, start = None, 0
        if self.token.is_word("in"):
            self._next()
            start = self.token.start
            target = self._target()
        end = self.tokens[self.at - 1].end
        claim = self._claim() if self.token.is_mark("≈", "=") else None
        if self.token.kind is not TokenKind.END:
            raise self._unexpected()
        return Expression(tree, target, start, end, claim)

    def _claim(self) -> Claim:
        mark = self._next()
        value = self._signed_literal()
        tolerance = None
        if self.token.is_mark("±"):
            self._next()
            tolerance = self._signed_literal()
            if tolerance.low < 0 or tolerance.low != tolerance.high:
                raise Mistake(tolerance.start, "a tolerance is one number, not below zero", "write '± 20 %'")
        if self.token.is_mark("≈", "="):
            raise Mistake(self.token.start, "a second claim on one line", "keep one of them")
        return Claim(mark.text == "=", value, tolerance)

    def _signed_literal(self) -> Literal:
        minus = self._next() if self.token.is_mark("-") else None
        if self.token.kind is not TokenKind.NUMBER:
            raise Mistake(self.token.start, f"expected a number, not {self._shown}", "write one, with its unit")
        found = self.literal(names=())
        if minus is None:
            return found
        return Literal(-found.high, -found.low, found.unit, minus.start, found.end, found.number, found.scale)

    # sums ---------------------------------------------------------------------------------------

    def _sum(self) -> Node:
        left = self._product()
        while self.token.is_mark("+", "-"):
            mark = self._next()
            left = Operation(mark.text, left, self._product(), mark.start)
        return left

    def _product(self) -> Node:
        left = self._signed()
        while self.token.is_mark("*", "/") or self.token.is_word("x") or self._is_of(left):
            mark = self._next()
            left = Operation("/" if mark.text == "/" else "*", left, self._signed(), mark.start)
        return left

    def _is_of(self, left: Node) -> bool:
        return self.token.is_word("of") and not (isinstance(left, Literal) and not left.is_percent)

    def _signed(self) -> Node:
        if not self.token.is_mark("-", "+"):
            return self._power()
        sign = self._next()
        self._deeper(sign)
        operand = self._signed()
        self.depth -= 1
        return Negation(operand, sign.start) if sign.text == "-" else operand

    def _power(self) -> Node:
        base = self._operand()
        if not self.token.is_mark("^"):
            return base
        mark = self._next()
        if isinstance(base, Literal) and base.unit.text and not self.tokens[self.at - 2].is_mark(")"):
            raise Mistake(mark.start, "it is unclear whether the unit is raised too", "put the base in parentheses")
        self._deeper(mark)
        exponent = self._signed()
        self.depth -= 1
        return Operation("^", base, exponent, mark.start)

    def _operand(self) -> Node:
        token = self.token
        if token.kind is TokenKind.NUMBER:
            return self.literal(names=self.names)
        if token.is_mark("("):
            self._next()
            self._deeper(token)
            inner = self._sum()
            self.depth -= 1
            self._expect(")", token)
            return inner
        if token.kind is TokenKind.WORD:
            return self._word()
        raise Mistake(token.start, f"expected a number or a name, not {self._shown}", "write one")

    def _word(self) -> Node:
        token = self.token
        if count := self._name_length(self.at):
            first, last = token, self.tokens[self.at + count - 1]
            self.at += count
            return Name(key_of(self.line[first.start : last.end]), first.start, last.end)
        if token.text in FUNCTIONS and self.tokens[self.at + 1].is_mark("("):
            return self._call()
        if unit := standard_unit(token.text):
            self._next()
            return UnitName(unit, token.start, token.end)
        if key_of(token.text) in RESERVED:
            raise Mistake(token.start, f"expected a number or a name, not '{token.text}'", "write one")
        return self._unknown()

    def _unknown(self) -> Name:
        """Take the words up to the next mark for a name; whoever works it out will not find it."""
        first = last = self._next()
        while self.token.kind in (TokenKind.WORD, TokenKind.NUMBER) and key_of(self.token.text) not in (
            "in",
            "x",
            "of",
        ):
            last = self._next()
        return Name(key_of(self.line[first.start : last.end]), first.start, last.end)

    def _call(self) -> Call:
        function = self._next()
        opening = self._next()
        self._deeper(function)
        operands = [self._sum()]
        while self.token.is_mark(","):
            self._next()
            operands.append(self._sum())
        self.depth -= 1
        self._expect(")", opening)
        if len(operands) > 1 and not FUNCTIONS[function.text][1]:
            raise Mistake(function.start, f"'{function.text}' takes one value, not {len(operands)}", "give it one")
        return Call(function.text, tuple(operands), function.start)

    def _name_length(self, at: int) -> int:
        """Return of how many tokens the longest declared name is that begins at a token; 0 for none."""
        start = self.tokens[at].start
        for end in range(min(len(self.tokens) - 1, at + 16), at, -1):
            if key_of(self.line[start : self.tokens[end - 1].end]) in self.names:
                return end - at
        return 0

    # literals -----------------------------------------------------------------------------------

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
            parts.append((_percent(), 1))
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

    def _target(self) -> Unit:
        """Read the unit behind `in`: words with `/`, `per` or `*` between them, or `%`."""
        if self.token.is_mark("%"):
            self._next()
            return _percent()
        if not self._is_unit_word():
            raise Mistake(self.token.start, f"expected a unit, not {self._shown}", "write one, as in 'in GB/day'")
        unit = self._unit_word()
        parts, text = [(unit, 1)], unit.text
        while (self.token.is_mark("/", "*") or self.token.is_word("per")) and self._is_unit_word(self.at + 1):
            over = self._next().is_mark("*")
            unit = self._unit_word()
            parts.append((unit, 1 if over else -1))
            text += f"{'·' if over else '/'}{unit.text}"
        product = multiply(parts)
        return Unit(product.factor, product.dims, text)

    # tokens -------------------------------------------------------------------------------------

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

    def _expect(self, mark: str, opening: Token) -> None:
        if not self.token.is_mark(mark):
            raise Mistake(opening.start, "this parenthesis is not closed", f"add '{mark}'")
        self._next()

    def _deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Mistake(token.start, f"nested deeper than {DEEPEST}", "name a part of it on a line of its own")

    def _unexpected(self) -> Mistake:
        token = self.token
        if token.is_word("to"):
            return Mistake(token.start, "'to' stands between two numbers", "write a range as in '2 to 5 KB'")
        if token.is_mark(")"):
            return Mistake(token.start, "this parenthesis was not opened", "take it out")
        if token.is_mark("±"):
            return Mistake(token.start, "'±' belongs behind a claim", "write a range as in '2 to 5 KB'")
        return Mistake(token.start, f"expected an operator before '{token.source}'", "write ×, /, + or - between them")


def _percent() -> Unit:
    unit = standard_unit("%")
    assert unit is not None
    return unit
