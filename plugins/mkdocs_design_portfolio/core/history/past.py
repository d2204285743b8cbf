"""What the pages of a portfolio say of its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import Design, FileHistory, Note, Portfolio, StepChange
from ..settings import Settings
from ..store import Store, digest
from ..template import Template
from .comparison import Beginnings, Compared, changes_of
from .reading import History

_UNKNOWN = FileHistory()


@dataclass(frozen=True)
class Past:
    """The history of a portfolio."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    """By the path of the document; what is in no commit is not here."""
    changes: Mapping[str, tuple[StepChange, ...]] = field(default_factory=dict)
    """The steps of each design that changed since its first version, by its path."""
    beginnings: Beginnings | None = None
    needed: frozenset[str] = frozenset()
    """The names of what is stored."""

    def of(self, work: Design | Note) -> FileHistory:
        """Return what is known of a document."""
        return self.files.get(work.path, _UNKNOWN)

    def changes_in(self, design: Design) -> tuple[StepChange, ...]:
        """Return the steps that changed since the first version of a design."""
        return self.changes.get(design.path, ())

    def compared(self, design: Design) -> tuple[Compared, ...]:
        """Return the same steps with the text of both versions."""
        return self.beginnings.compare(design) if self.beginnings else ()

    def facts(self, work: Design | Note) -> str:
        """Return in short what the page of a document says of its history."""
        known = self.of(work)
        return repr((known.created, known.changed, bool(self.changes.get(work.path))))

    def key(self, design: Design) -> str:
        """Return the checksum of what the page of a design's changes is made of."""
        text = self.beginnings.key(design) if self.beginnings else None
        steps = [(item.step.id, item.since, item.then, item.now) for item in self.changes_in(design)]
        return digest(text or "", repr(self.of(design)), repr(steps))


def past_of(
    portfolio: Portfolio,
    history: History,
    settings: Settings,
    *,
    template: Template | None,
    store: Store | None,
    code: str,
) -> Past:
    """Hold a portfolio against its history."""
    if not history.files:
        return Past(needed=history.needed)
    files = {work.path: history.of(work.path, root=settings.root) for work in portfolio if work.path in history.files}
    beginnings = Beginnings(portfolio.flow, template, history)
    changes, names = changes_of(beginnings, portfolio.designs, store, code=code)
    return Past(files, changes, beginnings, history.needed | names)
