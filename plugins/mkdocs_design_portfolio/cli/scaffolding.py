"""What `new-design` and `new-note` have in common: reading their options and writing one new file."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..core import scaffold
from ..core.files import read_text
from ..core.model import Note, Problem, Roadmap
from ..core.related import Related, matching
from ..core.resolve import resolve_stage, resolve_topics
from ..core.settings import Settings
from ..core.suggest import remedy
from .project import Failure, Misuse

BUILT_IN = "default"
"""What `--template` calls the built-in template."""

_OPTIONS = (
    click.option("--date", metavar="YYYY-MM-DD", help="The date; today if not given."),
    click.option("--stage", metavar="ID", default="", help="The roadmap stage it belongs to."),
    click.option("--topic", metavar="ID", default="", help="The roadmap topic it is about; brings its stage."),
    click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be repeated."),
    click.option("--note", "notes", metavar="ID", multiple=True, help="A note it builds on; may be repeated."),
    click.option("--edit", is_flag=True, help="Open the new file in $VISUAL or $EDITOR."),
    click.option("--dry-run", is_flag=True, help="Check everything and print the path, but write nothing."),
)


def scaffolding_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every new document takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_date(given: str | None) -> dt.date:
    """Return the date of `--date`, or today."""
    if given is None:
        return dt.date.today()
    try:
        if len(given) != len("YYYY-MM-DD"):
            raise ValueError
        return dt.date.fromisoformat(given)
    except ValueError:
        raise Misuse(Problem("--date", None, f"{given!r} is not a date", "expected YYYY-MM-DD")) from None


def read_place(stage: str, topic: str, roadmap: Roadmap | None) -> tuple[str, str]:
    """Return the ids of `--stage` and `--topic`; a topic alone brings its stage."""
    id, problems = resolve_stage(stage, path="--stage", line=None, roadmap=roadmap)
    topics, found = resolve_topics([topic] if topic else [], stage=id, path="--topic", line=None, roadmap=roadmap)
    for problem in (*problems, *found):
        raise Misuse(problem)
    return id or (topics[0].stage if topics else ""), topics[0].id if topics else ""


def read_words(option: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of `--tag` or `--alias`, each once."""
    words = tuple(dict.fromkeys(" ".join(word.split()) for word in given))
    if "" in words:
        raise Misuse(Problem(option, None, f"the {option[2:]} is empty", "name it, or leave the option out"))
    return words


def read_notes(given: tuple[str, ...], known: tuple[Note, ...]) -> tuple[str, ...]:
    """Return the ids of `--note`, each once."""
    ids = [note.id for note in known]
    for id in given:
        if id not in ids:
            raise Misuse(Problem("--note", None, f"unknown note '{id}'", remedy(id, ids)))
    return tuple(dict.fromkeys(given))


def read_template(
    given: str | None, usual: str, settings: Settings, built_in: Callable[[], str], *, optional: bool = False
) -> str:
    """Return the text of `--template`, or of the portfolio's usual template.

    Where that is `optional` and not there, the built-in one takes its place.
    """
    if given == BUILT_IN or (optional and not given and not (settings.root / usual).exists()):
        return built_in()
    path = Path(given) if given else settings.root / usual
    text, problems = read_text(path, name=given or usual)
    for problem in problems:
        mend = problem.remedy if path.exists() else f"write it, or pass --template FILE or --template {BUILT_IN}"
        raise Failure(Problem(problem.path, problem.line, problem.fact, mend))
    return text or ""


def write(settings: Settings, name: str, text: str, *, edit: bool, dry_run: bool, then: Callable[[], None]) -> None:
    """Write a new file, print its path, say what comes `then`, and open it where that is asked for."""
    editor = find_editor("--edit") if edit and not dry_run else ""
    path = settings.root / name
    try:
        if not dry_run:
            scaffold.create(path, text, name=name)
        elif os.path.lexists(path):
            raise Failure(Problem(name, None, "there is such a file already", "choose another title or --date"))
    except scaffold.ScaffoldError as error:
        raise Failure(error.problem) from None
    click.echo(os.path.relpath(path))
    if dry_run:
        say("Dry run", "nothing was written")
    then()
    if editor:
        click.edit(filename=str(path), editor=editor)


def say(what: str, text: str) -> None:
    """Tell something beside the path, on stderr."""
    click.echo(f"{what:<8}{text}", err=True)


def say_stage(roadmap: Roadmap | None, stage: str) -> None:
    """Tell the stage that was chosen, or else the current one, and its next topic."""
    found = roadmap and (roadmap.stage(stage) or roadmap.current)
    if found:
        topic = f"; next topic: {found.unfinished[0].title}" if found.unfinished else ""
        say("Stage", f"{found.title}{topic}")


def helpful_notes(title: str, tags: tuple[str, ...], known: tuple[Note, ...]) -> tuple[Related, ...]:
    """Return the notes that may help with a title, best first, at most three."""
    return matching(known, title, tags=tags)[:3]


def find_editor(asked: str) -> str:
    """Return the user's editor, which may be a command with arguments; `asked` is what errors say wants it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not editor.strip():
        raise Failure(Problem(asked, None, "neither $VISUAL nor $EDITOR is set", "set one of them"))
    if not shutil.which(shlex.split(editor)[0]):
        raise Failure(Problem(asked, None, f"cannot run {editor!r}", "mend $VISUAL or $EDITOR"))
    return editor
