"""`mkdocs related`: what is close to a design in content."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.connections import Connections
from ..core.find import find_design
from ..core.model import Problem
from ..core.related import Related
from .project import Misuse, config_file_option, find_settings, read_portfolio


@click.command("related")
@click.argument("design")
@config_file_option
def command(design: str, config_file: Path | None) -> None:
    """Show the notes and designs closest in content to DESIGN, and the terms they share.

    What is linked already is left out. The score is a share of what the design scores itself.
    """
    portfolio, _ = read_portfolio(find_settings(config_file))
    found = find_design(portfolio, design)
    if isinstance(found, Problem):
        raise Misuse(found)
    connections = Connections(portfolio)
    notes, designs = connections.related_notes(found), connections.related_designs(found)
    if not notes and not designs:
        click.echo(f"Nothing that {found.title} does not link to is close to it.")
    _show("Notes", notes)
    _show("Designs", designs)


def _show(heading: str, found: tuple[Related, ...]) -> None:
    width = max((len(item.work.title) for item in found), default=0)
    for number, item in enumerate(found):
        label = heading if not number else ""
        terms = ", ".join(item.terms[:5])
        click.echo(f"{label:<9}{item.score:.2f}  {item.work.title:<{width}}  {item.work.path}  shares {terms}")
