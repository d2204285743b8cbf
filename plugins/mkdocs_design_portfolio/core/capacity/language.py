"""The words of the language as data, so that the browser works by the same ones."""

from __future__ import annotations

from typing import Any

from .amounts import FUNCTIONS, LARGEST_POWER
from .claims import TOLERANCE
from .display import DIGITS, TYPED_DIGITS
from .literals import RESERVED, SCALES
from .parser import DEEPEST
from .tokens import LONGEST_LINE
from .units import SIZES, TIMES, powers, standard_units


def language() -> dict[str, Any]:
    """Return units as [factor, powers of base units], the words for scales, and the limits; ready for JSON."""
    return {
        "units": {name: [unit.factor, powers(unit.dims)] for name, unit in standard_units().items() if "_" not in name},
        "sizes": SIZES,
        "times": TIMES,
        "scales": SCALES,
        "reserved": sorted(RESERVED),
        "functions": {name: several for name, (_, several) in FUNCTIONS.items()},
        "tolerance": TOLERANCE,
        "digits": [DIGITS, TYPED_DIGITS],
        "limits": {"line": LONGEST_LINE, "depth": DEEPEST, "power": LARGEST_POWER},
    }
