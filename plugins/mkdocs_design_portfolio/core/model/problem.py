"""What a person can mend."""

from __future__ import annotations

from dataclasses import dataclass


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
