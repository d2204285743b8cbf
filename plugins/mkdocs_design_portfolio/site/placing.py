"""What stands beside the author's text, and where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mkdocs.structure.pages import Page

from ..core.model import Design, Note, Roadmap, Step, StepProgress, Thing, Topic, WrittenReview
from .render import Renderer
from .slots import Fill, Placed, Where


def document_slots(renderer: Renderer, item: Design | Note, *, coach: bool, opened: bool) -> Iterator[Placed]:
    """Yield what a document's page shows beside its text.

    A header below the title; in a design, behind it the rail, a badge beside the heading of each step, its state in
    the table of contents and, where there is to be a `coach`, the coach below it; at the end, who links here and what
    is related.
    """
    top = item.document.heading or item.document.sections[0]
    if isinstance(item, Note):
        yield Placed(top, Where.BELOW_HEADING, fill(renderer, "note-header.html", note=item))
    else:
        yield Placed(top, Where.BELOW_HEADING, fill(renderer, "rail.html", design=item), on_paper=False)
        yield Placed(top, Where.BELOW_HEADING, fill(renderer, "design-header.html", design=item))
        for step in item.steps:
            if step.section:
                badge = fill(renderer, "step-badge.html", design=item, item=step)
                yield Placed(step.section, Where.IN_HEADING, badge)
                yield Placed(step.section, Where.IN_CONTENTS, partial(renderer.mark, step.state))
                if coach and step.step.coach:
                    panel = partial(renderer.coach, step.step, opened=opened)
                    yield Placed(step.section, Where.BELOW_HEADING, panel, on_paper=False)
    yield Placed(top, Where.END, fill(renderer, "connections.html", thing=item), on_paper=False)


def review_slots(renderer: Renderer, written: WrittenReview) -> Iterator[Placed]:
    """Yield what the page of a review shows beside its text: which design it is of, and its other reviews."""
    top = written.document.heading or written.document.sections[0]
    yield Placed(top, Where.BELOW_HEADING, fill(renderer, "review-header.html", written=written))


def roadmap_slots(renderer: Renderer, roadmap: Roadmap) -> Iterator[Placed]:
    """Yield what a roadmap's page shows beside its text.

    Behind each topic, what the work attached to it says; under each stage, what is attached to it; at
    the end, who links to the roadmap.
    """
    for stage in roadmap.stages:
        for topic in stage.topics:
            state = fill(renderer, "topic.html", topic=topic)
            yield Placed(stage.section, Where.IN_ITEM, state, item=topic.title)
        yield Placed(stage.section, Where.AFTER_SECTION, fill(renderer, "stage.html", stage=stage))
    top = roadmap.document.heading or roadmap.document.sections[0]
    yield Placed(top, Where.END, fill(renderer, "connections.html", thing=roadmap), on_paper=False)


def fill(
    renderer: Renderer,
    partial: str,
    **context: Thing | WrittenReview | StepProgress | Topic | Step | tuple[Design, ...] | bool,
) -> Fill:
    """Return what renders a partial for the page that it stands in."""

    def fill_slot(page: Page) -> str:
        return renderer.render(partial, page, **context)

    return fill_slot
