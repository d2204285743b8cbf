"""What is known of a diagram once it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that a person can mend."""

    line: int | None
    """Of the diagram, counted from 0; None where the diagram as a whole is meant."""
    fact: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of what a diagram says."""

    text: str
    parts: tuple[Saying, ...] = ()
    """What belongs to it, as the messages of a loop do."""


@dataclass(frozen=True, slots=True)
class Words:
    """A diagram in words."""

    title: str = ""
    """What its author calls it: its `accTitle`, or its title."""
    description: str = ""
    """What its author says of it: its `accDescr`."""
    sayings: tuple[Saying, ...] = ()
    """What is drawn, in the order of its text; nothing for a kind that is not read."""
    ordered: bool = False
    """Whether the order is part of what it says."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A width and a height, in pixels of CSS."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All of it."""

    source: str
    """Without the line ends behind it."""
    is_placeholder: bool
    """Whether it says nothing yet, as a template does."""
    mistake: Mistake | None
    words: Words
    extent: Extent
