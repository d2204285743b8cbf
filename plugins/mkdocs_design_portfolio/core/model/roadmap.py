"""The roadmap: a learning path in stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .document import Document, Section
from .names import TopicState
from .progress import Progress


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn in a stage: a list item with a task box."""

    id: str
    """Written as `{#id}`, or made from the title."""
    title: str
    state: TopicState
    """As declared by its box."""
    line: int
    stage: str
    """The id of its stage."""

    @property
    def key(self) -> str:
        """What tells it from every other topic: `stage/topic`."""
        return f"{self.stage}/{self.id}"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the roadmap."""

    kind: ClassVar[str] = "stage"

    id: str
    """Written as `{#id}`, or made from the title."""
    title: str
    section: Section = field(repr=False)
    topics: tuple[Topic, ...]
    signals: tuple[str, ...] = ()
    """What shows that the stage is mastered, in the learner's words."""
    last_line: int = 0
    """The last line of the file that belongs to it."""

    @property
    def unfinished(self) -> tuple[Topic, ...]:
        """The topics that are not completed."""
        return tuple(topic for topic in self.topics if topic.state is not TopicState.COMPLETED)

    @property
    def progress(self) -> Progress:
        """Topics completed, of all."""
        return Progress(len(self.topics) - len(self.unfinished), len(self.topics))


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The learning path."""

    kind: ClassVar[str] = "roadmap"
    id: ClassVar[str] = "roadmap"

    document: Document = field(repr=False)
    title: str
    stages: tuple[Stage, ...]

    @property
    def path(self) -> str:
        """The source file, relative to the project's root."""
        return self.document.path

    def stage(self, id: str) -> Stage | None:
        """Return the stage of that id, or None."""
        return next((stage for stage in self.stages if stage.id == id), None)

    def stage_at(self, line: int) -> Stage | None:
        """Return the stage in which a line of the file stands, or None before and behind them."""
        return next((stage for stage in self.stages if stage.section.line <= line <= stage.last_line), None)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of every stage, in order."""
        return tuple(topic for stage in self.stages for topic in stage.topics)

    @property
    def current(self) -> Stage | None:
        """The first stage with an unfinished topic; None when no stage lists any."""
        return next((stage for stage in self.stages if stage.unfinished), None)

    def around(self, stage: Stage) -> tuple[Stage | None, Stage | None]:
        """Return the stages before and after one."""
        at = self.stages.index(stage)
        return (self.stages[at - 1] if at else None), (self.stages[at + 1] if at + 1 < len(self.stages) else None)
