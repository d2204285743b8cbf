"""References between designs, notes and roadmap, and what the pages show of them."""

from __future__ import annotations

import re

import pytest

from ..conftest import Project
from .crawl import dead_links

NOTE = """\
---
title: Consistent hashing
aliases: [hash ring]
---

# Consistent hashing

## Intuition

Keys and nodes share a circle.

## Mechanics {#how}

A key belongs to the next node.
"""

DESIGN = """\
---
title: {title}
date: 2026-01-0{day}
notes: [{notes}]
---

# {title}

## Clarify the problem

{problem}

## Tradeoffs

{tradeoffs}
"""


def design(project: Project, day: int, title: str, *, notes: str = "", problem: str = "", tradeoffs: str = "") -> str:
    """Write a design and return its id."""
    id = f"2026-01-0{day}-{title.lower().replace(' ', '-')}"
    text = DESIGN.format(title=title, day=day, notes=notes, problem=problem, tradeoffs=tradeoffs)
    project.write(f"designs/{id}.md", text)
    return id


@pytest.fixture
def linked(project: Project) -> Project:
    """Three designs that name one note, each in its own way."""
    project.write("notes/consistent-hashing.md", NOTE)
    text = "We could hash by modulo. Placement is by [a hash\nring](../notes/consistent-hashing.md#how), which moves\nless. Nothing else changes."
    design(project, 1, "Alpha", tradeoffs=text)
    design(project, 2, "Beta", notes="consistent-hashing", problem="Sessions are spread by consistent hashing. Fine.")
    design(project, 3, "Gamma", tradeoffs="First. Sharding follows [[Hash ring|the ring]]. Last.")
    return project


def test_a_note_shows_a_prose_link_a_declared_note_and_a_wiki_link_with_sentence_and_step(linked: Project):
    linked.build("--strict")
    note = next(note for note in linked.portfolio["notes"] if note["id"] == "consistent-hashing")
    assert (
        note["backlinks"]
        == [
            {"id": "2026-01-03-gamma", "step": "tradeoffs", "text": "First. Sharding follows the ring."},
            {
                "id": "2026-01-02-beta",
                "step": "clarify-problem",
                "text": "Sessions are spread by consistent hashing. Fine.",
            },
            {"id": "2026-01-01-alpha", "step": "tradeoffs", "text": "Placement is by a hash ring, which moves less."},
        ]
        or note["backlinks"][1]["text"] == "Sessions are spread by consistent hashing."
    )
    page = linked.page("notes/consistent-hashing/")
    assert re.search(
        r'href="../../designs/2026-01-01-alpha/#tradeoffs">7 Tradeoffs</a>\s+Placement is by a hash ring', page
    )
    assert "1 Clarify the problem" in page
    assert "Sharding follows the ring." in page
    assert dead_links(linked.root / "site") == []


def test_a_wiki_link_becomes_a_link_with_its_label(linked: Project):
    linked.build("--strict")
    page = linked.page("designs/2026-01-03-gamma/")
    assert 'Sharding follows <a href="../../notes/consistent-hashing/">the ring</a>.' in page


@pytest.mark.parametrize(
    ("written", "href", "shown"),
    [
        ("[[consistent-hashing]]", "../../notes/consistent-hashing/", "consistent-hashing"),
        ("[[CONSISTENT hashing]]", "../../notes/consistent-hashing/", "CONSISTENT hashing"),
        ("[[hash ring#Mechanics]]", "../../notes/consistent-hashing/#how", "hash ring: Mechanics"),
        ("[[hash ring#Intuition|why]]", "../../notes/consistent-hashing/#intuition", "why"),
        ("[[alpha]]", "../2026-01-01-alpha/", "alpha"),
        ("[[storage]]", "../../roadmap/#storage", "storage"),
        ("[[Scalability patterns]]", "../../roadmap/#scalability", "Scalability patterns"),
    ],
)
def test_wiki_links_find_ids_titles_aliases_stages_and_headings(linked: Project, written: str, href: str, shown: str):
    design(linked, 4, "Delta", problem=f"See {written} here.")
    linked.build("--strict")
    assert f'See <a href="{href}">{shown}</a> here.' in linked.page("designs/2026-01-04-delta/")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[[consistent-hashin]]", "'[[consistent-hashin]]' leads nowhere (did you mean '[[consistent-hashing]]'?)"),
        ("[[zzz]]", "'[[zzz]]' leads nowhere (there is no design, note or stage of that name)"),
        (
            "[x](../notes/consistent-hashng.md)",
            "the link '../notes/consistent-hashng.md' leads nowhere (did you mean '../notes/consistent-hashing.md'?)",
        ),
        (
            "[x](../notes/consistent-hashing)",
            "the link '../notes/consistent-hashing' leads nowhere (did you mean '../notes/consistent-hashing.md'?)",
        ),
        (
            "[x](_template.md)",
            "the link '_template.md' leads nowhere (its name begins with '_' or '.', so it is not published)",
        ),
        (
            "[x](../notes/consistent-hashing.md#hw)",
            "notes/consistent-hashing.md has no anchor '#hw' (did you mean '#how'?)",
        ),
        ("[x](#tradeofs)", "this page has no anchor '#tradeofs' (did you mean '#tradeoffs'?)"),
        ("[x](../roadmap.md#storag)", "roadmap.md has no anchor '#storag' (did you mean '#storage'?)"),
        (
            "[[consistent-hashing#nothing]]",
            "notes/consistent-hashing.md has no anchor '#nothing' (link to a heading that is there)",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_told_once_with_its_line(linked: Project, written: str, problem: str):
    """It is text on the page, so that nobody follows it; an anchor alone leads to the page's top."""
    design(linked, 4, "Delta", problem=f"Look at {written} first.")
    done = linked.build()
    assert done.warnings == [f"designs/2026-01-04-delta.md:11: {problem}"]
    assert linked.run("build", "--strict").code == 1
    if "anchor" not in problem:
        assert '<span class="dp-nowhere">' in linked.page("designs/2026-01-04-delta/")


def test_a_name_of_two_things_is_ambiguous(linked: Project):
    linked.write("notes/other.md", "---\naliases: [hash ring]\nconcepts: []\n---\n# Other\n\n## A\n\nText.\n")
    done = linked.build()
    mend = "write one of [[consistent-hashing]], [[other]]"
    assert done.warnings == [
        f"designs/2026-01-03-gamma.md:15: '[[Hash ring]]' is ambiguous ({mend})",
    ]


def test_what_looks_like_a_link_in_code_is_none(linked: Project):
    text = "Run `[[nothing]]` or:\n\n```sh\nif [[ -f x ]]; then [y](../notes/no.md); fi\n```\n\n<!-- [[nothing]] -->\n\nEscaped \\[[nothing]] too."
    design(linked, 4, "Delta", problem=text)
    linked.build("--strict")
    assert "[[nothing]]" in linked.page("designs/2026-01-04-delta/")


def test_links_by_reference_with_titles_and_in_tables_count(linked: Project):
    text = """\
See [the ring][ring] and [ring], or <https://example.org>.

| Option | Where |
|---|---|
| Ring | [read](<../notes/consistent-hashing.md> "why") |

[ring]: ../notes/consistent-hashing.md 'Ring'
"""
    id = design(linked, 4, "Delta", tradeoffs=text)
    linked.build("--strict")
    note = next(note for note in linked.portfolio["notes"] if note["id"] == "consistent-hashing")
    texts = [item["text"] for item in note["backlinks"] if item["id"] == id]
    assert texts == ["See the ring and ring, or https://example.org.", "Ring · read"]


def test_related_lines_name_designs_and_notes_in_any_way(fourteen: Project):
    fourteen.write("notes/caching.md", "# Caching\n\n## A\n\nText.\n")
    done = fourteen.run("new-design", "first", "--date", "2026-01-01")
    assert done.code == 0, done.err
    done = fourteen.run("new-design", "second", "--date", "2026-01-02")
    path = "designs/2026-01-02-second.md"
    text = fourteen.read(path)
    related = re.search(r"^\*\*Related\*\*:.*$", text, re.MULTILINE)
    assert related
    line = "**Related**: [Caching](../notes/caching.md), first, PROJ-17, [[first]]"
    fourteen.write(path, text.replace(related[0], line))
    fourteen.build("--strict")
    assert fourteen.design("2026-01-02-second")["notes"] == ["caching"]
    assert [item["id"] for item in fourteen.design("2026-01-01-first")["backlinks"]] == ["2026-01-02-second"]
    fourteen.write(path, text.replace(related[0], "**Related**: cachin"))
    assert "unknown name 'cachin' (did you mean 'caching'?)" in fourteen.build().warnings[0]


def test_what_a_draft_says_is_shown_to_nobody(linked: Project):
    path = linked.root / "designs/2026-01-01-alpha.md"
    path.write_text(path.read_text().replace("title: Alpha", "title: Alpha\ndraft: true"))
    linked.build("--strict")
    assert "alpha" not in linked.page("notes/consistent-hashing/").lower()
    assert "alpha" not in linked.page("portfolio.json").lower()
    assert "alpha" not in linked.page("graph/").lower()


def test_markup_in_what_is_quoted_stays_text(linked: Project):
    text = "Mind <script>alert(1)</script> and **bold** `<b>` in [this](../notes/consistent-hashing.md)."
    path = linked.root / "designs" / f"{design(linked, 4, 'Delta', tradeoffs=text)}.md"
    path.write_text(path.read_text().replace("Delta", "Delta <i>x</i>"))
    linked.build()
    page = linked.page("notes/consistent-hashing/")
    connections = page[page.index("dp-connections") :]
    assert "<script>alert" not in connections and "<i>" not in connections and "&lt;b&gt;" in connections


def test_the_search_index_holds_the_authors_text_alone(linked: Project):
    linked.build("--strict")
    index = linked.page("search/search_index.json")
    assert "Linked from" not in index
    assert "shares" not in index


def test_neighbouring_stages_stand_in_the_header(project: Project):
    project.write("notes/a.md", "---\nstage: storage\ntopic: indexes\n---\n# A\n\n## One\n\nText.\n")
    project.build("--strict")
    page = project.page("notes/a/")
    header = page[page.index("dp-path") : page.index("</nav>", page.index("dp-path"))]
    assert re.findall(r'href="([^"]+)"', header) == [
        "../../roadmap/#foundations",
        "../../roadmap/#storage",
        "../../roadmap/#scalability",
    ]
    assert "Stage 2 of 3" in header and "Topic: Indexes" in header
