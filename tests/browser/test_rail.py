"""The rail of a design, its table of contents and the search, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

LIMITER = "designs/2026-09-14-rate-limiter/"


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_rail_stays_in_view_and_follows_the_reader(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(LIMITER)
    page.wait_for_load_state("networkidle")
    here = page.locator(".dp-rail__here")
    expect(here).to_have_text("11 of 11 steps")
    for number, anchor, title in (
        (4, "capacity-estimation", "Capacity estimation"),
        (9, "scaling-strategy", "Scaling strategy"),
    ):
        page.locator(f".dp-rail__link[href$='#{anchor}']").click()
        expect(here).to_have_text(f"{number} {title}: Done")
        expect(page.locator(".dp-rail__link[aria-current=step]")).to_have_count(1)
        page.wait_for_timeout(300)  # until the page stands still
        rail, heading = (page.locator(part).bounding_box() for part in (".dp-rail", f"h2#{anchor}"))
        assert 0 <= rail["y"] < 200
        assert rail["y"] + rail["height"] <= heading["y"] + 1, "the rail covers the heading that it led to"


def test_the_rail_is_walked_by_keyboard_and_each_step_says_its_state(page):
    page.goto("designs/2026-11-26-search-autocomplete/")
    links = page.locator("a.dp-rail__link")
    links.first.focus()
    outline = links.first.evaluate("link => getComputedStyle(link).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Tab")
    expect(links.nth(1)).to_be_focused()
    states = {text.rpartition(": ")[2] for text in page.locator(".dp-rail__link").all_text_contents()}
    assert states == {"Done", "In progress", "To do"}
    page.keyboard.press("Enter")
    expect(page.locator("h2#functional-requirements")).to_be_in_viewport()


def test_the_rail_follows_after_instant_navigation_and_back(page):
    page.goto(LIMITER)
    page.evaluate("window.kept = true")
    page.locator(".md-footer__link--next").click()
    expect(page.locator("h1")).to_have_text(re.compile("^URL shortener"))
    assert page.evaluate("window.kept")
    page.locator(".dp-rail__link[href$='#tradeoffs']").click()
    expect(page.locator(".dp-rail__here")).to_have_text("7 Tradeoffs: Done")
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text(re.compile("^Rate limiter"))
    page.locator(".dp-rail__link[href$='#evolution']").click()
    expect(page.locator(".dp-rail__here")).to_have_text("11 Evolution: Done")


def test_the_table_of_contents_tells_the_state_of_each_step(page):
    page.goto(LIMITER)
    entry = page.locator(".md-nav--secondary .md-nav__link[href$='#tradeoffs']")
    assert re.sub(r"\s+", " ", entry.text_content()).strip() == "Done: Tradeoffs"
    expect(entry.locator(".dp-mark svg")).to_be_visible()


def test_search_groups_by_kind_and_marks_drafts(page):
    page.keyboard.press("/")
    page.keyboard.type("cache")
    groups = page.locator(".dp-search-group")
    expect(groups.filter(has_text="Designs")).to_have_count(1)
    expect(groups.filter(has_text="Notes")).to_have_count(1)
    order = page.locator(".md-search-result__list > li").evaluate_all(
        "items => items.map((item) => item.className === 'dp-search-group' ? item.textContent : item.querySelector('a').pathname.split('/')[2])"
    )
    inside = ""
    for item in order:
        inside = item if item in ("Designs", "Notes") else inside
        if inside in ("Designs", "Notes") and item != inside and item not in ("designs", "notes"):
            inside = ""
        assert (item == "designs") <= (inside == "Designs")
        assert (item == "notes") <= (inside == "Notes")
    result = page.locator(".md-search-result__item", has_text="Rate limiter").first
    expect(result.locator(".dp-status").first).to_have_text("Final")


@pytest.mark.parametrize("asked", ["rate limiter", "rate-limiting", "token bucket"])
def test_search_finds_a_design_by_title_by_tag_and_by_concept(page, asked):
    page.keyboard.press("/")
    page.keyboard.type(asked)
    expect(page.locator(f".md-search-result__link[href*='{LIMITER}']").first).to_be_visible()


def test_an_address_that_leads_nowhere_offers_the_search(browser, site):
    context = browser.new_context(base_url=site)
    page = context.new_page()
    assert page.goto("designs/2026-01-01-rate-limiter/").status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    expect(page.locator(".dp-not-found a", has_text="All designs")).to_have_attribute("href", re.compile("designs/$"))
    page.get_by_role("button", name="Search for it").click()
    expect(page.locator("[data-md-component=search-query]")).to_have_value("rate limiter")
    page.locator(f".md-search-result__link[href*='{LIMITER}']").first.click()
    expect(page.locator(".md-content h1")).to_have_text(re.compile("^Rate limiter"))
    context.close()
