"""Portfolios with nothing in them yet: each page says what will stand there, and how it begins."""

from __future__ import annotations

import html
import re

import pytest

from tests.conftest import CONFIG, Project

from .crawl import dead_links

FIRST_STEPS = {
    "": "mkdocs new-design",
    "designs/": "mkdocs new-design",
    "compare/": "mkdocs new-design",
    "capacity/": "```capacity",
    "notes/": "mkdocs new-note",
    "concepts/": "mkdocs new-note",
    "tags/": "mkdocs new-design",
    "graph/": "mkdocs new-design",
}
"""What is to be typed first, by page."""


@pytest.fixture
def bare(tmp_path):
    """A folder with a configuration, and `docs/`, without which MkDocs does not begin."""
    project = Project(tmp_path)
    project.write("mkdocs.yml", CONFIG)
    (tmp_path / "docs").mkdir()
    return project


@pytest.fixture
def new(tmp_path):
    """What `mkdocs new-portfolio` makes."""
    project = Project(tmp_path)
    project.run("new-portfolio", ".", "--yes", "--name", "Ada")
    return project


def article(project, url):
    return html.unescape(re.search(r"<article.*?</article>", project.page(url), re.S)[0])


def test_a_bare_folder_is_a_site_whose_every_page_says_how_to_begin(bare):
    done = bare.build("--strict")
    assert done.warnings == []
    for url, typed in FIRST_STEPS.items():
        assert typed in article(bare, url), url
    assert "roadmap.md" in article(bare, "") and "mkdocs new-portfolio" in article(bare, "")
    assert dead_links(bare.root / "site") == []


def test_a_new_portfolio_says_how_to_begin_where_nothing_is_yet(new):
    done = new.build("--strict")
    assert done.warnings == []
    for url in ("", "designs/", "compare/", "capacity/"):
        assert FIRST_STEPS[url] in article(new, url), url
    stage = article(new, "roadmap/").partition('id="storage')[2]
    assert re.search(r'mkdocs new-note "[^"]+" --stage storage', stage)
    assert dead_links(new.root / "site") == []


def test_what_the_pages_tell_to_type_works_as_it_stands(new):
    new.build()
    typed = {
        line
        for url in ("", "designs/", "compare/", "roadmap/")
        for line in re.findall(r"<code>mkdocs (new-\w+ \"[^<]*)</code>", article(new, url))
    }
    assert len(typed) > 3
    for line in sorted(typed):
        title, options = re.fullmatch(r'new-\w+ "([^"]+)"(.*)', line).groups()
        done = new.run(line.split()[0], title, *options.split(), "--dry-run")
        assert done.code == 0, (line, done.err)


def test_the_first_design_takes_the_place_of_the_first_step(new):
    assert new.run("new-design", "Rate limiter").code == 0
    new.build("--strict")
    for url in ("", "designs/", "compare/"):
        assert "dp-first" not in article(new, url), url
    assert "0 of 11 steps" in article(new, "")


def test_a_home_page_of_ones_own_is_left_alone(bare):
    bare.write("docs/README.md", "# Mine\n")
    bare.build("--strict")
    assert "dp-overall" not in bare.page("") and "Mine" in bare.page("")


def test_a_home_page_that_nobody_wrote_shows_what_is_there(bare):
    for number in range(8):
        bare.write(f"designs/2026-01-0{number + 1}-d{number}.md", f"# Design {number}\n")
    bare.write("roadmap.md", "# Roadmap\n\n## Foundations\n\n- [ ] Latency\n")
    bare.build("--strict")
    home = article(bare, "")
    assert re.findall(r'dp-card__link" href="designs/[^"]+">([^<]+)', home) == [
        f"Design {n}" for n in (7, 6, 5, 4, 3, 2)
    ]
    assert "Foundations" in home and "docs/index.md" in home
    clean = bare.page("")
    bare.build("--strict")
    assert bare.page("") == clean
