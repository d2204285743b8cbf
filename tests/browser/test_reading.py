"""The built demo in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

RATE_LIMITER = "designs/2026-09-14-rate-limiter/"


def test_search_finds_a_phrase_of_one_section_and_lands_on_it(page):
    page.keyboard.press("/")
    page.keyboard.type("unreadable tokens")
    section = page.locator(f".md-search-result__link[href*='{RATE_LIMITER}'][href$='#data-corruption']")
    expect(section).to_contain_text("Unreadable tokens count as a full bucket")
    section.click()
    page.wait_for_url(re.compile(rf"{RATE_LIMITER}.*#data-corruption"))
    expect(page.locator("h3#data-corruption")).to_be_in_viewport()


def test_every_badge_and_step_leads_to_its_section(page):
    page.goto(RATE_LIMITER)
    steps = page.locator("a.dp-stepper__link")
    expect(steps).to_have_count(11)
    for index in range(11):
        anchor = steps.nth(index).evaluate("link => link.hash")
        heading = page.locator(f"h2{anchor}")
        expect(heading).to_have_count(1)
        expect(heading.locator("a.dp-badge")).to_have_attribute("href", re.compile(f"{anchor}$"))
    steps.nth(7).click()
    expect(page.locator("h2#failure-modeling")).to_be_in_viewport()


def test_a_card_leads_to_its_design_and_breadcrumb_and_neighbours_lead_on(page, portfolio):
    page.goto("designs/")
    page.locator(".dp-card__link", has_text="Rate limiter").click()
    expect(page.locator("h1")).to_have_text(re.compile("^Rate limiter"))
    page.locator(".md-footer__link--next").click()
    expect(page.locator("h1")).to_have_text(re.compile("^URL shortener"))
    page.locator(".md-path__link", has_text="Designs").click()
    expect(page.locator(".dp-card")).to_have_count(len(portfolio["designs"]))


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_of_any_page(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for url in ("./", "designs/", "notes/", "roadmap/", RATE_LIMITER, "designs/2026-11-09-distributed-job-scheduler/"):
        page.goto(url)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{url} at {width} px is {too_wide} px too wide"
