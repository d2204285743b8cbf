"""Did-you-mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the known name that is most like `name` (in any case), or an empty string.

    `cutoff` is the least likeness, from 0 to 1, as `difflib.SequenceMatcher.ratio` has it.
    """
    by_lower = {item.lower(): item for item in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[near[0]] if near else ""


def remedy(name: str, known: Iterable[str], *, none: str = "there is none yet") -> str:
    """Return what to write instead of an unknown `name`: the nearest known name, or the first of all.

    `none` is the answer when nothing is known.
    """
    names = list(known)
    if near := nearest(name, names):
        return f"did you mean {near!r}?"
    if not names:
        return none
    return f"expected {', '.join(names[:12])}" + (", …" if len(names) > 12 else "")
