"""`mkdocs new-portfolio`: make a folder a working portfolio."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import shutil
import subprocess
from pathlib import Path

import click

from ..core import scaffold
from ..core.archetypes import GOAL, Answers, github_addresses, kit
from ..core.model import Design, Level, Note, Problem
from ..core.settings import Settings
from .project import CONFIG_NAMES, Failure, Misuse, Project, find_project, read_portfolio, warn
from .scaffolding import say

_LEVELS = [level.value for level in Level]


@click.command("new-portfolio")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="Your name, as the home page has it.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults for what is not given.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, but write nothing.")
def command(folder: Path, name: str | None, yes: bool, dry_run: bool) -> None:
    """Make DIR a working portfolio: configuration, templates, roadmap, a first note, publishing, a mentor's brief.

    What is in DIR already stays as it is; only what is missing is written. Prints the path of each new file.
    """
    if folder.exists() and not folder.is_dir():
        raise Misuse(Problem(str(folder), None, "is a file", "name a folder, new or not"))
    project = _project(folder)
    docs_dir = project.docs_dir if project else "docs"
    settings = project.settings if project else Settings(folder.absolute())
    wanted = kit(settings, _answers(folder, name, yes=yes), today=dt.date.today(), docs_dir=docs_dir)
    found = _found(settings)
    for file in wanted.new:
        if not dry_run:
            try:
                scaffold.create(folder / file.path, file.text, name=str(folder / file.path))
            except scaffold.ScaffoldError as error:
                raise Failure(error.problem) from None
        click.echo(os.path.relpath(folder / file.path))
    for number, line in enumerate(found):
        say("" if number else "Found", line)
    if wanted.kept:
        say("Kept", ", ".join(wanted.kept))
    _say_next(folder, project)


def _answers(folder: Path, name: str | None, *, yes: bool) -> Answers:
    """Ask who this is for; with `yes`, ask nothing."""
    site_url, repo_url = github_addresses(_git(folder, "remote", "get-url", "origin"))
    default = _git(folder, "config", "user.name") or getpass.getuser()
    if yes:
        name = name or default
        return Answers(name, f"System designs by {name}", site_url=site_url, repo_url=repo_url)
    name = name or _ask("Your name", default)
    return Answers(
        name,
        _ask("The site's name", f"System designs by {name}"),
        Level(click.prompt("Your level today", type=click.Choice(_LEVELS), default=Level.JUNIOR.value, err=True)),
        _ask("What you learn it for", GOAL),
        click.prompt("Hours a week", type=click.IntRange(1, 80), default=5, err=True),
        _ask("The site's address", site_url or "none yet").replace("none yet", ""),
        repo_url,
    )


def _ask(question: str, default: str) -> str:
    return " ".join(str(click.prompt(question, default=default, err=True)).split())


def _git(folder: Path, *args: str) -> str:
    """Return what git says of the repository around a folder, or an empty string."""
    around = next((path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir()), Path())
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(["git", *args], cwd=around, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _project(folder: Path) -> Project | None:
    """Return the project that a folder holds already, or None."""
    config = next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)
    return find_project(config) if config else None


def _found(settings: Settings) -> list[str]:
    """Return, in words, the designs and notes that are there."""
    portfolio, _ = read_portfolio(settings)
    told = [_told(kind, works) for kind, works in (("design", portfolio.designs), ("note", portfolio.notes)) if works]
    for design in portfolio.designs[:20]:
        date = design.date.isoformat() if design.date else "no date"
        told.append(f"  {date}  {design.title} ({design.path}), {design.said}")
    return told


def _told(kind: str, works: tuple[Design, ...] | tuple[Note, ...]) -> str:
    dates = sorted(work.date for work in works if work.date)
    when = f", {dates[0].isoformat()} to {dates[-1].isoformat()}" if dates else ""
    return f"{len(works)} {kind}{'' if len(works) == 1 else 's'}{when}"


def _say_next(folder: Path, project: Project | None) -> None:
    steps = []
    if folder.absolute() != Path.cwd():
        steps.append(f"cd {folder}")
    if not _git(folder, "rev-parse", "--git-dir"):
        steps.append("git init")
    steps.append('mkdocs new-design "rate limiter"')
    say("Next", " && ".join(steps))
    say("Look", "mkdocs serve")
    if project and not project.named:
        warn(Problem(project.config, None, "does not name the plugin", "add '- design-portfolio' under 'plugins:'"))
