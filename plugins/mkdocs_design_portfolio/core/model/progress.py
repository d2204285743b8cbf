"""Progress: what the text of a design says about the flow."""

from __future__ import annotations

from dataclasses import dataclass

from .document import Section
from .flow import Checkpoint, Step
from .names import StepState


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps done, of those that count; skipped steps do not count."""

    done: int = 0
    total: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(self.done + other.done, self.total + other.total)

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means every step; 0 when nothing counts."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a checkpoint came to."""

    checkpoint: Checkpoint
    met: bool
    line: int | None = None
    """The line that met it; None when unmet or declared."""
    found: int = 0
    """For a count: how many there are, of the sort that has most."""
    declared: bool = False
    """True when the author overruled the text in the front matter."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far one step of one design is, and why."""

    step: Step
    state: StepState
    evidence: tuple[Evidence, ...]
    sections: tuple[Section, ...] = ()
    """The sections that hold the step, sub-sections included; none when no heading does."""
    reason: str = ""
    """Why it is skipped, in the author's words."""

    @property
    def section(self) -> Section | None:
        """The first section that holds the step, or None when no heading does."""
        return self.sections[0] if self.sections else None

    @property
    def met(self) -> int:
        """How many checkpoints are met."""
        return sum(item.met for item in self.evidence)

    @property
    def missing(self) -> tuple[Evidence, ...]:
        """The checkpoints that are not met."""
        return tuple(item for item in self.evidence if not item.met)

    @property
    def declared(self) -> bool:
        """Whether the author overruled any of its checkpoints."""
        return any(item.declared for item in self.evidence)


def total_progress(steps: tuple[StepProgress, ...]) -> Progress:
    """Return how many of the steps that count are done."""
    counted = [step for step in steps if step.state is not StepState.SKIPPED]
    return Progress(sum(step.state is StepState.DONE for step in counted), len(counted))
