"""The coach in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

UNFINISHED = "designs/2026-11-26-search-autocomplete/"
LIMITER = "designs/2026-09-14-rate-limiter/"


def test_levels_are_tabs_by_keyboard_and_remembered_on_the_next_page(page):
    page.goto(UNFINISHED)
    coach = page.locator("details.dp-coach").first
    expect(coach.get_by_role("tab").first).to_be_hidden()
    coach.locator("summary").focus()
    page.keyboard.press("Enter")
    tabs = coach.get_by_role("tab")
    expect(tabs).to_have_text(["Junior", "Senior", "Staff"])
    expect(tabs.nth(0)).to_have_attribute("aria-selected", "true")
    expect(coach.get_by_role("tabpanel")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(tabs.nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(tabs.nth(2)).to_be_focused()
    expect(coach.get_by_role("tabpanel")).to_have_attribute("data-dp-level", "staff")
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(0)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(coach.get_by_role("tabpanel")).to_contain_text("whether it should be built at all")
    page.keyboard.press("Tab")
    expect(coach.get_by_role("tabpanel")).to_be_focused()

    page.goto(LIMITER)
    second = page.locator("details.dp-coach").nth(4)
    second.locator("summary").click()
    expect(second.get_by_role("tab", name="Staff")).to_have_attribute("aria-selected", "true")
    expect(second.get_by_role("tabpanel")).to_have_attribute("data-dp-level", "staff")


def test_a_tab_that_is_clicked_is_chosen_everywhere(page):
    page.goto(UNFINISHED)
    coaches = page.locator("details.dp-coach")
    for index in (0, 1):
        coaches.nth(index).locator("summary").click()
    coaches.nth(0).get_by_role("tab", name="Senior").click()
    for index in (0, 1):
        expect(coaches.nth(index).get_by_role("tabpanel")).to_have_attribute("data-dp-level", "senior")


def test_without_javascript_every_level_can_be_read(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(UNFINISHED)
    coach = page.locator("details.dp-coach").first
    coach.locator("summary").click()
    for name in ("Junior", "Senior", "Staff"):
        expect(coach.locator(".dp-levels__name", has_text=name)).to_be_visible()
    context.close()
