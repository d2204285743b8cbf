"""History: what git knows of a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from .flow import Step
from .names import Since, StepState


@dataclass(frozen=True, slots=True)
class Version:
    """A commit that gave a document another text."""

    date: dt.date
    """The day on which its author wrote it, where the author was."""
    subject: str


@dataclass(frozen=True, slots=True)
class FileHistory:
    """What is known of one document; what is not known is None or empty, never guessed."""

    created: dt.date | None = None
    changed: dt.date | None = None
    """None also where the file at hand is not what was last committed."""
    first: str = ""
    """The id of its first text; empty where that is not known."""
    last: str = ""
    """The id of the text that was last committed."""
    versions: tuple[Version, ...] = ()
    """Newest first."""

    @property
    def altered(self) -> dt.date | None:
        """When it was last changed, where that was later than the day on which it was created."""
        return self.changed if self.changed != self.created else None

    def uncommitted(self) -> FileHistory:
        """Return what still holds of a file that was edited since it was last committed."""
        return replace(self, changed=None)


@dataclass(frozen=True, slots=True)
class StepChange:
    """What became of one step since the first version of its design."""

    step: Step
    since: Since
    then: StepState
    now: StepState
