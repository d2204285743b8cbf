"""What a rule says of one thing that it looked at."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Severity


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that a rule looked at: a target, a decision, an alert."""

    line: int
    subject: str
    """What it is, in few words that stay the same while the text around it changes."""
    fact: str = ""
    """What is wrong with it; empty where it holds."""
    severity: Severity | None = None
    """Where it differs from the rule's."""


def there_are(count: int) -> str:
    """Return how many there are, in words."""
    return f"there are {count or 'none'}" if count != 1 else "there is one"
