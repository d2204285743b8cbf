"""Python's search for garbage, told that a build makes many things and that nearly all of them stay."""

from __future__ import annotations

import gc

_THRESHOLD = 50_000, 20, 100
_usual = gc.get_threshold()


def search_seldom() -> None:
    """Let the search begin after more new things than usual, and leave out what there is."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLD)


def search_as_usual(*, last: bool) -> None:
    """Undo that. With the `last` build of a process, what there is stays left out: it would be looked through at the
    end, for half a second where the portfolio is large.
    """
    gc.set_threshold(*_usual)
    (gc.freeze if last else gc.unfreeze)()
