"""The portfolio: everything the site shows."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .flow import Flow
from .progress import Progress
from .reference import Place, Reference
from .review import WrittenReview
from .roadmap import Roadmap, Stage, Topic
from .work import Concept, Design, Note

Thing = Design | Note | Stage | Roadmap
"""What can be named and linked to."""


@dataclass(frozen=True)
class Portfolio:
    """Everything the site shows. What is asked by name or place is looked up, not searched for."""

    flow: Flow
    designs: tuple[Design, ...]
    """Newest first; those without a date last."""
    notes: tuple[Note, ...]
    """By title."""
    roadmap: Roadmap | None
    reviews: tuple[WrittenReview, ...] = ()
    """Newest first."""
    references: tuple[Reference, ...] = ()
    """By source, in the order in which they stand there; each leads to something that exists."""
    unresolved: frozenset[tuple[str, str]] = frozenset()
    """Links that lead nowhere, as (path of the document, target as written)."""

    def __iter__(self) -> Iterator[Design | Note]:
        """Yield every design, then every note."""
        yield from self.designs
        yield from self.notes

    def only(self, paths: Collection[str]) -> Portfolio:
        """Return the part of the portfolio that stands in these files, and the references among them."""
        return dataclasses.replace(
            self,
            designs=tuple(design for design in self.designs if design.path in paths),
            notes=tuple(note for note in self.notes if note.path in paths),
            reviews=tuple(item for item in self.reviews if item.path in paths),
            roadmap=self.roadmap if self.roadmap and self.roadmap.path in paths else None,
            references=tuple(
                item for item in self.references if item.source.path in paths and item.target.path in paths
            ),
        )

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the roadmap; none without one."""
        return self.roadmap.stages if self.roadmap else ()

    @property
    def progress(self) -> Progress:
        """Steps done, over all designs."""
        return sum((design.progress for design in self.designs), Progress())

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """What the notes teach, by name."""
        return concepts_of(self.notes)

    def design(self, id: str) -> Design | None:
        """Return the design of that id, or None."""
        return self._designs_by_id.get(id)

    def note(self, id: str) -> Note | None:
        """Return the note of that id, or None."""
        return self._notes_by_id.get(id)

    def at(self, place: Place) -> Thing | None:
        """Return what stands at a place, or None."""
        if self.roadmap and place.path == self.roadmap.path:
            return self.roadmap.stage(place.stage) if place.stage else self.roadmap
        return self._works_by_path.get(place.path)

    def place(self, thing: Thing) -> Place:
        """Return the identity of a thing."""
        if isinstance(thing, Stage):
            return Place(self.roadmap.path if self.roadmap else "", thing.id)
        return Place(thing.path)

    def rank(self, place: Place) -> int:
        """Return how far back a place stands: designs newest first, notes by title, stages, the roadmap."""
        return self._ranks.get(place, len(self._ranks))

    def references_to(self, thing: Thing) -> tuple[Reference, ...]:
        """Return who names a thing: its backlinks."""
        return self._references_by_target.get(self.place(thing), ())

    def references_from(self, work: Design | Note) -> tuple[Reference, ...]:
        """Return what a design or note names."""
        return self._references_by_source.get(work.path, ())

    def work(self, path: str) -> Design | Note | None:
        """Return the design or note of a source file, or None."""
        return self._works_by_path.get(path)

    def designs_of(self, stage: str) -> tuple[Design, ...]:
        """Return the designs attached to the stage of that id, or to a topic of it."""
        return tuple(design for design in self.designs if _belongs(design, stage))

    def notes_of(self, stage: str) -> tuple[Note, ...]:
        """Return the notes attached to the stage of that id, or to a topic of it."""
        return tuple(note for note in self.notes if _belongs(note, stage))

    def progress_of(self, stage: str) -> Progress:
        """Return the steps done over the designs attached to the stage of that id."""
        return sum((design.progress for design in self.designs_of(stage)), Progress())

    def works_on(self, topic: Topic) -> tuple[Design | Note, ...]:
        """Return the designs and notes attached to a topic."""
        return self._works_by_topic.get(topic.key, ())

    def reviews_of(self, design: Design) -> tuple[WrittenReview, ...]:
        """Return the reviews that were written of a design, newest first."""
        return tuple(item for item in self.reviews if item.design == design.id)

    def topics_of(self, work: Design | Note) -> tuple[Topic, ...]:
        """Return the topics that a design or note is attached to, in the order of the roadmap."""
        return tuple(topic for topic in (self.roadmap.topics if self.roadmap else ()) if topic.key in work.topics)

    def unresolved_in(self, path: str) -> frozenset[str]:
        """Return the targets, as written, of the links in a document that lead nowhere."""
        return self._unresolved_by_path.get(path, frozenset())

    @cached_property
    def _unresolved_by_path(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for path, target in self.unresolved:
            found.setdefault(path, set()).add(target)
        return {path: frozenset(targets) for path, targets in found.items()}

    @cached_property
    def _designs_by_id(self) -> Mapping[str, Design]:
        return {design.id: design for design in self.designs}

    @cached_property
    def _notes_by_id(self) -> Mapping[str, Note]:
        return {note.id: note for note in self.notes}

    @cached_property
    def _works_by_path(self) -> Mapping[str, Design | Note]:
        return {work.path: work for work in self}

    @cached_property
    def _ranks(self) -> Mapping[Place, int]:
        things: list[Thing] = [*self, *self.stages, *([self.roadmap] if self.roadmap else [])]
        return {self.place(thing): rank for rank, thing in enumerate(things)}

    @cached_property
    def _works_by_topic(self) -> Mapping[str, tuple[Design | Note, ...]]:
        found: dict[str, list[Design | Note]] = {}
        for work in self:
            for key in work.topics:
                found.setdefault(key, []).append(work)
        return {key: tuple(works) for key, works in found.items()}

    @cached_property
    def _references_by_source(self) -> Mapping[str, tuple[Reference, ...]]:
        found: dict[str, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.source.path, []).append(reference)
        return {path: tuple(references) for path, references in found.items()}

    @cached_property
    def _references_by_target(self) -> Mapping[Place, tuple[Reference, ...]]:
        found: dict[Place, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.target, []).append(reference)
        return {place: tuple(references) for place, references in found.items()}


def concepts_of(notes: Iterable[Note]) -> tuple[Concept, ...]:
    """Return what notes teach, by name."""
    found = [concept for note in notes for concept in note.concepts]
    return tuple(sorted(found, key=lambda concept: (concept.name.casefold(), concept.note)))


def _belongs(work: Design | Note, stage: str) -> bool:
    return work.stage == stage or any(key.startswith(f"{stage}/") for key in work.topics)
