"""`mkdocs new-note`: scaffold a study note from the learner's template."""

from __future__ import annotations

from pathlib import Path

import click

from ..core import scaffold
from ..core.model import Note, Problem
from ..core.scan import scan_notes, scan_roadmap
from ..core.template import default_note_template
from ..core.vocabulary import Vocabulary
from .project import Failure, config_file_option, find_settings
from .scaffolding import (
    helpful_notes,
    read_date,
    read_notes,
    read_place,
    read_template,
    read_words,
    say,
    say_stage,
    scaffolding_options,
    write,
)


@click.command("new-note")
@click.argument("title")
@scaffolding_options
@click.option("--alias", "aliases", metavar="NAME", multiple=True, help="Another name of it; may be repeated.")
@click.option(
    "--template",
    metavar="FILE",
    help="Start from this file, not from notes/_template.md; 'default' is the built-in one.",
)
@config_file_option
def command(
    title: str,
    date: str | None,
    stage: str,
    topic: str,
    tags: tuple[str, ...],
    notes: tuple[str, ...],
    aliases: tuple[str, ...],
    template: str | None,
    edit: bool,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Start a study note: write notes/title.md from your template.

    Prints the path of the new file, and nothing else, on standard output.
    """
    settings = find_settings(config_file)
    try:
        title = scaffold.clean_title(title, command="new-note")
    except scaffold.ScaffoldError as error:
        raise Failure(error.problem) from None
    day = read_date(date)
    roadmap, _ = scan_roadmap(settings)
    known, _ = scan_notes(settings, roadmap)
    name = f"{settings.notes_dir}/{scaffold.file_name(title, None)}"
    _check_new(name, known)
    stage, topic = read_place(stage, topic, roadmap)
    fields = scaffold.Fields(
        stage, topic, read_words("--tag", tags), read_words("--alias", aliases), read_notes(notes, known)
    )
    source = read_template(
        template, settings.note_template_path, settings, default_note_template, optional=not settings.note_template
    )

    def then() -> None:
        taught = Vocabulary(concept for note in known for concept in note.concepts).named(title)
        if taught:
            say("Taught", f"{taught.name} is taught in the note '{taught.note}' as well")
        for number, item in enumerate(helpful_notes(title, fields.tags, known)):
            say("" if number else "Notes", f"{item.work.title} ({item.work.path})")
        say_stage(roadmap, stage)
        say("Write", "its summary is the definition that other pages show; no part may stay empty")

    text = scaffold.render(source, title=title, date=day, fields=fields)
    write(settings, name, text, edit=edit, dry_run=dry_run, then=then)


def _check_new(name: str, known: tuple[Note, ...]) -> None:
    """Refuse a name that a note in another folder has."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    other = next((note for note in known if note.id == stem and note.path != name), None)
    if other:
        raise Failure(Problem(other.path, None, "there is such a note already", "open it, or choose another title"))
