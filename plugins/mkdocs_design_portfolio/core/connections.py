"""What is derived from the text of a whole portfolio: backlinks, related documents and concepts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from .model import Concept, Design, Note, Portfolio, Stage, Thing, Topic, TopicState
from .references import Backlink, backlinks_of
from .related import Ranking, Related, ranked
from .roadmap import implied_state
from .store import Store, digest
from .usage import Gap, Usage, Use, survey
from .workers import aside

_Listed = Mapping[str, Sequence[tuple[str, float, Sequence[str]]]]
"""The path of each design -> what is suggested with it, as (path, score, terms)."""

SUGGESTED = 3
"""How many related designs, and how many related notes, are suggested at most."""


class Connections:
    """The connections of a portfolio, each made when it is first asked for."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self._related: dict[str, tuple[Related, ...]] = {}

    @cached_property
    def concepts(self) -> Usage:
        """What the notes teach, where that is used, and what no note explains."""
        return survey(self.portfolio)

    @cached_property
    def ranking(self) -> Ranking:
        """The full-text index."""
        return Ranking(self.portfolio)

    def prepare(self, store: Store | None, *, code: str) -> Callable[[], frozenset[str]]:
        """Begin to make all suggestions, in another process where that helps, or take those that a `store` keeps.

        What is returned waits for them, and gives the names of what is kept there. `code` is the checksum of the code
        that makes them.
        """
        linked = {design.path: sorted(self._linked(design)) for design in self.portfolio.designs}
        name = digest(
            "suggested", code, json.dumps(linked), *(part for work in self.portfolio for part in ranked(work))
        )
        kept = store.load(name) if store else None
        listed = aside(self._listed) if kept is None else lambda: json.loads(kept)

        def finish() -> frozenset[str]:
            found = listed()
            self._take(found)
            if store and kept is None:
                store.save(name, json.dumps(found).encode())
            return frozenset({name})

        return finish

    def backlinks(self, thing: Thing) -> tuple[Backlink, ...]:
        """Return who refers to a thing."""
        return backlinks_of(self.portfolio, thing)

    def related_notes(self, design: Design) -> tuple[Related, ...]:
        """Return the notes closest to a design that neither link to it nor are linked from it, at most three."""
        return tuple(item for item in self._suggested(design) if isinstance(item.work, Note))

    def related_designs(self, design: Design) -> tuple[Related, ...]:
        """Return the designs closest to a design that neither link to it nor are linked from it, at most three."""
        return tuple(item for item in self._suggested(design) if isinstance(item.work, Design))

    def _suggested(self, design: Design) -> tuple[Related, ...]:
        if design.path not in self._related:
            found = self.ranking.related(design, most=SUGGESTED, leave_out=self._linked(design))
            self._related[design.path] = tuple(found)
        return self._related[design.path]

    def _listed(self) -> _Listed:
        return {
            design.path: [(item.work.path, item.score, item.terms) for item in self._suggested(design)]
            for design in self.portfolio.designs
        }

    def _take(self, listed: _Listed) -> None:
        works = {work.path: work for work in self.portfolio}
        for path, items in listed.items():
            self._related[path] = tuple(Related(works[other], score, tuple(terms)) for other, score, terms in items)

    def _linked(self, design: Design) -> frozenset[str]:
        """Return the paths of what a design links to or is linked from."""
        to = (item.target.path for item in self.portfolio.references_from(design))
        return frozenset(to).union(item.source.path for item in self.portfolio.references_to(design))

    def designs_using(self, concept: Concept) -> tuple[Design, ...]:
        """Return the designs that mention a concept."""
        found = (self.portfolio.work(use.path) for use in self.concepts.uses_of(concept))
        return tuple(work for work in found if isinstance(work, Design))

    def uses(self, concept: Concept) -> tuple[Use, ...]:
        """Return where a concept is first mentioned, by document."""
        return self.concepts.uses_of(concept)

    def implied_state(self, topic: Topic) -> TopicState | None:
        """Return the state that the work attached to a topic implies; None where there is none."""
        return implied_state(self.portfolio, topic)

    def untouched(self, stage: Stage) -> tuple[Topic, ...]:
        """Return the topics of a stage that are neither completed nor have any work attached."""
        return tuple(topic for topic in stage.unfinished if not self.portfolio.works_on(topic))

    def unexplained(self, stage: Stage) -> tuple[Gap, ...]:
        """Return the terms that designs of a stage set in bold and no note explains."""
        ids = {design.id for design in self.portfolio.designs_of(stage.id)}
        return tuple(gap for gap in self.concepts.gaps if not ids.isdisjoint(gap.designs))
