"""The words of the domain, as frozen dataclasses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class _Name(str, Enum):
    """A closed set of names that prints as the name (`StrEnum`, for Python 3.10)."""

    __str__ = str.__str__


class Status(_Name):
    """How far its author says a design is."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The status as a person reads it, e.g. `In review`."""
        return self.value.replace("-", " ").capitalize()


class StepState(_Name):
    """How far the text says a step is."""

    TODO = "todo"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The state as a person reads it, e.g. `In progress`."""
        return "To do" if self is StepState.TODO else self.value.replace("-", " ").capitalize()


class TopicState(_Name):
    """How far the learner says a topic of the roadmap is."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


class LineKind(_Name):
    """What a line of a section is made as."""

    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


class Kind(_Name):
    """How a checkpoint is met."""

    ABOUT = "about"
    """Something is said about one of the terms."""
    NUMBER = "number"
    """A number with its unit is given, about one of the terms where there are any."""
    COUNT = "count"
    """There are at least so many entries of one of the named sorts."""


class Entry(_Name):
    """What a `count` checkpoint counts."""

    ROWS = "rows"
    ITEMS = "items"
    SUBSECTIONS = "subsections"
    DIAGRAMS = "diagrams"
    NUMBERS = "numbers"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person can mend, told as `path:line: fact (remedy)`."""

    path: str
    """The file, relative to the project's root where it is inside."""
    line: int | None
    """Counted from 1; None where the fact belongs to no line."""
    fact: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.fact}" + (f" ({self.remedy})" if self.remedy else "")


# A document: what a Markdown file says -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of metadata, from the front matter or from a bold line."""

    name: str
    value: object
    line: int
    bold: bool = False
    """Whether it is written as `**Name**: value` in the text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section that is neither blank, a heading, a fence nor a comment."""

    number: int
    """In the file, counted from 1."""
    kind: LineKind
    text: str
    """What it says without Markdown's marks and without placeholders; empty when nothing is left."""
    source: str
    """The line as typed, with white space folded: what is compared with the template."""
    block: int
    """The number of the first line of the paragraph, item or fence that it belongs to."""
    labels: tuple[str, ...] = ()
    """What stands over it inside the section: a lead-in, the items it is nested in, column headings."""
    depth: int = 0
    """For an item: how many items it is nested in."""
    language: str = ""
    """For code: the fence's language."""
    image: bool = False
    """Whether the line shows an image."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it, up to the next heading of any level."""

    level: int
    """1 to 6; 0 for what stands before the first heading."""
    title: str
    """Plain text, without marks and attribute list."""
    line: int
    id: str = ""
    """The identifier written as `{#id}`, or empty."""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file taken apart."""

    path: str
    """Relative to the project's root, with forward slashes."""
    fields: tuple[Field, ...]
    body: str
    """The text after the front matter, with `\\n` line ends."""
    body_line: int
    """The number in the file of the first line of `body`."""
    sections: tuple[Section, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of that name, or None; the front matter wins over bold lines."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def heading(self) -> Section | None:
        """The first H1, which holds the document's title, or None."""
        return next((section for section in self.sections if section.level == 1), None)


# The flow: what a complete design answers ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One thing a complete answer to a step contains."""

    id: str
    title: str
    kind: Kind
    terms: tuple[str, ...] = ()
    """Words looked for, in any case, singular or plural; `fail*` matches every ending."""
    at_least: int = 1
    of: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow."""

    id: str
    title: str
    headings: tuple[str, ...]
    """The headings that hold this step, beside its title."""
    prompt: str
    """What the author is asked, one or two sentences."""
    skeleton: str
    """Markdown that a new design starts this step with; says nothing by itself."""
    checkpoints: tuple[Checkpoint, ...]
    line: int = 0
    """Where the flow file defines it."""

    def checkpoint(self, id: str) -> Checkpoint | None:
        """Return the checkpoint of that id, or None."""
        return next((point for point in self.checkpoints if point.id == id), None)


@dataclass(frozen=True, slots=True)
class Flow:
    """The steps a design goes through, in order."""

    id: str
    title: str
    steps: tuple[Step, ...]
    path: str = ""
    """The file it was read from, as problems name it."""

    def step(self, id: str) -> Step | None:
        """Return the step of that id, or None."""
        return next((step for step in self.steps if step.id == id), None)


# Progress: what the text says about the flow ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps done, of those that count; skipped steps do not count."""

    done: int = 0
    total: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(self.done + other.done, self.total + other.total)

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means every step; 0 when nothing counts."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a checkpoint came to."""

    checkpoint: Checkpoint
    met: bool
    line: int | None = None
    """The line that met it; None when unmet or declared."""
    found: int = 0
    """For a count: how many there are, of the sort that has most."""
    declared: bool = False
    """True when the author overruled the text in the front matter."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far one step of one design is, and why."""

    step: Step
    state: StepState
    evidence: tuple[Evidence, ...]
    section: Section | None = None
    """The first section that holds the step, or None when no heading does."""
    reason: str = ""
    """Why it is skipped, in the author's words."""

    @property
    def met(self) -> int:
        """How many checkpoints are met."""
        return sum(item.met for item in self.evidence)

    @property
    def missing(self) -> tuple[Evidence, ...]:
        """The checkpoints that are not met."""
        return tuple(item for item in self.evidence if not item.met)

    @property
    def declared(self) -> bool:
        """Whether the author overruled any of its checkpoints."""
        return any(item.declared for item in self.evidence)


def total_progress(steps: tuple[StepProgress, ...]) -> Progress:
    """Return how many of the steps that count are done."""
    counted = [step for step in steps if step.state is not StepState.SKIPPED]
    return Progress(sum(step.state is StepState.DONE for step in counted), len(counted))


# The portfolio ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Design:
    """One design document."""

    id: str
    """The file's stem, e.g. `2026-09-14-rate-limiter`."""
    document: Document = field(repr=False)
    title: str
    """Plain text, never HTML."""
    date: dt.date | None
    status: Status
    stage: str
    """The id of a roadmap stage, or empty."""
    tags: tuple[str, ...]
    notes: tuple[str, ...]
    """Ids of the notes it builds on; every one exists."""
    summary: str
    unpublished: bool
    """`draft: true`: shown under `serve` only."""
    steps: tuple[StepProgress, ...] = field(repr=False)
    others: tuple[Section, ...] = field(default=(), repr=False)
    """Sections that belong to no step: shown, not counted."""

    @property
    def path(self) -> str:
        """The source file, relative to the project's root: the design's identity."""
        return self.document.path

    @property
    def progress(self) -> Progress:
        """Steps done of those that count."""
        return total_progress(self.steps)

    def step(self, id: str) -> StepProgress | None:
        """Return how far the step of that id is, or None when the flow has no such step."""
        return next((item for item in self.steps if item.step.id == id), None)


@dataclass(frozen=True, slots=True)
class Note:
    """One study note."""

    id: str
    document: Document = field(repr=False)
    title: str
    date: dt.date | None
    stage: str
    tags: tuple[str, ...]
    summary: str
    unpublished: bool

    @property
    def path(self) -> str:
        """The source file, relative to the project's root: the note's identity."""
        return self.document.path


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn in a stage."""

    title: str
    state: TopicState
    line: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the roadmap."""

    id: str
    """Written as `{#id}`, or made from the title."""
    title: str
    section: Section = field(repr=False)
    topics: tuple[Topic, ...]

    @property
    def unfinished(self) -> tuple[Topic, ...]:
        """The topics that are not completed."""
        return tuple(topic for topic in self.topics if topic.state is not TopicState.COMPLETED)


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The learning path."""

    document: Document = field(repr=False)
    title: str
    stages: tuple[Stage, ...]

    @property
    def path(self) -> str:
        """The source file, relative to the project's root."""
        return self.document.path

    def stage(self, id: str) -> Stage | None:
        """Return the stage of that id, or None."""
        return next((stage for stage in self.stages if stage.id == id), None)

    @property
    def current(self) -> Stage | None:
        """The first stage with an unfinished topic; None when no stage lists any."""
        return next((stage for stage in self.stages if stage.unfinished), None)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything the site shows."""

    flow: Flow
    designs: tuple[Design, ...]
    """Newest first; those without a date last."""
    notes: tuple[Note, ...]
    """By title."""
    roadmap: Roadmap | None

    def __iter__(self) -> Iterator[Design | Note]:
        """Yield every design, then every note."""
        yield from self.designs
        yield from self.notes

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the roadmap; none without one."""
        return self.roadmap.stages if self.roadmap else ()

    @property
    def progress(self) -> Progress:
        """Steps done, over all designs."""
        return sum((design.progress for design in self.designs), Progress())

    def design(self, id: str) -> Design | None:
        """Return the design of that id, or None."""
        return next((design for design in self.designs if design.id == id), None)

    def note(self, id: str) -> Note | None:
        """Return the note of that id, or None."""
        return next((note for note in self.notes if note.id == id), None)

    def designs_of(self, stage: str) -> tuple[Design, ...]:
        """Return the designs attached to the stage of that id."""
        return tuple(design for design in self.designs if design.stage == stage)

    def notes_of(self, stage: str) -> tuple[Note, ...]:
        """Return the notes attached to the stage of that id."""
        return tuple(note for note in self.notes if note.stage == stage)

    def progress_of(self, stage: str) -> Progress:
        """Return the steps done over the designs attached to the stage of that id."""
        return sum((design.progress for design in self.designs_of(stage)), Progress())
