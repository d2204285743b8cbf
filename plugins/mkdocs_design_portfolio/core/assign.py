"""Flow and document -> the sections that hold each step."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .model import Document, Flow, Section

_NUMBERING = re.compile(r"^(?:step )?(?:\d+ )+(?=\D)")
_PARENTHESES = re.compile(r"\([^()]*\)")
_JOINTS = re.compile(r"\s*(?:[&/,;:–—|]|\band\b|\s-\s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """One section of a step."""

    section: Section
    labels: tuple[str, ...]
    """The headings from the one that holds the step down to this one."""
    child: int
    """0 in the section whose heading holds the step, else the number of the sub-section it is in."""


def sections_by_step(flow: Flow, document: Document) -> dict[str, tuple[Held, ...]]:
    """Map the id of each step to the sections that hold it, sub-sections included.

    A section belongs to the step of the nearest heading, its own or one above it, that the flow
    lists; but inside one step, a heading of another (an "Overview" of the tradeoffs) holds that
    other only where no heading outside does. The document's title (its first H1) holds no step.
    """
    title = document.heading
    steps = {section.title: step_of(flow, section.title) for section in document.sections}
    outside = _held_outside(steps, document)
    held: dict[str, list[Held]] = {}
    above: list[tuple[int, str, tuple[str, ...], int]] = []
    labels: tuple[str, ...]
    children: dict[str, int] = {}
    for section in document.sections:
        if section.level == 0 or section is title:
            continue
        while above and above[-1][0] >= section.level:
            above.pop()
        id, labels, child = "", (section.title,), 0
        own = steps[section.title]
        inside = above[-1][1] if above else ""
        if own and (not inside or own == inside or own not in outside):
            id = own
        elif inside:
            _, id, over, child = above[-1]
            labels = (*over, section.title)
            if not child:
                child = children[id] = children.get(id, 0) + 1
        above.append((section.level, id, labels, child))
        if id:
            held.setdefault(id, []).append(Held(section, labels, child))
    return {id: tuple(sections) for id, sections in held.items()}


def _held_outside(steps: Mapping[str, str], document: Document) -> frozenset[str]:
    """Return the steps that a heading holds which stands inside no other step."""
    outside = set()
    within: int | None = None
    for section in document.sections:
        if section.level == 0 or section is document.heading:
            continue
        if within is not None and section.level <= within:
            within = None
        step = steps[section.title]
        if step and within is None:
            outside.add(step)
            within = section.level
    return frozenset(outside)


def step_of(flow: Flow, title: str) -> str:
    """Return the id of the step that a heading holds, or an empty string.

    The flow lists the heading as it is, or without what it has in parentheses; or else one step
    alone is named by the parts of it that the flow lists ("Future work / Evolution").
    """
    steps = _steps_by_heading(flow)
    bare = _PARENTHESES.sub(" ", title)
    for whole in (title, bare):
        if step := steps.get(normal_heading(whole)):
            return step
    named = {steps.get(normal_heading(part), "") for part in _JOINTS.split(bare)} - {""}
    return named.pop() if len(named) == 1 else ""


def normal_heading(title: str) -> str:
    """Return a heading in the form in which headings are compared: no case, numbering, marks or plurals."""
    letters = re.sub(r"[^\w\s]|_", " ", title.casefold().replace("&", " and "))
    words = _NUMBERING.sub("", " ".join(letters.split())).split()
    return " ".join(re.sub(r"(?<=\w\w[^s])s$", "", word) for word in words) or title.casefold().strip()


@functools.lru_cache(maxsize=16)
def _steps_by_heading(flow: Flow) -> Mapping[str, str]:
    return {
        normal_heading(heading): step.id
        for step in reversed(flow.steps)
        for heading in (step.id, step.title, *step.headings)
    }
