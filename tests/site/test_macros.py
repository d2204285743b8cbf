"""What pages get through mkdocs-macros."""

from __future__ import annotations

import re

import pytest

from .crawl import dead_links

HOME = """\
---
render_macros: true
---
# Home

{{ portfolio_progress() }}

{{ portfolio.designs | length }} designs

## All

{{ design_cards() }}

## Some

{{ design_cards(status="final", stage="storage", tag="x", limit=1) }}

| Badge | Step |
|---|---|
| {{ design_badge("2026-01-01-a") }} | {{ design_badge("2026-01-01-a", "tradeoffs") }} |
"""


@pytest.fixture
def designs(project):
    """Three designs, two of them final."""
    for day, status in ((1, "final"), (2, "final"), (3, "draft")):
        project.write(
            f"designs/2026-01-0{day}-{'abc'[day - 1]}.md",
            f"---\nstatus: {status}\nstage: storage\ntags: [x]\n---\n# D{day} <b>\n\n## Trade-offs\n\nWe chose.\n",
        )
    project.write("docs/sub/page.md", HOME)
    return project


@pytest.mark.parametrize("order", [("macros", "design-portfolio"), ("design-portfolio", "macros")])
def test_macros_work_in_either_order_of_plugins_and_on_any_page(designs, order):
    plugins = "".join(f"  - {name}\n" for name in order)
    designs.write("mkdocs.yml", designs.read("mkdocs.yml").replace("  - design-portfolio\n", plugins))
    designs.build("--strict")
    page = designs.page("sub/page/")
    assert "3 designs" in page
    everything, some = page.split('id="all"')[1].split('id="some"')
    assert re.findall(r'dp-card__link" href="([^"]+)">', everything) == [
        f"../../designs/2026-01-0{day}/" for day in ("3-c", "2-b", "1-a")
    ]
    assert re.findall(r'dp-card__link" href="([^"]+)">', some) == ["../../designs/2026-01-02-b/"]
    assert '<td><a class="dp-badge dp-badge--todo" href="../../designs/2026-01-01-a/">' in page
    assert 'href="../../designs/2026-01-01-a/#trade-offs"' in page
    assert "0 of 33 steps" in page
    assert dead_links(designs.root / "site") == []


def test_a_site_without_the_macros_plugin_builds_all_the_same(designs):
    designs.write("docs/sub/page.md", "# Page\n")
    designs.build("--strict")


def test_an_unknown_name_in_a_macro_is_told(designs):
    designs.write("mkdocs.yml", designs.read("mkdocs.yml").replace("  - search\n", "  - search\n  - macros\n"))
    designs.write(
        "docs/sub/page.md",
        '{{ design_badge("2026-01-01-aa") }}{{ design_cards(status="don") }}{{ design_badge("2026-01-01-a", "tradeofs") }}\n',
    )
    done = designs.build()
    assert done.warnings == [
        "sub/page.md: a macro names the unknown design '2026-01-01-aa' (did you mean '2026-01-01-a'?)",
        "sub/page.md: a macro names the unknown status 'don' (expected draft, in-review, final)",
        "sub/page.md: a macro names the unknown step 'tradeofs' (did you mean 'tradeoffs'?)",
    ]


def test_a_macro_of_the_site_wins_over_ours(designs):
    designs.write("mkdocs.yml", designs.read("mkdocs.yml").replace("  - search\n", "  - search\n  - macros\n"))
    designs.write(
        "main.py", "def define_env(env):\n    @env.macro\n    def portfolio_progress():\n        return 'my own'\n"
    )
    designs.write("docs/sub/page.md", "{{ portfolio_progress() }}\n")
    designs.build("--strict")
    assert "my own" in designs.page("sub/page/")
