"""Capacity numbers on the built site."""

from __future__ import annotations

import html
import json
import re

import markdown
import pytest

from mkdocs_design_portfolio.core.flow import BUILT_IN

BLOCK = """\
```capacity
# Load
daily users      = 10 million users
posts per user   = 2 posts / user / day
write rate       = daily users × posts per user        ≈ 230 posts/s
peak write rate  = write rate × 3                      ≈ 700 posts/s   # evening <peak>
# Storage
post size        = 1 to 2 KB / post
storage per year = write rate × post size × 365 days
wrong            = write rate × 2                      ≈ 900 posts/s
```
"""
DESIGN = f"""\
---
title: Posts
date: 2026-01-01
---
# Posts

At peak `= peak write rate`, or `= write rate ≈ 230 posts/s`; and `= nothing` and `x = 1`.
Quoted, it is `` `= peak write rate` ``.

## Capacity estimation

{BLOCK}
"""


def text_of(markup: str) -> str:
    """Return what a reader sees of some HTML, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


@pytest.fixture
def posts(project):
    """A built site with one design that has a block."""
    project.write("designs/2026-01-01-posts.md", DESIGN)
    project.write(
        "designs/2026-01-02-plain.md", "---\ntitle: Plain\ndate: 2026-01-02\n---\n# Plain\n\nCode `= 5 × 3`.\n"
    )
    project.build()
    return project


def test_a_block_becomes_a_table_with_the_working(posts):
    page = posts.page("designs/2026-01-01-posts/")
    rows = [text_of(row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    assert rows == [
        "Quantity Value Working",
        "Load",
        "daily users 10 M users assumed",
        "posts per user 2 posts/user/day assumed",
        "write rate 231 posts/s ✓ ≈ 230 posts/s 10 M users × 2 posts/user/day",
        "peak write rate 694 posts/s ✓ ≈ 700 posts/s 231 posts/s × 3 evening <peak>",
        "Storage",
        "post size 1 to 2 KB/post assumed",
        "storage per year 7.3 to 14.6 TB 231 posts/s × (1 to 2 KB/post) × 365 days",
        "wrong 463 posts/s ✗ ≈ 900 posts/s 231 posts/s × 2 "
        "'wrong' is 463 posts/s, not 900 posts/s (write '≈ 460 posts/s')",
    ]
    assert "<peak>" not in page


def test_a_code_span_shows_its_value_or_its_claim(posts):
    page = posts.page("designs/2026-01-01-posts/")
    sentence = text_of(re.search(r"<p>At peak.*?</p>", page, re.DOTALL)[0])
    assert (
        sentence
        == "At peak 694 posts/s , or ≈ 230 posts/s ✓ ; and = nothing and x = 1 . Quoted, it is `= peak write rate` ."
    )
    assert "<code>x = 1</code>" in page
    assert "<code>= 5 × 3</code>" in posts.page("designs/2026-01-02-plain/")


def test_mistakes_are_told_with_line_and_column(posts):
    done = posts.build()
    assert done.warnings == [
        "designs/2026-01-01-posts.md:7:70: nothing is named 'nothing' (expected daily users, posts per user, write rate, "
        "peak write rate, post size, storage per year, wrong)",
        "designs/2026-01-01-posts.md:21:58: 'wrong' is 463 posts/s, not 900 posts/s (write '≈ 460 posts/s')",
    ]
    assert posts.run("build", "--strict").code == 1


def test_portfolio_json_has_the_numbers_in_base_units(posts):
    found = {item["name"]: item for item in posts.design("2026-01-01-posts")["capacity"]}
    assert found["daily users"] == {"name": "daily users", "value": 1e7, "unit": "users", "low": 1e7, "high": 1e7}
    assert found["storage per year"] == {
        "name": "storage per year",
        "value": 1.095e13,
        "unit": "B",
        "low": 7.3e12,
        "high": 1.46e13,
    }
    assert found["write rate"]["value"] == 231.481481481
    assert posts.design("2026-01-02-plain")["capacity"] == []


def test_designs_are_compared_by_their_results(posts):
    page = posts.page("capacity/")
    table = [text_of(row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    assert table == [
        "Design Rates Data stored Data moved",
        "Posts 694 posts/s peak write rate 7.3 to 14.6 TB storage per year none given",
    ]
    items = [text_of(item) for item in re.findall(r'<li class="dp-compare__item.*?</li>', page, re.DOTALL)]
    assert items == [
        "694 posts/s peak write rate Posts",
        "231 posts/s write rate Posts",
        "7.3 to 14.6 TB storage per year Posts",
    ]
    assert 'href="../designs/2026-01-01-posts/#capacity-estimation"' in page


def test_without_a_block_the_comparison_says_where_to_begin(project):
    project.build("--strict")
    assert "No design has a capacity block yet." in project.page("capacity/")


def test_search_finds_the_numbers_and_nothing_of_the_machinery(posts):
    index = json.loads(posts.page("search/search_index.json"))
    text = " ".join(
        entry["text"] for entry in index["docs"] if entry["location"].startswith("designs/2026-01-01-posts/")
    )
    assert "peak write rate" in text
    assert "evening" in text
    assert "kilobyte" not in text


def test_numbers_of_notes_are_checked_and_shown_too(project):
    project.write("notes/sums.md", f"# Sums\n\n{BLOCK}")
    done = project.build()
    assert [line for line in done.warnings if "'wrong' is" in line] == [
        "notes/sums.md:12:58: 'wrong' is 463 posts/s, not 900 posts/s (write '≈ 460 posts/s')"
    ]
    assert "dp-capacity__table" in project.page("notes/sums/")


def test_a_block_in_a_list_and_one_in_an_admonition_are_tables(project):
    indented = BLOCK.replace("\n", "\n    ").rstrip()
    second = "```capacity\n    extra = write rate × 2\n    ```"
    project.write(
        "mkdocs.yml", project.read("mkdocs.yml") + "markdown_extensions:\n  - admonition\n  - pymdownx.superfences\n"
    )
    project.write(
        "designs/2026-01-01-a.md",
        f"---\ndate: 2026-01-01\n---\n# A\n\n- One\n\n    {indented}\n\n!!! note\n    {second}\n",
    )
    project.build()
    page = project.page("designs/2026-01-01-a/")
    assert page.count("dp-capacity__table") == 2
    assert "463 posts/s" in page
    assert "```" not in page


def test_a_block_in_a_quotation_is_shown_and_said_to_stand_alone(project):
    quoted = "\n".join(f"> {line}" for line in BLOCK.splitlines())
    project.write(
        "designs/2026-01-01-a.md", f"---\ndate: 2026-01-01\n---\n# A\n\n```capacity\na = 3 × 2\n```\n\n{quoted}\n"
    )
    done = project.build()
    assert done.warnings == [
        "designs/2026-01-01-a.md: a capacity block in a quotation, or made by another plugin, is worked out on its own "
        "(move it out of there to have it checked with the others)"
    ]
    assert "231 posts/s × 3" in project.page("designs/2026-01-01-a/")


def test_the_extension_works_on_any_page_that_names_it(project):
    project.write("mkdocs.yml", project.read("mkdocs.yml") + "markdown_extensions:\n  - design-portfolio-capacity\n")
    project.write("docs/sums.md", f"# Sums\n\n{BLOCK}\nAt peak `= peak write rate`.\n")
    done = project.build()
    assert any("'wrong' is 463 posts/s" in line for line in done.warnings)
    page = project.page("sums/")
    assert "dp-capacity__table" in page
    assert "694 posts/s</span></span>." in page


def test_the_extension_needs_nothing_but_python_markdown():
    shown = markdown.markdown(BLOCK, extensions=["design-portfolio-capacity"])
    assert "231 posts/s × 3" in shown


def test_fences_of_the_site_stay_as_they_are(project):
    config = """\
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: chart
          class: chart
          format: !!python/name:pymdownx.superfences.fence_code_format
"""
    project.write("mkdocs.yml", project.read("mkdocs.yml") + config)
    project.write(
        "designs/2026-01-01-a.md",
        f"---\ndate: 2026-01-01\n---\n# A\n\n{BLOCK}\n```chart\ngraph LR\n```\n\n```mermaid\ngraph LR\n```\n\n```python\nx = 1\n```\n",
    )
    project.build()
    page = project.page("designs/2026-01-01-a/")
    assert '<pre class="chart"><code>graph LR' in page
    assert 'class="highlight"' in page
    assert '<figure class="dp-diagram"' in page
    assert "dp-capacity__table" in page


def test_a_flow_may_ask_for_any_sort_of_quantity(project):
    flow = BUILT_IN.read_text(encoding="utf-8").replace("quantity: rate", "quantity: rte")
    project.write("flow.yml", flow)
    project.write(
        "mkdocs.yml",
        project.read("mkdocs.yml").replace("  - design-portfolio\n", "  - design-portfolio:\n      flow: flow.yml\n"),
    )
    done = project.build()
    assert any("unknown quantity 'rte' (did you mean 'rate'?)" in line for line in done.warnings)
