"""Portfolio -> what other programs read: `portfolio.json` (schema 1) and JSON Schemas for editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..core.connections import Connections
from ..core.model import Concept, Design, Note, Progress, Quantity, Stage, Thing
from ..core.related import Related
from ..core.schemas import schemas
from .render import Renderer

SCHEMA = 1


def portfolio_json(renderer: Renderer) -> str:
    """Return the machine-readable portfolio: addresses relative to the site, dates as ISO 8601 or null."""
    portfolio = renderer.portfolio
    flow = portfolio.flow
    connections = renderer.connections
    data = {
        "schema": SCHEMA,
        "flow": {"id": flow.id, "steps": [{"id": step.id, "title": step.title} for step in flow.steps]},
        "progress": _progress(portfolio.progress),
        "designs": [_design(renderer, design) for design in portfolio.designs],
        "notes": [_note(renderer, note) for note in portfolio.notes],
        "stages": [_stage(renderer, stage) for stage in portfolio.stages],
        "concepts": [_concept(connections, concept) for concept in connections.concepts.known],
    }
    return "{\n" + ",\n".join(f"{_compact(name)}: {_by_line(value)}" for name, value in data.items()) + "\n}\n"


def _by_line(value: object) -> str:
    """Return JSON with each item of a list on a line of its own: what changed is seen, and it is written fast."""
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n" + ",\n".join(map(_compact, value)) + "\n]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def schema_files(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each JSON Schema."""
    for name, schema in schemas(renderer.portfolio).items():
        yield f"schemas/{name}.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _progress(progress: Progress) -> dict[str, int]:
    return {"done": progress.done, "total": progress.total, "percent": progress.percent}


def _design(renderer: Renderer, design: Design) -> dict[str, Any]:
    since = {item.step.id: item.since.value for item in renderer.past.changes_in(design)}
    return {
        "id": design.id,
        "title": design.title,
        "date": design.date.isoformat() if design.date else None,
        **_history(renderer, design),
        "status": design.status.value,
        "stage": design.stage or None,
        "tags": list(design.tags),
        "source": design.path,
        "url": renderer.url(design),
        "progress": _progress(design.progress),
        "steps": [
            {
                "id": item.step.id,
                "state": item.state.value,
                "met": item.met,
                "of": len(item.evidence),
                "since_first": since.get(item.step.id),
                "anchor": renderer.anchor(design, item),
            }
            for item in design.steps
        ],
        "notes": list(design.notes),
        "capacity": [_quantity(quantity) for quantity in design.sheet.quantities if quantity.low is not None],
        "backlinks": _backlinks(renderer.connections, design),
        "related_notes": _related(renderer.connections.related_notes(design)),
        "related_designs": _related(renderer.connections.related_designs(design)),
    }


def _history(renderer: Renderer, work: Design | Note) -> dict[str, str | None]:
    known = renderer.past.of(work)
    days = {"created": known.created, "changed": known.changed}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """Return a capacity number in base units: seconds, bytes and what is counted."""
    return {
        "name": quantity.name,
        "value": _decimal(quantity.middle),
        "unit": quantity.unit,
        "low": _decimal(quantity.low),
        "high": _decimal(quantity.high),
    }


def _decimal(value: float | None) -> float | None:
    """Return a number without what working in binary adds behind its twelfth digit."""
    return None if value is None else float(f"{value:.12g}")


def _note(renderer: Renderer, note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "date": note.date.isoformat() if note.date else None,
        **_history(renderer, note),
        "source": note.path,
        "url": renderer.url(note),
        "backlinks": _backlinks(renderer.connections, note),
    }


def _stage(renderer: Renderer, stage: Stage) -> dict[str, Any]:
    designs = renderer.portfolio.designs_of(stage.id)
    return {
        "id": stage.id,
        "title": stage.title,
        "url": renderer.url(stage),
        "designs": [design.id for design in designs],
        "notes": [note.id for note in renderer.portfolio.notes_of(stage.id)],
        "progress": _progress(renderer.portfolio.progress_of(stage.id)),
        "topics": [
            {"title": topic.title, "state": topic.state.value, "implied": implied.value if implied else None}
            for topic in stage.topics
            for implied in (renderer.connections.implied_state(topic),)
        ],
        "backlinks": _backlinks(renderer.connections, stage),
    }


def _concept(connections: Connections, concept: Concept) -> dict[str, Any]:
    return {
        "name": concept.name,
        "aliases": list(concept.aliases),
        "definition": concept.definition,
        "note": concept.note,
        "designs": [design.id for design in connections.designs_using(concept)],
    }


def _backlinks(connections: Connections, thing: Thing) -> list[dict[str, Any]]:
    """Return each sentence that refers to a thing, with the id of the design, note or stage it stands in."""
    return [
        {
            "id": backlink.source.id,
            "step": reference.step or None,
            "text": reference.text,
        }
        for backlink in connections.backlinks(thing)
        for reference in backlink.references
    ]


def _related(found: Iterable[Related]) -> list[dict[str, Any]]:
    return [{"id": item.work.id, "score": item.score, "terms": list(item.terms)} for item in found]
