"""What is derived from the text of a whole portfolio: backlinks, related documents and concepts."""

from __future__ import annotations

from functools import cached_property

from .model import Concept, Design, Note, Portfolio, Stage, Thing, Topic, TopicState
from .references import Backlink, backlinks_of
from .related import Ranking, Related
from .roadmap import implied_state
from .usage import Gap, Usage, Use, survey

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

    def prepare(self) -> None:
        """Make all of them now."""
        _ = self.concepts
        for design in self.portfolio.designs:
            self.related(design)

    def backlinks(self, thing: Thing) -> tuple[Backlink, ...]:
        """Return who refers to a thing."""
        return backlinks_of(self.portfolio, thing)

    def related(self, design: Design) -> tuple[Related, ...]:
        """Return designs and notes close to a design that neither link to it nor are linked from it."""
        if design.path not in self._related:
            linked = {item.target.path for item in self.portfolio.references_from(design)}
            linked |= {item.source.path for item in self.portfolio.references_to(design)}
            self._related[design.path] = self.ranking.related(design, leave_out=linked)
        return self._related[design.path]

    def related_notes(self, design: Design) -> tuple[Related, ...]:
        """Return the notes among what is related, at most three."""
        return tuple(item for item in self.related(design) if isinstance(item.work, Note))[:SUGGESTED]

    def related_designs(self, design: Design) -> tuple[Related, ...]:
        """Return the designs among what is related, at most three."""
        return tuple(item for item in self.related(design) if isinstance(item.work, Design))[:SUGGESTED]

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
