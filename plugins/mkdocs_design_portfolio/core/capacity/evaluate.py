"""A syntax tree -> its amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from . import amounts
from .amounts import FUNCTIONS, Amount, Refusal
from .syntax import Call, Literal, Name, Negation, Node, Operation, UnitName, start_of
from .tokens import Mistake
from .units import Speller

Lookup = Callable[[Name], Amount]
"""Returns what a quantity comes to, or raises `Mistake`."""

_OPERATIONS: Mapping[str, Callable[[Amount, Amount], Amount]] = {
    "+": amounts.add,
    "-": amounts.subtract,
    "*": amounts.multiply,
    "/": amounts.divide,
    "^": amounts.power,
}
_DOING = {"+": "added to", "-": "taken from"}


def evaluate(node: Node, lookup: Lookup, speller: Speller) -> Amount:
    """Work out a tree; every operation takes bounded time.

    Raises `Mistake` where units do not fit, a name is unknown or an operation has no result.
    """
    again = partial(evaluate, lookup=lookup, speller=speller)
    if isinstance(node, Literal):
        return Amount(node.low, node.high, node.unit.dims)
    if isinstance(node, Name):
        return lookup(node)
    if isinstance(node, UnitName):
        return Amount(node.unit.factor, node.unit.factor, node.unit.dims)
    if isinstance(node, Negation):
        return amounts.negate(again(node.operand))
    if isinstance(node, Call):
        return _call(node, [again(operand) for operand in node.operands], speller)
    return _operation(node, again(node.left), again(node.right), speller)


def _operation(node: Operation, left: Amount, right: Amount, speller: Speller) -> Amount:
    if node.mark in _DOING and left.dims != right.dims:
        fact = f"{named(right, speller)} cannot be {_DOING[node.mark]} {named(left, speller)}"
        raise Mistake(node.start, fact, "bring both to one unit")
    try:
        return _OPERATIONS[node.mark](left, right)
    except Refusal as refusal:
        raise _mistake(refusal, node.start if node.mark != "^" else start_of(node.right)) from None


def _call(node: Call, operands: list[Amount], speller: Speller) -> Amount:
    function, several = FUNCTIONS[node.function]
    for operand, tree in zip(operands, node.operands, strict=True):
        if operand.dims != operands[0].dims:
            fact = f"'{node.function}' compares {named(operands[0], speller)} with {named(operand, speller)}"
            raise Mistake(start_of(tree), fact, "bring all to one unit")
    try:
        return function(operands) if several else function(operands[0])
    except Refusal as refusal:
        raise _mistake(refusal, node.start) from None


def named(amount: Amount, speller: Speller) -> str:
    """Return the unit of an amount in words, for messages: `KB/s`, or `a plain number`."""
    return speller.spell(amount.dims, amount.largest).text or "a plain number"


def _mistake(refusal: Refusal, start: int) -> Mistake:
    fact, _, remedy = str(refusal).partition("; ")
    return Mistake(start, fact, remedy)
