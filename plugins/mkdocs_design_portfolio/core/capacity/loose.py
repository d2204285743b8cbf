"""Sums as people write them in a sentence -> a tree that is worked out under several readings.

Here nothing is an error: what cannot be read is no sum. `40B` may be billions or bytes, `MB` may be
binary; a reading says which. What is counted (users, requests) is not looked at, since prose leaves
it out as it likes; data and time are.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<relation>=\s*[~≈]|~\s*=|[≈≅≃]\s*|==?>|⇒|(?<![<>!=:])=(?!=))"
    r"|(?P<number>(?<![\w.])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])"
    r"|[0-9]+(?:_[0-9]{3})*)?(?:\.[0-9]+)?(?<=[0-9])(?:[eE][+-]?[0-9]+)?"
    r"(?![0-9]|\.[0-9]|:[0-9]|[-–][0-9]|/[0-9]+/))"
    r"|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"
    r"|(?P<word>[^\W\d_][^\W_]*|%|‰)"
    r"|(?P<mark>\*\*(?=[0-9])|[*×·⋅/÷+−^()⌈⌉]|(?<=\s)-(?=\s))"
    r"|(?P<other>\S)"
)

_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
    "bn": 1e9, "billion": 1e9, "billions": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12, "g": 1e9,
}  # fmt: skip
_TIMES = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
    "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0, "h": 3600.0, "hr": 3600.0, "hrs": 3600.0,
    "hour": 3600.0, "hours": 3600.0, "d": 86400.0, "day": 86400.0, "days": 86400.0, "week": 604800.0,
    "weeks": 604800.0, "mo": 2628000.0, "month": 2628000.0, "months": 2628000.0, "y": 31536000.0, "yr": 31536000.0,
    "yrs": 31536000.0, "year": 31536000.0, "years": 31536000.0,
}  # fmt: skip
_RATES = frozenset({"qps", "rps", "tps", "iops", "wps", "eps"})
_DATA = re.compile(r"(?P<prefix>[kKmMgGtTpPeE]?)(?P<binary>i?)(?P<unit>[bB]|[bB]ytes?|[bB]its?|[bB]ps)")
_BYTES = re.compile(r"(?:(?:kilo|mega|giga|tera|peta)?(?:bytes?|bits?))", re.IGNORECASE)
_PREFIXES = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5, "e": 6}
_LONG_PREFIXES = {"kilo": "k", "mega": "m", "giga": "g", "tera": "t", "peta": "p"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take what can be taken in several."""

    billion: bool = True
    """Whether a `B` that touches its number is a billion, not bytes."""
    binary: bool = False
    """Whether a KB has 1,024 bytes."""
    minute: bool = False
    """Whether an `m` that touches its number is a minute, not a million."""
    unprefixed: bool = False
    """Whether the unit of a result is that of the whole sum: `80 + 640 = 720 Mbit/s`."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a sentence."""

    kind: str
    """`relation`, `number`, `raised`, `word`, `mark`, `other`."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Factor:
    """A number with what stands behind it."""

    number: float
    units: tuple[tuple[str, int, bool], ...]
    """Words with their power, and whether each touches the number."""
    start: int
    end: int
    typed: str = ""
    """The digits."""

    def worked_out(self, reading: Reading, data: bool, time: bool) -> Value:
        """Return the value; the units of data or time are left out where they are not asked for."""
        value, bytes_, seconds = self.number, 0, 0
        for word, power, touching in self.units:
            scale, data_power, time_power = unit_of(word, reading, touching, data, time)
            value = value * scale if power > 0 else value / scale
            bytes_ += data_power * power
            seconds += time_power * power
        return Value(value, bytes_, seconds)


@dataclass(frozen=True, slots=True)
class Sum:
    """Two operands with a mark between them, or one under a `⌈`."""

    mark: str
    left: Factor | Sum
    right: Factor | Sum

    @property
    def start(self) -> int:
        """Where it begins in the sentence."""
        return self.left.start

    @property
    def end(self) -> int:
        """Where it ends in the sentence."""
        return self.right.end


Side = Factor | Sum


@dataclass(frozen=True, slots=True)
class Value:
    """A value with the powers of its data and its time."""

    value: float
    data: int
    time: int


class Unreadable(Exception):
    """This is no sum."""


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence; every character but white space is in one."""
    return tuple(Token(str(found.lastgroup), found[0], found.start(), found.end()) for found in _TOKEN.finditer(text))


def factors(tree: Factor | Sum) -> tuple[Factor, ...]:
    """Return every number of a sum."""
    return (tree,) if isinstance(tree, Factor) else (*factors(tree.left), *factors(tree.right))


def work_out(tree: Factor | Sum, reading: Reading, *, data: bool = True, time: bool = True) -> Value:
    """Work a sum out under one reading; raise `Unreadable` where it has no value."""
    if isinstance(tree, Factor):
        return tree.worked_out(reading, data, time)
    left = work_out(tree.left, reading, data=data, time=time)
    right = work_out(tree.right, reading, data=data, time=time)
    try:
        return _combined(tree.mark, left, right)
    except (OverflowError, ZeroDivisionError):
        raise Unreadable from None


def _combined(mark: str, left: Value, right: Value) -> Value:
    if mark in "+-":
        if (left.data, left.time) != (right.data, right.time) and left.value and right.value:
            raise Unreadable
        return Value(left.value + (right.value if mark == "+" else -right.value), left.data, left.time)
    if mark == "*":
        return Value(left.value * right.value, left.data + right.data, left.time + right.time)
    if mark == "/":
        return Value(left.value / right.value, left.data - right.data, left.time - right.time)
    if mark == "⌈":
        return Value(float(math.ceil(left.value)), left.data, left.time)
    if right.data or right.time or abs(right.value) > 64 or left.value < 0:
        raise Unreadable
    power = int(right.value) if right.value.is_integer() else 0
    return Value(float(left.value**right.value), left.data * power, left.time * power)


def unit_of(word: str, reading: Reading, touching: bool, data: bool, time: bool) -> tuple[float, int, int]:
    """Return what a word multiplies with, and the powers of data and time in it."""
    lower = word.lower()
    if word == "%":
        return 0.01, 0, 0
    if word == "B" and touching and reading.billion:
        return 1e9, 0, 0
    if lower == "m" and touching and reading.minute:
        return (60.0 if time else 1.0), 0, 1
    if lower in _SCALES:
        return _SCALES[lower], 0, 0
    if lower in _RATES:
        return 1.0, 0, -1
    if lower in _TIMES:
        return (_TIMES[lower] if time else 1.0), 0, 1
    found = _DATA.fullmatch(word)
    long = _BYTES.fullmatch(word)
    if found is None and long is None:
        return 1.0, 0, 0
    if found:
        prefix, unit = found["prefix"].lower(), found["unit"]
        is_bit = unit[:3].lower() == "bit" or (unit == "b" and word[0].isupper()) or unit.endswith("ps")
        per_second = -1 if unit.endswith("ps") else 0
        binary = bool(found["binary"]) or reading.binary
    else:
        long_prefix = next((name for name in _LONG_PREFIXES if lower.startswith(name)), "")
        prefix = _LONG_PREFIXES.get(long_prefix, "")
        is_bit, per_second, binary = "bit" in lower, 0, reading.binary
    if reading.unprefixed:
        return 1.0, 0, per_second
    scale = float((1024 if binary else 1000) ** _PREFIXES[prefix])
    return (scale / 8 if is_bit and data else scale), 1, per_second
