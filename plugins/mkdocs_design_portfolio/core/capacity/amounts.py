"""Arithmetic on amounts: numbers with units, each known exactly or between two bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pint.util import UnitsContainer

from .units import BYTE, SECOND, powers

LARGEST_POWER = 64
"""The largest exponent: 2^64 is an address space, 9^9^9 is a mistake."""

_NONE = UnitsContainer()


class Refusal(Exception):
    """An operation that has no result; its text is `fact; remedy`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in base units: seconds, bytes and counting units."""

    low: float
    high: float
    """The same as `low` where it is known exactly."""
    dims: UnitsContainer = _NONE

    @property
    def is_range(self) -> bool:
        """Whether it is known only between bounds."""
        return self.low != self.high

    @property
    def largest(self) -> float:
        """The larger of its bounds, without sign."""
        return max(abs(self.low), abs(self.high))

    @property
    def middle(self) -> float:
        """What stands for it where one number is asked for: the mean of its bounds."""
        return self.low if self.low == self.high else (self.low + self.high) / 2


def add(a: Amount, b: Amount) -> Amount:
    """Return the sum; both must be of one unit."""
    return _checked(a.low + b.low, a.high + b.high, a.dims)


def subtract(a: Amount, b: Amount) -> Amount:
    """Return the difference; both must be of one unit. A range less itself is not zero: it is not known."""
    return _checked(a.low - b.high, a.high - b.low, a.dims)


def negate(a: Amount) -> Amount:
    """Return the amount with its sign turned."""
    return Amount(-a.high, -a.low, a.dims)


def multiply(a: Amount, b: Amount) -> Amount:
    """Return the product; units multiply and cancel."""
    products = (a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high)
    return _checked(min(products), max(products), a.dims * b.dims)


def divide(a: Amount, b: Amount) -> Amount:
    """Return the quotient; the divisor must not be zero, nor a range with zero in it."""
    if b.low <= 0 <= b.high:
        raise Refusal("this divides by zero; give a divisor that cannot be zero")
    quotients = (a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high)
    return _checked(min(quotients), max(quotients), a.dims / b.dims)


def power(a: Amount, b: Amount) -> Amount:
    """Return a power; the exponent must be a plain number up to 64, and whole where the base has a unit."""
    if b.dims or b.is_range:
        raise Refusal("an exponent is a plain number; take its unit or range away")
    if abs(b.low) > LARGEST_POWER:
        raise Refusal(f"the exponent is beyond {LARGEST_POWER}; write the number itself")
    whole = b.low.is_integer()
    if a.dims and not whole:
        raise Refusal("a unit can only be raised to a whole power; divide the unit out first")
    if (a.low < 0 and not whole) or (a.low <= 0 <= a.high and b.low < 0):
        raise Refusal("this power has no value; give a base above zero")
    ends = [_raised(a.low, b.low), _raised(a.high, b.low)]
    if a.low < 0 < a.high and whole:
        ends.append(0.0 if b.low else 1.0)
    return _checked(min(ends), max(ends), a.dims ** int(b.low) if a.dims and b.low else _NONE)


def smallest(amounts: Sequence[Amount]) -> Amount:
    """Return the least; all must be of one unit."""
    return Amount(min(item.low for item in amounts), min(item.high for item in amounts), amounts[0].dims)


def greatest(amounts: Sequence[Amount]) -> Amount:
    """Return the most; all must be of one unit."""
    return Amount(max(item.low for item in amounts), max(item.high for item in amounts), amounts[0].dims)


def round_up(a: Amount) -> Amount:
    """Return the next whole number; only what is counted has one."""
    if BYTE in a.dims or SECOND in a.dims:
        raise Refusal("'ceil' rounds counts, and this has a unit of data or time; divide by that unit first")
    return Amount(float(math.ceil(a.low)), float(math.ceil(a.high)), a.dims)


def square_root(a: Amount) -> Amount:
    """Return the square root; each unit in it must be squared."""
    if a.low < 0:
        raise Refusal("a negative number has no square root; give one from zero on")
    if any(exponent % 2 for exponent in powers(a.dims).values()):
        raise Refusal("this unit has no square root; divide the unit out first")
    dims = UnitsContainer({name: exponent // 2 for name, exponent in powers(a.dims).items()})
    return Amount(math.sqrt(a.low), math.sqrt(a.high), dims)


def logarithm(a: Amount) -> Amount:
    """Return the logarithm to the base of two of a plain number."""
    if a.dims:
        raise Refusal("'log2' takes a plain number; divide the unit out first")
    if a.low <= 0:
        raise Refusal("'log2' takes a number above zero; give one")
    return Amount(math.log2(a.low), math.log2(a.high))


FUNCTIONS: dict[str, tuple[Callable[..., Amount], bool]] = {
    "min": (smallest, True),
    "max": (greatest, True),
    "ceil": (round_up, False),
    "sqrt": (square_root, False),
    "log2": (logarithm, False),
}
"""Each function, and whether it takes several amounts of one unit."""


def _raised(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except OverflowError:
        return math.inf


def _checked(low: float, high: float, dims: UnitsContainer) -> Amount:
    if not (math.isfinite(low) and math.isfinite(high)):
        raise Refusal("the result is too large; check the exponents and factors")
    return Amount(low, high, dims)
