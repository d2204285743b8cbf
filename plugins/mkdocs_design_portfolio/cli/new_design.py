"""`mkdocs new-design`: scaffold a dated design from the learner's template."""

from __future__ import annotations

from pathlib import Path

import click

from ..core import scaffold
from ..core.scan import FlowError, scan_flow, scan_notes, scan_roadmap
from ..core.settings import Settings
from ..core.template import default_template
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


@click.command("new-design")
@click.argument("title")
@scaffolding_options
@click.option("--guided", is_flag=True, help="Walk through its steps at once, as 'guide' does.")
@click.option("--link", is_flag=True, help="Put the notes that may help into notes:.")
@click.option(
    "--template",
    metavar="FILE",
    help="Start from this file instead of designs/_template.md; 'default' is the template made from the flow.",
)
@config_file_option
def command(
    title: str,
    date: str | None,
    stage: str,
    topic: str,
    tags: tuple[str, ...],
    notes: tuple[str, ...],
    guided: bool,
    link: bool,
    template: str | None,
    edit: bool,
    dry_run: bool,
    config_file: Path | None,
) -> None:
    """Start a design: write designs/YYYY-MM-DD-title.md from your template.

    Prints the path of the new file, and nothing else, on standard output.
    """
    settings = find_settings(config_file)
    try:
        title = scaffold.clean_title(title, command="new-design")
    except scaffold.ScaffoldError as error:
        raise Failure(error.problem) from None
    day = read_date(date)
    roadmap, _ = scan_roadmap(settings)
    known, _ = scan_notes(settings, roadmap)
    stage, topic = read_place(stage, topic, roadmap)
    tags = read_words("--tag", tags)
    notes = read_notes(notes, known)
    helpful = helpful_notes(title, tags, known)
    if link:
        notes = tuple(dict.fromkeys((*notes, *(item.work.id for item in helpful))))
    fields = scaffold.Fields(stage, topic, tags, notes=notes)
    source = read_template(template, settings.template_path, settings, lambda: _default(settings))
    name = f"{settings.designs_dir}/{scaffold.file_name(title, day)}"

    def then() -> None:
        for number, item in enumerate(helpful):
            linked = ", linked" if item.work.id in notes else ""
            say("" if number else "Notes", f"{item.work.title} ({item.work.path}{linked})")
        say_stage(roadmap, stage)
        id = name.rsplit("/", 1)[-1].removesuffix(".md")
        say("Write", f"mkdocs progress {id}  shows what each step still lacks")
        say("Guide", f"mkdocs guide {id}  walks through the steps with you")
        say("Review", f"mkdocs review-design {id}  reads it as a critical colleague would, when every step is done")

    text = scaffold.render(source, title=title, date=day, fields=fields)
    write(settings, name, text, edit=edit, dry_run=dry_run, then=then)
    if guided and not dry_run:
        from .guide import walk  # which few ask for

        walk(settings, name)


def _default(settings: Settings) -> str:
    try:
        return default_template(scan_flow(settings)[0])
    except FlowError as error:
        raise Failure(error.problems[0]) from None
