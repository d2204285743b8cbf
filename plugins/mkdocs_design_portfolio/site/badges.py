"""Portfolio -> badge files: self-contained SVG, and JSON for Shields."""

from __future__ import annotations

import functools
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..core.model import Design, Portfolio, Progress, StepState
from ..core.store import Store, digest
from .kept import Kept
from .render import Renderer

BADGES = "badges"
"""The folder of the badges in the site."""
HEIGHT = 20
"""In px."""
_PADDING = 7
_OF_STEP = re.compile(rf"{BADGES}/[^\s()<>\"'/]+/[^\s()<>\"'/#?]+\.svg")

DONE, STARTED, TODO, SKIPPED = "#1a7f37", "#8a5300", "#57606a", "#6639ba"
COLORS = {StepState.DONE: DONE, StepState.IN_PROGRESS: STARTED, StepState.TODO: TODO, StepState.SKIPPED: SKIPPED}
"""The ground of white text, each with a contrast of at least 4.5:1."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A label and a message, side by side."""

    label: str
    message: str
    color: str

    @property
    def label_width(self) -> int:
        """In px, padding included."""
        return _width(self.label)

    @property
    def message_width(self) -> int:
        """In px, padding included."""
        return _width(self.message)

    @property
    def shields(self) -> str:
        """The badge in the endpoint format of shields.io, schema 1."""
        data = {"schemaVersion": 1, "label": self.label, "message": self.message, "color": self.color}
        return json.dumps(data, ensure_ascii=False) + "\n"


def badges_of(portfolio: Portfolio) -> Iterator[tuple[str, Badge]]:
    """Yield the address of every badge, relative to the site: `.svg` as a picture, `.json` for Shields.

    A renamed design keeps its badges at the old addresses too: other sites show them.
    """
    of_step = functools.cache(_step_badge)
    yield "badges/portfolio.svg", portfolio_badge(portfolio)
    yield "badges/portfolio.json", portfolio_badge(portfolio)
    for design in portfolio.designs:
        once = {PurePosixPath(old).stem for old in design.redirects}
        badge = design_badge(design)
        for id in (design.id, *sorted(id for id in once if portfolio.design(id) is None)):
            yield f"badges/{id}.svg", badge
            yield f"badges/{id}.json", badge
            for item in design.steps:
                yield f"badges/{id}/{item.step.id}.svg", of_step(item.step.title, item.state)


def linked(badges: Iterable[str], texts: Iterable[str]) -> Iterator[str]:
    """Yield the addresses of the badges that pages link to: of those of steps, most there are, what `texts` name."""
    named = {uri for text in texts if BADGES in text for uri in _OF_STEP.findall(text)}
    return (uri for uri in badges if uri.count("/") == 1 or uri in named)


def paths_of(badges: Iterable[str], site_dir: str) -> dict[str, str]:
    """Return where each badge is written, by its address."""
    return {uri: os.path.join(site_dir, *uri.split("/")) for uri in badges}  # noqa: PTH118  # thousands of them


def write_badges(
    badges: Mapping[str, Badge], renderer: Renderer, kept: Kept, store: Store | None, code: str
) -> tuple[str, ...]:
    """Draw and write every badge, by its address; return the names of what was stored about that.

    Nothing is drawn where the same badges were written last by the same `code`, and no file has changed
    since by size or time.
    """
    name, wanted = digest("badges", str(kept.site_dir)), digest(code, *badges, *map(repr, badges.values()))
    if store and store.load(name) == (wanted + kept.state(BADGES)).encode():
        return (name,)

    @functools.cache
    def svg(badge: Badge) -> str:
        return renderer.render("badge.svg.html", badge=badge, height=HEIGHT) + "\n"

    for uri, path in paths_of(badges, str(kept.site_dir)).items():
        kept.write(path, (svg(badges[uri]) if uri.endswith(".svg") else badges[uri].shields).encode())
    if store:
        store.save(name, (wanted + kept.state(BADGES)).encode())
    return (name,)


def portfolio_badge(portfolio: Portfolio) -> Badge:
    """Return the badge of the whole portfolio."""
    count = len(portfolio.designs)
    message = f"{count} {'design' if count == 1 else 'designs'}, {portfolio.progress.percent} %"
    return Badge("design portfolio", message, _color(portfolio.progress))


def design_badge(design: Design) -> Badge:
    """Return the badge of one design."""
    progress = design.progress
    return Badge(_short(design.title), f"{progress.done} of {progress.total} steps", _color(progress))


def _step_badge(title: str, state: StepState) -> Badge:
    return Badge(_short(title), state.label.lower(), COLORS[state])


def _color(progress: Progress) -> str:
    if progress.total and progress.done == progress.total:
        return DONE
    return STARTED if progress.done else TODO


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@functools.lru_cache(maxsize=4096)
def _width(text: str) -> int:
    """Return about how wide a text is in Verdana at 11 px, with its padding.

    The SVG states the width as `textLength`, so a browser with another font fits the text to it.
    """
    return round(sum(map(_char_width, text))) + 2 * _PADDING


def _char_width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 11
    if char in "ijl|.,:;'!()[]fIt ":
        return 4.3
    if char in "mwMW@%…":
        return 10.5
    return 7.8 if char.isupper() else 6.8
