"""What is wrong with a diagram."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that a person can mend."""

    line: int | None
    """Of the diagram, counted from 0; None where the diagram as a whole is meant."""
    fact: str
    remedy: str = ""
