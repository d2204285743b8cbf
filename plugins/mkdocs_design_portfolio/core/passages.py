"""The part of a file that holds a step, taken out to be written in and put back alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .assign import Held, sections_by_step
from .model import Document, Flow, Step

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands below the heading of a step, up to the heading of another."""

    heading: str
    """The heading as it is to be written where none holds the step yet, as `## Tradeoffs`; else empty."""
    start: int
    """The first line of the file that belongs to it, counted from 1; `end` is the first that does not."""
    end: int
    text: str
    """Its lines, divided by `\\n`, without the blank lines around them."""


def passage_of(raw: bytes, document: Document, flow: Flow, step: Step) -> Passage:
    """Return the passage of a step in a file, of which `document` was read.

    Where several places hold the step, it is the first in which nothing is written, else the last. Where none
    does, it is an empty one behind the nearest step before it that has a heading, or at the end.
    """
    lines = _LINE_END.split(_decoded(raw))[::2]
    held = sections_by_step(flow, document)
    runs = _runs(document, held.get(step.id, ()))
    if runs:
        empty = [run for run in runs if not any(line.text for item in run for line in item.section.lines)]
        run = (empty or runs[-1:])[0]
        first = run[0].section.line
        underlined = first < len(lines) and not lines[first - 1].lstrip().startswith("#")
        start = first + 1 + (underlined and bool(_UNDERLINE.match(lines[first])))
        end = _end(document, run, len(lines))
        return Passage("", start, end, _text(lines[start - 1 : end - 1]))
    end = len(lines) + 1
    for earlier in reversed(flow.steps[: flow.number(step.id) - 1]):
        if earlier.id in held:
            end = _end(document, _runs(document, held[earlier.id])[-1], len(lines))
            break
    return Passage(f"## {step.title}", end, end, "")


def with_passage(raw: bytes, passage: Passage, text: str) -> bytes:
    """Return a file with another text in a passage, and every other byte as it is.

    The line ends are those of the file. A blank line is kept on either side of the text.
    """
    parts = _LINE_END.split(_decoded(raw))
    ends = parts[1::2]
    line_end = max(set(ends), key=ends.count) if ends else "\n"
    before = "".join(parts[: (passage.start - 1) * 2])
    after = "".join(parts[(passage.end - 1) * 2 :])
    written = _text(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    body = "\n\n".join(filter(None, (passage.heading, written)))
    if before and not before.endswith(("\n", "\r")):
        before += line_end
    lead = "\n" if before and body and not (passage.heading and before.endswith(line_end * 2)) else ""
    tail = "" if not body else "\n\n" if after else "\n"
    if not body and after:
        lead = "\n"
    return (before + (lead + body + tail).replace("\n", line_end) + after).encode("utf-8", "surrogateescape")


def _runs(document: Document, held: Sequence[Held]) -> list[list[Held]]:
    """Return the sections of a step as they stand together in the document."""
    places = {section.line: number for number, section in enumerate(document.sections)}
    runs: list[list[Held]] = []
    for item in held:
        if runs and places[item.section.line] == places[runs[-1][-1].section.line] + 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _end(document: Document, run: Sequence[Held], lines: int) -> int:
    """Return the line of the heading that follows, or the one behind the last."""
    last = run[-1].section.line
    return next((section.line for section in document.sections if section.line > last), lines + 1)


def _text(lines: Sequence[str]) -> str:
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept)


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
