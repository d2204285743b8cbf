"""Whatever an author writes, a review is made, and quickly."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.review.catalog import rules
from mkdocs_design_portfolio.core.review.review import review

from .test_rules import FLOW, read

PIECES = [line for rule in rules() for text in (rule.weak, rule.strong) for line in text.split("\n")]
HEADINGS = [f"## {step.title}" for step in FLOW.steps]
NOISE = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(HEADINGS),
    st.sampled_from(
        ["```text", "```", "┌──┐", "│  │", "└──┘", "+--+", "| a | b |", "|---|---|", "<!-- review: ignore x -->", ""]
    ),
    st.text(max_size=60).filter(lambda text: "\r" not in text),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NOISE, max_size=80))
def test_a_review_of_anything_is_made_and_points_to_lines_that_are_there(lines):
    text = "\n".join(lines)
    done, problems = review(read(text))
    last = f"---\ntitle: Orders\n---\n# Orders\n\n{text}".count("\n") + 1
    for item in (*done.findings, *problems):
        assert 1 <= item.line <= last
    assert len({item.rule.id for item in done.findings} & {item.rule.id for item in done.strengths}) == 0


def test_a_long_and_hostile_document_takes_no_longer_than_its_length():
    def seconds(count: int) -> float:
        hostile = "## Observability\n\n- **Alerts**: " + "page on " * count + "\n\n## Architecture\n\n```text\n"
        hostile += "\n".join("┌" + "─" * 60 + "┐" for _ in range(count // 40)) + "\n```\n" + "a retry " * count
        before = time.process_time()
        review(read(hostile))
        return time.process_time() - before

    seconds(100)
    small, large = seconds(4_000), seconds(16_000)
    assert large < 12 * max(small, 0.05)
