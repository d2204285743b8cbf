"""Designs, the strongest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from .model import Design


def strongest(designs: Iterable[Design]) -> tuple[Design, ...]:
    """Return the designs with a step done: by steps done of those that count, by checkpoints met, then newest first."""
    begun = (design for design in designs if design.progress.done)
    return tuple(sorted(begun, key=_strength, reverse=True))


def _strength(design: Design) -> tuple[float, int, dt.date]:
    progress = design.progress
    return progress.done / progress.total, sum(step.met for step in design.steps), design.date or dt.date.min
