"""What every step has to say, by the flow alone."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Kind, Severity, StepState
from ..judged import Judged, there_are
from ..reading import Reading
from ..words import words


def step_missing(reading: Reading) -> Iterator[Judged]:
    """A step in which nothing is said."""
    for number, step in enumerate(reading.design.steps, start=1):
        if step.state is StepState.SKIPPED:
            continue
        fact = ""
        if step.state is StepState.TODO:
            fact = f"step {number}, {step.step.title}, " + ("is empty" if step.section else "has no heading")
        yield Judged(reading.line(step.step.id), step.step.id, fact)


def checkpoint_missing(reading: Reading) -> Iterator[Judged]:
    """A step that leaves something out."""
    for step in reading.design.steps:
        if not reading.written(step.step.id):
            continue
        for item in step.evidence:
            point, fact, severity = item.checkpoint, "", None
            id = f"{step.step.id}/{point.id}"
            if not item.met and point.kind is Kind.COUNT and point.at_least > 1:
                fact = f"'{point.title}': {there_are(item.found)}"
            elif not item.met and (point.kind is Kind.COUNT or item.declared or id in words("certain checkpoints")):
                fact = f"nothing answers '{point.title}'"
            elif not item.met:
                fact, severity = (
                    f"check whether '{point.title}' is answered: none of its words is there",
                    Severity.MINOR,
                )
            yield Judged(reading.line(step.step.id), id, fact, severity)
