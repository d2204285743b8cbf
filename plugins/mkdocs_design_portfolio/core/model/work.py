"""The learner's work: designs, and the notes they build on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from .capacity import Sheet
from .document import Document, Section
from .names import Status, TopicState
from .progress import Progress, StepProgress, total_progress

READING_SPEED = 238
"""Words a minute."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A term that a note teaches."""

    name: str
    aliases: tuple[str, ...]
    definition: str
    """One sentence; may be empty."""
    note: str
    """The id of the note."""
    line: int = 0
    """Where the note declares it; 0 for the one that it is named after."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What designs and notes have in common."""

    id: str
    """The file's stem, e.g. `2026-09-14-rate-limiter`."""
    document: Document = field(repr=False)
    title: str
    """Plain text, never HTML."""
    date: dt.date | None
    stage: str
    """The id of a roadmap stage, or empty."""
    topics: tuple[str, ...]
    """Keys (`stage/topic`) of the topics it is attached to; every one exists."""
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    notes: tuple[str, ...]
    """Ids of the notes it builds on; every one exists."""
    summary: str
    unpublished: bool
    """`draft: true`: shown under `serve` only."""
    redirects: tuple[str, ...]
    """Paths of source files that it was once in."""
    unlinked: tuple[str, ...] | None
    """Concepts that are not linked in its text; None when none is."""
    sheet: Sheet = field(default=Sheet(), repr=False)
    """Its capacity numbers."""

    @property
    def path(self) -> str:
        """The source file, relative to the project's root: its identity."""
        return self.document.path

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 238 words a minute, at least 1 (Brysbaert 2019: adults reading silently)."""
        words = self.document.derive("words", lambda: len(self.document.body.split()))
        return max(1, round(words / READING_SPEED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Design(Work):
    """One design document."""

    kind: ClassVar[str] = "design"

    status: Status
    steps: tuple[StepProgress, ...] = field(repr=False)
    others: tuple[Section, ...] = field(default=(), repr=False)
    """Sections that belong to no step: shown, not counted."""

    @property
    def progress(self) -> Progress:
        """Steps done of those that count."""
        return total_progress(self.steps)

    @property
    def state(self) -> TopicState:
        """What it says of a topic it is attached to: completed with every step done."""
        if self.progress.total and self.progress.done == self.progress.total:
            return TopicState.COMPLETED
        started = any(item.met for item in self.steps)
        return TopicState.IN_PROGRESS if started else TopicState.NOT_STARTED

    @property
    def said(self) -> str:
        """How far it is, in words, e.g. `5 of 11 steps`."""
        return f"{self.progress.done} of {self.progress.total} steps"

    def step(self, id: str) -> StepProgress | None:
        """Return how far the step of that id is, or None when the flow has no such step."""
        return next((item for item in self.steps if item.step.id == id), None)

    def step_in(self, section: Section) -> StepProgress | None:
        """Return the step that a section holds, or None."""
        return next((item for item in self.steps if any(part.line == section.line for part in item.sections)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Work):
    """One study note."""

    kind: ClassVar[str] = "note"

    concepts: tuple[Concept, ...] = ()

    @property
    def state(self) -> TopicState:
        """What it says of a topic it is attached to: completed when no part of it is empty or a draft."""
        said = [any(line.text for line in section.lines) for section in self.document.sections]
        if not any(said):
            return TopicState.NOT_STARTED
        return TopicState.IN_PROGRESS if self.unpublished or self._empty_parts else TopicState.COMPLETED

    @property
    def said(self) -> str:
        """How far it is, in words, e.g. `partly written`."""
        words = {TopicState.COMPLETED: "written", TopicState.IN_PROGRESS: "partly written"}
        return words.get(self.state, "empty")

    @property
    def _empty_parts(self) -> bool:
        """Whether an H2 has nothing under it."""
        filled: list[bool] = []
        for section in self.document.sections:
            if section.level == 2:
                filled.append(False)
            if filled and any(line.text for line in section.lines):
                filled[-1] = True
        return not all(filled)
