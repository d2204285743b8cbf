"""The capacity numbers that designs are compared by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .model import Design, Measure, Quantity

COMPARED = (Measure.RATE, Measure.DATA, Measure.DATA_RATE, Measure.COUNT, Measure.TIME)
"""The sorts of quantity that can be held side by side."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One number of one design."""

    design: Design
    quantity: Quantity
    share: float
    """How large it is among those of its sort, from 0 to 1, by order of magnitude."""


def headlines(designs: Iterable[Design], measure: Measure) -> tuple[Headline, ...]:
    """Return the results and claimed numbers of one sort, largest first.

    Assumptions and numbers that do not hold are left out, and those that only lead to another.
    """
    found = [
        (design, quantity)
        for design in designs
        for quantity in design.sheet.quantities
        if quantity.measure is measure
        and quantity.holds
        and not quantity.assumed
        and (quantity.result or quantity.claim)
    ]
    sizes = [_magnitude(quantity) for _, quantity in found]
    least, most = min(sizes, default=0.0), max(sizes, default=0.0)
    span = most - least + 1  # the least has a bar of one order of magnitude
    made = [
        Headline(design, quantity, (size - least + 1) / span)
        for (design, quantity), size in zip(found, sizes, strict=True)
    ]
    return tuple(sorted(made, key=lambda item: (-(item.quantity.middle or 0), item.design.title, item.quantity.name)))


def sized(designs: Iterable[Design]) -> tuple[Design, ...]:
    """Return the designs that have a number to compare."""
    return tuple(design for design in designs if any(_counts(quantity) for quantity in design.sheet.quantities))


def largest(design: Design, measure: Measure) -> Quantity | None:
    """Return the largest such number of a design, or None."""
    return next((item.quantity for item in headlines((design,), measure)), None)


def _counts(quantity: Quantity) -> bool:
    return quantity.holds and not quantity.assumed and bool(quantity.result or quantity.claim)


def _magnitude(quantity: Quantity) -> float:
    return math.log10(max(abs(quantity.middle or 0), 1e-12))
