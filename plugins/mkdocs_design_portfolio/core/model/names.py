"""Closed sets of names, each printing as the name."""

from __future__ import annotations

from enum import Enum


class Name(str, Enum):
    """A closed set of names (`StrEnum`, for Python 3.10)."""

    __str__ = str.__str__


class Status(Name):
    """How far its author says a design is."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The status as a person reads it, e.g. `In review`."""
        return self.value.replace("-", " ").capitalize()


class StepState(Name):
    """How far the text says a step is."""

    TODO = "todo"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The state as a person reads it, e.g. `In progress`."""
        return "To do" if self is StepState.TODO else self.value.replace("-", " ").capitalize()


class Since(Name):
    """What became of a step since the first version of its design."""

    WRITTEN = "written"
    """Nothing was said of it then."""
    REVISED = "revised"
    """It says something else than then."""

    @property
    def label(self) -> str:
        """The word as a person reads it, e.g. `Written`."""
        return self.value.capitalize()


class TopicState(Name):
    """How far a topic of the roadmap is, by the learner's word or by the work attached to it."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"

    @property
    def label(self) -> str:
        """The state as a person reads it, e.g. `not started`."""
        return self.value.replace("-", " ")


class LineKind(Name):
    """What a line of a section is made as."""

    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


class Kind(Name):
    """How a checkpoint is met."""

    ABOUT = "about"
    """Something is said about one of the terms."""
    NUMBER = "number"
    """A number with its unit is given, about one of the terms where there are any."""
    COUNT = "count"
    """There are at least so many entries of one of the named sorts."""


class Level(Name):
    """How experienced an engineer is: what they concentrate on differs."""

    JUNIOR = "junior"
    SENIOR = "senior"
    STAFF = "staff"


class CoachMode(Name):
    """Where the coach is shown."""

    OFF = "off"
    ON = "on"
    """On every page; opened while serving, closed when published."""
    SERVE = "serve"
    """While serving only."""


class Severity(Name):
    """How bad a finding is, worst first."""

    CRITICAL = "critical"
    """It loses data, cannot carry the stated load, or fails the stated purpose."""
    IMPORTANT = "important"
    """It will hurt in production, or a decision does not follow from its reasons."""
    MINOR = "minor"
    """Unclear or incomplete; it would slow the next reader down."""
    NIT = "nit"
    """Wording, naming, form."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Measure(Name):
    """What sort of quantity a number is, by its unit; counting units are all alike."""

    RATE = "rate"
    """Something a second: `posts/s`, `/s`."""
    DATA = "data"
    DATA_RATE = "data-rate"
    COUNT = "count"
    TIME = "time"
    NUMBER = "number"
    """Without a unit."""
    OTHER = "other"

    @property
    def label(self) -> str:
        """The sort as a person reads it, e.g. `Data a second`."""
        return _MEASURES[self]


_MEASURES = {
    Measure.RATE: "Rates",
    Measure.DATA: "Data stored",
    Measure.DATA_RATE: "Data moved",
    Measure.COUNT: "Counts",
    Measure.TIME: "Times",
    Measure.NUMBER: "Ratios",
    Measure.OTHER: "Other",
}


class Entry(Name):
    """What a `count` checkpoint counts."""

    ROWS = "rows"
    ITEMS = "items"
    SUBSECTIONS = "subsections"
    DIAGRAMS = "diagrams"
    NUMBERS = "numbers"
    STATEMENTS = "statements"
