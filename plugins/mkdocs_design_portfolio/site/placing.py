"""What stands beside the author's text, and where."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.structure.pages import Page

from ..core.model import Design, Note, Roadmap, Section, Stage, StepProgress
from .render import Renderer
from .slots import Fill, Placed, Where


def design_slots(renderer: Renderer, design: Design) -> Iterator[Placed]:
    """Yield the header below a design's title, and a badge beside the heading of each step."""
    header = _fill(renderer, "design-header.html", design=design)
    yield Placed(_top(design), Where.BELOW_HEADING, header)
    for item in design.steps:
        if item.section:
            badge = _fill(renderer, "step-badge.html", design=design, item=item)
            yield Placed(item.section, Where.IN_HEADING, badge)


def note_slots(renderer: Renderer, note: Note) -> Iterator[Placed]:
    """Yield the header below a note's title."""
    yield Placed(_top(note), Where.BELOW_HEADING, _fill(renderer, "note-header.html", note=note))


def roadmap_slots(renderer: Renderer, roadmap: Roadmap) -> Iterator[Placed]:
    """Yield, under each stage, what is attached to it."""
    for stage in roadmap.stages:
        yield Placed(stage.section, Where.AFTER_SECTION, _fill(renderer, "stage.html", stage=stage))


def listing(renderer: Renderer, partial: str) -> Fill:
    """Return what fills an index page."""
    return _fill(renderer, partial)


def _top(item: Design | Note) -> Section:
    return item.document.heading or item.document.sections[0]


def _fill(renderer: Renderer, partial: str, **context: Design | Note | Stage | StepProgress) -> Fill:
    def fill(page: Page) -> str:
        return renderer.render(partial, page, **context)

    return fill
