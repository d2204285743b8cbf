"""What comes out of a printer: a page and the whole portfolio, as Chromium makes a PDF of them."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from tests.conftest import CONFIG, Project, served

SHEET = (650, 975)
"""The room for text on a sheet of A4, in px: 172 by 258 mm."""
LETTERS = [chr(ord("A") + number) for number in range(26)]
DESIGN = (
    """\
---
title: Everything at once
date: 2026-05-01
status: in-review
stage: storage
summary: What is hard to print.
---
# Everything at once

## Clarify the problem

Who asks for [a paper](https://example.com/paper)? See [the other](2026-05-02-other.md).

??? note "Closed on a screen"

    The closed words are part of the text.

=== "First tab"

    The first tab's words.

=== "Second tab"

    The second tab's words.

## Capacity estimation

```capacity
users = 40 million
requests per user = 12 /day
load = users * requests per user # on average
```

## High-level architecture

"""
    + "```mermaid\nflowchart TD\n"
    + "\n".join(f"  Tall{one} --> Tall{other}" for one, other in itertools.pairwise(LETTERS))
    + "\n```\n\n```mermaid\nflowchart LR\n"
    + "\n".join(f"  Wide{one} --> Wide{other}" for one, other in itertools.pairwise(LETTERS))
    + "\n```\n\n## Detailed design\n\n"
    + "```python\nlong = "
    + " + ".join(f"number_{number}" for number in range(60))
    + "\nblob = '"
    + "x" * 300
    + "end_of_blob'\n```\n\n"
    + f"| {' | '.join(f'Head{one}' for one in LETTERS[:12])} |\n|{'---|' * 12}\n"
    + "".join(f"| {' | '.join(f'cell{row}{one} of a row' for one in LETTERS[:12])} |\n" for row in range(3))
    + "\n## Tradeoffs\n\n| Decision | Options | Choice |\n|---|---|---|\n"
    + "".join(f"| Row{row} | Two or three of them | {'Because of the reasons. ' * 9}|\n" for row in range(40))
    + f"| Identifier | `{'a1b2' * 40}` | {'c3d4' * 40} |\n"
)


DARK = """\
[data-md-color-scheme="slate"] {
  --md-default-bg-color: #101418; --md-default-fg-color: #eee; --md-typeset-color: #ddd; --md-code-bg-color: #222;
  --md-code-fg-color: #ddd; --md-typeset-a-color: #9cf;
}
"""
"""A dark scheme that does not say it is for screens alone."""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The address of a site with what is hard to print."""
    made = Project(tmp_path_factory.mktemp("print") / "project")
    palette = "  palette: [{media: '(prefers-color-scheme: light)', scheme: default}, {media: '(prefers-color-scheme: dark)', scheme: slate}]\n"
    made.write(
        "mkdocs.yml",
        CONFIG.replace("  font: false\n", "  font: false\n" + palette)
        + "extra_css: [dark.css]\nmarkdown_extensions: [admonition, attr_list, tables, pymdownx.details, pymdownx.highlight, pymdownx.superfences,"
        + " design-portfolio-capacity, toc: {permalink: true}, pymdownx.tabbed: {alternate_style: true}]\n",
    )
    made.write("docs/index.md", "# Home\n")
    made.write("docs/dark.css", DARK)
    made.write("roadmap.md", "# Roadmap\n\n## Storage {#storage}\n\n- [x] Indexes\n")
    made.write("designs/2026-05-01-everything.md", DESIGN)
    made.write("designs/2026-05-02-other.md", "# The other\n\n## Tradeoffs\n\nFew words.\n")
    made.write("notes/cache.md", "# Cache\n\nFewer words.\n")
    with served(made.root / "site") as address:
        made.write("mkdocs.yml", re.sub(r"(?m)^site_url: .*", f"site_url: {address}", made.read("mkdocs.yml")))
        made.build()
        yield address


def opened(browser, url, **options):
    """Open a page and wait until its diagrams are drawn."""
    page = browser.new_context(**options).new_page()
    page.goto(url)
    if options.get("java_script_enabled", True):
        page.wait_for_function(
            "!document.querySelector('.dp-diagram:not(.dp-diagram--broken, [data-dp-state=drawn], [data-dp-state=failed])')"
        )
        page.wait_for_load_state("networkidle")
    return page


def printed(page, **options) -> list[str]:
    """Print a page; return the text of each sheet."""
    raw = page.pdf(**{"format": "A4", "prefer_css_page_size": True, **options})
    sheets = PdfReader(io.BytesIO(raw)).pages
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in sheets]  # a ligature is its letters


def squeezed(text: str) -> str:
    """Return a text without what line breaks and hyphenation add."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.fixture(scope="module")
def sheets(browser, small):
    """The sheets of the design."""
    page = opened(browser, f"{small}designs/2026-05-01-everything/")
    yield printed(page)
    page.context.close()


def test_every_sheet_has_its_number_and_the_names_of_document_and_site(sheets):
    assert len(sheets) > 4
    for number, text in enumerate(sheets, start=1):
        assert f"{number} / {len(sheets)}" in text
        assert "Portfolio" in text
        assert ("Everything at once" in text) is True


def test_a_document_says_what_it_is_and_nothing_of_the_site(sheets):
    first = squeezed(sheets[0])
    for text in (
        "What is hard to print.",
        "In review",
        "1 May 2026",
        "Stage 1 of 1",
        "Clarify the problem",
        "In progress",
    ):
        assert squeezed(text) in first, text
    whole = squeezed("".join(sheets))
    for text in (
        "Search",
        "Coach",
        "Table of contents",
        "Linked from",
        "Zoom",
        "Made with",
        "¶",
        "Change an assumption",
    ):
        assert squeezed(text) not in whole, text


def test_what_is_closed_or_in_a_tab_is_printed(sheets):
    whole = squeezed("".join(sheets))
    for text in ("The closed words", "The first tab's words", "The second tab's words"):
        assert squeezed(text) in whole


def test_a_link_that_leaves_the_site_says_where_to_and_another_does_not(sheets):
    whole = squeezed("".join(sheets))
    assert "apaper⟨https://example.com/paper⟩" in whole
    assert "theother⟨" not in whole
    assert "127.0.0.1" not in whole


def test_no_cell_and_no_line_of_code_is_cut(sheets):
    whole = squeezed("".join(sheets))
    for one in LETTERS[:12]:
        assert f"Head{one}" in whole
        for row in range(3):
            assert f"cell{row}{one}ofarow" in whole
    assert "end_of_blob'" in whole
    assert "number_58+number_59" in whole
    assert "a1b2" * 40 in whole
    assert "c3d4" * 40 in whole


def test_a_heading_stands_where_what_follows_it_does(sheets):
    for heading, below in (("Detailed design", "number_0"), ("Tradeoffs", "Row0")):
        assert any(heading in text and below in text for text in sheets[1:]), heading


def test_the_head_of_a_long_table_stands_on_each_sheet_and_no_row_is_split(sheets):
    rows = [number for number, text in enumerate(sheets) if re.search(r"Row\d", text)]
    assert len(rows) > 2
    for number in rows:
        assert re.search(r"Decision\s+Options\s+Choice", sheets[number])
    reasons = squeezed("Because of the reasons. " * 9)
    assert sum(squeezed(text).count(reasons) for text in sheets) == 40


def test_a_diagram_is_whole_on_one_sheet(sheets):
    for name in ("Tall", "Wide"):
        at = [number for number, text in enumerate(sheets) for one in LETTERS if re.search(rf"\b{name}{one}\b", text)]
        assert len(at) == 26
        assert len(set(at)) == 1


def test_capacity_numbers_show_their_working(sheets):
    whole = squeezed("".join(sheets))
    assert squeezed("40 million × 12 /day") in whole or squeezed("40 M × 12 /day") in whole
    assert "onaverage" in whole


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("url", ["designs/2026-05-01-everything/", "print/", "designs/", "compare/"])
def test_nothing_is_wider_or_a_figure_higher_than_the_sheet(browser, small, url, script):
    width, height = SHEET
    page = opened(browser, small + url, java_script_enabled=script)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(200)
    wide = page.evaluate(
        """(width) => [...document.querySelectorAll("main *")].filter((one) => {
             const box = one.getBoundingClientRect()
             return box.width && box.right > width + 1 && getComputedStyle(one).clipPath === "none"
           }).map((one) => one.outerHTML.slice(0, 90))""",
        width,
    )
    high = page.evaluate(
        """(height) => [...document.querySelectorAll("main :is(.dp-diagram[data-dp-state=drawn], img)")]
             .map((one) => one.getBoundingClientRect().height).filter((one) => one > height)""",
        height,
    )
    page.context.close()
    assert (wide, high) == ([], [])


def test_without_the_script_the_source_of_a_diagram_is_printed(browser, small):
    page = opened(browser, f"{small}designs/2026-05-01-everything/", java_script_enabled=False)
    whole = squeezed("".join(printed(page)))
    page.context.close()
    assert "TallA>TallB" in whole
    assert "flowchartTD" in whole
    assert squeezed("The closed words") in whole  # which the theme's script would have opened


def test_a_dark_page_is_printed_as_a_light_one(browser, small):
    for scheme in ("light", "dark"):
        page = opened(browser, f"{small}designs/2026-05-01-everything/", color_scheme=scheme)
        assert page.evaluate("document.body.dataset.mdColorScheme") == ("slate" if scheme == "dark" else "default")
        page.wait_for_timeout(1500)  # the light drawings for paper come last
        page.emulate_media(media="print", color_scheme=scheme)
        seen = page.evaluate(
            """() => {
              const grounds = [...document.querySelectorAll("html, body, main, article, article *")]
                .filter((one) => one.getBoundingClientRect().width)
                .map((one) => getComputedStyle(one).backgroundColor).map((text) => text.match(/[\\d.]+/g).map(Number))
                .filter(([,,, alpha = 1]) => alpha > 0.5)
              const inks = [...document.querySelectorAll("article :is(p, li, td, h1, h2, code)")]
                .map((one) => getComputedStyle(one).color.match(/[\\d.]+/g).map(Number))
              const light = ([red, green, blue]) => (0.3 * red + 0.59 * green + 0.11 * blue) / 255
              const shown = [...document.querySelectorAll(".dp-diagram__drawing")].filter((one) => one.getBoundingClientRect().width)
              return [Math.min(...grounds.map(light)), Math.max(...inks.map(light)), shown.map((one) => one.dataset.dpGround)]
            }"""
        )
        violations = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        page.context.close()
        assert seen[0] > 0.8
        assert seen[1] < 0.5
        assert seen[2] == ["light", "light"]
        assert violations == []


def test_axe_finds_nothing_on_the_whole_portfolio(browser, small):
    page = opened(browser, f"{small}print/")
    of_the_theme = {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}
    violations = Axe().run(page, options={"rules": of_the_theme}).response["violations"]
    page.context.close()
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == []


@pytest.fixture(scope="module")
def book(browser, site):
    """The sheets of the demo's whole portfolio."""
    page = opened(browser, f"{site}print/")
    yield printed(page)
    page.context.close()


def test_the_whole_portfolio_has_numbered_sheets_and_no_empty_one(book):
    assert len(book) > 50
    for number, text in enumerate(book, start=1):
        assert f"{number} / {len(book)}" in text
        assert len(text.split()) > 15, f"sheet {number} is empty"


def test_each_document_starts_on_a_sheet_of_its_own(book, portfolio):
    titles = [*(item["title"] for item in portfolio["designs"]), *(item["title"] for item in portfolio["notes"])]
    starts = []
    for title in titles:
        running = [number for number, text in enumerate(book) if re.match(rf"\W*{re.escape(title)}\s", text)]
        assert running, title
        assert running == list(range(running[0], running[-1] + 1)), title
        assert squeezed(book[running[0]]).count(squeezed(title)) >= 2, title  # in the margin, and over the text
        starts.append(running[0])
    assert starts == sorted(starts)
    assert len(set(starts)) == len(titles)


def test_the_title_sheet_says_whose_it_is(book):
    assert "Design Portfolio" in book[0]
    assert re.search(r"\d+ designs (of|from) \w+ 2026", book[0])
    assert "Contents" in book[1]
    assert "Rate limiter" in book[1]


def test_a_running_script_finds_nothing_to_complain_of(page):
    page.goto("print/")
    page.wait_for_load_state("networkidle")
    page.goto("designs/2026-09-14-rate-limiter/")
    page.locator(".md-tabs__link", has_text="Notes").click()
    page.wait_for_url("**/notes/")
    # Also where the theme replaces the page; the script hears of it a moment later.
    name = "getComputedStyle(document.documentElement).getPropertyValue('--dp-document')"
    page.wait_for_function(f"{name}.includes('Notes')")
