"""Properties of the domain on input that nobody foresaw."""

from __future__ import annotations

import datetime as dt

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.assign import sections_by_step
from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.lines import sections_of, split_cells
from mkdocs_design_portfolio.core.parse import parse
from mkdocs_design_portfolio.core.plain import plain
from mkdocs_design_portfolio.core.progress import measure
from mkdocs_design_portfolio.core.scaffold import ScaffoldError, clean_title, render
from mkdocs_design_portfolio.core.slug import slugify
from mkdocs_design_portfolio.core.template import default_template, read_template

FLOW, FLOW_PROBLEMS = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
TEMPLATE = default_template(FLOW)

PIECES = st.sampled_from(
    ["# ", "## ", "- ", "1. ", "| a | b |", "|---|---|", "```", "~~~text", "<!--", "-->", "---", "===", "> ", "    ",
     "**Latency**:", "[x](y)", "[Name]", "`a|b`", "TODO", "n/a", "n/a: why", "99.9 % available", "Tradeoffs", "{#id}",
     "users", "\t", "p99 latency 5 ms", "title: x", "{{ title }}", "\\|", "[[", "]]", "\x00", "é", "限"]
)  # fmt: skip
MARKDOWN = st.lists(st.lists(PIECES | st.text(max_size=8), max_size=5).map("".join), max_size=30).map("\n".join)
TITLES = st.text(min_size=1, max_size=60)


def test_the_built_in_flow_has_eleven_steps_and_no_problem():
    """The flow that everybody starts with contradicts itself nowhere."""
    assert FLOW_PROBLEMS == ()
    assert len(FLOW.steps) == 11


def test_the_demo_starts_from_the_template_that_the_flow_implies():
    """`designs/_template.md` of this repository is the default template."""
    from tests.conftest import REPOSITORY

    assert (REPOSITORY / "designs/_template.md").read_text(encoding="utf-8") == TEMPLATE


@given(MARKDOWN)
def test_any_text_can_be_parsed_and_measured(text):
    """No Markdown makes the parser or the measure fail, and every line number exists."""
    document, problems = parse(text, path="x.md")
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    steps, more = measure(FLOW, document, held=sections_by_step(FLOW, document))
    assert len(steps) == 11
    lines = [section.line for section in document.sections] + [problem.line for problem in (*problems, *more)]
    lines += [evidence.line for step in steps for evidence in step.evidence if evidence.line]
    assert all(1 <= line <= last + 1 for line in lines)


@given(MARKDOWN)
def test_a_text_is_its_own_template(text):
    """Whatever a template says, a copy of it is at nothing done: no line of it was written by the author."""
    template, _ = read_template(text, path="t.md")
    document, _ = parse(text, path="x.md")
    given_lines = template.given_to(title="{{ title }}", date=None) | template.given
    steps, _ = measure(FLOW, document, held=sections_by_step(FLOW, document), given=given_lines)
    assert {step.state.value for step in steps} == {"todo"}


@given(MARKDOWN)
def test_adding_text_to_one_section_moves_no_other(text):
    """What stands in one section says nothing about another."""
    document, _ = parse("# X\n\n## Tradeoffs\n\n## Observability\n\nn/a: x\n\n## Evolution\n", path="x.md")
    body = (
        text.replace("#", "").replace("=", "").replace("---", "").replace("<!--", "").replace("`", "").replace("~", "")
    )
    changed, _ = parse(f"# X\n\n## Tradeoffs\n\n{body}\n\n## Observability\n\nn/a: x\n\n## Evolution\n", path="x.md")
    before, _ = measure(FLOW, document, held=sections_by_step(FLOW, document))
    after, _ = measure(FLOW, changed, held=sections_by_step(FLOW, changed))
    moved = [b.step.id for b, a in zip(before, after, strict=True) if b.state is not a.state]
    assert set(moved) <= {"tradeoffs"}


@example("DATE9d3f0c", "{{ title }}")
@example("TITLE9d3f0c", "A {{ title }} {{ date }}")
@given(
    TITLES,
    st.sampled_from(["{{ title }}", "'{{ title }}'", '"{{title}}"', "[System Name]", "A {{ title }} {{ date }}"]),
)
def test_any_title_makes_valid_front_matter(title, value):
    """The title reads back from YAML as it was typed."""
    try:
        title = clean_title(title, command="new-design")
    except ScaffoldError:
        return
    day = dt.date(2026, 1, 2)
    text = render(f"---\ntitle: {value}\ntags: [] # {{{{ title }}}}\n---\n# {{{{ title }}}}\n", title=title, date=day)
    wanted = f"A {title} 2026-01-02" if value.startswith("A ") else title
    assert frontmatter.loads(text).metadata["title"] == wanted
    assert text.count("\n") == 5


@given(st.text(max_size=500))
def test_a_slug_is_safe_and_stable(text):
    """A slug is short, has no separator of paths, and is the slug of itself."""
    slug = slugify(text)
    assert len(slug.encode()) <= 120
    assert not set(slug) & set("/\\.: \t\n\0")
    assert not slug.startswith("-") and not slug.endswith("-")
    assert slugify(slug) == slug


@given(st.text(max_size=80))
def test_plain_text_has_no_line_break_and_never_grows(text):
    """Marks are taken away, nothing is added."""
    shown = plain(text)
    assert "\n" not in shown
    assert len(shown) <= len(text) + text.count("&") * 2


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a | b", ("a", "b")),
        ("| a \\| b | `c|d` |", ("a | b", "`c|d`")),
        ("| | b |", ("", "b")),
        ("|", ()),
    ],
)
def test_cells(row, cells):
    """Borders are pipes that are neither escaped nor in code."""
    assert split_cells(row) == cells


def test_front_matter_lines_are_those_of_the_file():
    """A field's line is counted from the top of the file, whatever stands around it."""
    document, _ = parse("---\n\n# comment\ntitle: x\n\nstatus: final\n---\n\n# H\n", path="x.md")
    assert [(field.name, field.line) for field in document.fields] == [("title", 4), ("status", 6)]
    assert document.heading.line == 9


def test_sections_know_their_line_and_id():
    """ATX and setext headings, and identifiers."""
    found, _ = sections_of("# A *b* {#one}\n\nText\n\nB\n---\n\n### C {.x #two y=z} ###\n", first_line=10)
    assert [(s.level, s.title, s.line, s.id) for s in found] == [
        (0, "", 1, ""), (1, "A b", 10, "one"), (2, "B", 14, ""), (3, "C", 17, "two"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["```\ncode", "x <!-- y", "~~~\n```\n", "<!-- a --> <!--"])
def test_what_is_opened_and_never_closed_is_told(text):
    """A fence or comment that runs to the end of the file hides what is below it."""
    _, problems = parse(f"# X\n\n{text}\n\n## Tradeoffs\n", path="x.md")
    assert [problem.line for problem in problems] == [3]


@pytest.mark.parametrize(
    "piece",
    ["`", "a`", "``x`", "[[", "*", "|", "<", "- ", "**a", "`a|", "[a](b", "![a][b", "1,", "1 ms ", " ", "_a", "#", "&amp", "<!--"],
)  # fmt: skip
def test_long_lines_of_marks_come_to_an_end(piece):
    """No expression runs away on a line that repeats one mark ten thousand times."""
    document, _ = parse(f"# X\n\n## Capacity\n\nStorage {piece * 10_000}\n|--|--|\n{piece * 10_000}\n", path="x.md")
    measure(FLOW, document, held=sections_by_step(FLOW, document))
