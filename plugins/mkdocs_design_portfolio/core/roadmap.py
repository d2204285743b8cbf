"""A roadmap's document -> its stages and topics."""

from __future__ import annotations

import re

from .model import Document, LineKind, Problem, Roadmap, Section, Stage, Topic, TopicState
from .plain import plain
from .slug import slugify

_TASK = re.compile(r"(?:[-*+]|\d+[.)])\s+\[(?P<box>[ xX~/>-])\]\s+(?P<text>.*)")
_STARTED = re.compile(r"\s*\((?:in progress|started|doing)\)\s*$", re.IGNORECASE)


def read_roadmap(document: Document) -> tuple[Roadmap, tuple[Problem, ...]]:
    """Return the roadmap that a document describes: each H2 is a stage.

    A stage's id is the `{#id}` of its heading, or the slug of its title. Its topics are the list
    items with a task box: `[ ]` not started, `[~]` (or the words "in progress" in parentheses) in
    progress, `[x]` completed.
    """
    stages: list[Stage] = []
    problems = []
    lines: dict[str, int] = {}
    for index, section in enumerate(document.sections):
        if section.level != 2:
            continue
        id = section.id or slugify(section.title) or f"stage-{len(stages)}"
        if id in lines:
            fact = f"stage '{id}' is there twice (the first is on line {lines[id]})"
            problems.append(Problem(document.path, section.line, fact, "give each its own {#id}"))
            continue
        lines[id] = section.line
        stages.append(Stage(id, section.title, section, _topics(document, index)))
    heading = document.heading
    return Roadmap(document, heading.title if heading else "Roadmap", tuple(stages)), tuple(problems)


def _topics(document: Document, index: int) -> tuple[Topic, ...]:
    """Return the topics between one H2 and the next heading of its level or above."""
    parts: list[Section] = [document.sections[index]]
    for section in document.sections[index + 1 :]:
        if section.level <= 2:
            break
        parts.append(section)
    return tuple(
        _topic(found, line.number)
        for part in parts
        for line in part.lines
        if line.kind is LineKind.ITEM and (found := _TASK.match(line.source))
    )


def _topic(found: re.Match[str], line: int) -> Topic:
    text = plain(found["text"])
    if found["box"] in "xX":
        state = TopicState.COMPLETED
    elif found["box"] != " " or _STARTED.search(text):
        state = TopicState.IN_PROGRESS
    else:
        state = TopicState.NOT_STARTED
    return Topic(_STARTED.sub("", text), state, line)
