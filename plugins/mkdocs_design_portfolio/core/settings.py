"""Where a portfolio keeps its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .model import CoachMode, Problem
from .suggest import remedy


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the plugin; the paths are relative to the folder of the configuration file."""

    root: Path
    """The folder of the configuration file, absolute."""
    designs_dir: str = "designs"
    notes_dir: str = "notes"
    roadmap: str = "roadmap.md"
    template: str = ""
    """The design template; empty means `_template.md` in `designs_dir`."""
    note_template: str = ""
    """The note template; empty means `_template.md` in `notes_dir`."""
    reviews_dir: str = "reviews"
    """Where `review-design --write` puts its reviews."""
    review_template: str = ""
    """The review template; empty means `_template.md` in `reviews_dir`."""
    flow: str = ""
    """A flow file; empty means the built-in flow of eleven steps."""
    coach: CoachMode = CoachMode.ON
    """Where the coach stands beside each step: `on`, `serve` (only while serving) or `off`."""
    concept_links: bool = True
    """Whether the first mention of a concept on a page becomes a link to the note that teaches it."""
    diagrams: bool = True
    """Whether fences named `mermaid` are drawn, and checked when the site is built."""
    markdown_sources: bool = True
    """Whether the Markdown of each page is published beside it."""
    print_page: bool = True
    """Whether the whole portfolio stands at `print/` as one document, for paper."""
    cache: bool = True
    """Whether finished pages are kept in `.cache/` and reused where nothing that they are made of changed."""

    history: bool = True
    """Whether pages say when they were created and last changed, and what changed, as git knows it."""

    @property
    def template_path(self) -> str:
        """The design template, relative to the root."""
        return self.template or f"{self.designs_dir}/_template.md"

    @property
    def note_template_path(self) -> str:
        """The note template, relative to the root."""
        return self.note_template or f"{self.notes_dir}/_template.md"

    @property
    def review_template_path(self) -> str:
        """The review template, relative to the root."""
        return self.review_template or f"{self.reviews_dir}/_template.md"


OPTIONS = tuple(field.name for field in fields(Settings) if field.name != "root")
"""The names of the plugin's options, in order."""

_REQUIRED = frozenset({"designs_dir", "notes_dir", "reviews_dir", "roadmap"})


def read_settings(
    options: Mapping[str, object], *, root: Path, path: str, line: int | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Check the plugin's options; `path` and `line` are where problems say they stand.

    An option with a mistake keeps its default.
    """
    problems = []
    values: dict[str, Any] = {}
    for name, value in options.items():
        if name not in OPTIONS:
            problems.append(Problem(path, line, f"unknown option '{name}' of design-portfolio", remedy(name, OPTIONS)))
        elif value is not None:
            try:
                values[name] = _READERS.get(name, _path)(name, value, root)
            except ValueError as error:
                fact, _, mend = str(error).partition("; ")
                problems.append(Problem(path, line, f"option '{name}' {fact}", mend))
    return Settings(root, **values), tuple(problems)


def _truth(name: str, value: object, root: Path) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"is {value!r}; expected true or false")


def _coach(name: str, value: object, root: Path) -> CoachMode:
    if isinstance(value, bool):  # YAML reads a bare on and off as truths
        return CoachMode.ON if value else CoachMode.OFF
    try:
        return CoachMode(str(value))
    except ValueError:
        raise ValueError(f"is {value!r}; expected {', '.join(CoachMode)}") from None


def _path(name: str, value: object, root: Path) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {value!r}; expected a path")
    if name != "flow" and not (root / value).resolve().is_relative_to(root.resolve()):
        raise ValueError(f"leaves the project: '{value}'; name a path inside")
    clean = Path(value).as_posix() if value else ""
    if clean in ("", "."):
        if name in _REQUIRED:
            raise ValueError("is empty; name a path inside the project")
        return ""
    return clean


_READERS: Mapping[str, Callable[[str, object, Path], object]] = {
    "concept_links": _truth,
    "diagrams": _truth,
    "markdown_sources": _truth,
    "print_page": _truth,
    "cache": _truth,
    "history": _truth,
    "coach": _coach,
}
"""What reads an option that is no path."""
