"""The syntax tree of a line."""

from __future__ import annotations

from dataclasses import dataclass

from .units import Unit


@dataclass(frozen=True, slots=True)
class Literal:
    """A number with its unit, or a range of two."""

    low: float
    """In base units."""
    high: float
    unit: Unit
    start: int
    end: int
    number: tuple[int, int]
    """Where the digits of the first number stand in the line."""
    scale: float = 1.0
    """What the word behind the first number multiplies it with: 10⁶ for `million`."""

    @property
    def is_percent(self) -> bool:
        """Whether it is written in percent."""
        return self.unit.text == "%"


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity that another line, or an earlier one, gives."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitName:
    """A standard unit standing for one of it: the `day` in `daily posts / day`."""

    unit: Unit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negation:
    """`-a`."""

    operand: Node
    start: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands with `+`, `-`, `*`, `/` or `^` between them."""

    mark: str
    left: Node
    right: Node
    start: int
    """Where the mark stands."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some operands."""

    function: str
    operands: tuple[Node, ...]
    start: int


Node = Literal | Name | UnitName | Negation | Operation | Call


@dataclass(frozen=True, slots=True)
class Claim:
    """What the author says that a quantity comes to."""

    exact: bool
    """`=` rather than `≈`."""
    value: Literal
    tolerance: Literal | None
    """Behind `±`: a share in percent, or an amount."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What a quantity is worked out from, the unit asked for, and the claim made of it."""

    tree: Node
    target: Unit | None = None
    target_start: int = 0
    end: int = 0
    """Where the sum ends in the line."""
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of a block: a name and its expression."""

    name: str
    """As typed, with white space folded."""
    start: int
    end: int
    expression: Expression


def key_of(name: str) -> str:
    """Return what a name is known by: case and white space do not matter."""
    return " ".join(name.casefold().split())


def start_of(node: Node) -> int:
    """Return where the text of a node begins in its line."""
    return start_of(node.left) if isinstance(node, Operation) else node.start
