"""A design as a reviewer reads it: what each step says, by its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..assign import Held, sections_by_step
from ..model import Design, Flow, LineKind, StepProgress, StepState
from ..statements import Statement, statements_of
from ..terms import mentions
from .diagrams import Box, boxes_of
from .phrases import Words
from .words import words

_LEAD = 7
"""How many words a paragraph may have that only introduces what follows."""

_BOLD = re.compile(r"(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*|__)(?P<name>[^*_]{1,60}?)[.:]?(?:\*\*|__)")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a step lists: a target, a decision, a failure, an alert."""

    title: str
    line: int
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """All that is said in it, its title included."""
        return " ".join((self.title, *(item.text for item in self.statements)))

    @property
    def argued(self) -> str:
        """The text with the lead-ins and column headings that stand over it."""
        labels = (label for item in self.statements for label in item.lines[0].labels)
        return " ".join((*labels, self.text))

    def says(self, terms: tuple[str, ...]) -> bool:
        """Whether it mentions one of the terms, in its text or in a label."""
        return mentions(self.argued.lower(), terms)

    def cell(self, columns: tuple[str, ...]) -> str | None:
        """Return the cell of the first column whose heading has one of some words; None where none has."""
        for item in self.statements:
            for heading, cell in item.cells:
                if mentions(heading.lower(), columns):
                    return cell
        return None

    @property
    def stated(self) -> str:
        """The text without the cells that only give a reason."""
        said = []
        for item in self.statements:
            reasons = words("reason columns")
            cells = [cell for heading, cell in item.cells if not mentions(heading.lower(), reasons)]
            said.append(" · ".join(cells) if item.cells else item.text)
        return " ".join(said)


@dataclass(frozen=True)
class Reading:
    """A design, its flow, and what its author wrote."""

    design: Design
    flow: Flow
    given: frozenset[str] = frozenset()
    """The lines that came from the template."""
    known: frozenset[str] = frozenset()
    """What the portfolio's notes explain, in small letters."""

    @cached_property
    def held(self) -> dict[str, tuple[Held, ...]]:
        """The sections of each step."""
        return sections_by_step(self.flow, self.design.document)

    @cached_property
    def _said(self) -> dict[str, tuple[Statement, ...]]:
        return {step: tuple(statements_of(held, given=self.given)) for step, held in self.held.items()}

    def said(self, *steps: str) -> tuple[Statement, ...]:
        """Return what is said in some steps; nothing for a step that the flow does not have or that is skipped."""
        return tuple(item for step in steps if self.written(step) for item in self._said.get(step, ()))

    def prose(self, *steps: str) -> tuple[Statement, ...]:
        """Return what is said in some steps, code and diagrams left out."""
        return tuple(item for item in self.said(*steps) if item.kind is not LineKind.CODE)

    def step(self, id: str) -> StepProgress | None:
        """Return how far a step is, or None when the flow has no such step."""
        return self.design.step(id)

    def written(self, id: str) -> bool:
        """Whether something is said in a step."""
        step = self.step(id)
        return step is not None and step.state in (StepState.DONE, StepState.IN_PROGRESS)

    def line(self, id: str) -> int:
        """Return the line of the heading that holds a step, else of the title, else 1."""
        step = self.step(id)
        if step and step.section:
            return step.section.line
        heading = self.design.document.heading
        return heading.line if heading else 1

    def step_at(self, line: int) -> str:
        """Return the id of the step in which a line stands, or an empty string."""
        found = self.design.step_in(self.design.document.section_at(line))
        return found.step.id if found else ""

    def terms(self, step: str, checkpoint: str) -> tuple[str, ...]:
        """Return the terms by which the flow knows a checkpoint; none where it does not have it."""
        found = self.flow.step(step)
        point = found.checkpoint(checkpoint) if found else None
        return point.terms if point else ()

    def after(self, step: str) -> tuple[str, ...]:
        """Return the ids of the steps behind one."""
        ids = [item.id for item in self.flow.steps]
        return tuple(ids[ids.index(step) + 1 :]) if step in ids else ()

    def words(self, *steps: str) -> Words:
        """Return the words of some steps, sentence by sentence and with their labels; diagrams left out."""
        return Words(
            " ".join((*item.labels[1:], item.text)) for item in self.said(*steps) if not self._is_drawing(item)
        )

    def _is_drawing(self, item: Statement) -> bool:
        return item.diagram and item.kind is LineKind.CODE

    def parts(self, step: str) -> tuple[Part, ...]:
        """Return what a step lists: its sub-sections where two or more are filled, else its rows, else its items.

        Two or more paragraphs that open in bold (`**Holds.** …`) are as good as sub-sections. A step that lists
        nothing has one part for each paragraph.
        """
        said = self.said(step)
        children = {item.section for item in said if item.section}
        if len(children) > 1:
            return tuple(self._child(step, number) for number in sorted(children))
        for found in (tuple(map(_row, _of(said, LineKind.ROW))), tuple(_run_ins(said)), tuple(_items(said))):
            if found:
                return found
        return tuple(Part("", item.line, (item,)) for item in self.prose(step))

    def _child(self, step: str, number: int) -> Part:
        """Return one sub-section of a step, those nested in it included."""
        heading = next(item.section for item in self.held[step] if item.child == number)
        return Part(heading.title, heading.line, tuple(item for item in self.said(step) if item.section == number))

    def led(self, step: str) -> Iterator[tuple[str, Statement]]:
        """Yield what a step says, each with what leads it in, in small letters.

        That are the labels over it, its own first words, and the last paragraph of a few bold words: `**Alerts.**`
        """
        lead = ""
        for item in self.prose(step):
            if item.kind is LineKind.TEXT:
                lead = item.text if bold_name(item) and len(item.text.split()) <= _LEAD else ""
            yield " ".join((lead, *item.labels[1:], *item.text.split()[:4])).lower(), item

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of the architecture's diagrams; none where no diagram can be read."""
        lines = self.design.document.body.split("\n")
        first = self.design.document.body_line
        found: list[Box] = []
        for item in self.said("high-level-architecture"):
            if self._is_drawing(item):
                start, end = item.lines[0].number, item.lines[-1].number
                drawn = lines[start - first : end - first + 1]
                found += boxes_of(drawn, language=item.language, first_line=start)
        return tuple(found)


def says(statement: Statement, terms: tuple[str, ...]) -> bool:
    """Whether a statement mentions one of the terms, in its text or over it."""
    return mentions(statement.all_lower, terms)


def bare_number(text: str) -> bool:
    """Whether a text has a number at all, percentile names (`p99`) and versions left aside."""
    return bool(re.search(r"(?<![\w.])\d", re.sub(r"\bp\d+(?:\.\d+)?\b", "", text, flags=re.IGNORECASE)))


def bold_name(statement: Statement) -> str:
    """Return the bold words that a paragraph or item opens with, or an empty string."""
    found = _BOLD.match(statement.lines[0].source) if statement.lines else None
    return found["name"].strip() if found else ""


def _row(item: Statement) -> Part:
    return Part(item.cells[0][1] if item.cells else item.text, item.line, (item,))


def _of(said: Iterable[Statement], kind: LineKind) -> tuple[Statement, ...]:
    return tuple(item for item in said if item.kind is kind)


def _run_ins(said: Iterable[Statement]) -> tuple[Part, ...]:
    """Return each paragraph that opens in bold, with all up to the next one; none where there are less than two."""
    parts: list[list[Statement]] = []
    for item in said:
        if item.run_in and item.kind is LineKind.TEXT:
            parts.append([item])
        elif parts:
            parts[-1].append(item)
    return tuple(Part(part[0].run_in, part[0].line, tuple(part)) for part in parts) if len(parts) > 1 else ()


def _items(said: Iterable[Statement]) -> Iterator[Part]:
    """Yield each outer item with the items nested in it; of one that only introduces them, its words are the title."""
    groups: list[tuple[str, list[Statement]]] = []
    for item in _of(said, LineKind.ITEM):
        if item.depth and groups and groups[-1][0].startswith(item.outer):
            groups[-1][1].append(item)
        else:
            groups.append((item.outer, [item]))
    for outer, found in groups:
        first = found[0]
        title = outer if first.depth else first.run_in or bold_name(first) or first.text
        yield Part(title, first.line, tuple(found))
