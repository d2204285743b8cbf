"""Flow and sections -> the state of each step, with its evidence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .model import (
    Checkpoint,
    Document,
    Entry,
    Evidence,
    Flow,
    Kind,
    Line,
    LineKind,
    Problem,
    Section,
    Step,
    StepProgress,
    StepState,
)

_NOT_APPLICABLE = re.compile(r"n/?a\b\s*(?:[:–—-]+\s*(?P<reason>.*))?$", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:step\s*)?\d+(?:\.\d+)*\s*[.):–—-]?\s*(?=\D)", re.IGNORECASE)
_UNIT = (
    r"%|percent|nines?|[mµun]?s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|y|years?"
    r"|[kmgtpe]?i?b|bytes?|bits?|[kmgt]?bit/s|[kmgt]?bps|qps|rps|tps|iops|[x×]"
)
_NUMBER = re.compile(
    rf"(?<![\w.])\d[\d,._]*\s*"
    rf"(?:(?:k|m|b|g|t|thousand|million|billion|trillion)?\s*(?:(?:{_UNIT})(?![\w])|[^\W\d_]+\s*/\s*[^\W\d_]+)"
    rf"|(?:k|m|b|thousand|million|billion|trillion)\s+[^\W\d_]+|[^\W\d_]+\s+per\s+[^\W\d_]+)",
    re.IGNORECASE,
)
_UNIT_NAMED = re.compile(rf"(?<![\w])(?:{_UNIT})(?![\w])", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9*`(])")
_DIAGRAM_LANGUAGES = frozenset({"mermaid", "dot", "graphviz", "plantuml", "puml", "d2", "ditaa", "svgbob"})
_PLAIN_LANGUAGES = frozenset({"", "text", "txt", "ascii", "plain", "plaintext"})
_DRAWING = re.compile(r"[─-╿→←↑↓▶▼◀▲]|--+[>|+]|[<+|]--+|\+==|->|<-|\|\s*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph, item, row or fence that the author wrote, with what stands over it."""

    line: int
    kind: LineKind
    text: str
    labels: tuple[str, ...]
    depth: int
    section: int
    """Which of the step's sections it stands in."""
    diagram: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """One section of a step."""

    section: Section
    labels: tuple[str, ...]
    """The headings from the one that holds the step down to this one."""
    child: int
    """0 in the section whose heading holds the step, else the number of the sub-section it is in."""


def measure(
    flow: Flow,
    document: Document,
    *,
    held: Mapping[str, tuple[Held, ...]],
    given: frozenset[str] = frozenset(),
    declared: Mapping[tuple[str, str], bool] | None = None,
) -> tuple[tuple[StepProgress, ...], tuple[Problem, ...]]:
    """Say how far each step of the flow is in a document.

    `held` is `sections_by_step` of the two.
    `given` are the lines that came from the template (`Template.given_to`), which count as nothing.
    `declared` maps (step id, checkpoint id) to what the author says of it, whatever the text says.
    """
    steps = []
    problems: list[Problem] = []
    for step in flow.steps:
        progress, found = _measure_step(step, held.get(step.id, ()), given, declared or {})
        steps.append(progress)
        problems += [Problem(document.path, line, fact, remedy) for line, fact, remedy in found]
    return tuple(steps), tuple(problems)


def sections_by_step(flow: Flow, document: Document) -> dict[str, tuple[Held, ...]]:
    """Map the id of each step to the sections that hold it, sub-sections included.

    A section belongs to the step of the nearest heading, its own or one above it, that the flow
    lists; but inside one step, a heading of another (an "Overview" of the tradeoffs) holds that
    other only where no heading outside does. The document's title (its first H1) holds no step.
    """
    steps = _steps_by_heading(flow)
    title = document.heading
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
        own = steps.get(normal_heading(section.title), "")
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
        step = steps.get(normal_heading(section.title))
        if step and within is None:
            outside.add(step)
            within = section.level
    return frozenset(outside)


def normal_heading(title: str) -> str:
    """Return a heading in the form in which headings are compared: no case, numbering or marks."""
    words = _NUMBERING.sub("", title.strip()).casefold().replace("&", " and ").replace("-", " ")
    return " ".join(re.sub(r"[^\w\s/]", " ", words).split()) or title.casefold().strip()


@functools.lru_cache(maxsize=16)
def _steps_by_heading(flow: Flow) -> Mapping[str, str]:
    return {
        normal_heading(heading): step.id
        for step in reversed(flow.steps)
        for heading in (step.id, step.title, *step.headings)
    }


def _measure_step(
    step: Step, held: tuple[Held, ...], given: frozenset[str], declared: Mapping[tuple[str, str], bool]
) -> tuple[StepProgress, list[tuple[int, str, str]]]:
    section = held[0].section if held else None
    statements = tuple(_statements(held, given))
    evidence = tuple(_evidence(step, point, statements, declared) for point in step.checkpoints)
    problems: list[tuple[int, str, str]] = []
    for statement in statements:
        if found := _NOT_APPLICABLE.fullmatch(statement.text):
            if reason := (found["reason"] or "").strip():
                return StepProgress(step, StepState.SKIPPED, evidence, section, reason), problems
            problems.append((statement.line, f"'n/a' in step '{step.id}' gives no reason", "write 'n/a: why'"))
    if step.checkpoints and all(item.met for item in evidence):
        state = StepState.DONE
    elif statements or any(item.met for item in evidence):
        state = StepState.IN_PROGRESS
    else:
        state = StepState.TODO
    return StepProgress(step, state, evidence, section), problems


def _statements(held: tuple[Held, ...], given: frozenset[str]) -> Iterator[Statement]:
    """Yield what the author wrote: the template's lines and placeholders left out."""
    for item in held:
        group: list[Line] = []
        for line in item.section.lines:
            if group and group[0].block != line.block:
                yield from _statement(group, item)
                group = []
            if (line.text or line.image) and line.source not in given:
                group.append(line)
        yield from _statement(group, item)


def _statement(lines: list[Line], held: Held) -> Iterator[Statement]:
    if not lines:
        return
    first = lines[0]
    diagram = any(line.image for line in lines) or (first.kind is LineKind.CODE and _is_diagram(lines))
    text = " ".join(line.text for line in lines)
    if diagram or any(char.isalnum() for char in text):
        labels = (*held.labels, *first.labels)
        yield Statement(first.number, first.kind, text, labels, first.depth, held.child, diagram)


def _is_diagram(lines: list[Line]) -> bool:
    language = lines[0].language
    if language in _DIAGRAM_LANGUAGES:
        return True
    return language in _PLAIN_LANGUAGES and sum(bool(_DRAWING.search(line.text)) for line in lines) >= 2


def _evidence(
    step: Step,
    point: Checkpoint,
    statements: tuple[Statement, ...],
    declared: Mapping[tuple[str, str], bool],
) -> Evidence:
    overruled = declared.get((step.id, point.id))
    if overruled is not None:
        return Evidence(point, overruled, declared=True)
    if point.kind is Kind.COUNT:
        entries = max((_entries(entry, point.of, statements) for entry in point.of), key=len, default=())
        met = len(entries) >= point.at_least
        return Evidence(point, met, entries[point.at_least - 1] if met else None, len(entries))
    tests = (_gives_number, _is_about) if point.kind is Kind.NUMBER else (_is_about,)
    lines = [item.line for item in statements if all(test(item, point.terms) for test in tests)]
    met = len(lines) >= point.at_least
    return Evidence(point, met, lines[0] if met else None, len(lines))


def _entries(entry: Entry, of: tuple[Entry, ...], statements: tuple[Statement, ...]) -> tuple[int, ...]:
    """Return the lines on which the entries of one sort stand.

    Where sub-sections count and two or more are filled, they are the entries, and what stands
    inside one of them is a part of it and no entry of its own.
    """
    filled = {item.section: item.line for item in reversed(statements) if item.section}
    if entry is Entry.SUBSECTIONS:
        return tuple(filled[child] for child in sorted(filled))
    if Entry.SUBSECTIONS in of and len(filled) >= 2:
        statements = tuple(item for item in statements if not item.section)
    if entry is Entry.ROWS:
        return tuple(item.line for item in statements if item.kind is LineKind.ROW)
    if entry is Entry.ITEMS:
        return tuple(_outer_items(statements))
    if entry is Entry.DIAGRAMS:
        return tuple(item.line for item in statements if item.diagram)
    if entry is Entry.NUMBERS:
        return tuple(item.line for item in statements for _ in _NUMBER.finditer(item.text))
    return tuple(item.line for item in statements)


def _outer_items(statements: tuple[Statement, ...]) -> Iterator[int]:
    """Yield the lines of the items that are not nested in another item with content."""
    depths: list[int] = []
    for item in statements:
        if item.kind is not LineKind.ITEM:
            continue
        while depths and depths[-1] >= item.depth:
            depths.pop()
        if not depths:
            yield item.line
        depths.append(item.depth)


def _is_about(statement: Statement, terms: tuple[str, ...]) -> bool:
    if not terms:
        return True
    pattern = _pattern(terms)
    return bool(pattern.search(statement.text)) or any(map(pattern.search, statement.labels))


def _gives_number(statement: Statement, terms: tuple[str, ...]) -> bool:
    """Whether one sentence, row or code block has a number with its unit, near one of the terms."""
    labelled = not terms or any(map(_pattern(terms).search, statement.labels))
    whole = statement.kind in (LineKind.ROW, LineKind.CODE)
    for sentence in (statement.text,) if whole else _SENTENCE_END.split(statement.text):
        if labelled or _pattern(terms).search(sentence):
            if _NUMBER.search(sentence):
                return True
            unit_elsewhere = " ".join((*statement.labels, sentence))
            if whole and re.search(r"\d", sentence) and _UNIT_NAMED.search(unit_elsewhere):
                return True
    return False


@functools.lru_cache(maxsize=512)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_term(term) for term in terms), re.IGNORECASE)


def _term(term: str) -> str:
    """Return the expression for one term: whole words, hyphen or space, plural, `*` for any ending."""
    if not re.search(r"\w", term):
        return re.escape(term)
    stem = term.removesuffix("*")
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", stem))
    if term.endswith("*"):
        return rf"(?<!\w){words}\w*"
    return rf"(?<!\w){words}" + (r"(?:s|es)?(?!\w)" if stem[-1].isalnum() else "")
