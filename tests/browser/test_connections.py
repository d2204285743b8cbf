"""Concepts and the map, by hand and by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

RATE_LIMITER = "designs/2026-09-14-rate-limiter/"


def test_a_definition_opens_on_focus_and_closes_on_escape(page):
    page.goto(RATE_LIMITER)
    concept = page.locator("a.dp-concept").first
    tooltip = page.get_by_role("tooltip")
    expect(tooltip).to_have_count(0)
    concept.evaluate("link => { const before = document.createElement('button'); link.before(before); before.focus() }")
    page.keyboard.press("Tab")
    expect(concept).to_be_focused()
    expect(tooltip).to_be_visible()
    expect(tooltip).to_have_text(concept.get_attribute("data-dp-definition"))
    expect(concept).to_have_accessible_description(concept.get_attribute("data-dp-definition"))
    expect(tooltip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(tooltip).to_have_count(0)
    expect(concept).to_be_focused()
    assert concept.get_attribute("aria-describedby") is None


def test_a_definition_opens_on_hover_stays_under_the_pointer_and_closes_behind_it(page):
    page.goto(RATE_LIMITER)
    concept = page.locator("a.dp-concept").first
    concept.scroll_into_view_if_needed()
    concept.hover()
    tooltip = page.get_by_role("tooltip")
    expect(tooltip).to_be_visible()
    tooltip.hover()
    page.wait_for_timeout(400)
    expect(tooltip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tooltip).to_have_count(0)


def test_a_concept_leads_to_the_note_that_teaches_it(page):
    page.goto(RATE_LIMITER)
    page.locator("a.dp-concept", has_text="Load shedding").first.click()
    expect(page.locator("h1")).to_contain_text("Load shedding")


def test_every_link_of_the_map_is_reached_without_a_mouse(page):
    page.goto("graph/")
    wanted = page.locator(".dp-graph a").count()
    assert wanted > 30
    page.locator("h1").evaluate("title => { title.tabIndex = -1; title.focus() }")
    reached = []
    for _ in range(wanted + 10):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const all = [...document.querySelectorAll('.dp-graph a')];"
            "const box = document.activeElement.getBoundingClientRect();"
            "return [all.indexOf(document.activeElement), box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth] }"
        )
        if found[0] >= 0:
            reached.append(found[0])
            assert found[1], f"link {found[0]} has the focus out of sight"
    assert sorted(set(reached)) == list(range(wanted))


def test_the_map_shows_what_is_joined_to_the_node_at_hand(page):
    page.goto("graph/")
    node = page.locator(".dp-graph__node", has_text="Idempotency").first
    node.focus()
    lit = page.locator(".dp-graph__node--lit")
    expect(page.locator(".dp-graph__map--lit")).to_have_count(1)
    expect(page.locator(".dp-graph__edge--lit")).to_have_count(lit.count() - 1)
    expect(lit.filter(has_text="URL shortener")).to_have_count(1)
    expect(lit.filter(has_text="Rate limiter")).to_have_count(0)


def test_the_map_can_be_drawn_larger_and_fits_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("graph/")
    svg = page.locator(".dp-graph__map")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    before = svg.bounding_box()["width"]
    page.get_by_role("button", name="Larger").click()
    assert svg.bounding_box()["width"] > before
    page.get_by_role("button", name="Fit").click()
    assert svg.bounding_box()["width"] <= 390


def test_a_backlink_leads_to_the_step_that_it_quotes(page):
    page.goto("notes/hot-keys/")
    link = page.locator(".dp-backlinks__place", has_text="6 Detailed design").first
    link.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # as a person would: Material notes the place 0.1 s after scrolling
    href = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(href)
    expect(page.locator(f"#{href.partition('#')[2]}")).to_be_in_viewport()
