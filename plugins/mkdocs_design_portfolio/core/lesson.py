"""What a learner is told before they write a step, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .model import Coach, Design, Evidence, Flow, Level, Note, Step, StepProgress, StepState
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Lesson:
    """One step of one design, as it is taught."""

    number: int
    """Of the step, counted from 1."""
    progress: StepProgress
    notes: tuple[tuple[str, Note], ...]
    """The concepts that the step leans on and a note teaches, each with the first note that does."""

    @property
    def step(self) -> Step:
        """The step of the flow."""
        return self.progress.step

    @property
    def coach(self) -> Coach:
        """What teaches the step."""
        return self.progress.step.coach

    @property
    def lacking(self) -> tuple[Evidence, ...]:
        """The checkpoints that are not met."""
        return self.progress.missing

    def focus(self, level: Level) -> str:
        """Return what an engineer of that level concentrates on, or an empty string."""
        return dict(self.coach.levels).get(level, "")


def lesson(design: Design, step: Step, flow: Flow, notes: Iterable[Note]) -> Lesson:
    """Return what is told of a step of a design, with the learner's own notes on what it leans on."""
    known = {note.id: note for note in notes}
    vocabulary = Vocabulary(concept for note in known.values() for concept in note.concepts)
    found = ((name, vocabulary.named(name)) for name in step.coach.concepts)
    taught = tuple((name, known[concept.note]) for name, concept in found if concept)
    progress = next(item for item in design.steps if item.step.id == step.id)
    return Lesson(flow.number(step.id), progress, taught)


def unfinished(design: Design, *, after: str = "") -> Step | None:
    """Return the first step that is neither done nor skipped, behind the step of that id, or None."""
    steps = design.steps
    start = next((at for at, item in enumerate(steps, start=1) if item.step.id == after), 0)
    open_steps = (item for item in steps[start:] if item.state not in (StepState.DONE, StepState.SKIPPED))
    return next((item.step for item in open_steps), None)


def newest_unfinished(designs: Iterable[Design]) -> Design | None:
    """Return the first design that has an unfinished step, or None."""
    return next((design for design in designs if unfinished(design)), None)


def newly_met(before: StepProgress, after: StepProgress) -> tuple[Evidence, ...]:
    """Return the checkpoints that are met now and were not before."""
    missing = {item.checkpoint.id for item in before.missing}
    return tuple(item for item in after.evidence if item.met and item.checkpoint.id in missing)
