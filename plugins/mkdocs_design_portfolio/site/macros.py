"""What mkdocs-macros offers to the pages of a site."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ..core.model import Design, Problem, Status
from ..core.strongest import strongest
from ..core.suggest import remedy
from .render import Renderer
from .slots import Slots

log = logging.getLogger("mkdocs.plugins.design_portfolio")


@dataclass(frozen=True, slots=True)
class Macros:
    """The macros of one build; each leaves Markdown, most of them a slot in it."""

    renderer: Renderer
    slots: Slots
    source: Callable[[], str]
    """Returns the path of the page that is being read."""

    @property
    def offered(self) -> tuple[Callable[..., str], ...]:
        """The macros, each under its own name."""
        return (
            *(self.design_cards, self.design_badge, self.portfolio_progress, self.roadmap_stages),
            self.review_rules,
        )

    def design_cards(
        self,
        status: str | None = None,
        stage: str | None = None,
        tag: str | None = None,
        limit: int | None = None,
        sort: str = "newest",
        view: str = "cards",
    ) -> str:
        """Show designs as cards or as a table: those of a status, stage and tag, at most `limit`.

        Sorted by `newest`, or by `strongest`, which leaves out those without a step done.
        """
        portfolio = self.renderer.portfolio
        self._check("status", status, [item.value for item in Status])
        self._check("stage", stage, [item.id for item in portfolio.stages])
        self._check("tag", tag, sorted({tag for design in portfolio.designs for tag in design.tags}))
        self._check("sort", sort, ["newest", "strongest"])
        self._check("view", view, ["cards", "table"])
        designs = tuple(
            design
            for design in (strongest(portfolio.designs) if sort == "strongest" else portfolio.designs)
            if (status is None or design.status == status)
            and (stage is None or design.stage == stage)
            and (tag is None or tag in design.tags)
        )[:limit]
        shown = {"designs": designs, "view": view, "sort": sort}
        return self.slots.block(lambda page: self.renderer.render("cards.html", page, **shown))

    def design_badge(self, id: str, step: str | None = None) -> str:
        """Show the badge of a design, or of one of its steps, as a link to it."""
        portfolio = self.renderer.portfolio
        design = portfolio.design(id)
        if not self._check("design", id, [item.id for item in portfolio.designs]) or design is None:
            return ""
        if step is None:
            return self.slots.inline(lambda page: self.renderer.render("design-badge.html", page, design=design))
        return self._step_badge(design, step)

    def portfolio_progress(self) -> str:
        """Show what the portfolio holds, and how many steps are done, over all designs."""
        return self.slots.block(lambda page: self.renderer.render("portfolio-progress.html", page))

    def roadmap_stages(self) -> str:
        """Show the stages of the roadmap, how far each is, and where the learner is."""
        return self.slots.block(lambda page: self.renderer.render("stages.html", page))

    def review_rules(self) -> str:
        """List the rules of the review, each with a weak and a strong example."""
        from ..core.review.documentation import documented_rules  # which most sites never ask for

        return documented_rules(self.renderer.portfolio.flow)

    def _step_badge(self, design: Design, step: str) -> str:
        item = design.step(step)
        if not self._check("step", step, [item.step.id for item in design.steps]) or item is None:
            return ""
        return self.slots.inline(lambda page: self.renderer.render("step-badge.html", page, design=design, item=item))

    def _check(self, what: str, name: str | None, known: list[str]) -> bool:
        """Tell of a name that is not known."""
        if name is None or name in known:
            return True
        fact = f"a macro names the unknown {what} '{name}'"
        log.warning("%s", Problem(self.source(), None, fact, remedy(name, known)))
        return False
