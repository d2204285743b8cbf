"""What a published portfolio says to programs: feed, llms.txt, Markdown sources, heads, sitemap."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from tests.conftest import CONFIG, ROADMAP, Project

from .test_builds import built, differences, site_of

SITE = "https://example.org/portfolio/"
TITLE = """A <b> & "c" </script><script>alert('x')</script> 限流"""
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NAMED = """Named "so" <i>& such</i>"""


def design(title: str, *fields: str, body: str = "") -> str:
    """Return the text of a design."""
    return "\n".join(("---", f"title: {json.dumps(title, ensure_ascii=False)}", *fields, "---", f"# {title}", "", body))


def portfolio_in(folder: Path) -> Project:
    """Write a portfolio with all that is hard to quote, a draft, an excluded design and pages of every kind."""
    project = Project(folder / "project")
    project.write("docs/index.md", "# Home\n")
    project.write("roadmap.md", ROADMAP)
    project.write(
        "mkdocs.yml",
        CONFIG.replace("site_name: Portfolio", f"site_name: '{NAMED}'")
        + "site_author: A & B\nsite_description: What I <built> & why\nexclude_docs: |\n  /designs/2026-01-09*\n",
    )
    done = "## Clarify the problem\n\nA thing for users. Success is speed. See [caching](../notes/caching.md).\n"
    summary = "summary: \"Fast <&> 'safe', and\\n  on two lines\""
    project.write(
        "designs/2026-01-01-a.md",
        design(TITLE, "status: final", "tags: [r&d, x]", summary, body=done + "<!-- mine -->"),
    )
    project.write("designs/2026-01-02-b.md", design("Plain", body="\x0b\x0cText.\r\n"))
    project.write("designs/2026-01-03-c d (é).md", design("[Odd] name", "status: in review"))
    project.write("designs/undated.md", design("Undated"))
    project.write("designs/2026-01-08-hidden.md", design("Hidden", "draft: true"))
    project.write("designs/2026-01-09-out.md", design("Left out"))
    project.write("notes/caching.md", "# Caching & co\n\nKeeps copies. It <b>trades</b> freshness.\n\n## More\n")
    project.write("notes/_template.md", "# {{ title }}\n")
    project.write("reviews/2026-02-01-a.md", "---\ndesign: 2026-01-01-a\n---\n# A review\n\nIt holds.\n")
    project.write("docs/about/me.md", "---\ndescription: Who I am\n---\n# Me & you\n\nSee [home](../index.md).\n")
    return project


@pytest.fixture
def shared(tmp_path: Path) -> Project:
    """That portfolio, to be changed and built."""
    return portfolio_in(tmp_path)


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """That portfolio, built and only looked at."""
    project = portfolio_in(tmp_path_factory.mktemp("shared"))
    project.build()
    return project


class Head(HTMLParser):
    """What a page's head holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.data: list[str] = []
        self.scripts: list[str] = []
        self._script: dict[str, str] | None = None
        start, end, rest = page.partition("</head>")
        assert end
        self.feed(start)
        self.close()
        assert "</head>" not in rest

    def handle_starttag(self, tag, attrs):
        """Take in one element."""
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            self.meta.append((name, found.get("content", "")))
        elif tag == "link":
            self.links.append(found)
        elif tag == "script":
            self._script = found

    def handle_endtag(self, tag):
        """Leave a script."""
        if tag == "script":
            self._script = None

    def handle_data(self, data):
        """Take in what a script holds."""
        if self._script is not None:
            (self.data if self._script.get("type") == "application/ld+json" else self.scripts).append(data)

    def link(self, rel: str, type: str | None = None) -> list[str]:
        """Return where the links of a relation and type lead."""
        return [link["href"] for link in self.links if rel in link["rel"].split() and link.get("type") == type]

    def once(self, name: str) -> str | None:
        """Return what the one `<meta>` of a name says; None where there is none."""
        found = [content for known, content in self.meta if known == name]
        assert len(found) < 2, found
        return found[0] if found else None


def pages(project: Project) -> dict[str, str]:
    """Return every page of the built site by its address, but for those that lead elsewhere or say what others do."""
    found = {}
    for path in sorted((project.root / "site").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if path.name not in ("404.html", "search.html") and not re.search("location.replace|noindex", text):
            found[path.relative_to(project.root / "site").as_posix().removesuffix("index.html")] = text
    return found


# The feed.


def check_atom(text: str) -> ElementTree.Element:
    """Hold a feed against what RFC 4287 asks of one; return it."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    ids = [_one(feed, "id"), *(_one(entry, "id") for entry in feed.iter(f"{ATOM}entry"))]
    assert len(set(ids)) == len(ids)
    for id in ids:
        assert urlsplit(id).scheme and urlsplit(id).netloc and not re.search(r"[\s<>\"{}|\\^`]", id), id
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        assert _one(part, "title")
        _time(_one(part, "updated"))
        for element in part.findall(f"{ATOM}published"):
            _time(element.text)
        links = part.findall(f"{ATOM}link")
        for link in links:
            assert urlsplit(link.get("href")).scheme == "https", link.attrib
        alternates = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"]
        assert len(set(alternates)) == len(alternates) > 0
        assert [bool(element.get("term")) for element in part.findall(f"{ATOM}category")].count(False) == 0
        for name in ("summary", "content", "published"):
            assert len(part.findall(f"{ATOM}{name}")) < 2
        if part is not feed:
            content = part.find(f"{ATOM}content")
            assert content is not None and content.get("type") == "xhtml"
            assert [child.tag for child in content] == [f"{XHTML}div"]
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        f"{SITE}feed.xml"
    ]
    order = [_one(entry, "published") for entry in feed.iter(f"{ATOM}entry")]
    assert order == sorted(order, reverse=True)
    assert _one(feed, "updated") == max(_one(entry, "updated") for entry in feed.iter(f"{ATOM}entry"))
    return feed


def _one(element: ElementTree.Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, (element.tag, name)
    return found[0].text or ""


def _time(text: str | None) -> dt.datetime:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text or "")
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def entries(project: Project) -> list[ElementTree.Element]:
    """Return the entries of the built feed, which is valid."""
    return list(check_atom(project.page("feed.xml")).iter(f"{ATOM}entry"))


def test_the_feed_is_atom_with_an_entry_for_each_dated_design_that_is_published(as_it_is):
    feed = check_atom(as_it_is.page("feed.xml"))
    assert _one(feed, "title") == NAMED
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "A & B"
    assert feed.find(f"{ATOM}subtitle").text == "What I <built> & why"
    first, _, last = found = entries(as_it_is)
    assert [_one(entry, "title") for entry in found] == ["[Odd] name", "Plain", TITLE]
    assert _one(last, "published") == _one(last, "updated") == "2026-01-01T00:00:00Z"
    assert _one(last, "summary").split() == ["Fast", "<&>", "'safe',", "and", "on", "two", "lines"]
    assert [(item.get("term"), item.get("label")) for item in last.findall(f"{ATOM}category")] == [
        ("final", "Final"),
        ("r&d", None),
        ("x", None),
    ]
    said = " ".join("".join(last.find(f"{ATOM}content").itertext()).split())
    assert "Final, 1 of 11 steps. To do: Functional requirements, Non-functional" in said
    assert [link.get("href") for link in first.findall(f"{ATOM}link")] == [
        f"{SITE}designs/2026-01-03-c%20d%20%28%C3%A9%29/",
        f"{SITE}designs/2026-01-03-c%20d%20%28%C3%A9%29.md",
    ]
    for entry in found:
        for link in entry.findall(f"{ATOM}link"):
            path = unquote(link.get("href").removeprefix(SITE))
            assert (as_it_is.root / "site" / path).exists()


def test_the_feed_has_the_twenty_newest_and_no_time_of_the_build(shared):
    for day in range(1, 26):
        shared.write(f"designs/2026-03-{day:02}-d.md", design(f"Day {day}"))
    shared.build()
    before = shared.page("feed.xml")
    assert [_one(entry, "title") for entry in entries(shared)] == [f"Day {day}" for day in range(25, 5, -1)]
    os.utime(shared.root / "designs/2026-03-25-d.md", (0, 0))
    shared.build()
    assert shared.page("feed.xml") == before


def test_an_entry_keeps_its_id_and_date_when_its_design_is_finished_renamed_or_elsewhere(shared):
    shared.write("designs/2026-01-02-b.md", design("Plain", "status: draft"))
    shared.build()
    ids = {_one(entry, "title"): _one(entry, "id") for entry in entries(shared)}
    assert ids["Plain"] == f"{SITE}designs/2026-01-02-b.md"
    shared.write("designs/2026-01-02-b.md", design("Plain", "status: final"))
    for number, name in enumerate(("first", "second")):
        done = shared.run("rename", f"2026-01-02-{['b', 'first'][number]}", name)
        assert done.code == 0, done.err
    shared.write("mkdocs.yml", shared.read("mkdocs.yml") + "use_directory_urls: false\n")
    shared.build()
    new = entries(shared)[1]
    assert _one(new, "id") == ids["Plain"]
    assert _one(new, "updated") == "2026-01-02T00:00:00Z"
    assert new.find(f"{ATOM}category").get("term") == "final"
    assert new.find(f"{ATOM}link").get("href") == f"{SITE}designs/2026-01-02-second.html"


def test_ids_stay_unique_where_two_designs_say_they_were_once_one(shared):
    once = "redirect_from: [designs/2026-01-01-a.md, designs/old.md]"
    shared.write("designs/2026-01-04-e.md", design("E", once))
    shared.write("designs/2026-01-05-f.md", design("F", "redirect_from: [designs/old.md]"))
    shared.build()
    assert len(entries(shared)) == 5


@pytest.mark.parametrize("without", ["site_url", "dates"])
def test_without_an_address_or_a_dated_design_there_is_no_feed_and_no_link(shared, without):
    if without == "site_url":
        shared.write("mkdocs.yml", shared.read("mkdocs.yml").replace(f"site_url: {SITE}\n", "site_url: ''\n"))
    else:
        for path in (shared.root / "designs").glob("2026-*"):
            path.unlink()
    shared.build()
    assert not (shared.root / "site/feed.xml").exists()
    for url, page in pages(shared).items():
        assert Head(page).link("alternate", "application/atom+xml") == [], url


# Sources.


def published(project: Project) -> set[str]:
    """Return the Markdown files of the built site."""
    return {path.relative_to(project.root / "site").as_posix() for path in (project.root / "site").rglob("*.md")}


SOURCES = {
    "index.md": "docs/index.md",
    "about/me.md": "docs/about/me.md",
    "roadmap.md": "roadmap.md",
    "notes/caching.md": "notes/caching.md",
    "reviews/2026-02-01-a.md": "reviews/2026-02-01-a.md",
    "designs/2026-01-01-a.md": "designs/2026-01-01-a.md",
    "designs/2026-01-02-b.md": "designs/2026-01-02-b.md",
    "designs/2026-01-03-c d (é).md": "designs/2026-01-03-c d (é).md",
    "designs/undated.md": "designs/undated.md",
}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_source_of_each_published_page_stands_beside_it_byte_for_byte(shared, directory_urls):
    shared.write("mkdocs.yml", shared.read("mkdocs.yml") + f"use_directory_urls: {str(directory_urls).lower()}\n")
    shared.build()
    assert published(shared) == set(SOURCES)
    for uri, path in SOURCES.items():
        assert (shared.root / "site" / uri).read_bytes() == (shared.root / path).read_bytes()
    linked = {}
    for url, page in pages(shared).items():
        for link in Head(page).link("alternate", "text/markdown"):
            linked[unquote(urljoin(SITE + url, link)).removeprefix(SITE)] = url
    assert set(linked) == set(SOURCES)
    end = "/" if directory_urls else ".html"
    assert linked["designs/2026-01-01-a.md"] == f"designs/2026-01-01-a{end}"


def test_relative_links_between_sources_lead_to_sources(as_it_is):
    for uri in published(as_it_is):
        for target in re.findall(r"\]\(([^)#]+\.md)", as_it_is.page(uri)):
            assert urljoin(SITE + uri, target).removeprefix(SITE) in SOURCES


def test_an_index_page_of_ones_own_is_a_source_too(shared):
    shared.write("designs/index.md", "---\nhide: [toc]\n---\n# Designs\n")
    shared.build()
    assert published(shared) == {*SOURCES, "designs/index.md"}
    assert Head(shared.page("designs/")).link("alternate", "text/markdown") == ["index.md"]


def test_sources_can_be_kept_back(shared):
    config = shared.read("mkdocs.yml")
    shared.build()
    shared.write("mkdocs.yml", config.replace("design-portfolio\n", "design-portfolio: {markdown_sources: false}\n"))
    shared.build()
    assert published(shared) == set()
    for page in pages(shared).values():
        assert Head(page).link("alternate", "text/markdown") == []
    assert ".md)" not in shared.page("llms.txt")
    assert f"- [Plain]({SITE}designs/2026-01-02-b/)" in shared.page("llms.txt")
    assert ".md" not in re.sub(r"<id>.*?</id>", "", shared.page("feed.xml"))


def test_a_warm_build_leaves_sources_alone_that_did_not_change(shared):
    shared.build()
    path = shared.root / "site/designs/2026-01-01-a.md"
    before = path.stat()
    other = shared.root / "site/designs/2026-01-02-b.md"
    shared.write("designs/2026-01-02-b.md", design("Plainer"))
    shared.build()
    after = path.stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)
    assert other.read_bytes() == (shared.root / "designs/2026-01-02-b.md").read_bytes()
    (shared.root / "designs/2026-01-02-b.md").unlink()
    path.write_text("Somebody was here.")
    shared.build()
    assert path.read_bytes() == (shared.root / "designs/2026-01-01-a.md").read_bytes()
    assert not other.exists()


def test_a_source_that_nobody_may_write_is_published_again_when_it_changed(shared):
    source = shared.root / "designs/2026-01-02-b.md"
    source.chmod(0o444)
    shared.build()
    source.chmod(0o644)
    source.write_text(design("Other"))
    source.chmod(0o444)
    shared.build()
    published = shared.root / "site/designs/2026-01-02-b.md"
    assert published.read_text() == design("Other")
    assert published.stat().st_mode & 0o200


# llms.txt.

LINE = re.compile(r"- \[(?P<name>(?:[^\[\]\\]|\\.)+)\]\((?P<url>[^()\s]+)\)(?:: (?P<notes>\S.*))?")


def read_llms(text: str) -> tuple[str, str, dict[str, list[re.Match[str]]]]:
    """Read a file as llmstxt.org defines it: return its H1, its blockquote, and the links below each H2."""
    blocks = text.rstrip("\n").split("\n\n")
    assert blocks[0].startswith("# ") and blocks[1].startswith("> ")
    parts: dict[str, list[re.Match[str]]] = {}
    heading = ""
    for block in blocks[2:]:
        if block.startswith("## "):
            heading = block[3:]
        elif heading:
            found = [LINE.fullmatch(line) for line in block.split("\n")]
            assert all(found), block
            parts[heading] = [item for item in found if item]
        else:
            assert not block.startswith(("#", "-"))
    return blocks[0][2:], blocks[1][2:], parts


@pytest.mark.parametrize("address", [SITE, ""])
def test_llms_txt_lists_the_sources_of_what_is_published(shared, address):
    shared.write("mkdocs.yml", shared.read("mkdocs.yml").replace(f"site_url: {SITE}", f"site_url: '{address}'"))
    shared.build()
    title, summary, parts = read_llms(shared.page("llms.txt"))
    assert (title, summary) == (NAMED, "What I <built> & why")
    assert list(parts) == ["Designs", "Notes", "Reviews", "Roadmap", "Pages", "Optional"]
    links = {unquote(item["url"].removeprefix(address)) for items in parts.values() for item in items}
    assert links == {*SOURCES, "portfolio.json"}
    lines = {item["name"]: item["notes"] for items in parts.values() for item in items}
    assert lines[TITLE] == "Fast <&> 'safe', and on two lines Final, 1 of 11 steps."
    assert lines["Plain"] == "Draft, 0 of 11 steps."
    assert lines[r"\[Odd\] name"] == "In review, 0 of 11 steps."
    assert lines["Caching & co"] == "Keeps copies. It trades freshness."
    assert lines["A review"] == "It holds."
    assert lines["Roadmap"] == "Stages: Foundations, Storage and data, Scalability patterns."
    assert lines["Me & you"] == "Who I am"
    assert lines["Home"] is None


def test_a_file_of_the_authors_own_is_left_as_it_is(shared):
    shared.write("docs/llms.txt", "mine\n")
    shared.build()
    assert shared.page("llms.txt") == "mine\n"


# Heads.


def test_a_design_says_what_it_is(as_it_is):
    head = Head(as_it_is.page("designs/2026-01-01-a/"))
    summary = "Fast <&> 'safe', and on two lines"
    assert head.once("og:title") == TITLE
    assert head.once("og:type") == "article"
    assert head.once("og:url") == f"{SITE}designs/2026-01-01-a/"
    assert head.once("og:description") == summary
    assert head.once("og:site_name") == NAMED
    assert head.once("twitter:card") == "summary"
    (data,) = head.data
    assert json.loads(data) == {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": TITLE,
        "description": summary,
        "url": f"{SITE}designs/2026-01-01-a/",
        "datePublished": "2026-01-01",
        "creativeWorkStatus": "Final",
        "author": {"@type": "Person", "name": "A & B"},
        "keywords": ["r&d", "x"],
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": NAMED, "url": SITE},
    }
    assert not any("alert" in script for script in head.scripts)


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_each_kind_of_page_says_what_it_is_once(shared, theme):
    """One canonical link, which the theme writes, one to the feed, and nothing twice."""
    shared.write("mkdocs.yml", shared.read("mkdocs.yml").replace("name: material\n  font: false", f"name: {theme}"))
    shared.build()
    articles = {"designs/2026-01-01-a/", "designs/2026-01-02-b/", "designs/2026-01-03-c d (é)/", "designs/undated/"}
    articles |= {"notes/caching/", "reviews/2026-02-01-a/"}
    assert len(pages(shared)) == 16
    for url, page in pages(shared).items():
        head = Head(page)
        (feed,) = head.link("alternate", "application/atom+xml")
        assert urljoin(SITE + url, feed) == f"{SITE}feed.xml", url
        (canonical,) = head.link("canonical")
        assert unquote(canonical) == SITE + url
        assert head.once("og:url") == canonical
        assert [name for name, count in Counter(name for name, _ in head.meta).items() if count > 1] == [], url
        assert head.once("description"), url
        assert head.once("og:description"), url
        assert head.once("og:type") == ("article" if url in articles else "website"), url
        assert len(head.data) == (url.startswith(("designs/2026", "designs/undated", "notes/c")))
    assert Head(shared.page("")).once("og:title") == NAMED
    about = Head(shared.page("about/me/"))
    assert (about.once("og:title"), about.once("og:description")) == ("Me & you", "Who I am")
    assert Head(shared.page("tags/")).once("og:description") == "What I <built> & why"
    assert Head(shared.page("designs/2026-01-02-b/")).once("og:description") == "Draft, 0 of 11 steps."


def test_without_an_address_a_head_says_only_what_is_true(shared):
    shared.write("mkdocs.yml", shared.read("mkdocs.yml").replace(f"site_url: {SITE}\n", "site_url: ''\n"))
    shared.build()
    head = Head(shared.page("designs/2026-01-01-a/"))
    assert head.once("og:url") is None
    assert head.once("og:title") == TITLE
    assert "url" not in json.loads(head.data[0])
    assert head.link("alternate", "text/markdown") == ["../2026-01-01-a.md"]


def test_what_a_site_says_itself_is_not_said_again(shared):
    config = shared.read("mkdocs.yml").replace("  font: false", "  font: false\n  custom_dir: overrides")
    shared.write("mkdocs.yml", config)
    shared.write(
        "overrides/main.html",
        '{% extends "base.html" %}\n{% block extrahead %}<meta content="mine" property=\'og:title\'/>\n'
        '<link href="f.xml" type="application/atom+xml" rel="alternate">{% endblock %}\n',
    )
    shared.write("overrides/bare.html", "<p>{{ page.content }}</p>")
    shared.write("docs/bare.md", "---\ntemplate: bare.html\n---\nBare.\n")
    shared.build()
    head = Head(shared.page("designs/2026-01-01-a/"))
    assert head.once("og:title") == "mine"
    assert head.once("og:type") == "article"
    assert head.link("alternate", "application/atom+xml") == ["f.xml"]
    assert shared.page("bare/") == "<p><p>Bare.</p></p>"


def test_what_another_plugin_says_in_a_head_is_not_said_again(shared):
    """As Material's social cards do, before us."""
    said = '<meta property="og:title" content="card" />\\n<meta property="twitter:card" content="large" />\\n'
    shared.write(
        "hooks.py",
        "from mkdocs.plugins import event_priority\n\n\n@event_priority(50)\ndef on_post_page(output, **_):\n"
        f"    return output.replace('</head>', '{said}</head>')\n",
    )
    shared.write("mkdocs.yml", shared.read("mkdocs.yml") + "hooks: [hooks.py]\n")
    shared.build()
    head = Head(shared.page("designs/2026-01-01-a/"))
    assert (head.once("og:title"), head.once("twitter:card")) == ("card", "large")
    assert head.once("og:site_name") == NAMED


def test_a_plugin_that_is_switched_off_costs_no_reuse(shared):
    config = shared.read("mkdocs.yml")
    shared.write("mkdocs.yml", config.replace("  - search\n", "  - search\n  - social: {enabled: false}\n"))
    shared.build()
    assert ": 0 pages rendered, " in shared.build().err


def test_a_site_can_override_what_a_head_says(shared):
    config = shared.read("mkdocs.yml").replace("  font: false", "  font: false\n  custom_dir: overrides")
    shared.write("mkdocs.yml", config)
    shared.write("overrides/design-portfolio/head.html", '<meta name="robots" content="{{ head.title }}">\n')
    shared.build()
    head = Head(shared.page("designs/2026-01-01-a/"))
    assert head.once("robots") == TITLE
    assert head.once("og:title") is None


@pytest.mark.parametrize(
    "change",
    ["title", "status", "summary", "dates", "index", "head"],
)
def test_a_warm_build_says_what_a_clean_build_says(shared, change, tmp_path, monkeypatch):
    """After a change of each thing that heads and files are made of."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    config = shared.read("mkdocs.yml").replace("  font: false", "  font: false\n  custom_dir: overrides")
    shared.write("mkdocs.yml", config)
    shared.write("overrides/.gitkeep", "")
    if change == "head":
        shown = '<meta name="newest" content="{{ portfolio.designs[0].title }}">'
        shared.write("overrides/design-portfolio/head.html", shown)
    before, _ = built(shared.root)
    path = "designs/2026-01-02-b.md"
    if change == "title":
        shared.write(path, shared.read(path).replace("Plain", "Changed"))
    elif change == "status":
        shared.write(path, design("Plain", "status: final"))
    elif change == "summary":
        shared.write(path, design("Plain", "summary: New."))
    elif change == "dates":
        for found in (shared.root / "designs").glob("2026-*"):
            found.unlink()
    elif change == "index":
        shared.write("designs/index.md", "---\nhide: [toc]\n---\n# Designs\n")
    else:
        shared.write("designs/2026-01-03-c d (é).md", design("Newest"))
    warm, _ = built(shared.root)
    for folder in ("site", ".cache"):
        (shared.root / folder).rename(tmp_path / folder)
    clean, _ = built(shared.root)
    assert differences(warm, clean) == []
    assert differences(warm, before) != []
    assert site_of(shared.root) == clean


# The sitemap.


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_sitemap_lists_every_page_with_its_absolute_address(shared, directory_urls):
    shared.write("mkdocs.yml", shared.read("mkdocs.yml") + f"use_directory_urls: {str(directory_urls).lower()}\n")
    for _ in range(2):  # pages that are reused, too
        shared.build()
        listed = ElementTree.fromstring(shared.page("sitemap.xml")).iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
        addresses = sorted(item.text or "" for item in listed)
        assert addresses == sorted(Head(page).link("canonical")[0] for page in pages(shared).values())
        for address in addresses:
            assert address.startswith(SITE)
            assert (shared.root / "site" / unquote(address.removeprefix(SITE))).exists()


def test_the_demo_publishes_a_valid_feed_and_its_sources(demo):
    demo.build("--strict")
    feed = demo.page("feed.xml").replace(demo.read("mkdocs.yml").split("site_url: ")[1].split()[0], SITE)
    assert len(list(check_atom(feed).iter(f"{ATOM}entry"))) == len(demo.portfolio["designs"])
    _, _, parts = read_llms(demo.page("llms.txt"))
    assert all(item["notes"] for name in ("Designs", "Notes", "Roadmap") for item in parts[name])
    assert {Path(item["url"]).suffix for name in ("Designs", "Notes", "Pages") for item in parts[name]} == {".md"}
