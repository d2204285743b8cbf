"""Whether two sides of a sum come to the same, in one sensible reading."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import replace

from .claims import TOLERANCE
from .display import shown_number
from .loose import Factor, Reading, Side, Sum, Unreadable, factors, work_out

_SECONDS = frozenset({60.0, 3600.0, 86400.0, 1e5, 2.592e6, 2.628e6, 31536000.0, 3.15e7, 1440.0, 24.0})
"""Numbers that stand for a time without saying so: the seconds of a minute, an hour, a day and so on."""

_ROUNDED = 0.15
"""The share by which a result may be off that is rounded to the digits that are written."""


def verdict(left: Side, right: Side) -> str | None:
    """Return None for a sum that comes out, what it should be for one that does not, '' where nobody can say."""
    best = ""
    for billion, binary, minute in itertools.product((True, False), (False, True), (False, True)):
        reading = Reading(billion, binary, minute)
        try:
            for way, data, time in _ways(left, right, reading):
                one = work_out(left, way, data=data, time=time)
                other = work_out(right, way, data=data, time=time)
                if agree(one.value, other.value, right):
                    return None
                if not best and other.value:
                    best = _in_unit(one.value / other.value, right)
        except Unreadable:
            continue
    return best


def _ways(left: Side, right: Side, reading: Reading) -> Iterator[tuple[Reading, bool, bool]]:
    """Yield how to read two sides held against each other, and whether to look at data and at time."""
    one, other = work_out(left, reading), work_out(right, reading)
    if (one.data != other.data and one.data and other.data) or (one.time != other.time and one.time and other.time):
        return
    data, time = one.data == other.data, one.time == other.time
    yield reading, data, time
    numbers = [factor for side in (left, right) for factor in factors(side)]
    if time and one.time and any(_is_seconds(factor) for factor in numbers):
        yield reading, data, False
    if other.data and not one.data:
        yield replace(reading, unprefixed=True), False, time
    if data and any(factor.number == 8 and not factor.units for factor in numbers):
        yield reading, False, time


def _is_seconds(factor: Factor) -> bool:
    value = factor.worked_out(Reading(), True, True)
    return not value.time and not value.data and value.value in _SECONDS


def agree(value: float, written: float, right: Side) -> bool:
    """Whether a value is what is written, or rounds to it."""
    if math.isclose(value, written, rel_tol=TOLERANCE, abs_tol=1e-12):
        return True
    if not written:
        return False
    if not isinstance(right, Factor):  # 10^5 for 86,400
        return math.log10(abs(written)).is_integer() and abs(value - written) <= abs(written) * _ROUNDED
    step = _last_digit(right.typed) * abs(written / right.number) if right.number else 0.0
    if abs(value - written) <= min(step / 2, abs(written) * _ROUNDED) * (1 + 1e-9):
        return True
    return float(written).is_integer() and written < 1000 and 0 <= written - value < 1 and "." not in right.typed


def _last_digit(typed: str) -> float:
    """Return what one step of the last digit that says something is worth: 0.1 for `2.9`, 100 for `1,200`."""
    digits = re.sub(r"[,_\s]", "", re.split("[eE]", typed)[0])
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _in_unit(factor: float, right: Side) -> str:
    """Return what the right side should say, in its own unit."""
    first = factors(right)[0]
    if isinstance(right, Sum):
        return f"{shown_number(factor)} times that"
    units = "".join(
        f"/{word}" if power < 0 else word if touching else f" {word}" for word, power, touching in first.units
    )
    return f"{shown_number(first.number * factor)}{units}"
