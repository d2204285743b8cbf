"""What a person can mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person can mend, told as `path:line: fact (remedy)`, or `path:line:column: …`."""

    path: str
    """The file, relative to the project's root where it is inside."""
    line: int | None
    """Counted from 1; None where the fact belongs to no line."""
    fact: str
    remedy: str = ""
    column: int | None = None
    """Counted from 1; None where the whole line is meant."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.fact}" + (f" ({self.remedy})" if self.remedy else "")
