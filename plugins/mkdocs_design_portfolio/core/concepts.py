"""A note's metadata -> the concepts it teaches, with a problem for each that is declared wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .metadata import split_names
from .model import Concept, Document, Field, Note, Portfolio, Problem
from .suggest import nearest, remedy
from .vocabulary import Vocabulary, normal_name

_KEYS = ("name", "aliases", "definition")


def read_concepts(
    field: Field | None, *, document: Document, id: str, title: str, aliases: tuple[str, ...], summary: str
) -> tuple[tuple[Concept, ...], tuple[Problem, ...]]:
    """Return the concepts that a note teaches.

    Without the field that is one, called as the note is and defined by its summary. An entry is a
    name, or a mapping of `name` (the note's title by default), `aliases` and `definition`; an empty list means none.
    """
    own = Concept(title, aliases, summary, id)
    if field is None or field.value is None:
        return (own,), ()
    entries = field.value if isinstance(field.value, list) else [field.value]
    concepts = []
    problems = []
    for entry in entries:
        if entry is False:
            continue
        concept, fact, mend = _entry(entry, own, field.line, sole=len(entries) == 1)
        if concept:
            concepts.append(concept)
        if fact:
            problems.append(Problem(document.path, field.line, fact, mend))
    return tuple(concepts), tuple(problems)


def _entry(entry: object, own: Concept, line: int, *, sole: bool) -> tuple[Concept | None, str, str]:
    """Return one concept, and what is wrong with its entry, with a remedy."""
    summary = own.definition if sole else ""
    if isinstance(entry, str) and entry.strip():
        return Concept(_text(entry), (), summary, own.note, line), "", ""
    if not isinstance(entry, Mapping):
        return None, f"a concept is {entry!r}", "write a name, or 'name', 'aliases' and 'definition'"
    name = _text(entry.get("name") or "") or own.name
    aliases = split_names(entry.get("aliases") or [])
    if name == own.name:
        aliases = tuple(dict.fromkeys((*aliases, *own.aliases)))
    definition = _text(entry.get("definition") or "") or summary
    unknown = [str(key) for key in entry if key not in _KEYS]
    fact = f"a concept has the unknown key '{unknown[0]}'" if unknown else ""
    near = nearest(unknown[0], _KEYS) if unknown else ""
    mend = f"did you mean '{near}'?" if near else f"expected {', '.join(_KEYS)}"
    return Concept(name, aliases, definition, own.note, line), fact, mend if fact else ""


def check_concepts(notes: Iterable[Note]) -> tuple[Problem, ...]:
    """Return a problem for each name that a note declares and another note teaches as well.

    Two notes that merely have the same title declare nothing.
    """
    problems = []
    teachers: dict[tuple[str, ...], dict[str, tuple[Note, Concept, str]]] = {}
    for note in notes:
        for concept in note.concepts:
            for name in concept.names:
                teachers.setdefault(normal_name(name), {}).setdefault(note.id, (note, concept, name))
    for found in teachers.values():
        declared = [item for item in found.values() if item[1].line or item[2] in item[0].aliases]
        if len(found) > 1 and declared:
            note, concept, name = declared[-1]
            other = next(item[0] for item in found.values() if item[0] is not note)
            fact = f"the concept '{name}' is taught by {other.path} as well"
            mend = "name it in one of them, or write 'concepts: []' in the other"
            problems.append(Problem(note.path, concept.line or _line_of(note), fact, mend))
    return tuple(problems)


def _line_of(note: Note) -> int:
    field = note.document.field("aliases")
    return field.line if field else 1


def check_unlinked(portfolio: Portfolio) -> tuple[Problem, ...]:
    """Return a problem for each name in `unlinked_concepts` that no note teaches."""
    vocabulary = Vocabulary(portfolio.concepts)
    names = [name for concept in portfolio.concepts for name in concept.names]
    problems = []
    for work in portfolio:
        for name in work.unlinked or ():
            if vocabulary.named(name) is None:
                field = work.document.field("unlinked_concepts")
                mend = remedy(name, sorted(names), none="no note teaches a concept yet")
                problems.append(Problem(work.path, field.line if field else None, f"unknown concept '{name}'", mend))
    return tuple(problems)


def _text(value: object) -> str:
    return " ".join(str(value).split())
