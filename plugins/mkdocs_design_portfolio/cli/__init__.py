"""The commands, as an ordinary console script and for `mkdocs` itself to load."""

from __future__ import annotations

import click

from . import (
    check_numbers,
    explain,
    new_design,
    new_note,
    new_portfolio,
    progress,
    related,
    rename,
    review_design,
    roadmap,
)

COMMANDS = (
    new_portfolio.command,
    new_design.command,
    new_note.command,
    progress.command,
    check_numbers.command,
    review_design.command,
    roadmap.command,
    explain.command,
    related.command,
    rename.command,
)
"""Every command, in the order of the help."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120}, commands=list(COMMANDS)
)
@click.version_option(package_name="mkdocs-design-portfolio", message="%(prog)s %(version)s")
def main() -> None:
    """Write, measure and publish a portfolio of system designs.

    The same commands are there on mkdocs itself, as in: mkdocs new-design "rate limiter"
    """
