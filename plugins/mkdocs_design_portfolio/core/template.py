"""A template: what a design says before its author says anything."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from .assign import sections_by_step
from .model import Document, Flow, Problem
from .parse import parse

PLACEHOLDER = re.compile(r"(?P<title>\{\{\s*title\s*\}\}|\[System Name\])|(?P<date>\{\{\s*date\s*\}\}|YYYY-MM-DD)")
"""Where a template wants the design's title or date."""

_NOTE = """\
---
# yaml-language-server: $schema=../site/schemas/note.json
title: {{ title }}
date: {{ date }}
stage:
topic:
tags: []
aliases: []
summary:
---

# {{ title }}

## Intuition

<!-- What it is and why anybody needs it, to a colleague who has never heard of it. Begin with the
     problem. The `summary:` above is the one-sentence definition that other pages show. -->

## Mechanics

<!-- How it works, step by step, with an example small enough to follow by hand. -->

## Failure

<!-- How it breaks: what goes wrong, how one notices, what one does then. -->

## Tradeoffs

<!-- What it costs, what one would use instead, and when each is the better choice. -->

## Self-test

<!-- Questions you could not answer before you wrote this. Come back in a month. -->

1.
2.
3.
"""

_OPENS_HTML = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class Template:
    """A design template, with what it says taken apart."""

    document: Document
    text: str
    given: frozenset[str]
    """Its lines as `Line.source` has them: the same line in a design was not written by its author."""
    varying: tuple[str, ...]
    """Those of its lines that hold a placeholder."""

    def given_to(self, *, title: str, date: dt.date | None) -> frozenset[str]:
        """Return the lines that a design of this title and date got from the template."""
        if not self.varying:
            return self.given
        return self.given | {fill(line, title=title, date=date) for line in self.varying}


def read_template(text: str, *, path: str) -> tuple[Template, tuple[Problem, ...]]:
    """Read a template's text; `path` is what problems call it."""
    document, _ = parse(text, path=path)
    _, problems = parse(fill(text, title="title", date=dt.date.min), path=path)
    sources = {line.source for section in document.sections for line in section.lines}
    return Template(document, text, frozenset(sources), tuple(filter(PLACEHOLDER.search, sorted(sources)))), problems


def fill(text: str, *, title: str, date: dt.date | None) -> str:
    """Put the title and the date where Markdown `text` has a placeholder, in one pass.

    The title stands as typed, but for a `<` or `&` that Markdown would read as HTML.
    """
    shown = _OPENS_HTML.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", title)
    day = date.isoformat() if date else ""
    return PLACEHOLDER.sub(lambda found: shown if found["title"] else day, text)


def default_template(flow: Flow) -> str:
    """Return the template that a flow implies: one H2 per step, with its prompt and skeleton.

    A design copied from it is at 0 of all steps.
    """
    schema = "# yaml-language-server: $schema=../site/schemas/design.json\n"
    fields = "title: {{ title }}\ndate: {{ date }}\nstatus: draft\nstage:\ntags: []\nnotes: []\nsummary:\n"
    head = f"---\n{schema}{fields}---\n"
    parts = [head, "# {{ title }}\n"]
    for step in flow.steps:
        asked = "\n".join(f"     - {point.title}" for point in step.checkpoints)
        parts.append(f"## {step.title}\n\n<!-- {step.prompt}\n{asked}\n-->\n")
        if step.skeleton:
            parts.append(step.skeleton.strip("\n") + "\n")
    return "\n".join(parts)


def default_note_template() -> str:
    """Return the template of a note: what it is, how it works, how it fails, what it costs, and questions."""
    return _NOTE


def check_template(template: Template, flow: Flow, *, flow_named: bool = False) -> tuple[Problem, ...]:
    """Return the steps of the flow that no heading of the template holds, each as a problem."""
    held = sections_by_step(flow, template.document)
    where = template.document.heading
    return tuple(
        Problem(
            template.document.path,
            where.line if where else 1,
            f"no heading holds the step '{step.id}'" + (f" of {flow.path}:{step.line}" if flow_named else ""),
            f"add a heading such as '## {step.title}', or list the heading you use in the flow",
        )
        for step in flow.steps
        if step.id not in held
    )
