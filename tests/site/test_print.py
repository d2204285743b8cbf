"""The whole portfolio as one document."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from ..conftest import Project
from .test_builds import built, differences

TEXT = """\
---
title: {title}
date: {date}
draft: {draft}
---
# {title}

See [the other](2026-03-02-beta.md#tradeoffs), [below](#tradeoffs), [a note](../notes/cache.md) and
[<b>raw</b>](../notes/cache.md), <a href="../../notes/cache/">by address</a>, [home](../index.md) and
`<a href="quoted">`.

## Tradeoffs

A word[^1] of {title}.

[^1]: A footnote of {title}.

=== "One"

    First.

=== "Two"

    Second.
"""


class _Page(HTMLParser):
    """What a test asks of a page: its ids, its links, the title of each part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.referred: list[str] = []
        self.parts: list[str] = []
        self.groups: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a" and found.get("href") is not None:
            self.links.append(found["href"] or "")
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            self.referred += (found.get(name) or "").split()
        if tag == "section" and found.get("class") == "dp-book__part":
            self.parts.append(found["id"] or "")
        if tag == "input" and found.get("type") == "radio":
            self.groups[found["name"] or ""] += 1


@pytest.fixture
def small(project: Project) -> Project:
    """Three designs, one of them a draft, and two notes."""
    project.write(
        "mkdocs.yml",
        project.read("mkdocs.yml")
        + "markdown_extensions: [attr_list, footnotes, tables, toc: {permalink: true}, pymdownx.superfences,"
        + " pymdownx.tabbed: {alternate_style: true}]\n",
    )
    for day, name, draft in ((1, "alpha", False), (2, "beta", False), (3, "gamma", True)):
        text = TEXT.format(title=f"Design {name}", date=f"2026-03-0{day}", draft=str(draft).lower())
        project.write(f"designs/2026-03-0{day}-{name}.md", text)
    project.write("notes/cache.md", "# Cache\n\n## Tradeoffs\n\nKeep it [as before](../designs/2026-03-01-alpha.md).\n")
    project.write("notes/quorum.md", "# Quorum\n\nMore than half.\n")
    return project


PARTS = ["roadmap", "designs/2026-03-02-beta", "designs/2026-03-01-alpha", "notes/cache", "notes/quorum"]


def test_every_published_document_is_in_it_once_and_drafts_are_not(small: Project):
    small.build("--strict")
    html = small.page("print/")
    assert _Page(html).parts == PARTS
    for title in ("Design alpha", "Design beta"):
        assert html.count(f"A footnote of {title}.") == 1
    assert "gamma" not in html
    assert html.count("More than half.") == 1
    assert "\0" not in html
    assert '<meta name="robots" content="noindex">' in html
    assert "2 designs of March 2026, 0 of 22 steps done. 2 notes." in " ".join(re.sub("<[^>]*>", " ", html).split())


@pytest.mark.parametrize("urls", ["true", "false"])
def test_ids_are_unique_and_no_link_in_it_leads_nowhere(small: Project, urls: str):
    small.write("mkdocs.yml", small.read("mkdocs.yml") + f"use_directory_urls: {urls}\n")
    small.build()
    page = _Page(small.page("print/index.html"))
    assert [id for id, count in Counter(page.ids).items() if count > 1] == []
    within = [unquote(link[1:]) for link in page.links if link.startswith("#")]
    assert len(within) > 20
    assert set(within) - set(page.ids) == set()
    assert set(page.referred) - set(page.ids) == set()
    for link in page.links:
        if not link.startswith(("#", "http", "../../")):  # the last is written for addresses of the other kind
            path = (small.root / "site" / "print" / re.sub("[?#].*", "", link)).resolve()
            assert (path / "index.html" if path.is_dir() else path).is_file(), link


def test_links_between_documents_stay_inside_and_others_lead_to_the_site(small: Project):
    small.build()
    html = small.page("print/")
    alpha = html[html.index('id="designs/2026-03-01-alpha"') : html.index('id="notes/cache"')]
    links = _Page(alpha).links
    assert "#designs/2026-03-02-beta:tradeoffs" in links
    assert "#designs/2026-03-01-alpha:tradeoffs" in links
    assert links.count("#notes/cache") == 3
    assert "../" in links
    assert '&lt;a href="quoted"&gt;' in alpha
    assert "#designs/2026-03-01-alpha:fn:1" in links
    assert set(_Page(html).groups.values()) == {2}  # tabs of one document are not those of another


def test_the_demo_has_no_dead_link_in_it(demo: Project):
    demo.build("--strict")
    page = _Page(demo.page("print/"))
    assert len(page.parts) == 1 + len(demo.portfolio["designs"]) + len(demo.portfolio["notes"])
    assert [id for id, count in Counter(page.ids).items() if count > 1] == []
    assert {unquote(link[1:]) for link in page.links if link.startswith("#")} - set(page.ids) == set()
    assert set(page.referred) - set(page.ids) == set()
    assert "dp-coach" not in demo.page("print/")


def test_it_is_in_no_navigation_search_or_sitemap_but_the_index_of_designs_leads_there(small: Project):
    small.build()
    assert '<a href="../print/">Print the whole portfolio</a>' in small.page("designs/")
    assert "/print/" not in small.page("sitemap.xml")
    assert '"print/' not in small.page("search/search_index.json")
    assert "print/" not in small.page("")


def test_it_can_be_switched_off(small: Project):
    small.build()
    small.write(
        "mkdocs.yml", small.read("mkdocs.yml").replace("design-portfolio\n", "design-portfolio: {print_page: false}\n")
    )
    small.build("--strict")
    assert not (small.root / "site" / "print").exists()
    assert "Print the whole portfolio" not in small.page("designs/")
    small.write("mkdocs.yml", small.read("mkdocs.yml").replace("print_page: false", "print_page: sometimes"))
    assert "print_page" in small.run("build").err


def test_a_page_of_the_learners_own_keeps_its_address(small: Project):
    small.write("docs/print/index.md", "# My own\n")
    done = small.build()
    assert "docs/print/index.md: has the address of the portfolio on paper, which is left out" in done.err
    assert "My own" in small.page("print/")
    assert "Print the whole portfolio" not in small.page("designs/")


def edit(root: Path, what: str) -> None:
    """Make one edit of a portfolio."""
    alpha, beta = root / "designs/2026-03-01-alpha.md", root / "designs/2026-03-02-beta.md"
    if what == "text":
        alpha.write_text(alpha.read_text() + "\nOne sentence more.\n")
    elif what == "title":
        beta.write_text(beta.read_text().replace("Design beta", "Another title"))
    elif what == "deleted":
        (root / "notes/cache.md").unlink()
    elif what == "renamed":
        (root / "notes/cache.md").rename(root / "notes/caching.md")
    elif what == "published":
        gamma = root / "designs/2026-03-03-gamma.md"
        gamma.write_text(gamma.read_text().replace("draft: true", "draft: false"))
    elif what == "came":
        (root / "notes/cache.md").write_text("# Cache\n")
    elif what == "headline":
        alpha.write_text(alpha.read_text().replace("## Tradeoffs", "## Other"))


def test_after_an_edit_a_warm_build_is_a_clean_build(small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    built(small.root)
    clean = tmp_path / "clean" / "project"
    for what in ("text", "title", "deleted", "came", "renamed", "published", "headline"):
        edit(small.root, what)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(small.root, clean, ignore=shutil.ignore_patterns(".cache", "site"))
        warm, _ = built(small.root)
        expected, _ = built(clean)
        assert "print/index.html" in expected
        assert differences(warm, expected) == [], what


def test_it_is_left_alone_where_nothing_changed(small: Project):
    small.build()
    path = small.root / "site" / "print" / "index.html"
    os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
    small.build()  # its time changed: it is made anew
    before = path.stat()
    assert before.st_mtime_ns > 1_700_000_000_000_000_000
    time.sleep(0.02)
    small.build()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    path.write_text("changed")
    small.build()
    assert _Page(small.page("print/")).parts == PARTS


def test_without_a_cache_and_with_a_plugin_that_works_on_pages_it_is_the_same(small: Project, tmp_path: Path):
    small.build()
    wanted = small.page("print/")
    config = small.read("mkdocs.yml")
    small.write("mkdocs.yml", config.replace("design-portfolio\n", "design-portfolio: {cache: false}\n"))
    shutil.rmtree(small.root / ".cache")
    small.build()
    assert small.page("print/") == wanted
    small.write("hooks.py", "def on_page_content(html, **_):\n    return html + '<p>hooked</p>'\n")
    small.write("mkdocs.yml", config + "hooks: [hooks.py]\n")
    small.build()
    hooked = small.page("print/")
    assert hooked.count("<p>hooked</p>") == len(PARTS)
    assert "".join(hooked.replace("<p>hooked</p>", "").split()) == "".join(wanted.split())


def test_what_the_cache_lost_is_made_again(small: Project):
    small.build()
    kept = [
        path for path in (small.root / ".cache").rglob("*") if path.is_file() and b"dp-book__part" in path.read_bytes()
    ]
    assert len(kept) >= len(PARTS)
    for path in kept:
        path.write_bytes(path.read_bytes()[:-3])
    edit(small.root, "text")
    small.build()
    html = small.page("print/")
    assert _Page(html).parts == PARTS
    assert "One sentence more." in html


def test_the_processes_that_share_the_work_print_the_same(small: Project):
    """With more pages than one process takes."""
    for number in range(20):
        small.write(f"notes/more-{number:02}.md", f"# More {number:02}\n\nSee [the cache](cache.md).\n")
    small.build()
    html = small.page("print/")
    assert _Page(html).parts == [*PARTS[:4], *(f"notes/more-{number:02}" for number in range(20)), PARTS[4]]
    assert html.count('<a href="#notes/cache">the cache</a>') == 20


def test_links_that_leave_the_site_say_where_they_lead_unless_their_text_does(small: Project):
    small.write(
        "notes/quorum.md",
        "# Quorum\n\n[A paper](https://example.com/paper?a=1&b=2) and <https://example.com/bare>, [here](cache.md).\n",
    )
    small.build()
    html = small.page("notes/quorum/")
    assert '<a href="https://example.com/paper?a=1&amp;b=2" data-dp-address>A paper</a>' in html
    assert '<a href="https://example.com/bare">https://example.com/bare</a>' in html
    assert '<a href="../cache/">here</a>' in html
