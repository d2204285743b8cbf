"""A partial's name and objects -> HTML, everything in it escaped."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import jinja2
import markdown
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..core.connections import Connections
from ..core.facets import facets
from ..core.headlines import COMPARED, headlines, largest, sized
from ..core.history.past import Past
from ..core.model import (
    Concept,
    Design,
    Portfolio,
    Roadmap,
    Section,
    Stage,
    Step,
    StepProgress,
    StepState,
    Thing,
    WrittenReview,
)
from ..core.slug import slugify
from ..core.tags import tagged
from .graph import draw
from .pages import PortfolioPage

Linkable = Thing | WrittenReview | Concept | str
"""What has an address; an index page by its kind."""

THEME = Path(__file__).parent.parent / "theme"
"""Our partials and stylesheet; `overrides/` wins over it, and it wins over the site's theme."""
OVERRIDABLE = "design-portfolio"
"""The folder of our partials, here and in `overrides/`."""


relative_url = functools.lru_cache(maxsize=256)(get_relative_url)
"""A page leads to each of its steps from several places."""


def is_overridden(config: MkDocsConfig) -> bool:
    """Whether a site brings partials of its own, which may show anything."""
    return any((Path(folder) / OVERRIDABLE).is_dir() for folder in config.theme.dirs if folder != str(THEME))


def environment(config: MkDocsConfig) -> jinja2.Environment:
    """Return an environment for our partials: the theme's folders, and autoescape, which MkDocs lacks."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*config.theme.dirs, THEME]),
        autoescape=True,
        auto_reload=False,  # it lives for one build
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["markdown"] = _shown
    env.filters["css_string"] = css_string
    return env


@dataclass(frozen=True)
class Renderer:
    """Renders partials for one build."""

    env: jinja2.Environment
    portfolio: Portfolio
    """What is shown: without drafts, unless they are served."""
    pages: dict[str, PortfolioPage]
    """By the path of their source."""
    indexes: dict[str, File]
    """The page of each kind: `designs`, `notes`, `roadmap`, `concepts`, `tags`, `graph`, `capacity`, `compare`; and
    `print`, where the whole portfolio is one document."""
    past: Past = field(default_factory=Past)
    """What git knows of what is shown."""
    changes: dict[str, PortfolioPage] = field(default_factory=dict)
    """The page of what changed in a design, by the path of the design."""
    rendered: dict[str, str] = field(default_factory=dict)
    """What many pages show alike: the panels of the coach, and the marks of the states."""

    def render(self, partial: str, page: Page | None = None, **context: object) -> str:
        """Render `design-portfolio/<partial>` for a page; its links are relative to that page."""
        template = self.env.get_template(f"{OVERRIDABLE}/{partial}")

        def link(item: Linkable, section: Section | StepProgress | None = None) -> str:
            return relative_url(self.url(item, section), page.url if page else "")

        def changes_link(design: Design) -> str:
            """Return the address of what changed in a design, or nothing where there is no such page."""
            changes = self.changes.get(design.path)
            return relative_url(changes.file.url, page.url if page else "") if changes else ""

        def tag_link(name: str) -> str:
            return relative_url(f"{self.url('tags')}#{self.tag_anchors[name]}", page.url if page else "")

        return template.render(
            portfolio=self.portfolio,
            connections=self.connections,
            facets=facets,
            states=tuple(StepState),
            tagged=tagged,
            tag_link=tag_link,
            past=self.past,
            changes_link=changes_link,
            done_in=self._done_in,
            draw=lambda: draw(self.portfolio),
            compared=COMPARED,
            headlines=headlines,
            largest=largest,
            sized=sized,
            page=page,
            link=link,
            indexes=self.indexes,
            **context,
        ).strip()

    def coach(self, step: Step, page: Page, *, opened: bool) -> str:
        """Render what teaches a step: the same for all pages of a folder, so once."""
        key = f"{step.id} {opened} {page.url.rstrip('/').rpartition('/')[0]} {page.url.endswith('/')}"
        if key not in self.rendered:
            self.rendered[key] = self.render("coach.html", page, step=step, opened=opened)
        return self.rendered[key]

    def mark(self, state: StepState, page: Page) -> str:
        """Render the mark of a step's state: the same for all pages, so once."""
        if state not in self.rendered:
            self.rendered[state] = self.render("step-mark.html", page, state=state)
        return self.rendered[state]

    @cached_property
    def connections(self) -> Connections:
        """What is derived from the text of all designs and notes; made when first asked for."""
        return Connections(self.portfolio)

    @cached_property
    def tag_anchors(self) -> dict[str, str]:
        """The anchor of each tag on the page of tags: no two are the same."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for tag in tagged(self.portfolio):
            name = anchor = slugify(tag.name) or "tag"
            number = 1
            while anchor in taken:
                number += 1
                anchor = f"{name}-{number}"
            taken.add(anchor)
            found[tag.name] = anchor
        return found

    def _done_in(self, step: Step) -> int:
        """Return how many designs have done a step."""
        found = (design.step(step.id) for design in self.portfolio.designs)
        return sum(item is not None and item.state is StepState.DONE for item in found)

    def url(self, item: Linkable, section: Section | StepProgress | None = None) -> str:
        """Return the address of a thing, relative to the site; of an index page by its kind.

        With a section of its document (or the step that it holds), the address of that heading.
        """
        if isinstance(item, str):
            return self.indexes[item].url if item in self.indexes else ""
        if isinstance(item, Concept):
            return f"{self.url('concepts')}#{concept_anchor(item)}"
        if isinstance(item, (Stage, Roadmap)):
            return self.indexes["roadmap"].url + _fragment(self.anchor(item, section))
        return self.pages[item.path].file.url + _fragment(self.anchor(item, section))

    def anchor(self, item: Thing | WrittenReview, section: Section | StepProgress | None = None) -> str | None:
        """Return the anchor of a stage, or of a section of a document; None where no heading has one."""
        if isinstance(section, StepProgress):
            section = section.section
        if isinstance(item, Stage):
            roadmap, section = self.portfolio.roadmap, item.section
            page = self.pages.get(roadmap.path) if roadmap else None
        else:
            page = self.pages.get(item.path)
        return page.anchors.get(section.line) if page and section else None


def css_string(text: str) -> Markup:
    """Return a text as a string of CSS that may stand in a `style` element."""
    return Markup('"' + re.sub(r"[^\w .,;:!?()-]", lambda found: f"\\{ord(found[0]):x} ", text) + '"')


@functools.lru_cache(maxsize=256)
def _shown(text: str) -> Markup:
    """Return a piece of the flow's Markdown as HTML; the flow is the site's own, as its templates are."""
    return Markup(markdown.markdown(text, extensions=["tables", "fenced_code"]))


def concept_anchor(concept: Concept) -> str:
    """Return the anchor of a concept on the page that lists them all."""
    return slugify(concept.name) or f"concept-{concept.note}"


def _fragment(anchor: str | None) -> str:
    return f"#{anchor}" if anchor else ""
