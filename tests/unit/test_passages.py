"""Writing one passage of a file leaves every other byte as it is, whatever the file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.parse import parse
from mkdocs_design_portfolio.core.passages import passage_of, with_passage

FLOW, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
LINES = st.one_of(
    st.sampled_from([f"## {step.title}" for step in FLOW.steps]),
    st.sampled_from(
        ["# T", "### Part", "## API Design", "Tradeoffs", "---------", "", "  ", "- a", "```", "Text.", "<!--", "-->"]
    ),
    st.text(alphabet="ab \t#|é", max_size=12),
)
FILES = st.builds(
    lambda mark, lines, end, last: (mark + end.join(lines) + (end if last else "")).encode(),
    st.sampled_from(["", "\ufeff"]),
    st.lists(LINES, max_size=30),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
TEXTS = st.lists(st.sampled_from(["Text.", "- item", "| a | b |", "  indented", "é"]), min_size=1, max_size=4).map(
    "\n".join
)


@given(FILES, st.sampled_from(FLOW.steps), TEXTS)
def test_a_passage_is_put_back_alone_and_found_again(raw, step, text):
    document, _ = parse(raw.decode(), path="d.md")
    passage = passage_of(raw, document, FLOW, step)
    written = with_passage(raw, passage, text)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n)|[^\r\n]+\Z", raw.decode())
    before, behind = "".join(lines[: passage.start - 1]), "".join(lines[passage.end - 1 :])
    assert written.decode().startswith(before)
    assert written.decode().endswith(behind)
    between = written.decode()[len(before) : len(written.decode()) - len(behind)]
    assert between.replace("\r\n", "\n").strip("\n") == "\n\n".join(filter(None, (passage.heading, text.strip("\n"))))


@given(FILES, st.sampled_from(FLOW.steps), TEXTS)
def test_writing_the_same_text_twice_is_writing_it_once(raw, step, text):
    def write(content: bytes) -> bytes:
        document, _ = parse(content.decode(), path="d.md")
        return with_passage(content, passage_of(content, document, FLOW, step), text)

    once = write(raw)
    document, _ = parse(once.decode(), path="d.md")
    if passage_of(once, document, FLOW, step).text == text:
        assert write(once) == once
