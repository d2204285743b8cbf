"""What a build says of its own course."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

log = logging.getLogger("mkdocs.plugins.design_portfolio")

_PATIENCE = 1.0
"""Seconds after which a build is long, and shows how far it is."""


@dataclass(frozen=True, slots=True)
class Printed:
    """How many pages there are, and how many of them were not made anew."""

    pages: int
    reused: int


class Meter:
    """Shows on a terminal how far a long build is; measures what it took."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.shown = False
        self.terminal = sys.stderr.isatty() and log.isEnabledFor(logging.INFO)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a part of a build; `mkdocs build --verbose` shows what it took."""
        started = time.monotonic()
        yield
        log.debug("Stage: %s %.2f s", name, time.monotonic() - started)

    def tell(self, done: int, pages: int) -> None:
        """Show how many pages are rendered, of how many: on one line, which is taken back with the last."""
        if not self.terminal or time.monotonic() - self.started < _PATIENCE:
            return
        if done < pages:
            sys.stderr.write(f"\r\x1b[KRendering pages: {done} of {pages}")
            self.shown = True
        elif self.shown:
            sys.stderr.write("\r\x1b[K")
            self.shown = False
        sys.stderr.flush()

    def summary(self, designs: int, notes: int, printed: Printed) -> str:
        """Return in one line what was done."""
        seconds = time.monotonic() - self.started
        what = f"{_counted(designs, 'design')}, {_counted(notes, 'note')}"
        rendered = printed.pages - printed.reused
        return f"{what}: {_counted(rendered, 'page')} rendered, {printed.reused} reused, {seconds:.1f} s"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
