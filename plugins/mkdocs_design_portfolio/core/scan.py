"""Project folder -> Portfolio and problems."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from .assign import sections_by_step
from .card import card_of
from .concepts import check_concepts, check_unlinked, read_concepts
from .files import is_index, public_files, read_text
from .flow import BUILT_IN, read_flow
from .mermaid.reading import check_diagrams
from .metadata import DESIGN_FIELDS, NOTE_FIELDS, Metadata
from .model import Design, Document, Flow, Note, Portfolio, Problem, Roadmap, Sheet, Topic, WrittenReview, concepts_of
from .names import Names
from .parse import parse
from .progress import measure
from .prose import Prose, prose_of
from .records import Records, Source
from .references import Linked, links_in, read_references
from .related import said
from .resolve import resolve_stage, resolve_topics
from .review.written import read_written
from .roadmap import read_roadmap
from .settings import Settings
from .store import digest
from .template import Template, check_template, fill, read_template
from .usage import bold_in, mentions_in, name_of_uses
from .vocabulary import Vocabulary

_T = TypeVar("_T", Design, Note)
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
_Problems = tuple[Problem, ...]


class FlowError(Exception):
    """The portfolio's flow cannot be read at all; nothing can be measured without one."""

    def __init__(self, problems: _Problems) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def scan(settings: Settings, records: Records | None = None) -> tuple[Portfolio, _Problems]:
    """Read the whole portfolio; of `records`, what did not change.

    One file that cannot be read is a problem and left out; it never hides the others. Raises
    `FlowError` when the flow file is missing or holds no step.
    """
    flow, problems = scan_flow(settings)
    template, found = scan_template(settings, flow)
    problems += found
    roadmap, found = scan_roadmap(settings)
    problems += found
    notes, found = scan_notes(settings, roadmap, flow=flow, records=records, numbers=True)
    problems += found
    designs, found = scan_designs(settings, flow, template, roadmap, notes=notes, records=records)
    reviews, told = scan_reviews(settings, designs)
    portfolio, more = link(Portfolio(flow, designs, notes, roadmap, reviews), settings)
    return portfolio, problems + found + told + more


def link(portfolio: Portfolio, settings: Settings) -> tuple[Portfolio, _Problems]:
    """Find who refers to whom, and attach to its topics what the roadmap links to."""
    names = Names(portfolio, portfolio.roadmap)
    linked = read_references(portfolio, names, folders=(settings.designs_dir, settings.notes_dir))
    gained = _gained(portfolio, linked)
    connected = dataclasses.replace(
        portfolio,
        designs=tuple(map(gained.add_to, portfolio.designs)),
        notes=tuple(map(gained.add_to, portfolio.notes)),
        references=linked.references,
        unresolved=linked.unresolved,
    )
    return connected, linked.problems + check_unlinked(portfolio)


@dataclasses.dataclass(frozen=True, slots=True)
class _Gained:
    """What references give to designs and notes, by their path."""

    notes: dict[str, dict[str, None]]
    topics: dict[str, dict[str, None]]

    def add_to(self, work: _T) -> _T:
        """Return a design or note with the notes it builds on, its topics and its stage."""
        topics = tuple({**dict.fromkeys(work.topics), **self.topics.get(work.path, {})})
        stage = work.stage or (topics[0].partition("/")[0] if topics else "")
        return dataclasses.replace(work, notes=tuple(self.notes.get(work.path, ())), topics=topics, stage=stage)


def _gained(portfolio: Portfolio, linked: Linked) -> _Gained:
    ids = {note.path: note.id for note in portfolio.notes}
    gained = _Gained({}, {})
    for item in linked.references:
        if item.declared and item.target.path in ids:
            gained.notes.setdefault(item.source.path, {})[ids[item.target.path]] = None
    for path, key in linked.attached:
        gained.topics.setdefault(path, {})[key] = None
    return gained


def scan_flow(settings: Settings) -> tuple[Flow, _Problems]:
    """Read the flow file, or the built-in flow where the settings name none."""
    path = settings.root / settings.flow if settings.flow else BUILT_IN
    text, problems = read_text(path, name=settings.flow or path.name)
    if text is None:
        raise FlowError(problems)
    flow, problems = read_flow(text, path=settings.flow or path.name)
    if flow is None:
        raise FlowError(problems)
    return flow, problems


def scan_template(settings: Settings, flow: Flow) -> tuple[Template | None, _Problems]:
    """Read the design template and hold it against the flow; a portfolio may have none."""
    path = settings.root / settings.template_path
    if not path.exists() and not settings.template:
        return None, ()
    text, problems = read_text(path, name=settings.template_path)
    if text is None:
        return None, problems
    template, problems = read_template(text, path=settings.template_path)
    filled, _ = parse(fill(text, title="title", date=dt.date.min), path=settings.template_path)
    problems += _diagrams(filled, settings)
    return template, problems + check_template(template, flow, flow_named=bool(settings.flow))


def scan_roadmap(settings: Settings) -> tuple[Roadmap | None, _Problems]:
    """Read the roadmap; a portfolio may have none."""
    path = settings.root / settings.roadmap
    if not path.exists():
        return None, ()
    text, problems = read_text(path, name=settings.roadmap)
    if text is None:
        return None, problems
    document, problems = parse(text, path=settings.roadmap)
    roadmap, found = read_roadmap(document)
    return roadmap, problems + found + _diagrams(document, settings)


def scan_notes(
    settings: Settings,
    roadmap: Roadmap | None,
    *,
    flow: Flow | None = None,
    records: Records | None = None,
    numbers: bool = False,
) -> tuple[tuple[Note, ...], _Problems]:
    """Read every note, and its capacity `numbers` where they are wanted."""
    sources, problems = _sources(settings, settings.notes_dir)

    def read(source: Source) -> tuple[Note, _Problems]:
        document, found = parse(source.text, path=source.path)
        note, wrong = read_note(document, roadmap, numbers=numbers)
        if records:
            work_out(note, prose_of(document))
        return note, found + wrong + (_diagrams(document, settings) if numbers else ())

    notes = []
    context = digest("note", repr(_stages(roadmap)), str(numbers), str(settings.diagrams))
    for note, found in (records or Records()).read(sources, read, flow=flow or Flow("", "", ()), context=context):
        notes.append(note)
        problems += found
    kept, found = _unique(notes)
    by_title = tuple(sorted(kept, key=lambda note: (note.title.casefold(), note.id)))
    return by_title, problems + found + check_concepts(by_title)


def work_out(work: Design | Note, prose: Prose) -> None:
    """Work out what a document says for itself, while it is at hand."""
    links_in(work.document, prose)
    said(work)
    card_of(work)
    _ = work.minutes
    if isinstance(work, Design):
        bold_in(work.document, prose)


def read_note(document: Document, roadmap: Roadmap | None, *, numbers: bool) -> tuple[Note, _Problems]:
    """Read one note: its metadata, the concepts it teaches, and its capacity `numbers` where they are wanted."""
    metadata = Metadata(document, Path(document.path).stem)
    metadata.check_names(NOTE_FIELDS)
    common, problems = _common(metadata, roadmap, dated=False)
    concepts, wrong = read_concepts(
        document.field("concepts"),
        document=document,
        id=metadata.stem,
        title=common["title"],
        aliases=common["aliases"],
        summary=common["summary"],
    )
    sheet, miscounted = _sheet(document) if numbers else (Sheet(), ())
    note = Note(**common, concepts=concepts, sheet=sheet)
    return note, (*metadata.problems, *problems, *wrong, *miscounted)


def scan_reviews(settings: Settings, designs: Iterable[Design]) -> tuple[tuple[WrittenReview, ...], _Problems]:
    """Read every review that was written down, newest first; a portfolio may have none."""
    sources, problems = _sources(settings, settings.reviews_dir)
    known = {design.id: design.unpublished for design in designs}
    reviews = []
    for source in sources:
        document, wrong = parse(source.text, path=source.path)
        written, found = read_written(document, known)
        reviews.append(written)
        problems += wrong + found
    reviews.sort(key=lambda item: (item.date or dt.date.min, len(item.id), item.id), reverse=True)
    return tuple(reviews), problems


def _diagrams(document: Document, settings: Settings) -> _Problems:
    """Return what Mermaid could not read in a document's diagrams."""
    return check_diagrams(document) if settings.diagrams else ()


def _sheet(document: Document) -> tuple[Sheet, _Problems]:
    """Return a document's capacity numbers; importing what works them out takes 0.1 s, so only where there are any."""
    lines = (line for section in document.sections for line in section.lines)
    if "capacity" not in document.body or not any(line.language == "capacity" for line in lines):
        return Sheet(), ()
    from .capacity.check import check_numbers

    sheet, findings = check_numbers(document)
    return sheet, tuple(finding.problem for finding in findings)


def scan_designs(
    settings: Settings,
    flow: Flow,
    template: Template | None,
    roadmap: Roadmap | None,
    *,
    notes: Iterable[Note] = (),
    records: Records | None = None,
) -> tuple[tuple[Design, ...], _Problems]:
    """Read every design, newest first; those without a date last. What each uses of `notes` is worked out as well."""
    known = concepts_of(notes)
    vocabulary, name = Vocabulary(known), name_of_uses(known)
    sources, problems = _sources(settings, settings.designs_dir)

    def read(source: Source) -> tuple[Design, _Problems]:
        document, found = parse(source.text, path=source.path)
        design, wrong = read_design(document, flow, template, roadmap)
        if records:
            prose = prose_of(document)
            work_out(design, prose)
            mentions_in(design, vocabulary, name, prose)
        return design, found + wrong + _diagrams(document, settings)

    designs = []
    given = template.text if template else ""  # a set among its parts has another order in every process
    context = digest("design", repr(flow), given, repr(_stages(roadmap)), str(settings.diagrams))
    for design, found in (records or Records()).read(sources, read, flow=flow, context=context):
        designs.append(design)
        problems += found
    kept, found = _unique(designs)
    newest_first = sorted(kept, key=lambda design: design.id)
    newest_first.sort(key=lambda design: design.date or dt.date.min, reverse=True)
    return tuple(newest_first), problems + found


def read_design(
    document: Document, flow: Flow, template: Template | None, roadmap: Roadmap | None
) -> tuple[Design, _Problems]:
    """Read one design: its metadata, and how far each step of the flow is in it."""
    metadata = Metadata(document, Path(document.path).stem)
    metadata.check_names(DESIGN_FIELDS)
    common, problems = _common(metadata, roadmap, dated=True)
    held = sections_by_step(flow, document)
    sheet, wrong = _sheet(document)
    steps, found = measure(
        flow,
        document,
        held=held,
        given=template.given_to(title=common["title"], date=common["date"]) if template else frozenset(),
        declared=metadata.declared(flow),
        sheet=sheet,
    )
    counted = {id(item.section) for sections in held.values() for item in sections}
    design = Design(
        **common,
        status=metadata.status(),
        sheet=sheet,
        steps=steps,
        others=tuple(part for part in document.sections if part.lines and part.level > 1 and id(part) not in counted),
    )
    return design, (*metadata.problems, *problems, *found, *wrong)


def _common(metadata: Metadata, roadmap: Roadmap | None, *, dated: bool) -> tuple[dict[str, Any], _Problems]:
    """Return the fields that designs and notes have in common, by name; references are read later."""
    stage, topics, problems = _on_roadmap(metadata, roadmap)
    fields = {
        "id": metadata.stem,
        "document": metadata.document,
        "title": metadata.title(),
        "date": metadata.date(required=dated),
        "stage": stage,
        "topics": tuple(topic.key for topic in topics),
        "tags": metadata.words("tags"),
        "aliases": metadata.words("aliases"),
        "notes": metadata.words("notes"),
        "summary": metadata.summary(),
        "unpublished": metadata.unpublished(),
        "redirects": metadata.words("redirect_from"),
        "unlinked": metadata.unlinked(),
    }
    return fields, problems


def _on_roadmap(metadata: Metadata, roadmap: Roadmap | None) -> tuple[str, tuple[Topic, ...], _Problems]:
    """Return the stage and the topics that a document names; a topic brings its stage."""
    document = metadata.document
    named, topic = document.field("stage"), document.field("topic")
    line = named.line if named else None
    stage, problems = resolve_stage(metadata.stage(), path=document.path, line=line, roadmap=roadmap)
    topics, found = resolve_topics(
        metadata.words("topic"), stage=stage, path=document.path, line=topic.line if topic else None, roadmap=roadmap
    )
    return stage or (topics[0].stage if topics else ""), topics, problems + found


def _sources(settings: Settings, folder: str) -> tuple[tuple[Source, ...], _Problems]:
    """Read every document of a folder, by path."""
    sources = []
    problems: _Problems = ()
    for path in public_files(settings.root, folder):
        if is_index(path) or Path(path).suffix.lower() not in _MARKDOWN:
            continue
        if not path.endswith(".md"):
            fact = f"is not published as a document, for its name ends in '{Path(path).suffix}'"
            problems += (Problem(path, None, fact, "rename it '.md'"),)
            continue
        text, found = read_text(settings.root / path, name=path)
        problems += found
        if text is not None:
            sources.append(Source(path, text))
    return tuple(sources), problems


def _stages(roadmap: Roadmap | None) -> object:
    """Return what a document's `stage` and `topic` are held against."""
    stages = roadmap.stages if roadmap else ()
    return [(stage.id, stage.title, [(topic.id, topic.title) for topic in stage.topics]) for stage in stages]


def _unique(items: Iterable[_T]) -> tuple[tuple[_T, ...], _Problems]:
    """Keep the first of each id; a second one is a problem."""
    first: dict[str, _T] = {}
    problems = []
    for item in items:
        other = first.setdefault(item.id, item)
        if other is not item:
            fact = f"'{item.id}' is also the name of {other.path}"
            problems.append(Problem(item.path, None, fact, "rename one; a name is unique in its folder tree"))
    return tuple(first.values()), tuple(problems)
