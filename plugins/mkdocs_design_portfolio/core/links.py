"""What documents refer to -> the things themselves, and a problem for each that is not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from .model import Field, Note, Problem, Roadmap
from .suggest import nearest, remedy


def resolve_notes(
    references: Iterable[Field], *, path: str, notes: tuple[Note, ...]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the ids of the notes that the document at `path` names, each once, in order.

    A name in `notes:` is an id, or the note's path. A link in `**Related**:` that leads to no note
    leads somewhere else, which is the link checker's business.
    """
    ids = {note.id for note in notes}
    by_path = {note.path: note.id for note in notes}
    found: dict[str, None] = {}
    problems = []
    for reference in references:
        name = str(reference.value)
        target = by_path.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), name)), "")
        id = target or by_path.get(name, "") or (name if name in ids else "")
        if id:
            found[id] = None
        elif reference.name == "notes":
            mend = remedy(name.removesuffix(".md"), sorted(ids), none="there is no note yet")
            problems.append(Problem(path, reference.line, f"unknown note '{name}'", mend))
    return tuple(found), tuple(problems)


def resolve_stage(
    name: str, *, path: str, line: int | None, roadmap: Roadmap | None
) -> tuple[str, tuple[Problem, ...]]:
    """Return the id of the stage that `name` means, or an empty string with a problem.

    A stage is named by its id.
    """
    if not name or (roadmap and roadmap.stage(name)):
        return name, ()
    if roadmap is None:
        mend = "write a roadmap with one H2 for each stage"
        return "", (Problem(path, line, f"stage '{name}' is named, but there is no roadmap", mend),)
    return "", (Problem(path, line, f"unknown stage '{name}'", stage_remedy(name, roadmap)),)


def stage_remedy(name: str, roadmap: Roadmap) -> str:
    """Return what to write instead of an unknown stage, which may be a title where an id belongs."""
    titles = {stage.title: stage.id for stage in roadmap.stages}
    ids = [stage.id for stage in roadmap.stages]
    if not nearest(name, ids) and (title := nearest(name, titles)):
        return f"did you mean {titles[title]!r}?"
    return remedy(name, ids, none="the roadmap has no stage yet")
