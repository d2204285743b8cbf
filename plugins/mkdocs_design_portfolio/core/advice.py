"""Portfolio -> what to do next, each with its reason and the command for it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from .connections import Connections
from .model import Design, Portfolio, Stage, Topic, TopicState

_DESIGNING = re.compile(r"\b(?:designs?|practi[cs]e|projects?|exercises?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do."""

    what: str
    reason: str
    command: str
    """To paste into a terminal; for something to edit, its `path:line`."""


def advise(portfolio: Portfolio, connections: Connections, *, limit: int = 3) -> tuple[Advice, ...]:
    """Return the next few things to do, the most useful first.

    First what is begun: the unfinished design nearest to its end. Then what the current stage
    waits for: topics in progress, then topics not started. Then what is at odds: topics whose declared
    state the work denies, and terms that designs use and no note explains.
    """
    stage = portfolio.roadmap.current if portfolio.roadmap else None
    found: dict[str, Advice] = {}
    for advice in (
        *_unfinished(portfolio),
        *(_topics(portfolio, connections, stage) if stage else ()),
        *_disagreements(portfolio, connections),
        *_gaps(connections),
        *_first_steps(portfolio),
    ):
        found.setdefault(advice.command, advice)
    return tuple(found.values())[:limit]


def _unfinished(portfolio: Portfolio) -> Iterator[Advice]:
    begun = [design for design in portfolio.designs if design.state is TopicState.IN_PROGRESS]
    for design in sorted(begun, key=lambda design: -design.progress.percent)[:1]:
        step = next(item for item in design.steps if item.missing and item.state.value in ("todo", "in-progress"))
        reason = (
            f"{design.said} done; next is {step.step.title}, which lacks {step.missing[0].checkpoint.title.lower()}"
        )
        yield Advice(f"Finish {design.title}", reason, f"mkdocs progress {design.id}")


def _topics(portfolio: Portfolio, connections: Connections, stage: Stage) -> Iterator[Advice]:
    """Yield what to write for the unfinished topics of a stage, those in progress first."""
    waiting = sorted(connections.untouched(stage), key=lambda topic: topic.state is TopicState.NOT_STARTED)
    for topic in waiting[:2]:
        state = "is in progress" if topic.state is TopicState.IN_PROGRESS else "is not started"
        reason = f"{state} in the current stage, {stage.title}, and nothing is written on it yet"
        kind = "design" if _is_for_designs(portfolio, stage) else "note"
        yield Advice(f"Write a {kind} on {topic.title}", reason, _command(kind, topic))


def _disagreements(portfolio: Portfolio, connections: Connections) -> Iterator[Advice]:
    for topic in portfolio.roadmap.topics if portfolio.roadmap else ():
        implied = connections.implied_state(topic)
        if portfolio.roadmap and implied and implied is not topic.state:
            works = ", ".join(f"{work.title}: {work.said}" for work in portfolio.works_on(topic))
            reason = f"declared {topic.state.label}, but the work says {implied.label} ({works})"
            yield Advice(f"Look at the topic {topic.title}", reason, f"{portfolio.roadmap.path}:{topic.line}")


def _gaps(connections: Connections) -> Iterator[Advice]:
    gaps = sorted(connections.concepts.gaps, key=lambda gap: -len(gap.designs))
    for gap in gaps[:1]:
        count = len(gap.designs)
        reason = f"{count} {'design names' if count == 1 else 'designs name'} it in bold and no note explains it"
        yield Advice(f"Explain {gap.name}", reason, f"mkdocs new-note {shlex.quote(gap.name)}")


def _first_steps(portfolio: Portfolio) -> Iterator[Advice]:
    if not portfolio.notes:
        yield Advice("Write a first note", "a design builds on what its notes explain", 'mkdocs new-note "caching"')
    if not portfolio.designs:
        yield Advice("Start a first design", "there is none yet", 'mkdocs new-design "rate limiter"')


def _is_for_designs(portfolio: Portfolio, stage: Stage) -> bool:
    """Whether the work of a stage is designs rather than notes: by what is attached, else by its name."""
    works = [work for topic in stage.topics for work in portfolio.works_on(topic)]
    if works:
        return sum(isinstance(work, Design) for work in works) * 2 > len(works)
    return bool(_DESIGNING.search(f"{stage.id.replace('-', ' ')} {stage.title}"))


def _command(kind: str, topic: Topic) -> str:
    return f"mkdocs new-{kind} {shlex.quote(topic.title)} --topic {topic.key}"
