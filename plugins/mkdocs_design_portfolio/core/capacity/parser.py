"""Tokens -> the syntax tree of a line, by precedence climbing.

    statement  = name "=" expression
    expression = sum ["in" unit] [("≈" | "=") literal ["±" literal]]
    sum        = product {("+" | "-") product}
    product    = signed {("*" | "/" | "x" | "of") signed}        "of" not behind a number that is no percentage
    signed     = {"-"} power
    power      = operand ["^" signed]
    operand    = literal | name | unit word | function "(" sum {"," sum} ")" | "(" sum ")"

What a literal is, `literals.py` says. Where names begin alike, the longest declared one is meant.
"""

from __future__ import annotations

from .amounts import FUNCTIONS
from .literals import RESERVED, SCALES, LiteralParser
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
from .tokens import Mistake, Token, TokenKind
from .units import Unit, multiply, percent, standard_unit

DEEPEST = 40
"""How deep parentheses, functions and signs may be nested."""


class Parser(LiteralParser):
    """Reads one stretch of a line."""

    depth = 0

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

    # literals -----------------------------------------------------------------------------------

    def _target(self) -> Unit:
        """Read the unit behind `in`: words with `/`, `per` or `*` between them, or `%`."""
        if self.token.is_mark("%"):
            self._next()
            return percent()
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
