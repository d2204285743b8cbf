"""Properties of links, concepts and renames on input that nobody foresaw."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.journal import Change, carry_out
from mkdocs_design_portfolio.core.links import Style, links_of
from mkdocs_design_portfolio.core.model import Concept
from mkdocs_design_portfolio.core.parse import parse
from mkdocs_design_portfolio.core.prose import prose_of
from mkdocs_design_portfolio.core.vocabulary import Vocabulary
from mkdocs_design_portfolio.site.concept_links import ConceptExtension

WORDS = st.sampled_from(
    ["hash ring", "Hash-Rings", "hash", "ring", "cache", "caches", "CAP", "cap", "CAP theorem", "a", "`cache`", "**cache**",
     "*hash ring*", "[cache](x.md)", "[[cache]]", "[[hash ring|a cache]]", "[cache][r]", "\n\n[r]: y.md\n\n", "![cache](z.png)",
     "# cache", "## hash ring", "- cache", "> cache", "```\ncache\n```", "<b>cache</b>", "<a href='x'>cache</a>", "<code>cache</code>",
     "&amp;", "&lt;cache&gt;", "\\*cache\\*", "\\[[cache]]", "| cache | b |\n|---|---|\n| hash ring | cache |", "<!-- cache -->", "(cache)",
     "\n", "\n\n", " ", "é", "限", "cache's", "http://cache.example", "<http://cache.example>", "{.no-concept}", "![", "](", "]", "["]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=5), max_size=25).map(" ".join)
CONCEPTS = (
    Concept("Hash ring", (), "Keys and nodes on a circle.", "ring"),
    Concept("Cache", ("caching",), 'Copies, "kept" near <us> & ours.', "cache"),
    Concept("CAP", ("CAP theorem",), "", "cap"),
)
EXTENSIONS = ["attr_list", "tables", "footnotes", "fenced_code", "abbr", "md_in_html"]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []
        self.concepts: list[str] = []
        self.open: list[str] = []
        self.nested = False

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if dict(attrs).get("class") == "dp-concept":
            self.concepts.append(dict(attrs)["href"])
            self.nested |= bool({"code", "pre", "h1", "h2"}.intersection(self.open)) or self.open.count("a") > 1

    def handle_endtag(self, tag):
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data):
        self.seen.append(data)


def _read(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    return parser


@given(TEXTS)
def test_linking_concepts_changes_nothing_but_links(text):
    """Take the links away again, and the page is what it was; each concept is linked once."""
    before = markdown.markdown(text, extensions=EXTENSIONS)
    extension = ConceptExtension(vocabulary=Vocabulary(CONCEPTS), address=lambda concept: f"{concept.note}.md")
    after = markdown.markdown(text, extensions=[*EXTENSIONS, extension])
    assert re.sub(r'<a class="dp-concept"[^>]*>(.*?)</a>', r"\1", after, flags=re.DOTALL) == before
    read = _read(after)
    assert len(read.concepts) == len(set(read.concepts))
    assert not read.nested


@given(TEXTS)
def test_a_link_stands_where_it_says(text):
    """The offsets of a link give back what was typed, none overlaps another, and its line is counted right."""
    document, _ = parse(f"---\ntitle: x\n---\n{text}", path="x.md")
    prose = prose_of(document)
    assert len(prose.masked) == len(document.body)
    until = -1
    for link in links_of(prose):
        assert document.body[link.target.start : link.target.end] == link.target.written
        if link.style is not Style.REFERENCE:
            assert link.start <= link.target.start <= link.target.end <= link.end
        assert link.start >= until
        until = link.end
        assert link.line == document.body_line + document.body.count("\n", 0, link.start)
        assert isinstance(prose.sentence_at(link.start, link.end), str)


@given(
    st.lists(
        st.sampled_from(["hash", "rings", "hash ring", "caches", "CAP", "cap", "-", "\n", "Caching", ". "]), max_size=20
    )
)
def test_mentions_are_in_order_and_longest(words):
    """No mention overlaps another, and none could be longer."""
    text = " ".join(words)
    until = 0
    for mention in Vocabulary(CONCEPTS).mentions(text):
        assert mention.start >= until
        until = mention.end
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert text[mention.start : mention.end] != "cap"


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.none() | st.binary(), st.none() | st.binary()), min_size=1)
)
def test_changes_are_carried_out_to_the_byte(tmp_path_factory, files):
    """Whatever files come, go and change: afterwards each holds what it was to hold, and nothing else is there."""
    root = tmp_path_factory.mktemp("root")
    for name, (before, _) in files.items():
        if before is not None:
            (root / name).write_bytes(before)
    carry_out(root, [Change(name, before, after) for name, (before, after) in files.items()], what="test")
    left = {path.name: path.read_bytes() for path in root.iterdir()}
    assert left == {name: after for name, (_, after) in files.items() if after is not None}
