"""Pictures of every kind of page, at three widths, light and dark, to be looked at.

    python -m tests.screenshots                    # all of them, into ./screenshots
    python -m tests.screenshots FOLDER --only design-page home --width 390 --scheme dark
    python -m tests.screenshots --docs             # the ones that the README and the guide show, into docs/assets

Builds the demo, a new portfolio and an empty one, serves each on this machine and writes NAME-WIDTH-SCHEME.png: what the
window shows, and with `--full` the page below it too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import launched
from tests.browser.conftest import demo_site
from tests.browser.pages import COMPARED, EMPTY, LIMITER, PAGES, SCHEDULER
from tests.conftest import CONFIG, REPOSITORY, Project, served
from tests.repository import Repository

HEIGHTS = {390: 844, 768: 1024, 1440: 900}
"""Widths of the window, and how high it is at each."""
SCHEMES = ("light", "dark")
LONGEST = 6_000
"""Pixels of a whole page that are shown at most."""
DOCS = {"design-page": "design-page", "designs-index": "designs", "compare": "compare"}
"""The pictures of the documentation, by their name in `docs/assets/`, and what they show."""


@dataclass(frozen=True)
class Shot:
    """One thing to be seen."""

    name: str
    address: str
    act: Callable[[Page], None] = lambda page: None
    """What a reader does on the page before it is looked at."""


def shots(demo: str, empties: dict[str, str]) -> Iterator[Shot]:
    """Yield everything there is to see: the demo's pages, what readers do there, and portfolios with nothing in them."""
    yield from (Shot(name, demo + url) for name, url in PAGES.items())
    yield Shot("compare-two", demo + COMPARED, _to(".dp-sides__part:nth-child(4)"))
    yield Shot("designs-filtered", f"{demo}designs/?find=tenant&status=final")
    yield Shot("designs-none", f"{demo}designs/?find=nothing+is+called+that")
    yield Shot("design-reading", demo + LIMITER, _to("#tradeoffs, #tradeoff-decisions"))
    yield Shot("design-numbers", demo + LIMITER, _to(".dp-capacity"))
    yield Shot("design-diagram", demo + SCHEDULER, _to(".dp-diagram"))
    yield Shot("design-end", demo + LIMITER, _to(".dp-connections"))
    yield Shot("diagram-open", demo + SCHEDULER, _open_diagram)
    yield Shot("search", demo, _search)
    yield Shot("definition", demo + LIMITER, _definition)
    yield Shot("changes", demo + LIMITER.replace("designs/", "changes/"))
    yield Shot("print", f"{demo}print/")
    yield Shot("print-design", f"{demo}print/", _to(".dp-book__part:nth-of-type(3)"))
    review = _review(demo)
    if review:
        yield Shot("review", demo + review)
    for portfolio, address in empties.items():
        pages = [name for name in EMPTY if name != "roadmap" or portfolio != "bare"]
        yield from (Shot(f"{portfolio}-{name}", address + PAGES[name]) for name in pages)


def past(demo: Project) -> None:
    """Give the demo a history: one of its designs was begun, and then gone on with."""
    repository = Repository.at(demo.root)
    path = f"{LIMITER.rstrip('/')}.md"
    text = demo.read(path)
    demo.write(path, text[: text.index("## Observability")].replace("120,000 requests", "90,000 requests"))
    repository.commit("2026-09-14", "Begin the rate limiter")
    demo.write(path, text)
    repository.commit("2026-09-21", "Finish the rate limiter after the load test")


def _to(selector: str) -> Callable[[Page], None]:
    """Return what brings a thing to the top of the window, below what stays in view."""

    def act(page: Page) -> None:
        page.locator(selector).first.evaluate("at => { at.scrollIntoView(); scrollBy(0, -140) }")

    return act


def _open_diagram(page: Page) -> None:
    diagram = page.locator(".dp-diagram[data-dp-state=drawn]").first
    diagram.wait_for()
    diagram.get_by_role("button", name="Full screen").click()


def _search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("cache")
    page.locator(".dp-search-group").first.wait_for()


def _definition(page: Page) -> None:
    concept = page.locator(".dp-concept").first
    concept.scroll_into_view_if_needed()
    concept.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")


def _review(demo: str) -> str | None:
    """Return the address of a review, if the demo has one."""
    with urllib.request.urlopen(f"{demo}search/kinds.json") as answer:
        kinds = json.load(answer)
    return next((url for url, (kind, *_) in kinds.items() if kind == "review"), None)


def take(browser: Browser, wanted: Iterable[Shot], folder: Path, *, width: int, scheme: str, full: bool) -> None:
    """Write the pictures of one width and scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    for shot in wanted:
        page.goto(shot.address)
        page.wait_for_load_state("networkidle")
        shot.act(page)
        page.wait_for_timeout(400)
        path = folder / f"{shot.name}-{width}-{scheme}.png"
        page.screenshot(path=path)
        if full:
            height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(300)
            page.screenshot(path=path.with_stem(f"{path.stem}-full"))
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        sys.stdout.write(f"{path}\n")
    context.close()


def empty_sites(folder: Path, stack: ExitStack) -> dict[str, str]:
    """Build what `mkdocs new-portfolio` makes, and a folder with nothing but a configuration; return their addresses."""
    new, bare = Project(folder / "new-portfolio" / "own"), Project(folder / "bare" / "own")
    new.root.mkdir(parents=True)
    new.run("new-portfolio", ".", "--yes", "--name", "Ada Lovelace")
    bare.write("mkdocs.yml", CONFIG)
    (bare.root / "docs").mkdir()
    found = {}
    for project in (new, bare):
        project.build("--strict")
        name = project.root.parent.name
        found[name] = stack.enter_context(served(project.root / "site", at=name))
    return found


def documentation(browser: Browser, demo: str, folder: Path) -> None:
    """Write the pictures that the README and the guide show, made small where `pngquant` is installed."""
    with tempfile.TemporaryDirectory() as made:
        wanted = [Shot(name, demo + PAGES[shown]) for name, shown in DOCS.items()]
        take(browser, wanted, Path(made), width=1440, scheme="light", full=False)
        for name in DOCS:
            target = folder / f"{name}.png"
            shutil.copy(Path(made) / f"{name}-1440-light.png", target)
            if shutil.which("pngquant"):
                subprocess.run(["pngquant", "--force", "--strip", "--output", target, "128", target], check=True)
            sys.stdout.write(f"{target}: {target.stat().st_size / 1000:.0f} kB\n")


def main() -> None:
    """Build, look, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    parser.add_argument("--only", nargs="*", help="the beginnings of the names of what to show")
    parser.add_argument("--width", type=int, nargs="*", choices=list(HEIGHTS), default=list(HEIGHTS))
    parser.add_argument("--scheme", nargs="*", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--full", action="store_true", help="show the whole page as well")
    parser.add_argument("--docs", action="store_true", help="write the pictures of the documentation instead")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        demo = stack.enter_context(demo_site(Path(folder), past))
        browser = stack.enter_context(launched())
        if given.docs:
            documentation(browser, demo, REPOSITORY / "docs" / "assets")
            return
        wanted = list(shots(demo, empty_sites(Path(folder), stack)))
        if given.only:
            wanted = [shot for shot in wanted if shot.name.startswith(tuple(given.only))]
        given.folder.mkdir(parents=True, exist_ok=True)
        for width in given.width:
            for scheme in given.scheme:
                take(browser, wanted, given.folder, width=width, scheme=scheme, full=given.full)


if __name__ == "__main__":
    main()
