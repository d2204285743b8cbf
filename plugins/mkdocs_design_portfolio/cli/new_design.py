"""`mkdocs new-design`: scaffold a dated design from the learner's template."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import shutil
from pathlib import Path

import click

from ..core import scaffold
from ..core.model import Note, Problem, Roadmap
from ..core.related import Ranking
from ..core.resolve import resolve_stage
from ..core.scan import FlowError, read_text, scan_flow, scan_notes, scan_roadmap
from ..core.settings import Settings
from ..core.suggest import remedy
from ..core.template import default_template
from .project import Failure, Misuse, config_file_option, find_settings

BUILT_IN = "default"
"""What `--template` calls the template that the flow implies."""


@click.command("new-design")
@click.argument("title")
@click.option("--date", metavar="YYYY-MM-DD", help="The design's date; today if not given.")
@click.option("--stage", metavar="ID", default="", help="The roadmap stage it belongs to.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be repeated.")
@click.option("--note", "notes", metavar="ID", multiple=True, help="A note it builds on; may be repeated.")
@click.option(
    "--template",
    metavar="FILE",
    help="Start from this file instead of designs/_template.md; 'default' is the template made from the flow.",
)
@click.option("--edit", is_flag=True, help="Open the new file in $VISUAL or $EDITOR.")
@click.option("--dry-run", is_flag=True, help="Check everything and print the path, but write nothing.")
@config_file_option
def command(
    title: str,
    date: str | None,
    stage: str,
    tags: tuple[str, ...],
    notes: tuple[str, ...],
    template: str | None,
    edit: bool,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Start a design: write designs/YYYY-MM-DD-title.md from your template.

    Prints the path of the new file, and nothing else, on standard output.
    """
    settings = find_settings(config_file)
    editor = _editor() if edit and not dry_run else ""
    try:
        title = scaffold.clean_title(title)
        day = _date(date)
        name = f"{settings.designs_dir}/{scaffold.file_name(title, day)}"
        roadmap, _ = scan_roadmap(settings)
        known, _ = scan_notes(settings, roadmap)
        fields = scaffold.Fields(_stage(stage, roadmap), _tags(tags), _notes(notes, known))
        text = scaffold.render_design(_template(template, settings), title=title, date=day, fields=fields)
        path = settings.root / name
        if not dry_run:
            scaffold.create(path, text, name=name)
        elif os.path.lexists(path):
            raise Failure(Problem(name, None, "there is such a file already", "choose another title or --date"))
    except scaffold.ScaffoldError as error:
        raise Failure(error.problem) from None
    click.echo(os.path.relpath(path))
    _say_what_comes_next(path.stem, title, fields, roadmap, known, dry_run=dry_run)
    if editor:
        click.edit(filename=str(path), editor=editor)


def _date(given: str | None) -> dt.date:
    if given is None:
        return dt.date.today()
    try:
        if len(given) != len("YYYY-MM-DD"):
            raise ValueError
        return dt.date.fromisoformat(given)
    except ValueError:
        raise Misuse(Problem("--date", None, f"{given!r} is not a date", "expected YYYY-MM-DD")) from None


def _stage(given: str, roadmap: Roadmap | None) -> str:
    id, problems = resolve_stage(given, path="--stage", line=None, roadmap=roadmap)
    for problem in problems:
        raise Misuse(problem)
    return id


def _tags(given: tuple[str, ...]) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(" ".join(tag.split()) for tag in given))
    if "" in tags:
        raise Misuse(Problem("--tag", None, "the tag is empty", "name it, or leave the option out"))
    return tags


def _notes(given: tuple[str, ...], known: tuple[Note, ...]) -> tuple[str, ...]:
    ids = [note.id for note in known]
    for id in given:
        if id not in ids:
            raise Misuse(Problem("--note", None, f"unknown note '{id}'", remedy(id, ids)))
    return tuple(dict.fromkeys(given))


def _template(given: str | None, settings: Settings) -> str:
    if given == BUILT_IN:
        try:
            return default_template(scan_flow(settings)[0])
        except FlowError as error:
            raise Failure(error.problems[0]) from None
    path = Path(given) if given else settings.root / settings.template_path
    text, problems = read_text(path, name=given or settings.template_path)
    for problem in problems:
        mend = problem.remedy if path.exists() else f"write it, or pass --template FILE or --template {BUILT_IN}"
        raise Failure(Problem(problem.path, problem.line, problem.fact, mend))
    return text or ""


def _say_what_comes_next(
    id: str,
    title: str,
    fields: scaffold.Fields,
    roadmap: Roadmap | None,
    known: tuple[Note, ...],
    *,
    dry_run: bool,
) -> None:
    def say(what: str, text: str) -> None:
        click.echo(f"{what:<8}{text}", err=True)

    if dry_run:
        say("Dry run", "nothing was written")
    for number, note in enumerate(item.work for item in Ranking(known).matching(title, tags=fields.tags)[:3]):
        say("" if number else "Notes", f"{note.title} ({note.path})")
    stage = roadmap and (roadmap.stage(fields.stage) or roadmap.current)
    if stage:
        topic = f"; next topic: {stage.unfinished[0].title}" if stage.unfinished else ""
        say("Stage", f"{stage.title}{topic}")
    say("Write", f"mkdocs progress {id}  shows what each step still lacks")
    say("Review", "when every step is done, read it against the checklist: 'Review a design' in the user guide")


def _editor() -> str:
    """Return the user's editor, which may be a command with arguments."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not editor.strip():
        raise Failure(Problem("--edit", None, "neither $VISUAL nor $EDITOR is set", "set one of them"))
    if not shutil.which(shlex.split(editor)[0]):
        raise Failure(Problem("--edit", None, f"cannot run {editor!r}", "mend $VISUAL or $EDITOR"))
    return editor
