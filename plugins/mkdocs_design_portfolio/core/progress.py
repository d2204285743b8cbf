"""Flow and sections -> the state of each step, with its evidence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from .assign import Held
from .model import (
    Checkpoint,
    Document,
    Entry,
    Evidence,
    Flow,
    Kind,
    LineKind,
    Measure,
    Problem,
    Quantity,
    Section,
    Sheet,
    Step,
    StepProgress,
    StepState,
)
from .statements import Statement, statements_of
from .terms import count_numbers, gives_number, mentions, names_unit

_NOT_APPLICABLE = re.compile(r"n/?a\b\s*(?:[:–—-]+\s*(?P<reason>.*))?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9*`(])")


def measure(
    flow: Flow,
    document: Document,
    *,
    held: Mapping[str, tuple[Held, ...]],
    given: frozenset[str] = frozenset(),
    declared: Mapping[tuple[str, str], bool] | None = None,
    sheet: Sheet | None = None,
) -> tuple[tuple[StepProgress, ...], tuple[Problem, ...]]:
    """Say how far each step of the flow is in a document.

    `held` is `assign.sections_by_step` of the two.
    `given` are the lines that came from the template (`Template.given_to`), which count as nothing.
    `sheet` are the capacity numbers of the document; a number that does not hold meets nothing.
    `declared` maps (step id, checkpoint id) to what the author says of it, whatever the text says.
    """
    steps = []
    problems: list[Problem] = []
    for step in flow.steps:
        sections = held.get(step.id, ())
        statements = tuple(statements_of(sections, given=given))
        numbers = _numbers_in(sections, sheet or Sheet())
        own = tuple(item.section for item in sections)
        steps.append(_measure_step(step, own, statements, numbers, declared or {}))
        problems += [
            Problem(document.path, item.line, f"'n/a' in step '{step.id}' gives no reason", "write 'n/a: why'")
            for item in statements
            if _not_applicable(item) == ""
        ]
    return tuple(steps), tuple(problems)


def _measure_step(
    step: Step,
    sections: tuple[Section, ...],
    statements: tuple[Statement, ...],
    numbers: tuple[Quantity, ...],
    declared: Mapping[tuple[str, str], bool],
) -> StepProgress:
    evidence = tuple(_evidence(step, point, statements, numbers, declared) for point in step.checkpoints)
    if reason := _reason_to_skip(statements):
        return StepProgress(step, StepState.SKIPPED, evidence, sections, reason)
    if step.checkpoints and all(item.met for item in evidence):
        state = StepState.DONE
    elif statements or any(item.met for item in evidence):
        state = StepState.IN_PROGRESS
    else:
        state = StepState.TODO
    return StepProgress(step, state, evidence, sections)


def _reason_to_skip(statements: tuple[Statement, ...]) -> str:
    """Return the reason of `n/a: reason`, where that is the first thing said, or all that is said.

    Inside one sub-section of a step it speaks of that sub-section alone.
    """
    reasons = [_not_applicable(item) or "" for item in statements]
    return reasons[0] if reasons and (all(reasons) or not statements[0].section) else ""


def _not_applicable(statement: Statement) -> str | None:
    """Return the reason of an `n/a`, empty where it gives none; None for any other statement."""
    found = _NOT_APPLICABLE.fullmatch(statement.text)
    return (found["reason"] or "") if found else None


def _evidence(
    step: Step,
    point: Checkpoint,
    statements: tuple[Statement, ...],
    numbers: tuple[Quantity, ...],
    declared: Mapping[tuple[str, str], bool],
) -> Evidence:
    overruled = declared.get((step.id, point.id))
    if overruled is not None:
        return Evidence(point, overruled, declared=True)
    if point.kind is Kind.COUNT:
        entries = max((_entries(entry, point.of, statements) for entry in point.of), key=len, default=())
        met = len(entries) >= point.at_least
        return Evidence(point, met, entries[point.at_least - 1] if met else None, len(entries))
    if point.quantity:
        statements = tuple(item for item in statements if item.language != "capacity")
    written = (item.line for item in statements if _meets(item, point))
    worked_out = (item.line for item in numbers if _is_quantity(item, point))
    lines = list(itertools.islice(itertools.chain(worked_out, written), point.at_least))
    met = len(lines) == point.at_least
    return Evidence(point, met, lines[0] if met else None, len(lines))


def _numbers_in(sections: tuple[Held, ...], sheet: Sheet) -> tuple[Quantity, ...]:
    """Return the quantities that are worked out in some sections and hold.

    A line of the template counts as well once its assumptions are filled in.
    """
    lines = {line.number for item in sections for line in item.section.lines}
    return tuple(item for item in sheet.quantities if item.line in lines and item.holds and not item.assumed)


def _entries(entry: Entry, of: tuple[Entry, ...], statements: tuple[Statement, ...]) -> tuple[int, ...]:
    """Return the lines on which the entries of one sort stand.

    A paragraph that opens in bold (`**Holds.** …`) is as good as a sub-section, and as an item where there is none.
    Where sub-sections count and two or more are filled, they are the entries, and what stands
    inside one of them is a part of it and no entry of its own.
    """
    filled = {item.section: item.line for item in reversed(statements) if item.section}
    run_in = tuple(item.line for item in statements if item.run_in and item.kind is LineKind.TEXT)
    if entry is Entry.SUBSECTIONS:
        return max(tuple(filled[child] for child in sorted(filled)), run_in, key=len)
    if Entry.SUBSECTIONS in of and len(filled) >= 2:
        statements = tuple(item for item in statements if not item.section)
    if entry is Entry.ROWS:
        return tuple(item.line for item in statements if item.kind is LineKind.ROW)
    if entry is Entry.ITEMS:
        return tuple(_outer_items(statements)) or run_in
    if entry is Entry.DIAGRAMS:
        return tuple(item.line for item in statements if item.diagram)
    if entry is Entry.NUMBERS:
        return tuple(item.line for item in statements for _ in range(count_numbers(item.text)))
    return tuple(item.line for item in statements)


def _outer_items(statements: tuple[Statement, ...]) -> Iterator[int]:
    """Yield the lines of the items that are not nested in another item with content."""
    depths: list[int] = []
    outermost = ""
    for item in statements:
        if item.kind is not LineKind.ITEM:
            continue
        if not outermost.startswith(item.outer):  # of another list, whose outer item says nothing itself
            depths.clear()
        outermost = item.outer
        while depths and depths[-1] >= item.depth:
            depths.pop()
        if not depths:
            yield item.line
        depths.append(item.depth)


def _meets(statement: Statement, point: Checkpoint) -> bool:
    """Whether a statement is about the terms of a checkpoint, with a number where one is asked for."""
    if not _is_about(statement, point.terms):
        return False
    return point.kind is not Kind.NUMBER or _gives_number(statement, point.terms)


def _is_about(statement: Statement, terms: tuple[str, ...]) -> bool:
    return not terms or mentions(statement.all_lower, terms)


def _is_quantity(number: Quantity, point: Checkpoint) -> bool:
    """Whether a quantity is of the sort asked for.

    A size on the way to something else (of one page, of one row) counts only when it is named after one of the terms.
    """
    final = number.result or number.measure is not Measure.DATA
    return number.measure is point.quantity and (final or mentions(number.name.lower(), point.terms))


def _gives_number(statement: Statement, terms: tuple[str, ...]) -> bool:
    """Whether one sentence, row or code block has a number with its unit, near one of the terms."""
    labelled = not terms or mentions(statement.labels_lower, terms)
    whole = statement.kind in (LineKind.ROW, LineKind.CODE)
    for sentence in (statement.text,) if whole else _SENTENCE_END.split(statement.text):
        if labelled or mentions(sentence.lower(), terms):
            if gives_number(sentence):
                return True
            unit_elsewhere = " ".join((*statement.labels, sentence))
            if whole and re.search(r"\d", sentence) and names_unit(unit_elsewhere):
                return True
    return False
