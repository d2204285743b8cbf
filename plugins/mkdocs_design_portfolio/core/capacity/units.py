"""Units: the standard ones, the author's own counting units, and what each comes to in base units."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pint
from pint.util import UnitsContainer

DEFINITIONS = Path(__file__).with_name("units.txt")
"""The standard units, in pint's format."""

SECOND, BYTE = "second", "byte"
"""The base units that are no counting units."""

TIMES = ("ns", "µs", "ms", "s", "min", "h", "day", "year")
"""The units that a time or rate is shown in, small to large."""

SIZES = ("B", "KB", "MB", "GB", "TB", "PB", "EB")
"""The units that data is shown in, small to large."""

_SPOKEN = {"day": "days", "year": "years", "month": "months", "week": "weeks", "bit": "bits"}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is counted in."""

    factor: float = 1.0
    """How many base units one of it is."""
    dims: UnitsContainer = UnitsContainer()  # noqa: RUF009 - immutable
    """Base units and counting units with their powers: 230 posts/s has post¹ second⁻¹."""
    text: str = ""
    """As it stands behind a number: `posts/s`, `KB`, `%`; empty for a plain number."""
    one: str = ""
    """As it stands behind a 1, where that is known to differ: `post/s`."""

    @property
    def counts(self) -> bool:
        """Whether it counts something that is neither data nor time."""
        return any(name not in (BYTE, SECOND) for name in self.dims)

    def behind(self, number: str) -> str:
        """Return a number with this unit: `230 posts/s`, `230/s`, `20 %`."""
        text = self.one or self.text if number == "1" else self.text
        if not text:
            return number
        return f"{number}{text}" if text.startswith("/") else f"{number} {text}"


PLAIN = Unit()
"""No unit at all."""


def powers(dims: UnitsContainer) -> dict[str, int]:
    """Return the base and counting units of a value, by name, with their powers, which are whole."""
    return {name: int(float(str(power))) for name, power in dims.items()}


@functools.cache
def standard_units() -> Mapping[str, Unit]:
    """Return every standard unit by each of its spellings."""
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(str(DEFINITIONS))
    found = {}
    for name in registry:
        base = registry.Quantity(1.0, name).to_base_units()
        found[name] = Unit(float(base.magnitude), UnitsContainer(dict(base.unit_items())), name)
    return found


@functools.cache
def _spellings() -> Mapping[str, str]:
    return {name.casefold(): name for name in standard_units()}


def standard_unit(word: str) -> Unit | None:
    """Return the standard unit of that spelling, or None; case counts, since MB and Mb are not the same."""
    return standard_units().get(word)


def percent() -> Unit:
    """Return the hundredth."""
    return standard_units()["%"]


def misspelt(word: str) -> str:
    """Say why a word that is no standard unit may not be a counting unit either, as `fact (remedy)` parts.

    An empty string means that it may.
    """
    if re.fullmatch(r"[kKmMgGtTpP]?b", word):
        size = word[:-1].upper()
        return f"'{word}' may be bits or bytes; write '{size}B' or '{size.replace('K', 'k') or ''}bit'"
    if any(char.isdigit() for char in word):
        return f"'{word}' is no unit; write an operator before the number"
    if len(word) == 1:
        meant = {"m": "'M' (million) or 'min'", "d": "'day'", "y": "'year'", "G": "'GB' or 'billion'", "w": "'week'"}
        return f"'{word}' is no unit; write {meant.get(word, 'the word in full')}"
    near = _spellings().get(word.casefold())
    return f"'{word}' is no unit; did you mean '{near}'?" if near else ""


def counting_key(words: str) -> str:
    """Return what one counting unit is known by, whether it is written in singular or plural.

    The key need not be a word: it only has to be the same for `query` and `queries`, `cache` and `caches`.
    """
    stem = words.casefold().replace("’", "'")
    if not stem.endswith("ss"):
        stem = stem.removesuffix("s")
    stem = stem.removesuffix("e")
    return f"{stem[:-1]}y" if stem.endswith("i") else stem


def plural(words: str) -> str:
    """Return the plural of a counting unit, which may be one already; USD stays USD."""
    if words.isupper():
        return words
    if words.endswith("s") and not words.endswith("ss"):
        return words
    if re.search(r"[^aeiou]y$", words):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith(("ss", "x", "sh", "ch")) else f"{words}s"


def singular(words: str) -> str:
    """Return the singular of a counting unit, which may be one already."""
    if words.endswith("ies") and len(words) > 4:
        return f"{words[:-3]}y"
    if re.search(r"(?:ss|x|sh|[^a]ch)es$", words):
        return words[:-2]
    return words if words.endswith("ss") or words.isupper() else words.removesuffix("s")


def multiply(units: Iterable[tuple[Unit, int]]) -> Unit:
    """Return the product of units, each to its power; its text is empty."""
    factor, dims = 1.0, UnitsContainer()
    for unit, power in units:
        factor = factor * unit.factor if power > 0 else factor / unit.factor
        dims = dims * unit.dims if power > 0 else dims / unit.dims
    return Unit(factor, dims)


class Speller:
    """Puts units into words, counting units as the author first wrote them."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        """The key of each counting unit -> its first spelling."""

    def counting_unit(self, words: str) -> Unit:
        """Return the counting unit of that name, which from now on is known."""
        key = counting_key(words)
        self.seen.setdefault(key, words)
        return Unit(1.0, UnitsContainer({key: 1}), words)

    def knows(self, words: str) -> bool:
        """Whether a counting unit of that name was met before."""
        return counting_key(words) in self.seen

    def spell(self, dims: UnitsContainer, largest: float) -> Unit:
        """Return the unit in which a person would give a value; `largest` is its size in base units."""
        found = powers(dims)
        data, time = found.get(BYTE, 0), found.get(SECOND, 0)
        scales: dict[str, str] = {}
        if time == -1 and data in (0, 1):
            scales[SECOND] = _rate(largest)
            if data:
                scales[BYTE] = _size(largest * standard_units()[scales[SECOND]].factor)
        elif data == 1 and not time:
            scales[BYTE] = _size(largest)
        elif time == 1 and not data:
            scales[SECOND] = _time(largest)
        return self._unit(found, scales)

    def base(self, dims: UnitsContainer) -> Unit:
        """Return the base unit of a kind of value: `B/s`, `posts/s`."""
        return self._unit(powers(dims), {})

    def _unit(self, found: Mapping[str, int], scales: Mapping[str, str]) -> Unit:
        parts = []
        for name in sorted(found, key=lambda name: (name in (BYTE, SECOND), name == SECOND, name)):
            shown = scales.get(name) or {BYTE: "B", SECOND: "s"}.get(name, name)
            unit = standard_units().get(shown) or Unit(1.0, UnitsContainer({name: 1}), name)
            parts.append((unit, found[name], shown))
        factor = 1.0
        for unit, power, _ in parts:
            factor = factor * unit.factor**power
        many, one = (
            "·".join(self._word(shown, many=many) + _raised(power) for _, power, shown in parts if power > 0)
            for many in (True, False)
        )
        under = "".join(f"/{self._word(shown, many=False)}{_raised(-power)}" for _, power, shown in parts if power < 0)
        return Unit(factor, UnitsContainer(dict(found)), many + under, one + under)

    def _word(self, name: str, *, many: bool) -> str:
        if name in self.seen or name not in standard_units():
            words = self.seen.get(name, name)
            return plural(words) if many else singular(words)
        if name in ("query", "request", "transaction", "operation"):
            return plural(name) if many else name
        return _SPOKEN.get(name, name) if many else name


def _raised(power: int) -> str:
    return f"^{power}" if power > 1 else ""


def _size(bytes_: float) -> str:
    """Return the largest unit of data of which there is at least one."""
    return next((name for name in reversed(SIZES) if bytes_ >= standard_units()[name].factor), SIZES[0])


def _rate(per_second: float) -> str:
    """Return the smallest time, from the second, in which it happens at least once."""
    longer = TIMES[TIMES.index("s") :]
    return next((name for name in longer if per_second * standard_units()[name].factor >= 1), longer[-1])


def _time(seconds: float) -> str:
    """Return the largest unit of time of which there is at least one, from the minute on two."""
    for name in reversed(TIMES):
        factor = standard_units()[name].factor
        if seconds >= factor * (2 if factor > 1 else 1):
            return name
    return TIMES[0]
