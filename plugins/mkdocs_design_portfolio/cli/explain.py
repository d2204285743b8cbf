"""`mkdocs explain`: what a concept means, where it is taught and where it is used."""

from __future__ import annotations

import difflib
import shlex
from pathlib import Path

import click

from ..core.connections import Connections
from ..core.model import Concept, Design, Portfolio, Problem
from ..core.prose import prose_of
from ..core.usage import Use
from .project import Misuse, config_file_option, find_settings, read_portfolio


@click.command("explain")
@click.argument("concept")
@config_file_option
def command(concept: str, config_file: Path | None) -> None:
    """Explain CONCEPT from your own notes: what it is, where it is taught and where it is used."""
    portfolio, _ = read_portfolio(find_settings(config_file))
    connections = Connections(portfolio)
    found = connections.concepts.vocabulary.named(concept)
    if found is None:
        raise Misuse(_unknown(concept, connections))
    note = portfolio.note(found.note)
    also = f" (also {', '.join(found.aliases)})" if found.aliases else ""
    click.echo(f"{found.name}{also}")
    click.echo(f"  {found.definition or 'No definition yet: write the summary of the note.'}\n")
    if note:
        click.echo(f"Taught in  {note.title}  {note.path}")
    for number, use in enumerate(connections.uses(found)):
        click.echo(f"{'' if number else 'Used in':<11}{_used(portfolio, use)}")
    if not connections.uses(found):
        click.echo("Used in    no design or note yet")


def _used(portfolio: Portfolio, use: Use) -> str:
    work = portfolio.work(use.path)
    if work is None:
        return use.path
    held = work.step_in(work.document.section_at(use.line)) if isinstance(work, Design) else None
    step = f" · {portfolio.flow.number(held.step.id)} {held.step.title}" if held else ""
    sentence = prose_of(work.document).sentence_at(use.start, use.end)
    return f"{work.title}{step}  {use.path}:{use.line}\n             {sentence}"


def _unknown(name: str, connections: Connections) -> Problem:
    known: dict[str, Concept] = {
        known.lower(): concept for concept in connections.concepts.known for known in concept.names
    }
    near = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    names = dict.fromkeys(known[item].name for item in near)
    nearest = f"nearest: {', '.join(names)}; or " if names else ""
    return Problem(name, None, "no note explains it", f"{nearest}write one: mkdocs new-note {shlex.quote(name)}")
