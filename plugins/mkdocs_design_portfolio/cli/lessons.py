"""What the guide prints: a lesson before a step is written, and what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from ..core.lesson import Lesson, newly_met
from ..core.model import Evidence, Level, StepProgress, StepState

_WIDTH = 100


def show_lesson(told: Lesson, level: Level) -> None:
    """Print what a learner needs to begin a step."""
    progress, coach = told.progress, told.coach
    where = f"line {progress.section.line}" if progress.section else "no heading yet"
    click.echo()
    click.echo(click.style(f"{told.number}. {told.step.title}", bold=True) + f" · {progress.state.label} · {where}")
    click.echo(_wrapped(told.step.prompt))
    _list("Ask yourself", coach.questions)
    if focus := told.focus(level):
        _list(f"A {level} engineer", (focus,))
    _list("Mistakes", (item.text for item in coach.mistakes))
    _list("Your notes", (f"{name}: {note.title} ({note.path})" for name, note in told.notes))
    if coach and not told.notes and coach.concepts:
        _list("No note yet on", (", ".join(coach.concepts),))
    click.echo(click.style("It lacks" if told.lacking else "It lacks nothing", bold=True))
    for item in progress.evidence:
        click.echo(f"  [{'x' if item.met else ' '}] {_titled(item)}")


def show_more(told: Lesson) -> None:
    """Print the rest of what the coach knows of a step."""
    coach = told.coach
    if not coach:
        click.echo("The flow says no more of this step.")
        return
    _list("Why", (coach.why,) if coach.why else ())
    for level, focus in coach.levels:
        _list(level.capitalize(), (focus,))
    _list("Mistakes", (f"{item.text} {item.tempting}" for item in coach.mistakes))
    if coach.example:
        click.echo(click.style("Example", bold=True))
        for line in coach.example.rstrip().splitlines():
            click.echo(f"  {line}")


def show_change(before: StepProgress, now: StepProgress) -> None:
    """Print what a passage that was written has brought."""
    met = newly_met(before, now)
    for item in met:
        click.echo(click.style("Met   ", bold=True) + _titled(item))
    lost = [item.checkpoint.title for item in newly_met(now, before)]
    for title in lost:
        click.echo(click.style("Lost  ", bold=True) + title)
    if now.state is StepState.DONE:
        click.echo(click.style("Done  ", bold=True) + now.step.title)
    elif now.state is StepState.SKIPPED:
        click.echo(click.style("n/a   ", bold=True) + now.reason)
    elif now.section is None:
        click.echo(f"No heading holds the step any more (add '## {now.step.title}')")
    else:
        for missing in now.missing:
            click.echo(click.style("Lacks ", bold=True) + missing.checkpoint.title)


def _titled(item: Evidence) -> str:
    return item.checkpoint.title + (f" (line {item.line})" if item.line else "")


def _list(title: str, items: Iterable[str]) -> None:
    shown = list(items)
    if shown:
        click.echo(click.style(title, bold=True))
    for item in shown:
        click.echo(_wrapped(item, "  - ", "    "))


def _wrapped(text: str, first: str = "", following: str = "") -> str:
    width = min(_WIDTH, max(40, os.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH))
    return click.wrap_text(text, width=width, initial_indent=first, subsequent_indent=following)
