"""Capacity blocks in a real browser: the same values as in Python, and assumptions that can be changed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from mkdocs_design_portfolio.core.capacity.language import language
from mkdocs_design_portfolio.core.capacity.sheet import read_sheet
from mkdocs_design_portfolio.core.parse import parse
from tests.capacity.test_expressions import MISTAKES, VALUES, bounds
from tests.conftest import FIXTURES, REPOSITORY

ENGINE = "assets/design-portfolio/capacity.js"
CALCULATE = """async ([engine, language, pages]) => {
  const { calculate } = await import(new URL(engine, document.baseURI))
  return pages.map(({ blocks, spans }) => calculate(language, blocks, spans))
}"""


def calculated(page, pages: list[dict]) -> list[dict]:
    """Work out pages in the browser."""
    return page.evaluate(CALCULATE, [ENGINE, language(), pages])


def test_the_table_of_expressions_comes_out_the_same(page):
    found = calculated(page, [{"blocks": [f"q = {row[0]}"], "spans": []} for row in VALUES])
    for (expression, value, unit, shown), result in zip(VALUES, found, strict=True):
        row = result["rows"][0]
        low, high = bounds(value)
        assert row.get("fact") is None, (expression, row)
        assert row["low"] == pytest.approx(low, rel=1e-12, abs=1e-15), expression
        assert row["high"] == pytest.approx(high, rel=1e-12, abs=1e-15), expression
        assert (row["unit"], row["text"]) == (unit, shown), expression


def test_its_mistakes_are_mistakes_at_the_same_column(page):
    found = calculated(page, [{"blocks": [f"q = {row[0]}"], "spans": []} for row in MISTAKES])
    for (expression, column, message), result in zip(MISTAKES, found, strict=True):
        row = result["rows"][0]
        assert row["low"] is None, expression
        assert message in f"{row['fact']} ({row['remedy']})", expression
        assert row["column"] == int(column.lstrip("! ")) + len("q = "), expression


CORPUS = sorted([*(FIXTURES / "capacity" / "blocks").glob("*.md"), *(REPOSITORY / "designs").glob("2*.md")])


def test_every_value_of_a_corpus_of_blocks_is_the_same_in_both_engines(page):
    documents = [parse(path.read_text(encoding="utf-8"), path=path.name)[0] for path in CORPUS]
    sheets = [read_sheet(document)[0] for document in documents]
    pages = [
        {"blocks": [block.source for block in sheet.blocks], "spans": [span.source for span in sheet.spans]}
        for sheet in sheets
    ]
    compared = 0
    for path, sheet, result in zip(CORPUS, sheets, calculated(page, pages), strict=True):
        for kind, ours in (("rows", sheet.quantities), ("spans", sheet.spans)):
            theirs = result[kind]
            assert len(ours) == len(theirs), path
            for mine, other in zip(ours, theirs, strict=True):
                where = f"{path.name}:{mine.line}"
                assert (mine.low is None) == (other["low"] is None), (where, mine.problem, other)
                if mine.low is not None:
                    assert mine.low == pytest.approx(other["low"], rel=1e-12), where
                    assert mine.high == pytest.approx(other["high"], rel=1e-12), where
                    same = (other["text"], other["working"], other["unit"], other["holds"])
                    assert (mine.text, mine.working, mine.unit, mine.holds) == same, where
                    compared += 1
    assert compared >= 60


FEED = "designs/2026-11-02-news-feed/"


def open_feed(page) -> None:
    """Open the news feed and wait for its fields."""
    page.goto(FEED)
    expect(page.locator(".dp-capacity input").last).to_be_attached()


def values(page) -> dict[str, str]:
    """Return the value of each quantity as it stands on the page."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".dp-capacity__row")].map((row) => {
            const number = row.querySelector(".dp-capacity__number").cloneNode(true)
            const field = row.querySelector("input")
            number.querySelector(".dp-capacity__was")?.remove()
            return [row.querySelector("th").textContent, field ? field.value : number.textContent.trim()]
        }))"""
    )


def test_changing_an_assumption_works_out_every_number_that_rests_on_it(page):
    open_feed(page)
    field = page.get_by_label("daily users in million users", exact=True)
    expect(field).to_have_value("21.6")
    before = values(page)
    field.fill("43.2")
    after = values(page)
    changed = {name for name in before if before[name] != after[name]}
    assert {
        name: after[name] for name in ("page rate", "peak page rate", "peak lookups", "page traffic", "feed servers")
    } == {
        "page rate": "8,000 pages/s",
        "peak page rate": "24,000 pages/s",
        "peak lookups": "480,000 posts/s",
        "page traffic": "3.84 Gbit/s",
        "feed servers": "48 servers",
    }
    assert {
        "daily users",
        "posts in a year",
        "pictures in a year",
        "post cache",
        "origin traffic",
        "fan-out workers",
    } < changed
    assert changed.isdisjoint({"monthly users", "timeline memory", "timeline primaries", "follow storage"})
    row = page.locator(".dp-capacity__row", has_text="peak lookups")
    expect(row).to_contain_text("was 240,000 posts/s")
    expect(row).to_contain_text("24,000 pages/s × 20 posts/page")
    expect(page.locator(".dp-quantity--changed", has_text="480,000 posts/s")).to_have_count(1)
    expect(page.get_by_role("status").first).to_contain_text("differ from what the author published")


def test_escape_and_reset_bring_back_what_the_author_published(page):
    open_feed(page)
    before = values(page)
    page.add_style_tag(content=".dp-rail, .dp-diagram { display: none !important }")  # which change meanwhile
    text = page.locator("article").inner_text()
    field = page.get_by_label("peak factor", exact=True)
    field.fill("10")
    assert values(page)["peak page rate"] == "40,000 pages/s"
    field.press("Escape")
    assert values(page) == before
    field.fill("10")
    page.get_by_label("cache hit ratio in %", exact=True).fill("50")
    page.get_by_role("button", name="Reset").first.press("Enter")
    assert values(page) == before
    expect(page.get_by_role("button", name="Reset")).to_have_count(0)
    strip = "Change an assumption to see what follows; Escape takes it back."
    now = page.locator("article").inner_text().replace("As the author published it.", strip)
    assert now == text


def test_a_field_without_a_number_keeps_the_authors_and_says_so(page):
    open_feed(page)
    before = values(page)
    field = page.get_by_label("peak factor", exact=True)
    field.fill("")
    assert {**values(page), "peak factor": "3"} == before
    expect(page.get_by_role("status").first).to_contain_text("A field holds no number")
    expect(field).to_have_attribute("aria-invalid", "")


def test_every_field_is_reached_by_tab_and_has_a_name(page):
    open_feed(page)
    fields = page.locator(".dp-capacity input")
    names = [field.get_attribute("aria-label") for field in fields.all()]
    feed, _ = parse((REPOSITORY / f"{FEED.rstrip('/')}.md").read_text(encoding="utf-8"), path="feed")
    assumed = [quantity for quantity in read_sheet(feed)[0].quantities if quantity.assumed]
    assert len(names) == len(set(names)) == len(assumed) > 9
    assert all(names)
    page.locator(".dp-capacity__frame").first.focus()
    for name in names[:9]:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_without_javascript_the_page_is_complete(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(FEED)
    rows = page.locator(".dp-capacity__row")
    assert rows.count() >= 30
    assert page.locator(".dp-capacity input").count() == 0
    expect(rows.first).to_contain_text("21.6 M users")
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for url in (FEED, "capacity/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
