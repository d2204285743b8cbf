"""Project folder -> Portfolio and problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from .assign import sections_by_step
from .flow import BUILT_IN, read_flow
from .links import resolve_notes, resolve_stage
from .metadata import DESIGN_FIELDS, NOTE_FIELDS, Metadata
from .model import Design, Document, Flow, Note, Portfolio, Problem, Roadmap
from .parse import parse
from .progress import measure
from .roadmap import read_roadmap
from .settings import Settings
from .template import Template, check_template, read_template

_T = TypeVar("_T", Design, Note)
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
_Problems = tuple[Problem, ...]


class FlowError(Exception):
    """The portfolio's flow cannot be read at all; nothing can be measured without one."""

    def __init__(self, problems: _Problems) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def scan(settings: Settings) -> tuple[Portfolio, _Problems]:
    """Read the whole portfolio.

    One file that cannot be read is a problem and left out; it never hides the others. Raises
    `FlowError` when the flow file is missing or holds no step.
    """
    flow, problems = scan_flow(settings)
    template, found = scan_template(settings, flow)
    problems += found
    roadmap, found = scan_roadmap(settings)
    problems += found
    notes, found = scan_notes(settings, roadmap)
    problems += found
    designs, found = _scan_designs(settings, flow, template, roadmap, notes)
    return Portfolio(flow, designs, notes, roadmap), problems + found


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
    return roadmap, problems + found


def scan_notes(settings: Settings, roadmap: Roadmap | None) -> tuple[tuple[Note, ...], _Problems]:
    """Read every note."""
    documents, problems = _documents(settings, settings.notes_dir)
    notes = []
    for document in documents:
        metadata = Metadata(document, Path(document.path).stem)
        metadata.check_names(NOTE_FIELDS)
        stage, found = _stage(metadata, roadmap)
        notes.append(
            Note(
                id=metadata.stem,
                document=document,
                title=metadata.title(),
                date=metadata.date(required=False),
                stage=stage,
                tags=metadata.tags(),
                summary=metadata.summary(),
                unpublished=metadata.unpublished(),
            )
        )
        problems += (*metadata.problems, *found)
    kept, found = _unique(notes)
    return tuple(sorted(kept, key=lambda note: (note.title.casefold(), note.id))), problems + found


def _scan_designs(
    settings: Settings, flow: Flow, template: Template | None, roadmap: Roadmap | None, notes: tuple[Note, ...]
) -> tuple[tuple[Design, ...], _Problems]:
    documents, problems = _documents(settings, settings.designs_dir)
    designs = []
    for document in documents:
        design, found = _design(document, flow, template, roadmap, notes)
        designs.append(design)
        problems += found
    kept, found = _unique(designs)
    newest_first = sorted(kept, key=lambda design: design.id)
    newest_first.sort(key=lambda design: design.date or dt.date.min, reverse=True)
    return tuple(newest_first), problems + found


def _design(
    document: Document, flow: Flow, template: Template | None, roadmap: Roadmap | None, notes: tuple[Note, ...]
) -> tuple[Design, _Problems]:
    metadata = Metadata(document, Path(document.path).stem)
    metadata.check_names(DESIGN_FIELDS)
    title, date = metadata.title(), metadata.date(required=True)
    stage, stage_problems = _stage(metadata, roadmap)
    note_ids, note_problems = resolve_notes(metadata.notes(), path=document.path, notes=notes)
    held = sections_by_step(flow, document)
    steps, step_problems = measure(
        flow,
        document,
        held=held,
        given=template.given_to(title=title, date=date) if template else frozenset(),
        declared=metadata.declared(flow),
    )
    counted = {id(item.section) for sections in held.values() for item in sections}
    design = Design(
        id=metadata.stem,
        document=document,
        title=title,
        date=date,
        status=metadata.status(),
        stage=stage,
        tags=metadata.tags(),
        notes=note_ids,
        summary=metadata.summary(),
        unpublished=metadata.unpublished(),
        steps=steps,
        others=tuple(part for part in document.sections if part.lines and part.level > 1 and id(part) not in counted),
    )
    return design, (*metadata.problems, *stage_problems, *note_problems, *step_problems)


def _stage(metadata: Metadata, roadmap: Roadmap | None) -> tuple[str, _Problems]:
    field = metadata.document.field("stage")
    return resolve_stage(
        metadata.stage(), path=metadata.document.path, line=field.line if field else None, roadmap=roadmap
    )


def _documents(settings: Settings, folder: str) -> tuple[tuple[Document, ...], _Problems]:
    """Read every document of a folder, by path."""
    documents = []
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
            document, found = parse(text, path=path)
            documents.append(document)
            problems += found
    return tuple(documents), problems


def public_files(root: Path, folder: str) -> tuple[str, ...]:
    """Return the files of a folder, links that lead nowhere among them, relative to `root`, by path.

    Files and folders whose name starts with `_` or `.` are the learner's own business.
    """
    base = root / folder
    found = base.rglob("*") if base.is_dir() else ()
    paths = (path.relative_to(root) for path in found if path.is_file() or not path.exists())
    inside = len(Path(folder).parts)
    return tuple(sorted(path.as_posix() for path in paths if not any(part[0] in "_." for part in path.parts[inside:])))


def is_index(path: str) -> bool:
    """Whether a file is the page of its folder and so no document of it."""
    return Path(path).name in ("index.md", "README.md")


def read_text(path: Path, *, name: str) -> tuple[str | None, _Problems]:
    """Read a file, or say why it cannot be read; `name` is what the problem calls it.

    Of a file that is not UTF-8 the rest is returned, with a mark for each wrong byte.
    """
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem(name, line, f"byte {raw[error.start]:#04x} is not UTF-8", "save the file as UTF-8")
        return raw.decode("utf-8", "replace"), (problem,)
    except FileNotFoundError:
        return None, (Problem(name, None, "there is no such file", "create it, or mend the option that names it"),)
    except OSError as error:
        return None, (Problem(name, None, f"cannot be read: {error.strerror}", "mend its permissions"),)


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
