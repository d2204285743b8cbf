"""A document: what a Markdown file says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from .names import LineKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of metadata, from the front matter or from a bold line."""

    name: str
    value: object
    line: int
    bold: bool = False
    """Whether it is written as `**Name**: value` in the text."""


class Line(NamedTuple):
    """One line of a section that is neither blank, a heading, a fence nor a comment.

    There are so many that it matters how long one takes to make.
    """

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
    cells: tuple[tuple[str, str], ...] = ()
    """For a table's row: each filled cell with its column heading."""


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
    lines: Sequence[Line] = ()


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
    derived: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out from the text alone, by what asked for it; so it is worked out once."""

    def derive(self, name: str, work_out: Callable[[], T]) -> T:
        """Return what `work_out` does, now or when it was first asked for under that name."""
        if name not in self.derived:
            self.derived[name] = work_out()
        found: T = self.derived[name]
        return found

    def field(self, name: str) -> Field | None:
        """Return the field of that name, or None; the front matter wins over bold lines."""
        return next((field for field in self.fields if field.name == name), None)

    def section_at(self, line: int) -> Section:
        """Return the section in which a line of the file stands."""
        return next(section for section in reversed(self.sections) if section.line <= line or section.level == 0)

    @property
    def heading(self) -> Section | None:
        """The first H1, which holds the document's title, or None."""
        return next((section for section in self.sections if section.level == 1), None)
