"""The search index is the one that Material's own plugin would write, entry for entry."""

from __future__ import annotations

import json
import re

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser

from mkdocs_design_portfolio.site.search import Irregular, sections, without_attributes

EXTENSIONS = [
    "attr_list",
    "tables",
    "toc",
    "footnotes",
    "admonition",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "md_in_html",
]
OFF = """\
import mkdocs_design_portfolio.site.plugin as plugin


def on_startup(command, dirty):
    plugin.take_over = lambda page, config: False
"""
LINES = st.one_of(
    st.sampled_from([
        "# Title", "## Part", "### Sub part {#own}", "#### Deep", "## Part", "Setext\n---", "", "", "- item\n    - nested",
        "1. one\n\n    two", "| a | b |\n|---|---|\n| 1 | `x|y` |", "```python\ndef f():\n\n    return '<p>'\n```", "> ## Quoted",
        "!!! note\n    Inside\n\n    ## In a note", "a & b &lt; c", "H~2~O and x^2^", "line one  \nline two", "[link](x.md)", "![i](x.png)",
        "*em* **bold** `code`", "- [x] done", "text[^1]\n\n[^1]: note", "<div data-search-exclude>\n<p>hidden</p>\n</div>",
        "<p></p>", "<!-- a comment -->", "<span class='a b'>x</span>", "<br/>", "a < b", "## Heading with `code` & more",
        '<h2 id="raw" data-search-exclude>Raw</h2>', "<sub></sub>", "<script>if (a < b) {}</script>", "<div><p>open", "</p></div>",
        '<pre><span class="k">a</span> <span class="k"> </span>&am<span>p;</span>\n<code><span class="n">b</span></code></pre>',
        '<pre><span class="linenodiv">1</span><span data-search-exclude>2</span></pre>', "<pre><span>", "</span></pre>",
        '<div title="<pre>"><span> </span></div>', "```sh\nls &amp; | x  \n\n  'q'\n```", "<pre>\n</pre>", "<pre> <b>x</b></pre>",
        '<a class="headerlink" href="#x">¶</a>', '<div class="linenodiv"><pre>1</pre></div>', "<details><summary>S</summary>D</details>",
    ]),
    st.text(max_size=40).filter(lambda text: "\r" not in text and "\x02" not in text),
)  # fmt: skip


def told(found, excluded) -> list[tuple]:
    return [(item.id, "".join(item.title), "".join(item.text), excluded(item)) for item in found]


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=14), st.booleans())
def test_sections_are_those_that_the_plugin_finds(lines, permalink):
    content = markdown.markdown(
        "\n\n".join(lines), extensions=EXTENSIONS, extension_configs={"toc": {"permalink": permalink}}
    )
    try:
        found = sections(content)
    except Irregular:
        return
    parser = Parser()
    parser.feed(content)
    parser.close()
    assert told(found, lambda item: item.excluded) == told(parser.data, lambda item: item.is_excluded())


def test_the_index_of_the_demo_is_the_same_with_and_without_the_fast_path(demo):
    demo.build()
    fast = json.loads(demo.page("search/search_index.json"))
    assert len(fast["docs"]) > 100
    demo.write("off.py", OFF)
    demo.write("mkdocs.yml", demo.read("mkdocs.yml") + "hooks: [off.py]\n")
    demo.build()
    assert json.loads(demo.page("search/search_index.json")) == fast


def test_a_page_that_asks_not_to_be_found_is_not(project):
    project.write("designs/2026-01-01-a.md", "---\nsearch:\n  exclude: true\n---\n# A\n\n## Overview\n\nUnfindable.\n")
    project.write("designs/2026-01-02-b.md", "---\nsearch:\n  boost: 3\n---\n# B\n\n## Overview\n\nFindable, a < b.\n")
    project.build("--strict")
    entries = json.loads(project.page("search/search_index.json"))["docs"]
    assert not [entry for entry in entries if "2026-01-01-a" in entry["location"]]
    assert {entry["boost"] for entry in entries if "2026-01-02-b" in entry["location"]} == {3}


def test_a_site_without_search_builds(project):
    project.write("mkdocs.yml", project.read("mkdocs.yml").replace("  - search\n", ""))
    project.write("designs/2026-01-01-a.md", "# A\n")
    project.build("--strict")


PIECES = [*'<p >\n\t="x', " ", "data-search-exclude", '="true"', 'data-search-boost="2"', "data-search-"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_attributes_for_the_search_leave_the_page_as_material_takes_them_away(content):
    assert without_attributes(content) == re.sub(r"\s?data-search-\w+=\"[^\"]+\"", "", content)
