"""The quantities of a document that are known so far, and what an expression comes to with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Claimed, Quantity
from ..suggest import remedy
from .amounts import Amount
from .claims import shown_claim
from .display import DIGITS, TYPED_DIGITS, shown, typed_unit, working
from .evaluate import evaluate, named
from .syntax import Call, Expression, Name, Negation, Node, Operation
from .tokens import Mistake
from .units import Speller, Unit, powers


class Waiting(Mistake):
    """A quantity rests on another that has a mistake of its own; that one is told of."""


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity that has been worked out."""

    amount: Amount
    text: str
    """As shown."""
    unit: Unit
    """The unit that it is shown in."""


@dataclass
class Quantities:
    """What is declared, what is known and what is used, each by key."""

    speller: Speller = field(default_factory=Speller)
    known: dict[str, Known | None] = field(default_factory=dict)
    """None for one that cannot be worked out."""
    declared: dict[str, int] = field(default_factory=dict)
    """The line that declares each quantity, those further down too."""
    in_lines: set[str] = field(default_factory=set)
    """What another line is worked out from."""
    in_text: set[str] = field(default_factory=set)
    """What a code span shows."""

    def work_out(self, expression: Expression, line: int) -> Known:
        """Return what an expression on a line comes to; raise `Mistake` where it cannot be worked out."""
        amount = evaluate(expression.tree, lambda name: self._look_up(name, line), self.speller)
        target, typed = expression.target, typed_unit(expression.tree)
        if target is not None and target.dims != amount.dims:
            fact = f"{named(amount, self.speller)} cannot be shown in {target.text or 'percent'}"
            raise Mistake(expression.target_start, fact, "name a unit of the same kind")
        claimed = expression.claim.value.unit if expression.claim else None
        if claimed is not None and (claimed.dims != amount.dims or not claimed.text):
            claimed = None
        unit = target or claimed or typed or self.speller.spell(amount.dims, amount.largest)
        return Known(amount, shown(amount, unit, TYPED_DIGITS if typed and unit is typed else DIGITS), unit)

    def shown(self, name: str, line: int, source: str, expression: Expression, known: Known) -> Quantity:
        """Return what an expression came to, as pages show it."""
        amount, claim = known.amount, expression.claim
        return Quantity(
            name,
            line,
            source,
            text=known.text,
            working=working(expression.tree, self._text_of),
            low=amount.low,
            high=amount.high,
            dims=tuple(sorted(powers(amount.dims).items())),
            unit=self.speller.base(amount.dims).text,
            claim=Claimed(shown_claim(claim), True) if claim else None,
            assumed=typed_unit(expression.tree) is not None,
        )

    def _look_up(self, name: Name, line: int) -> Amount:
        known = self.known.get(name.key)
        if known is not None:
            return known.amount
        at = self.declared.get(name.key)
        if name.key in self.known:
            raise Waiting(name.start, f"waits for '{name.key}'", f"see line {at}")
        if at is not None:
            where = "on this line" if at == line else f"further down, on line {at}"
            raise Mistake(name.start, f"'{name.key}' is declared {where}", "declare it before it is used")
        others = [key for key, other in self.declared.items() if other != line and key[:1].isalpha()]
        raise Mistake(name.start, f"nothing is named '{name.key}'", remedy(name.key, others, none="declare it"))

    def _text_of(self, name: Name) -> str:
        known = self.known.get(name.key)
        return known.text if known else name.key


def names_in(node: Node) -> Iterator[str]:
    """Yield the key of each name in a tree."""
    if isinstance(node, Name):
        yield node.key
    elif isinstance(node, Negation):
        yield from names_in(node.operand)
    elif isinstance(node, Operation):
        yield from names_in(node.left)
        yield from names_in(node.right)
    elif isinstance(node, Call):
        for operand in node.operands:
            yield from names_in(operand)
