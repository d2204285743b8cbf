"""A partial's name and objects -> HTML, everything in it escaped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..core.model import Design, Note, Portfolio, Stage, StepProgress
from .pages import PortfolioPage

THEME = Path(__file__).parent.parent / "theme"
"""Our partials and stylesheet; `overrides/` wins over it, and it wins over the site's theme."""


def environment(config: MkDocsConfig) -> jinja2.Environment:
    """Return an environment for our partials: the theme's folders, and autoescape, which MkDocs lacks."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([*config.theme.dirs, THEME]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders partials for one build."""

    env: jinja2.Environment
    portfolio: Portfolio
    pages: dict[str, PortfolioPage]
    """By the path of their source."""
    indexes: dict[str, File]
    """The page of each kind: `designs`, `notes`, `roadmap`."""

    def render(self, partial: str, page: Page | None = None, **context: object) -> str:
        """Render `design-portfolio/<partial>` for a page; its links are relative to that page."""
        template = self.env.get_template(f"design-portfolio/{partial}")

        def link(item: Design | Note | Stage | str, step: StepProgress | None = None) -> str:
            return get_relative_url(self.url(item, step), page.url if page else "")

        return template.render(portfolio=self.portfolio, page=page, link=link, **context).strip()

    def url(self, item: Design | Note | Stage | str, step: StepProgress | None = None) -> str:
        """Return the address of a thing, relative to the site; of an index page by its kind.

        With `step`, the address of the section of a design that holds it.
        """
        if isinstance(item, str):
            return self.indexes[item].url if item in self.indexes else ""
        if isinstance(item, Stage):
            return self.indexes["roadmap"].url + _fragment(self.anchor(item))
        url = self.pages[item.path].file.url
        return url + _fragment(self.anchor(item, step)) if isinstance(item, Design) and step else url

    def anchor(self, item: Design | Stage, step: StepProgress | None = None) -> str | None:
        """Return the anchor of a stage, or of a design's step; None where no heading holds it."""
        if isinstance(item, Stage):
            roadmap = self.portfolio.roadmap
            page = self.pages.get(roadmap.path) if roadmap else None
            return page.anchors.get(item.section.line) if page else None
        if step is None or step.section is None:
            return None
        return self.pages[item.path].anchors.get(step.section.line)


def _fragment(anchor: str | None) -> str:
    return f"#{anchor}" if anchor else ""
