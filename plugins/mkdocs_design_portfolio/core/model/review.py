"""A review: what a critical reader finds in a design."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from .document import Document
from .names import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a review looks at."""

    id: str
    severity: Severity
    """Of its findings, unless one says otherwise."""
    step: str
    """The id of the step it reads; empty for one that reads across steps."""
    title: str
    why: str
    """Why a finding of it matters."""
    remedy: str
    """What to do about one."""
    weak: str
    """A piece of a design, as Markdown, in which it finds something."""
    strong: str
    """The same piece, mended."""
    strength: str = ""
    """What is said where all it looked at holds; `{count}` is how many that were. Empty where that is no merit."""
    enough: int = 1
    """How many have to hold for that to be said."""
    none: str = ""
    """The fact that is told, once, where nothing of what it looked at holds."""
    checkpoints: tuple[str, ...] = ()
    """`step/checkpoint`: what it says more exactly than that the checkpoint is not met."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in a design."""

    rule: Rule
    severity: Severity
    path: str
    line: int
    """Of the file, counted from 1."""
    subject: str
    """What it is about, in few words: together with the rule, what it is known by in the next review."""
    fact: str
    step: str = ""
    """The id of the step it stands in, or empty."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other findings of its design, whatever line it stands on."""
        return self.rule.id, self.subject

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity} {self.rule.id}: {self.fact} ({self.rule.remedy})"


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that its author does not want to hear of, and why."""

    finding: Finding
    reason: str
    line: int
    """Of the comment that says so."""


@dataclass(frozen=True, slots=True)
class Strength:
    """One thing that a design does well."""

    rule: Rule
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Review:
    """All that was found in one design."""

    path: str
    design: str
    """The id of the design."""
    title: str
    findings: tuple[Finding, ...]
    """Worst first; those of one severity by line."""
    strengths: tuple[Strength, ...]
    """By line."""
    silenced: tuple[Silenced, ...] = ()

    @cached_property
    def counts(self) -> tuple[tuple[Severity, int], ...]:
        """How many findings there are of each severity that occurs, worst first."""
        counted = ((severity, sum(item.severity is severity for item in self.findings)) for severity in Severity)
        return tuple(pair for pair in counted if pair[1])

    @property
    def said(self) -> str:
        """The counts in words, e.g. `1 important, 3 minor`."""
        return ", ".join(f"{count} {severity}" for severity, count in self.counts) or "nothing found"

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings that are as bad as a severity, or worse."""
        return tuple(item for item in self.findings if item.severity.rank <= severity.rank)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a review that was written down tells it."""

    rule: str
    subject: str
    severity: str
    fact: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by, as `Finding.key`."""
        return self.rule, self.subject


@dataclass(frozen=True, slots=True)
class WrittenReview:
    """A review that was written down: a document of its own."""

    kind: ClassVar[str] = "review"

    id: str
    """The file's stem, e.g. `2026-11-23-review-rate-limiter`."""
    document: Document = field(repr=False)
    title: str
    date: dt.date | None
    design: str
    """The id of the design that was read, which exists; or empty."""
    told: tuple[Told, ...] = ()
    unpublished: bool = False
    """`draft: true`, here or in the design: shown under `serve` only."""

    @property
    def path(self) -> str:
        """The source file, relative to the project's root."""
        return self.document.path

    @property
    def label(self) -> str:
        """What tells it from the other reviews of its design, in short: its date, and its number where it has one."""
        numbered = re.search(r"-(\d+)$", self.id) if self.date else None
        number = f" ({numbered[1]})" if numbered and "review" in self.id else ""
        return f"{self.date.isoformat()}{number}" if self.date else self.title

    @property
    def said(self) -> str:
        """How many findings it tells, by severity, e.g. `1 important, 3 minor`."""
        counts = ((severity, sum(item.severity == severity for item in self.told)) for severity in Severity)
        return ", ".join(f"{count} {severity}" for severity, count in counts if count) or "nothing found"
