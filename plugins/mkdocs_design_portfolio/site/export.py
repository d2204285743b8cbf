"""Portfolio -> `portfolio.json`, schema 1."""

from __future__ import annotations

import json
from typing import Any

from ..core.model import Design, Note, Progress, Stage
from .render import Renderer

SCHEMA = 1


def portfolio_json(renderer: Renderer) -> str:
    """Return the machine-readable portfolio: addresses relative to the site, dates as ISO 8601 or null."""
    portfolio = renderer.portfolio
    flow = portfolio.flow
    data = {
        "schema": SCHEMA,
        "flow": {"id": flow.id, "steps": [{"id": step.id, "title": step.title} for step in flow.steps]},
        "progress": _progress(portfolio.progress),
        "designs": [_design(renderer, design) for design in portfolio.designs],
        "notes": [_note(renderer, note) for note in portfolio.notes],
        "stages": [_stage(renderer, stage) for stage in portfolio.stages],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _progress(progress: Progress) -> dict[str, int]:
    return {"done": progress.done, "total": progress.total, "percent": progress.percent}


def _design(renderer: Renderer, design: Design) -> dict[str, Any]:
    return {
        "id": design.id,
        "title": design.title,
        "date": design.date.isoformat() if design.date else None,
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
                "anchor": renderer.anchor(design, item),
            }
            for item in design.steps
        ],
        "notes": list(design.notes),
    }


def _note(renderer: Renderer, note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "date": note.date.isoformat() if note.date else None,
        "source": note.path,
        "url": renderer.url(note),
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
    }
