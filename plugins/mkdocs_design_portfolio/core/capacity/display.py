"""Amounts and expressions as a person would write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from .amounts import Amount
from .syntax import Call, Literal, Name, Negation, Node, Operation, UnitName
from .units import Unit

DIGITS = 3
"""Significant digits of a result; a whole number below a million keeps all of its digits."""

TYPED_DIGITS = 12
"""Significant digits of a number that the author typed."""

_SCALES = ((1e15, ""), (1e12, " trillion"), (1e9, " billion"), (1e6, " M"))
_SIGNS = {"*": "×", "/": "÷", "+": "+", "-": "−", "^": "^"}
_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}


def shown_number(value: float, digits: int = DIGITS) -> str:
    """Return a number with so many significant digits: `0.694`, `12,375`, `346 M`, `3.46 billion`, `1.2 × 10^15`."""
    value += 0.0  # -0 is 0
    size = abs(value)
    scale, word = next(((scale, word) for scale, word in _SCALES if size >= scale), (1.0, ""))
    if size >= _SCALES[0][0] or (size and size < 1e-6):
        mantissa, _, exponent = f"{_rounded_scientific(value, digits)}".partition("e")
        return f"{mantissa} × 10^{int(exponent)}"
    text = _rounded(value / scale, digits)
    if abs(float(text)) >= (1e6 if scale == 1 else 1e3):  # rounded up into the next scale
        return shown_number(float(text) * scale, digits)
    return f"{_grouped(text)}{word}".replace("-", "−")


def shown(amount: Amount, unit: Unit, digits: int = DIGITS) -> str:
    """Return an amount in a unit: `231 posts/s`, `2 to 5 KB`."""
    if not amount.is_range:
        return unit.behind(shown_number(amount.low / unit.factor, digits))
    low, high = (shown_number(value / unit.factor, digits) for value in (amount.low, amount.high))
    return unit.behind(f"{low} to {high}")


def working(node: Node, value_of: Callable[[Name], str]) -> str:
    """Return an expression with its numbers put in: `10 M users × 2 posts/user/day`.

    `value_of` says what stands for a name. Nothing to work out, in a number alone, gives an empty text.
    """
    if isinstance(node, (Literal, UnitName)) or (isinstance(node, Negation) and isinstance(node.operand, Literal)):
        return ""
    return _written(node, value_of)


def _written(node: Node, value_of: Callable[[Name], str]) -> str:
    if isinstance(node, Literal):
        return shown(Amount(node.low, node.high), node.unit, TYPED_DIGITS)
    if isinstance(node, Name):
        return value_of(node)
    if isinstance(node, UnitName):
        return f"1 {node.unit.text}"
    if isinstance(node, Negation):
        return f"−{_inside(node.operand, 3, value_of)}"
    if isinstance(node, Call):
        return f"{node.function}({', '.join(_written(operand, value_of) for operand in node.operands)})"
    level = _PRECEDENCE[node.mark]
    left = _inside(node.left, level + (node.mark == "^"), value_of)
    right = _inside(node.right, level + (node.mark in "-/"), value_of)
    return f"{left}^{right}" if node.mark == "^" else f"{left} {_SIGNS[node.mark]} {right}"


def _inside(node: Node, level: int, value_of: Callable[[Name], str]) -> str:
    """Return an operand, in parentheses where it binds less than what it is in."""
    text = _written(node, value_of)
    binds = 5
    if isinstance(node, Operation):
        binds = _PRECEDENCE[node.mark]
    elif isinstance(node, Negation):
        binds = 3
    elif " to " in text or (level >= 4 and (" " in text or "/" in text)):
        binds = 0
    return f"({text})" if binds < level else text


def _rounded(value: float, digits: int) -> str:
    """Return a number in plain digits, rounded half away from zero, without idle zeros."""
    exact = Decimal(value)
    places = digits - 1 - exact.adjusted() if value else 0
    text = f"{exact.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded_scientific(value: float, digits: int) -> str:
    exact = Decimal(value)
    power = exact.adjusted()
    mantissa = _rounded(float(exact.scaleb(-power)), digits)
    return f"{mantissa}e{power}" if abs(float(mantissa)) < 10 else f"{float(mantissa) / 10:g}e{power + 1}"


def _grouped(text: str) -> str:
    whole, point, fraction = text.partition(".")
    return f"{int(whole):,}{point}{fraction}" if whole not in ("-0", "0") else text


def typed_unit(node: Node) -> Unit | None:
    """Return the unit that the author gave a number, where the expression is nothing else."""
    if isinstance(node, Negation):
        return typed_unit(node.operand)
    return node.unit if isinstance(node, Literal) else None
