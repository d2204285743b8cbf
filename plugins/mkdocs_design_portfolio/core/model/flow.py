"""The flow: what a complete design answers."""

from __future__ import annotations

from dataclasses import dataclass

from .names import Entry, Kind, Level, Measure


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One thing a complete answer to a step contains."""

    id: str
    title: str
    kind: Kind
    terms: tuple[str, ...] = ()
    """Words looked for, in any case, singular or plural; `fail*` matches every ending."""
    at_least: int = 1
    of: tuple[Entry, ...] = ()
    quantity: Measure | None = None
    """For a number: the sort of quantity of a capacity block that meets it too, where it holds."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A common mistake, and why one makes it."""

    text: str
    tempting: str
    """May be empty."""


@dataclass(frozen=True, slots=True)
class Coach:
    """What teaches a step; every part may be empty."""

    why: str = ""
    """Why the step exists."""
    questions: tuple[str, ...] = ()
    levels: tuple[tuple[Level, str], ...] = ()
    """What an engineer of each level concentrates on."""
    mistakes: tuple[Mistake, ...] = ()
    concepts: tuple[str, ...] = ()
    """Names of concepts that the step leans on; a note may teach them."""
    example: str = ""
    """Markdown."""

    def __bool__(self) -> bool:
        return any((self.why, self.questions, self.levels, self.mistakes, self.concepts, self.example))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow."""

    id: str
    title: str
    headings: tuple[str, ...]
    """The headings that hold this step, beside its title."""
    prompt: str
    """What the author is asked, one or two sentences."""
    skeleton: str
    """Markdown that a new design starts this step with; says nothing by itself."""
    checkpoints: tuple[Checkpoint, ...]
    coach: Coach = Coach()
    line: int = 0
    """Where the flow file defines it."""

    def checkpoint(self, id: str) -> Checkpoint | None:
        """Return the checkpoint of that id, or None."""
        return next((point for point in self.checkpoints if point.id == id), None)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """The steps a design goes through, in order; each flow that was read is one of its own."""

    id: str
    title: str
    steps: tuple[Step, ...]
    path: str = ""
    """The file it was read from, as problems name it."""

    def step(self, id: str) -> Step | None:
        """Return the step of that id, or None."""
        return next((step for step in self.steps if step.id == id), None)

    def number(self, id: str) -> int:
        """Return the place of a step in the flow, counted from 1; 0 for a step it does not have."""
        return next((number for number, step in enumerate(self.steps, start=1) if step.id == id), 0)
