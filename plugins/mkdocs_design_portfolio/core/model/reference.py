"""References: who names whom, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from .document import Section


@dataclass(frozen=True, slots=True)
class Place:
    """The identity of a design, a note, the roadmap, or one of its stages."""

    path: str
    """The source file, relative to the project's root."""
    stage: str = ""
    """The id of a stage, where one is meant."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing naming another."""

    source: Place
    target: Place
    line: int
    """Of the source's file."""
    text: str
    """The sentence around it, plain. For metadata the sentence that first names the target, else the entry."""
    section: Section | None = field(default=None, repr=False, compare=False)
    """Where that sentence stands; None for an entry of the front matter."""
    step: str = ""
    """The id of the step it stands in, or empty."""
    declared: bool = False
    """Whether it is metadata: `notes:` or `**Related**:`."""
