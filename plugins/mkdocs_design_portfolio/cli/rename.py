"""`mkdocs rename`: give a design or note another title, and take every link to it along."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.find import find_work
from ..core.journal import JournalError, carry_out
from ..core.model import Problem
from ..core.rename import RenameError, plan_rename
from ..core.scaffold import ScaffoldError, clean_title
from .project import Failure, Misuse, config_file_option, find_project, read_portfolio, warn


@click.command("rename")
@click.argument("old")
@click.argument("title")
@click.option("--dry-run", is_flag=True, help="Show what would change, but write nothing.")
@config_file_option
def command(old: str, title: str, dry_run: bool, config_file: Path | None) -> None:
    """Rename a design or note: move it, retitle it and rewrite every link to it, all or nothing.

    OLD is its id, path or title, or a part of its id that no other has. The date in the file's
    name stays, and the old address leads to the new one. Prints the new path.
    """
    project = find_project(config_file)
    portfolio, _ = read_portfolio(project.settings)
    work = find_work(portfolio, old)
    if isinstance(work, Problem):
        raise Misuse(work)
    try:
        title = clean_title(title, command="rename")
        rename = plan_rename(portfolio, project.settings, work, title, docs_dir=project.docs_dir, config=project.config)
        if not dry_run:
            what = f"{rename.old} to {rename.new}"
            for problem in carry_out(project.settings.root, rename.changes, what=what):
                warn(problem)
    except (ScaffoldError, RenameError, JournalError) as error:
        raise Failure(error.problem) from None
    click.echo(rename.new)
    for path, count in rename.links.items():
        click.echo(f"{path}: {count} {'link' if count == 1 else 'links'}", err=True)
    if dry_run:
        click.echo("Dry run: nothing was written", err=True)
