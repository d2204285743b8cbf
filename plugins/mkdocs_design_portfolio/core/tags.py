"""Designs and notes by tag."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Design, Note, Portfolio


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, and what has it: designs, newest first, then notes."""

    name: str
    works: tuple[Design | Note, ...]


def tagged(portfolio: Portfolio) -> tuple[Tag, ...]:
    """Return the tags of a portfolio by name, whatever their case."""
    found: dict[str, list[Design | Note]] = {}
    for work in portfolio:
        for tag in work.tags:
            found.setdefault(tag, []).append(work)
    return tuple(Tag(name, tuple(found[name])) for name in sorted(found, key=lambda name: (name.casefold(), name)))
