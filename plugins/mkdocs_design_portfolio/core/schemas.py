"""JSON Schemas of what people write in YAML, for editors that complete and check it.

They are made for one portfolio, so that an editor offers its own stages, topics, notes and checkpoints. The
dialect is draft 7, the one that YAML language servers know. A test holds them against the code that reads.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from .metadata import DESIGN_FIELDS, NOTE_FIELDS, REVIEW_FIELDS
from .model import CoachMode, Entry, Kind, Level, Measure, Portfolio, Status
from .settings import OPTIONS, Settings

_Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_TEXT: _Schema = {"type": ["string", "number", "boolean", "null"]}
_NAME: _Schema = {"type": ["string", "number", "boolean"]}
_DATE: _Schema = {"type": ["string", "null"], "pattern": r"^(\s*\d{4}-\d{2}-\d{2}.*|YYYY-MM-DD|.*\{\{.*|\s*)$"}
_SCALAR = ("string", "number", "boolean", "null")


def schemas(portfolio: Portfolio) -> dict[str, _Schema]:
    """Return every schema by its name: `design`, `note`, `review`, `flow` and `mkdocs`."""
    return {
        "design": _front_matter("A design's front matter", DESIGN_FIELDS, portfolio),
        "note": _front_matter("A note's front matter", NOTE_FIELDS, portfolio),
        "review": _front_matter("A review's front matter", REVIEW_FIELDS, portfolio),
        "flow": _flow(),
        "mkdocs": _mkdocs(),
    }


def _front_matter(title: str, names: tuple[str, ...], portfolio: Portfolio) -> _Schema:
    known = _fields(portfolio)
    return {"$schema": _DIALECT, "title": title, "type": "object", "properties": {name: known[name] for name in names}}


def _fields(portfolio: Portfolio) -> dict[str, _Schema]:
    """Return the schema of each field; an empty one is as good as none."""
    roadmap = portfolio.roadmap
    stages: list[str | None] = [stage.id for stage in portfolio.stages]
    topics = [name for topic in (roadmap.topics if roadmap else ()) for name in (topic.id, topic.title)]
    notes = [note.id for note in portfolio.notes]
    status = r"^\s*([Dd]raft|DRAFT|[Ii]n[ _-]*[Rr]eview|IN[ _-]*REVIEW|[Ff]inal|FINAL)\s*$|/|^\s*$"
    return {
        "title": _TEXT | {"description": "The title, as text; otherwise the first H1, else the file's name."},
        "date": _DATE | {"description": "YYYY-MM-DD; otherwise the date that the file's name begins with."},
        "status": {
            "anyOf": [{"enum": [*(status.value for status in Status), None]}, {"type": "string", "pattern": status}],
            "description": "How far you say it is.",
        },
        "stage": {"enum": [*stages, "", None], "description": "The id of a stage of the roadmap."}
        if stages
        else _TEXT | {"description": "The id of a stage; the roadmap has none yet."},
        "topic": _words("The topic of the roadmap that it is about, by id or title.", topics),
        "tags": _words("Tags, as a list or separated by commas."),
        "aliases": _words("Other names, for wiki links."),
        "notes": _words("The notes that it builds on.", notes),
        "summary": _TEXT | {"description": "One sentence, shown on its page and card."},
        "draft": {"type": ["boolean", "null"], "description": "Whether it is kept out of the published site."},
        "redirect_from": _words("Paths of the files that it was once in; mkdocs rename writes them."),
        "unlinked_concepts": {
            "anyOf": [{"type": "boolean"}, _words("")],
            "description": "Concepts that are not linked in its text; true for all.",
        },
        "checkpoints": {
            "type": ["object", "null"],
            "description": "Checkpoints that you overrule: step/checkpoint, true or false.",
            "properties": {
                f"{step.id}/{point.id}": {"type": "boolean", "description": point.title}
                for step in portfolio.flow.steps
                for point in step.checkpoints
            },
            "additionalProperties": False,
        },
        "design": {
            "enum": [*(design.id for design in portfolio.designs), None],
            "description": "The design that it is of, by id.",
        },
        "findings": {
            "type": ["array", "null"],
            "items": {"type": "string", "pattern": "^(critical|important|minor|nit) [a-z0-9-]+: "},
            "description": "What it found, by which the next review knows what was fixed; written by review-design.",
        },
        "concepts": {
            "description": "What the note teaches; an empty list for nothing, none for what it is named after.",
            "anyOf": [{"type": ["null", "string", "boolean"]}, {"type": "array", "items": _concept()}, _concept()],
        },
    }


def _concept() -> _Schema:
    described = {"name": _TEXT, "aliases": _words("Other names."), "definition": _TEXT}
    entry = {"type": "object", "properties": described, "additionalProperties": False}
    return {"anyOf": [{"type": "string", "minLength": 1}, {"const": False}, entry]}


def _words(description: str, known: list[str] | None = None) -> _Schema:
    """Return the schema of a list or of words with commas; `known` ones are offered, and others may be written."""
    item: _Schema = {"type": list(_SCALAR)}
    if known:
        item = {"anyOf": [{"enum": list(dict.fromkeys(known))}, item]}
    found: _Schema = {"anyOf": [{"type": "array", "items": item}, {"type": ["string", "null"]}]}
    return found | {"description": description} if description else found


def _flow() -> _Schema:
    texts = {"type": "array", "items": {"type": ["string", "number"]}}
    required_text: _Schema = {"type": ["string", "number"], "minLength": 1}
    checkpoint = _object(
        {
            "id": required_text | {"description": "Its name, unique within the step."},
            "title": {"type": "string", "description": "What pages and commands call it."},
            "kind": {"enum": [kind.value for kind in Kind], "description": "How it is met."},
            "terms": texts | {"description": "Words in any case, singular or plural; fail* matches every ending."},
            "at_least": {"type": "integer", "minimum": 1, "description": "How many; 1 if not given."},
            "of": {"type": "array", "items": {"enum": [entry.value for entry in Entry]}},
            "quantity": {"enum": [measure.value for measure in Measure]},
        },
        required=["id", "kind"],
    )
    mistake = _object({"mistake": required_text, "tempting": {"type": "string"}}, required=["mistake"])
    coach = _object(
        {
            "why": {"type": "string"},
            "questions": texts,
            "levels": _object({level.value: {"type": "string"} for level in Level}),
            "mistakes": {"type": "array", "items": mistake},
            "concepts": texts,
            "example": {"type": "string", "description": "Markdown."},
        }
    )
    step = _object(
        {
            "id": required_text | {"description": "Its name in front matter, addresses and portfolio.json."},
            "title": {"type": "string"},
            "headings": texts | {"description": "The headings that hold it, beside its title and id."},
            "prompt": {"type": "string", "description": "What the author is asked."},
            "skeleton": {"type": "string", "description": "Markdown that the section starts with."},
            "checkpoints": {"type": "array", "items": checkpoint, "minItems": 1},
            "coach": coach,
        },
        required=["id", "checkpoints"],
    )
    steps = {"type": "array", "items": step, "minItems": 1}
    flow = _object({"id": {"type": "string"}, "title": {"type": "string"}, "steps": steps}, required=["steps"])
    return {"$schema": _DIALECT, "title": "A flow", **flow}


def _mkdocs() -> _Schema:
    """Return the schema of an `mkdocs.yml`, of which only our plugin is looked at."""
    paths = {"type": ["string", "null"]}
    kinds: dict[str, _Schema] = {
        "coach": {"enum": [*(mode.value for mode in CoachMode), True, False, None]},
        "concept_links": {"type": ["boolean", "null"]},
        "diagrams": {"type": ["boolean", "null"]},
        "history": {"type": ["boolean", "null"]},
    }
    defaults = {field.name: field.default for field in fields(Settings)}
    options = {name: kinds.get(name, paths) | {"default": defaults[name]} for name in OPTIONS}
    ours = {"type": ["object", "null"], "properties": options, "additionalProperties": False}
    named = {"type": "object", "properties": {"design-portfolio": ours}}
    return {
        "$schema": _DIALECT,
        "title": "mkdocs.yml",
        "type": "object",
        "properties": {"plugins": {"anyOf": [{"type": "array", "items": {"anyOf": [_NAME, named]}}, named]}},
    }


def _object(properties: dict[str, _Schema], *, required: list[str] | None = None) -> _Schema:
    found: _Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | {"required": required} if required else found
