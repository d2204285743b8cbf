"""A roadmap's document -> its stages and topics, and what the work attached to them says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator

from .model import Document, LineKind, Portfolio, Problem, Roadmap, Section, Stage, Topic, TopicState
from .plain import heading_text
from .slug import slugify

_TASK = re.compile(r"(?:[-*+]|\d+[.)])\s+\[(?P<box>[ xX~/>-])\]\s+(?P<text>.*)")
_STARTED = re.compile(r"\s*\((?:in progress|started|doing)\)\s*$", re.IGNORECASE)
_SIGNALS = re.compile(r"\b(?:mastery|signals?|done when|you can)\b", re.IGNORECASE)


def read_roadmap(document: Document) -> tuple[Roadmap, tuple[Problem, ...]]:
    """Return the roadmap that a document describes: each H2 is a stage.

    A stage's id is the `{#id}` of its heading, or the slug of its title; a topic's likewise. Its
    topics are the list items with a task box: `[ ]` not started, `[~]` (or the words "in progress"
    in parentheses) in progress, `[x]` completed. Its mastery signals are the other list items
    under a heading or lead-in that calls them so.
    """
    stages: list[Stage] = []
    problems = []
    lines: dict[str, int] = {}
    last = document.body_line + document.body.count("\n")
    for index, section in enumerate(document.sections):
        if section.level != 2:
            continue
        id = section.id or slugify(section.title) or f"stage-{len(stages)}"
        if id in lines:
            fact = f"stage '{id}' is there twice (the first is on line {lines[id]})"
            problems.append(Problem(document.path, section.line, fact, "give each its own {#id}"))
            continue
        lines[id] = section.line
        parts, end = _parts(document, index, last)
        topics, found = _topics(document, parts, id)
        problems += found
        stages.append(Stage(id, section.title, section, topics, tuple(_signals(parts)), end))
    heading = document.heading
    return Roadmap(document, heading.title if heading else "Roadmap", tuple(stages)), tuple(problems)


def implied_state(portfolio: Portfolio, topic: Topic) -> TopicState | None:
    """Return the state that the work attached to a topic implies; None where there is no work.

    Completed when every design and note is; not started when none is begun; else in progress.
    """
    states = {work.state for work in portfolio.works_on(topic)}
    if not states:
        return None
    return states.pop() if len(states) == 1 else TopicState.IN_PROGRESS


def _parts(document: Document, index: int, last: int) -> tuple[list[Section], int]:
    """Return the sections from one H2 to the next heading of its level or above, and their last line."""
    parts: list[Section] = [document.sections[index]]
    for section in document.sections[index + 1 :]:
        if section.level <= 2:
            return parts, section.line - 1
        parts.append(section)
    return parts, last


def _topics(document: Document, parts: list[Section], stage: str) -> tuple[tuple[Topic, ...], list[Problem]]:
    topics: dict[str, Topic] = {}
    problems = []
    for part in parts:
        for line in part.lines:
            found = _TASK.match(line.source) if line.kind is LineKind.ITEM else None
            if not found:
                continue
            id, title, state = _topic(found)
            if id in topics:
                fact = f"topic '{id}' is there twice in stage '{stage}'"
                problems.append(Problem(document.path, line.number, fact, "give each its own {#id}"))
                continue
            id = id or _free(slugify(title) or "topic", topics)
            topics[id] = Topic(id, title, state, line.number, stage)
    return tuple(topics.values()), problems


def _topic(found: re.Match[str]) -> tuple[str, str, TopicState]:
    """Return the id of a topic (empty where none is written), its title and its state."""
    text, id = heading_text(found["text"])
    if found["box"] in "xX":
        state = TopicState.COMPLETED
    elif found["box"] != " " or _STARTED.search(text):
        state = TopicState.IN_PROGRESS
    else:
        state = TopicState.NOT_STARTED
    return id, _STARTED.sub("", text), state


def _free(id: str, taken: Collection[str]) -> str:
    """Return an id that is not taken: the second "Exercise" of a stage is `exercise-2`."""
    numbered = (f"{id}-{number}" for number in itertools.count(2))
    return id if id not in taken else next(other for other in numbered if other not in taken)


def _signals(parts: list[Section]) -> Iterator[str]:
    for part in parts:
        for line in part.lines:
            if line.kind is LineKind.ITEM and line.text and not _TASK.match(line.source):
                over = (*line.labels, part.title if part.level > 2 else "")
                if any(map(_SIGNALS.search, over)):
                    yield line.text
