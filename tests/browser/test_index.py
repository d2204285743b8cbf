"""The index of designs, and designs side by side, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

LIMITER, SHORTENER = "2026-09-14-rate-limiter", "2026-10-05-url-shortener"


def shown(page):
    return page.locator(".dp-card:visible")


def titles(page):
    return [title.strip() for title in page.locator(".dp-card:visible .dp-card__title").all_inner_texts()]


def test_words_narrow_the_designs_down_and_stand_in_the_address(page, portfolio):
    page.goto("designs/")
    expect(shown(page)).to_have_count(len(portfolio["designs"]))
    page.get_by_role("searchbox", name="Find").fill("redirect 30 ms")
    expect(shown(page)).to_have_count(1)
    expect(shown(page)).to_contain_text("URL shortener")
    expect(page.get_by_role("status").first).to_have_text(f"1 of {len(portfolio['designs'])} designs")
    assert page.url.endswith("designs/?find=redirect+30+ms")


def test_of_many_designs_the_first_are_shown_at_once_and_the_rest_in_order(page):
    def many(route):
        html = route.fetch().text()
        start, end = html.index('<li class="dp-card"'), html.rindex("</ul>", 0, html.index("md-footer"))
        cards = html[start:end]
        first = cards[: cards.index("</li>") + 5]
        numbered = "".join(re.sub(r"(__link[^>]*>)[^<]+", rf"\1Queue x{number:03}", first) for number in range(200))
        route.fulfill(body=html[:start] + numbered + html[end:], content_type="text/html")

    page.route(lambda url: url.endswith("designs/"), many)
    page.goto("designs/")
    expect(page.get_by_role("status").first).to_have_text("200 of 200 designs")
    find = page.get_by_role("searchbox", name="Find")
    find.fill("queue x1")
    expect(shown(page)).to_have_count(100)
    names = page.locator(".dp-card__title")
    assert names.all_text_contents() == [f"Queue x{number:03}" for number in range(100, 200)]
    find.fill("")
    now = page.evaluate("document.querySelectorAll('.dp-card').length")
    assert now < 200, "everything is laid out at once"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert names.all_text_contents() == [f"Queue x{number:03}" for number in range(200)]


def test_facets_count_what_each_option_would_leave(page, portfolio):
    page.goto("designs/")
    finals = [design for design in portfolio["designs"] if design["status"] == "final"]
    status = page.get_by_label("Status", exact=True)
    assert f"Final ({len(finals)})" in status.inner_text()
    status.select_option("final")
    expect(shown(page)).to_have_count(len(finals))
    stages = page.get_by_label("Stage", exact=True).locator("option")
    storage = sum(design["stage"] == "storage-and-data" for design in finals)
    expect(stages.filter(has_text="Storage and data")).to_have_text(f"Storage and data ({storage})")
    drafts = len([design for design in portfolio["designs"] if design["status"] == "draft"])
    expect(status.locator("option", has_text="Draft")).to_have_text(f"Draft ({drafts})")


def test_a_step_and_its_state_are_a_condition(page, portfolio):
    page.goto("designs/")
    page.get_by_label("Step", exact=True).select_option("evolution")
    page.get_by_label("is", exact=True).select_option("done")
    wanted = sum(
        step["state"] == "done"
        for design in portfolio["designs"]
        for step in design["steps"]
        if step["id"] == "evolution"
    )
    expect(shown(page)).to_have_count(wanted)
    assert "step=evolution&state=done" in page.url


def test_a_view_can_be_shared_and_comes_back_with_the_back_button(page):
    page.goto("designs/?status=final&sort=title&view=table")
    expect(page.locator(".dp-cards--table")).to_have_count(1)
    before = titles(page)
    assert before == sorted(before)
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Rate limiter").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("^Rate limiter"))
    assert page.evaluate("window.kept"), "the page was loaded anew, so instant navigation was not tried"
    page.go_back()
    expect(page.get_by_label("Status", exact=True)).to_have_value("final")
    assert titles(page) == before


def test_when_nothing_is_left_the_page_says_how_to_get_out(page, portfolio):
    page.goto("designs/?find=nothing+is+called+that&status=final")
    expect(shown(page)).to_have_count(0)
    expect(page.locator(".dp-filter__none")).to_contain_text("show all of them")
    page.get_by_role("button", name="Take away the condition Find").press("Enter")
    assert shown(page).count() > 0
    expect(page.get_by_role("searchbox", name="Find")).to_be_focused()
    page.get_by_role("button", name="Show all").click()
    expect(shown(page)).to_have_count(len(portfolio["designs"]))
    assert page.url.endswith("/designs/")


def test_designs_sort_by_progress_and_title(page):
    page.goto("designs/")
    page.get_by_label("Sort by").select_option("oldest")
    page.wait_for_url("**/designs/?sort=oldest")
    dates = page.locator(".dp-card").evaluate_all("cards => cards.map((card) => card.dataset.dpDate)")
    assert dates == sorted(dates)
    page.get_by_label("Sort by").select_option("progress")
    page.wait_for_url("**/designs/?sort=progress")
    done = page.locator(".dp-card").evaluate_all("cards => cards.map((card) => Number(card.dataset.dpDone))")
    assert done == sorted(done, reverse=True)
    assert len(done) > 3


def test_without_the_script_every_design_is_listed_and_no_dead_control_is_shown(browser, site, portfolio):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("designs/")
    expect(shown(page)).to_have_count(len(portfolio["designs"]))
    expect(page.locator(".dp-filter")).to_be_hidden()
    page.goto("compare/")
    expect(page.locator(".dp-matrix tbody tr")).to_have_count(len(portfolio["designs"]))
    expect(page.locator(".dp-matrix__choice").first).to_be_hidden()
    context.close()


def test_the_matrix_shows_the_state_of_each_step_of_each_design(page, portfolio):
    page.goto("compare/")
    design = next(design for design in portfolio["designs"] if design["id"] == LIMITER)
    row = page.locator(f"tr[data-dp-design='{LIMITER}']")
    labels = {"done": "Done", "in-progress": "In progress", "todo": "To do", "skipped": "Skipped"}
    said = [cell.strip() for cell in row.locator("td").all_text_contents()]
    assert said == [labels[step["state"]] for step in design["steps"]]
    row.locator("td a").nth(6).click()
    page.wait_for_url(f"**/{LIMITER}/#tradeoffs")


def test_two_designs_are_read_side_by_side_step_by_step(page):
    page.goto("compare/")
    page.get_by_label("Compare Rate limiter").check()
    expect(page.locator(".dp-sides")).to_be_hidden()
    page.get_by_label("Compare URL shortener").press("Space")
    parts = page.locator(".dp-sides__part")
    expect(parts).to_have_count(11)
    tradeoffs = parts.nth(6)
    expect(tradeoffs.locator("h2")).to_have_text("7 Tradeoffs")
    expect(tradeoffs.locator("h3")).to_have_text([re.compile("URL shortener.*Done"), re.compile("Rate limiter.*Done")])
    expect(tradeoffs.locator("table, li").first).to_be_visible()
    assert page.url.endswith(f"compare/?design={SHORTENER}&design={LIMITER}")
    page.reload()
    expect(parts).to_have_count(11)
    wrong = page.locator(".dp-sides a").evaluate_all(
        "links => links.filter((link) => !link.href.includes('/demo/')).length"
    )
    assert wrong == page.locator(".dp-sides a[href^='http']:not([href*='127.0.0.1'])").count()
    ids = page.evaluate("[...document.querySelectorAll('.dp-sides [id]')].length")
    assert ids == 0


def test_no_more_than_four_designs_are_compared(page, portfolio):
    page.goto("compare/")
    boxes = page.locator(".dp-matrix__choice")
    for at in range(4):
        boxes.nth(at).check()
    expect(page.locator(".dp-matrix__chosen")).to_contain_text("4 designs side by side: no more fit")
    for at in range(4, len(portfolio["designs"])):
        expect(boxes.nth(at)).to_be_disabled()


def test_a_tag_leads_to_everything_that_has_it(page):
    page.goto(f"designs/{LIMITER}/")
    page.locator(".dp-header .dp-tag", has_text="redis").click()
    page.wait_for_url("**/tags/#redis")
    expect(page.locator("section[aria-labelledby=redis]")).to_contain_text("Rate limiter")
