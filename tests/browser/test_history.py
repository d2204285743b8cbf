"""The page that says what changed, in a browser."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ..conftest import CONFIG, Project, served
from ..repository import Repository

DESIGN = "designs/2026-02-01-queue.md"
ADDRESS = "https://example.org/an-address-that-is-long-and-has-no-place-to-break-" + "a" * 80
THEN = """\
---
title: Job queue
date: 2026-02-01
---
# Job queue

## Clarify the problem

Users of a queue want their jobs done once. It is used by ten teams.

One.

Two.

Three.

Four.

## Capacity estimation

| Quantity | Result |
|---|---|
| Jobs a second at the peak of the day | 1,000/s |

## Tradeoffs
"""
NOW = (
    THEN.replace("ten teams", f"twelve teams, see {ADDRESS}")
    .replace("1,000/s", "2,000/s")
    .replace(
        "## Tradeoffs\n",
        "## Tradeoffs\n\n- A lease, because a lock outlives its owner.\n\n```text\n" + "x = " * 60 + "\n```\n",
    )
)
LOOK = "assets/design-portfolio/look.css"
"""The demo's colours, which have more contrast than Material's own."""
SITES = {"light": "default", "dark": "slate"}


@pytest.fixture(scope="module", params=SITES)
def changes(request, tmp_path_factory):
    """The address of the page, in a site of its own."""
    project = Project(tmp_path_factory.mktemp(request.param) / "project")
    repo = Repository.at(project.root)
    palette = f"font: false\n  palette: {{scheme: {SITES[request.param]}, primary: custom, accent: custom}}"
    look = f"extra_css: [{LOOK}]\n"
    project.write("mkdocs.yml", CONFIG.replace("font: false", palette) + look)
    project.write("docs/index.md", "# Home\n")
    project.write(DESIGN, THEN)
    repo.commit("2026-02-01", "Begin")
    project.write(DESIGN, NOW)
    repo.commit("2026-03-24", "A subject that is so long that it has to be broken somewhere on a narrow screen, twice")
    project.build("--strict")
    with served(project.root / "site") as address:
        yield f"{address}changes/2026-02-01-queue/"


@pytest.fixture
def page(browser, changes):
    context = browser.new_context()
    page = context.new_page()
    page.goto(changes)
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_it_reads_well_at_any_width(page, width):
    """No sideways scrolling, nothing that axe finds; side by side where there is room, else one above the other."""
    page.set_viewport_size({"width": width, "height": 900})
    for summary in page.locator(".dp-folded summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for element in page.locator(".dp-passage").all():
        box = element.bounding_box()
        assert box is None or box["x"] + box["width"] <= width
    change = page.locator(".dp-change", has_text="twelve teams").first
    then, now = change.locator(".dp-change__then").bounding_box(), change.locator(".dp-change__now").bounding_box()
    assert (then["y"] == now["y"]) == (width >= 768)
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in Axe().run(page).response["violations"]] == []


def test_what_was_removed_and_added_is_told_in_words_and_shown_without_colour(page):
    change = page.locator(".dp-change", has_text="twelve teams").first
    assert change.locator("del").first.inner_text().startswith("Removed:")
    assert change.locator("ins").first.inner_text().startswith("Added:")
    number = page.locator(".dp-change", has_text="2,000/s").first
    for place, tag, line in (
        *((change, "del", "line-through"), (change, "ins", "underline")),
        *((number, "del", "line-through"), (number, "ins", "underline")),
    ):
        style = place.locator(tag).first.evaluate("element => getComputedStyle(element).textDecorationLine")
        assert style == line


def test_what_stayed_is_folded_away_and_opened_by_keyboard(page):
    folded = page.locator(".dp-folded", has_text="3 passages as before")
    expect(page.get_by_text("Three.", exact=True)).to_be_hidden()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Three.", exact=True)).to_be_visible()


def test_one_comes_from_the_design_and_gets_back_to_the_step(page):
    page.get_by_role("link", name="Read the step Tradeoffs").click()
    expect(page).to_have_url(re.compile(r"/designs/2026-02-01-queue/#tradeoffs$"))
    page.get_by_role("link", name="What changed").click()
    expect(page).to_have_url(re.compile(r"/changes/2026-02-01-queue/$"))
    page.locator(".dp-changes__steps").get_by_role("link", name="Tradeoffs").click()
    expect(page.locator("#tradeoffs")).to_be_in_viewport()
