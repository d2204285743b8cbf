"""Capacity numbers: what a document's blocks come to."""

from __future__ import annotations

from dataclasses import dataclass

from .names import Measure


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the author says that a quantity comes to."""

    text: str
    """As shown: `≈ 7.3 TB`."""
    holds: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """One line of a block, or one code span, worked out."""

    name: str
    """As the author wrote it; empty for a code span."""
    line: int
    """Of the file, counted from 1."""
    source: str
    """The expression as typed, claim and comment left out."""
    text: str = ""
    """The value in a unit that a person would choose; empty where it cannot be worked out."""
    working: str = ""
    """The expression with its numbers put in; empty for a number alone."""
    low: float | None = None
    """In base units; None where it cannot be worked out."""
    high: float | None = None
    """The same as `low` but for a range."""
    dims: tuple[tuple[str, int], ...] = ()
    """The base and counting units with their powers, by name: `byte`, `second`, what is counted."""
    unit: str = ""
    """The base unit in words: `B/s`, `posts/s`, empty for a plain number."""
    comment: str = ""
    claim: Claimed | None = None
    assumed: bool = False
    """Whether it is a number alone, which nothing else gives."""
    result: bool = False
    """Whether it is worked out, and no later line of a block is worked out from it."""
    problem: str = ""
    """Why it cannot be worked out, or why its claim does not hold; empty where all is well."""

    @property
    def holds(self) -> bool:
        """Whether it could be worked out and nothing is claimed of it that is wrong."""
        return self.low is not None and not self.problem

    @property
    def measure(self) -> Measure:
        """What sort of quantity it is, by its unit."""
        powers = dict(self.dims)
        data, time = powers.pop("byte", 0), powers.pop("second", 0)
        counted = tuple(powers.values())
        if counted in ((), (1,)) and not data:
            counts = Measure.COUNT if counted else Measure.NUMBER
            found = {0: counts, -1: Measure.RATE, 1: Measure.OTHER if counted else Measure.TIME}
            return found.get(time, Measure.OTHER)
        if data == 1 and not counted:
            return {0: Measure.DATA, -1: Measure.DATA_RATE}.get(time, Measure.OTHER)
        return Measure.OTHER

    @property
    def middle(self) -> float | None:
        """The mean of its bounds, in base units."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Caption:
    """A comment on a line of its own: the title of the lines below it."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block."""

    line: int
    """Of its first line inside the fence."""
    source: str
    """Its lines as typed, without their common indent."""
    entries: tuple[Quantity | Caption, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All capacity numbers of one document."""

    blocks: tuple[Block, ...] = ()
    spans: tuple[Quantity, ...] = ()
    """What code spans that begin with `=` come to, in order."""

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every line of every block, in order."""
        return tuple(entry for block in self.blocks for entry in block.entries if isinstance(entry, Quantity))
