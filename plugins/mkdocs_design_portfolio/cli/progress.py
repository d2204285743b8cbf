"""`mkdocs progress`: how far the designs are, and what each step still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from ..core.find import find_design
from ..core.model import Design, Evidence, Portfolio, Problem, StepProgress, StepState
from .project import Misuse, config_file_option, find_settings, read_portfolio, warn

MARKS = {StepState.DONE: "x", StepState.IN_PROGRESS: "~", StepState.TODO: " ", StepState.SKIPPED: "-"}
"""How a state is drawn: in brackets, like a task box."""


@click.command("progress")
@click.argument("design", required=False)
@config_file_option
def command(design: str | None, config_file: Path | None) -> None:
    """Show how far your designs are, or what one DESIGN still lacks, step by step.

    DESIGN is a design's id, path or any part of its id that no other design has.
    """
    settings = find_settings(config_file)
    portfolio, problems = read_portfolio(settings)
    if design is None:
        _show_all(portfolio)
        shown = problems
    else:
        found = find_design(portfolio, design)
        if isinstance(found, Problem):
            raise Misuse(found)
        _show_one(found)
        shown = tuple(item for item in problems if item.path == found.path)
    for item in shown:
        warn(item)


def _show_all(portfolio: Portfolio) -> None:
    if not portfolio.designs:
        click.echo('No design yet. Start one: mkdocs new-design "rate limiter"')
        return
    width = max(len(design.title) for design in portfolio.designs)
    for design in portfolio.designs:
        boxes = "".join(MARKS[step.state].replace(" ", "·") for step in design.steps)
        date = design.date.isoformat() if design.date else "no date   "
        click.echo(f"{date}  {design.title:<{width}}  {boxes}  {design.said:<14}  {design.status.label}")
    total = portfolio.progress
    click.echo(f"\n{total.done} of {total.total} steps done in {len(portfolio.designs)} designs ({total.percent} %)")


def _show_one(design: Design) -> None:
    click.echo(f"{design.title} · {design.said} · {design.status.label} · {design.path}\n")
    width = max(len(item.step.title) for item in design.steps)
    for number, item in enumerate(design.steps, start=1):
        where = f"line {item.section.line}" if item.section else "no heading"
        click.echo(
            f"{number:>2} [{MARKS[item.state]}] {item.step.title:<{width}}  {item.met} of {len(item.evidence)}  {where}"
        )
        for line in _details(item):
            click.echo(f"        {line}")
    if design.others:
        click.echo("\nNot counted: " + ", ".join(section.title for section in design.others))


def _details(item: StepProgress) -> Iterable[str]:
    if item.state is StepState.SKIPPED:
        yield f"skipped: {item.reason}"
    elif item.state is StepState.TODO:
        if item.section is None:
            yield f"add a heading '## {item.step.title}'"
    else:
        yield from map(_told, item.evidence)


def _told(evidence: Evidence) -> str:
    point = evidence.checkpoint
    if evidence.declared:
        return f"{'met  ' if evidence.met else 'lacks'} {point.title} (declared)"
    if evidence.met:
        return f"met   {point.title} (line {evidence.line})"
    return f"lacks {point.title}" + (f" ({evidence.found} of {point.at_least})" if point.at_least > 1 else "")
