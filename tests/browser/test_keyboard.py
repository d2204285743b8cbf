"""Every action by keyboard alone, as far as the diagrams' own tests leave it open."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .pages import LIMITER


def to(page, locator, key="Tab", most=60):
    """Press Tab until a thing has the focus; it must be reachable so."""
    for _ in range(most):
        page.keyboard.press(key)
        if locator.evaluate("at => at === document.activeElement"):
            return
    raise AssertionError(f"{locator} is not reached by {most} times {key}")


def test_designs_are_narrowed_down_sorted_and_shown_as_a_table(page, portfolio):
    page.goto("designs/")
    cards = page.locator(".dp-card:visible")
    to(page, page.get_by_role("searchbox", name="Find"))
    page.keyboard.type("tenant")
    few = sum("tenant" in str(design).lower() for design in portfolio["designs"])
    expect(cards).not_to_have_count(len(portfolio["designs"]))
    assert 0 < cards.count() <= few
    status = page.get_by_label("Status", exact=True)
    to(page, status, most=2)
    page.keyboard.type("Fin")
    expect(status).to_have_value("final")
    sort = page.get_by_label("Sort by")
    to(page, sort, most=6)
    page.keyboard.type("Tit")
    expect(sort).to_have_value("title")
    titles = cards.locator(".dp-card__title").all_inner_texts()
    assert titles == sorted(titles) and len(titles) > 1
    to(page, page.get_by_label("Cards"), most=6)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dp-cards--table")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?find=tenant&status=final&sort=title&view=table$"))
    to(page, page.get_by_role("button", name="Take away the condition Find"), "Shift+Tab", most=6)
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Find")).to_be_focused()
    to(page, page.get_by_role("button", name="Show all"), most=12)
    page.keyboard.press("Space")
    expect(cards).to_have_count(len(portfolio["designs"]))
    to(page, page.locator(".dp-card__link").first, most=12)
    title = page.locator(".dp-card__link").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile(f"^{re.escape(title)}"))


def test_designs_are_chosen_to_compare(page):
    page.goto("compare/")
    boxes = page.locator(".dp-matrix__choice")
    for at in range(2):
        to(page, boxes.nth(at), most=70)
        page.keyboard.press("Space")
    expect(page.locator(".dp-sides__part")).to_have_count(11)
    to(page, page.locator(".dp-sides a").first, most=120)


def test_a_step_is_reached_from_the_stepper_and_from_the_rail(page):
    for within in (".dp-stepper", ".dp-rail"):
        page.goto("./")
        page.goto(LIMITER)
        to(page, page.locator(within).get_by_role("link", name=re.compile("Tradeoffs")), most=100)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#tradeoffs$"))
        heading = page.get_by_role("heading", name=re.compile("^Tradeoffs"))
        expect(heading).to_be_in_viewport()
        page.wait_for_timeout(300)
        top, rail = heading.bounding_box()["y"], page.locator(".dp-rail").bounding_box()
        assert rail["y"] + rail["height"] <= top < 400


def test_the_map_is_made_larger_and_followed(page):
    page.goto("graph/")
    larger = page.get_by_role("button", name="Larger")
    to(page, larger)
    before = page.locator(".dp-graph__map").bounding_box()["width"]
    page.keyboard.press("Enter")
    assert page.locator(".dp-graph__map").bounding_box()["width"] > before
    node = page.locator(".dp-graph__node--design").first
    to(page, node)
    expect(page.locator(".dp-graph__map--lit")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".dp-stepper")).to_have_count(1)


def test_a_result_of_the_search_is_opened(page):
    page.keyboard.press("/")
    page.keyboard.type("token bucket")
    page.locator(".dp-search-group").first.wait_for()
    page.keyboard.press("ArrowDown")
    found = page.evaluate("document.activeElement.closest('.md-search-result__item') !== null")
    assert found
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("token|limit"))


def test_the_way_back_to_the_top_leaves_the_rail_free(page):
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(LIMITER)
    page.evaluate("scrollTo(0, 4000)")
    page.mouse.move(300, 500)
    page.mouse.wheel(0, -300)
    top = page.locator(".md-top")
    expect(top).to_be_visible()
    page.wait_for_timeout(300)
    rail, button = page.locator(".dp-rail").bounding_box(), top.bounding_box()
    assert button["y"] > rail["y"] + rail["height"]
