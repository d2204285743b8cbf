"""A design's title and tags -> the notes that may help."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .model import Note

_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = frozenset({"the", "and", "for", "with", "from", "into", "how", "design", "system", "service", "distributed"})
_WEIGHTS = {"title": 4, "tags": 3, "headings": 2, "summary": 1}


def notes_for(title: str, *, tags: Iterable[str], notes: Iterable[Note], limit: int = 3) -> tuple[Note, ...]:
    """Return the notes that share most words with a title and tags, best first.

    A word shared with a note's title counts 4, with its tags 3, its headings 2, its summary 1;
    plurals and common endings are forgiven, and a note that shares no word is not returned.
    """
    wanted = _stems(" ".join((title, *tags)))
    scored = [(_score(wanted, note), note) for note in notes]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(note for _, note in best[:limit])


def _score(wanted: frozenset[str], note: Note) -> int:
    texts = {
        "title": f"{note.title} {note.id}",
        "tags": " ".join(note.tags),
        "headings": " ".join(section.title for section in note.document.sections),
        "summary": note.summary,
    }
    return sum(_WEIGHTS[part] * len(wanted & _stems(text)) for part, text in texts.items())


def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(re.sub(r"(?:ing|ers|er|ed|es|s|e)$", "", word) for word in words if word not in _COMMON)
