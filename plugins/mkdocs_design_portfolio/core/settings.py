"""Where a portfolio keeps its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from .model import Problem
from .suggest import remedy


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the plugin, each a path relative to the folder of the configuration file."""

    root: Path
    """The folder of the configuration file, absolute."""
    designs_dir: str = "designs"
    notes_dir: str = "notes"
    roadmap: str = "roadmap.md"
    template: str = ""
    """The design template; empty means `_template.md` in `designs_dir`."""
    flow: str = ""
    """A flow file; empty means the built-in flow of eleven steps."""

    @property
    def template_path(self) -> str:
        """The design template, relative to the root."""
        return self.template or f"{self.designs_dir}/_template.md"


OPTIONS = tuple(field.name for field in fields(Settings) if field.name != "root")
"""The names of the plugin's options, in order."""


def read_settings(
    options: Mapping[str, object], *, root: Path, path: str, line: int | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Check the plugin's options; `path` and `line` are where problems say they stand.

    An option with a mistake keeps its default.
    """
    problems = []
    values: dict[str, str] = {}
    for name, value in options.items():
        if name not in OPTIONS:
            problems.append(Problem(path, line, f"unknown option '{name}' of design-portfolio", remedy(name, OPTIONS)))
        elif value is None:
            continue
        elif not isinstance(value, str):
            problems.append(Problem(path, line, f"option '{name}' is {value!r}", "expected a path"))
        elif name != "flow" and not (root / value).resolve().is_relative_to(root.resolve()):
            problems.append(Problem(path, line, f"option '{name}' leaves the project: '{value}'", "name a path inside"))
        elif value and (clean := Path(value).as_posix()) != ".":
            values[name] = clean
        elif name in ("designs_dir", "notes_dir", "roadmap"):
            problems.append(Problem(path, line, f"option '{name}' is empty", "name a path inside the project"))
    return Settings(root, **values), tuple(problems)
