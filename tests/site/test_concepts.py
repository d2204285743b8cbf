"""Concepts: linked where they are first named, listed on a page of their own, and explained."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from ..conftest import Project

NOTE = """\
---
summary: Placing keys so that few move.
concepts:
  - name: Consistent hashing
    aliases: [hash ring]
    definition: Placing keys on a ring, so that few move when a node joins.
  - name: Hashing
    definition: Making a number of a key.
---
# Hashing, and a better way

## Intuition

Consistent hashing and a hash ring are the same.
"""
SPELLINGS = """\
## Consistent hashing everywhere

By `consistent hashing` in code, [consistent hashing](#consistent-hashing-everywhere) in a link, then Consistent-Hashing, then
CONSISTENT HASHING, then hash rings and a hash
ring. Hashing alone.

```
consistent hashing
```

<a href="https://example.org">hash ring</a> and <kbd>hashing</kbd>.
"""


class _Text(HTMLParser):
    """The text of a page's article, and the concepts linked in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and dict(attrs).get("class") == "dp-concept":
            self.links.append(dict(attrs))

    def handle_data(self, data):
        self.text.append(data)


def read(page: str) -> _Text:
    """Read the article of a page, up to what we add below it."""
    article = page[page.index("<article") : page.index("</article>")]
    parser = _Text()
    parser.feed(article.split('<div class="dp-connections"')[0])
    return parser


def design(project: Project, text: str, *, front: str = "") -> None:
    project.write("designs/2026-01-01-a.md", f"---\ntitle: A\n{front}---\n# A\n\n{text}\n")


@pytest.fixture
def taught(project: Project) -> Project:
    """A portfolio with one note that teaches two concepts."""
    project.write("notes/hashing.md", NOTE)
    return project


def test_three_spellings_and_the_plural_link_once_and_the_text_stays_as_it_was(taught: Project):
    design(taught, SPELLINGS)
    taught.build("--strict")
    linked = read(taught.page("designs/2026-01-01-a/"))
    index = taught.page("search/search_index.json")
    assert [link["href"] for link in linked.links] == ["../../notes/hashing/"] * 2
    page = taught.page("designs/2026-01-01-a/")
    assert re.search(
        r'then <a class="dp-concept"[^>]*>Consistent-Hashing</a>, then\s+CONSISTENT HASHING, then hash', page
    )
    assert re.search(
        r'<a class="dp-concept"[^>]*data-dp-definition="Making a number of a key."[^>]*>Hashing</a> alone', page
    )
    assert "<code>consistent hashing</code> in code" in page
    config = taught.read("mkdocs.yml").replace("- design-portfolio", "- design-portfolio:\n      concept_links: false")
    taught.write("mkdocs.yml", config)
    taught.build("--strict")
    plain = read(taught.page("designs/2026-01-01-a/"))
    assert plain.links == []
    assert plain.text and "".join(plain.text) == "".join(linked.text)
    assert taught.page("search/search_index.json") == index


def test_the_longest_name_wins(taught: Project):
    design(taught, "We use consistent hashing.")
    taught.build("--strict")
    assert len(read(taught.page("designs/2026-01-01-a/")).links) == 1
    assert ">consistent hashing</a>." in taught.page("designs/2026-01-01-a/")


def test_the_page_that_defines_a_concept_does_not_link_it(taught: Project):
    taught.build("--strict")
    assert read(taught.page("notes/hashing/")).links == []


@pytest.mark.parametrize(
    ("front", "text", "count"),
    [
        ("unlinked_concepts: true\n", "Hashing.", 0),
        ("unlinked_concepts: [hashing]\n", "Hashing, or a hash ring.", 1),
        ("unlinked_concepts: [Hash rings]\n", "Hashing, or a hash ring.", 1),
        ("", "*Hashing*{.no-concept}, or hashing.", 1),
        ("", '<div class="no-concept" markdown>\n\nHashing.\n\n</div>', 0),
    ],
)
def test_a_page_and_a_word_can_opt_out(taught: Project, front: str, text: str, count: int):
    taught.write("mkdocs.yml", taught.read("mkdocs.yml") + "markdown_extensions: [attr_list, md_in_html]\n")
    design(taught, text, front=front)
    taught.build("--strict")
    assert len(read(taught.page("designs/2026-01-01-a/")).links) == count


def test_an_unknown_concept_to_leave_out_is_told(taught: Project):
    design(taught, "Hashing.", front="unlinked_concepts: [hashin]\n")
    assert taught.build().warnings == ["designs/2026-01-01-a.md:3: unknown concept 'hashin' (did you mean 'Hashing'?)"]


def test_a_note_teaches_what_it_is_called_unless_it_says_otherwise(project: Project):
    project.write(
        "notes/caching.md", "---\nsummary: Keeping copies near.\naliases: [cache]\n---\n# Caching\n\n## A\n\nText.\n"
    )
    project.write("notes/diary.md", "---\nconcepts: []\n---\n# Diary\n\n## A\n\nText.\n")
    design(project, "Two caches, and a diary.")
    project.build("--strict")
    assert project.portfolio["concepts"] == [
        {
            "name": "Caching",
            "aliases": ["cache"],
            "definition": "Keeping copies near.",
            "note": "caching",
            "designs": ["2026-01-01-a"],
        }
    ]
    assert ">caches</a>" in project.page("designs/2026-01-01-a/")


@pytest.mark.parametrize(
    ("concepts", "problem"),
    [
        ("[{nam: X}]", "a concept has the unknown key 'nam' (did you mean 'name'?)"),
        ("[7]", "a concept is 7 (write a name, or 'name', 'aliases' and 'definition')"),
        ("[Hash ring]", "the concept 'hash ring' is taught by notes/a.md as well"),
    ],
)
def test_a_mistake_in_a_declaration_is_told(taught: Project, concepts: str, problem: str):
    taught.write("notes/a.md", f"---\nconcepts: {concepts}\n---\n# A\n\n## B\n\nText.\n")
    (warning,) = taught.build().warnings
    assert problem in warning and re.match(r"notes/(a|hashing)\.md:\d+: ", warning)


def test_notes_of_the_same_title_are_no_problem(project: Project):
    for name in ("storage", "network"):
        project.write(f"notes/{name}.md", "# Overview\n\n## A\n\nText.\n")
    project.build("--strict")


def test_the_concepts_page_lists_all_with_definition_source_and_use_and_the_gaps(taught: Project):
    text = """\
Placed on a hash ring. Order comes from **vector clocks**, and **not** from time.

- **Reads**: from the replica
- **Writes**: to the leader
- **Fencing tokens** guard it

| **Total** | 7 |
|---|---|
| **Sum** | 8 |

**Note:** and **10 ms** and **a whole sentence in bold is no term at all**.
"""
    design(taught, text)
    taught.build("--strict")
    page = taught.page("concepts/")
    names = re.findall(r'dp-concepts__name">([^<]+?)\s*<', page)
    assert names == ["Consistent hashing", "Hashing"]
    assert "Placing keys on a ring, so that few move when a node joins." in page
    assert (
        'Taught in <a href="../notes/hashing/">' in page and 'used in <a href="../designs/2026-01-01-a/">A</a>' in page
    )
    gaps = re.findall(r'dp-related__item">([^<]+?) <', page)
    assert gaps == ["Fencing tokens", "vector clocks"]
    assert 'mkdocs new-note "fencing tokens"' in page


def test_explain_prints_the_definition_where_it_is_taught_and_where_it_is_used(taught: Project):
    design(taught, "## Tradeoffs\n\nFirst. We place keys on hash rings, since few move. Last.")
    done = taught.run("explain", "hash RING")
    assert done.code == 0
    assert done.out == (
        "Consistent hashing (also hash ring)\n"
        "  Placing keys on a ring, so that few move when a node joins.\n"
        "\n"
        "Taught in  Hashing, and a better way  notes/hashing.md\n"
        "Used in    A · 7 Tradeoffs  designs/2026-01-01-a.md:8\n"
        "             First. We place keys on hash rings, since few move.\n"
    )


def test_explaining_the_unknown_gives_the_nearest_and_the_command(taught: Project):
    done = taught.run("explain", "hash rings of Saturn")
    assert done.code == 2 and done.out == ""
    assert done.err == (
        "Error: hash rings of Saturn: no note explains it "
        "(nearest: Consistent hashing, Hashing; or write one: mkdocs new-note 'hash rings of Saturn')\n"
    )


def test_the_extension_works_without_mkdocs(taught: Project):
    code = """
import json, sys
import markdown
html = markdown.markdown(
    "We use hash rings.",
    extensions=["design-portfolio-concepts"],
    extension_configs={"design-portfolio-concepts": {"notes_dir": "notes", "base_url": "/x/"}},
)
print(json.dumps([html, [name for name in ("mkdocs", "jinja2", "material") if name in sys.modules]]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=taught.root, capture_output=True, text=True, check=True)
    definition = "Placing keys on a ring, so that few move when a node joins."
    link = f'<a class="dp-concept" data-dp-definition="{definition}" href="/x/notes/hashing.md">hash rings</a>'
    assert json.loads(done.stdout) == [f"<p>We use {link}.</p>", []]
