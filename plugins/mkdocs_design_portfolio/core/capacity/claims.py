"""Whether a claim holds, and what its number should be."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from .amounts import Amount
from .display import shown
from .syntax import Claim

TOLERANCE = 0.05
"""The share of its own value by which a claim with `≈` may be off."""

_ROUNDING = 1e-9
"""The share by which two numbers that are equal may differ once worked out in binary."""


def holds(claim: Claim, amount: Amount) -> bool:
    """Whether an amount is what a claim says, both being of one unit.

    A claim of one number about a range holds where it lies in the range, with the tolerance at both ends.
    """
    low, high = claim.value.low, claim.value.high
    if low == high and amount.is_range and not claim.exact:
        return amount.low - _margin(claim, low) <= low <= amount.high + _margin(claim, high)
    return abs(amount.low - low) <= _margin(claim, low) and abs(amount.high - high) <= _margin(claim, high)


def _margin(claim: Claim, value: float) -> float:
    """Return how far off a claim may be, in base units."""
    slack = abs(value) * _ROUNDING
    if claim.exact:
        return slack
    if claim.tolerance is None:
        return abs(value) * TOLERANCE + slack
    given = claim.tolerance
    return (abs(value) * given.low if given.is_percent else given.low) + slack


def shown_claim(claim: Claim) -> str:
    """Return a claim as a person would write it: `≈ 7.3 TB ± 20 %`."""
    value, tolerance = claim.value, claim.tolerance
    text = f"{'=' if claim.exact else '≈'} {shown(Amount(value.low, value.high), value.unit, 12)}"
    return f"{text} ± {shown(Amount(tolerance.low, tolerance.high), tolerance.unit, 12)}" if tolerance else text


def corrected(claim: Claim, amount: Amount, typed: str) -> str:
    """Return the number to write in place of the one `typed`, in the same unit and with as many digits.

    At least two digits, and more where the claim would not hold otherwise. An empty string where no
    number is right: of a range, and where an exact claim would need endless digits.
    """
    if amount.is_range or claim.value.low != claim.value.high:
        return ""
    unit = claim.value.unit.factor * claim.value.scale
    value = amount.low / unit
    for digits in range(10 if claim.exact else max(2, _digits(typed)), 13):
        rounded = _rounded(value, digits)
        if claim.exact and abs(rounded - value) > abs(value) * 1e-12:
            return ""
        again = rounded * unit
        if abs(amount.low - again) <= _margin(claim, again):
            return _typed(rounded, typed)
    return ""


def _rounded(value: float, digits: int) -> float:
    """Return a number with so many significant digits, halves rounded up."""
    exact = Decimal(value)
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP))


def _digits(typed: str) -> int:
    """Return how many digits of a number say something: 2 of `230`, 3 of `7.30`."""
    mantissa = re.split("[eE]", typed)[0].replace(",", "").replace("_", "")
    bare = mantissa.replace(".", "").lstrip("0")
    return len(bare if "." in mantissa else bare.rstrip("0"))


def _typed(value: float, typed: str) -> str:
    """Write a number as the author writes numbers: with or without commas between the thousands."""
    text = f"{abs(value):.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{abs(value):.6g}"
    whole, point, fraction = text.partition(".")
    plain_before = len(re.sub(r"\D.*", "", typed)) > 4 and "," not in typed
    if whole.isdigit() and ("," in typed or (len(whole) > 4 and not plain_before)):
        whole = f"{int(whole):,}"
    return f"{'-' if value < 0 else ''}{whole}{point}{fraction}"
