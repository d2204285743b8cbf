"""What stands beside the author's text, and where."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.structure.pages import Page

from ..core.model import Design, Note, Roadmap, Stage, StepProgress
from .render import Renderer
from .slots import Fill, Placed, Where


def document_slots(renderer: Renderer, item: Design | Note) -> Iterator[Placed]:
    """Yield the header below a document's title and, in a design, a badge beside the heading of each step."""
    top = item.document.heading or item.document.sections[0]
    if isinstance(item, Note):
        yield Placed(top, Where.BELOW_HEADING, _fill(renderer, "note-header.html", note=item))
        return
    yield Placed(top, Where.BELOW_HEADING, _fill(renderer, "design-header.html", design=item))
    for step in item.steps:
        if step.section:
            badge = _fill(renderer, "step-badge.html", design=item, item=step)
            yield Placed(step.section, Where.IN_HEADING, badge)


def roadmap_slots(renderer: Renderer, roadmap: Roadmap) -> Iterator[Placed]:
    """Yield, under each stage, what is attached to it."""
    for stage in roadmap.stages:
        yield Placed(stage.section, Where.AFTER_SECTION, _fill(renderer, "stage.html", stage=stage))


def listing(renderer: Renderer, partial: str) -> Fill:
    """Return what fills an index page."""
    return _fill(renderer, partial)


def _fill(renderer: Renderer, partial: str, **context: Design | Note | Stage | StepProgress) -> Fill:
    def fill(page: Page) -> str:
        return renderer.render(partial, page, **context)

    return fill
