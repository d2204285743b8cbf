"""Sums in ordinary text, held against a corpus whose truth stands beside it.

The first corpus imitates five authors and was written, with its truth, before the auditor; a quarter of
its sums is wrong. The second was written by another hand and first read when the auditor was finished.
"""

from __future__ import annotations

import json

import pytest

from mkdocs_design_portfolio.core.capacity.audit import Report, audit
from mkdocs_design_portfolio.core.parse import parse
from tests.conftest import FIXTURES, REPOSITORY

CORPORA = FIXTURES / "capacity" / "audit"


def audited(text: str) -> Report:
    """Audit a text."""
    return audit(parse(text, path="x.md")[0])


@pytest.mark.parametrize("name", ["first", "second"])
def test_nine_in_ten_wrong_sums_are_found_and_one_in_twenty_right_ones_at_most_is_called_wrong(name):
    truth = json.loads((CORPORA / name / "truth.json").read_text(encoding="utf-8"))
    found = false = 0
    for path in sorted((CORPORA / name).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        problems = audited(text).problems
        explained = set()
        for item in (item for item in truth if item["file"] == path.name and item["wrong"]):
            start = lines[item["line"] - 1].index(item["equation"])
            end = start + len(item["equation"])
            told = {
                index
                for index, problem in enumerate(problems)
                if problem.line == item["line"] and (problem.column is None or start < problem.column <= end)
            }
            found += bool(told)
            explained |= told
        false += len(problems) - len(explained)
    wrong = sum(item["wrong"] for item in truth)
    assert len(truth) >= 40
    assert wrong >= len(truth) / 6
    assert found >= 0.9 * wrong
    assert false <= 0.05 * (len(truth) - wrong)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("100 million × 5 = 500 million", ""),
        ("1 billion × 100 bytes = ~100 GB/day", ""),
        ("1 billion × 100 bytes = ~10 GB/day", "x.md:1:26: 1 billion × 100 bytes is 100 GB/day, not 10 GB/day"),
        ("- **Writes**: 20M / 86,400 = 2,300/s", "x.md:1:30: 20M / 86,400 is 231/s, not 2,300/s"),
        ("| Ingest | 4.6 GB/s = 4.6 Gbit/s |", "x.md:1:23: 4.6 GB/s is 36.8 Gbit/s, not 4.6 Gbit/s"),
        ("17.5 MB/s * 8 = 140 Mbit/s", ""),
        ("80 + 640 = 720 Mbit/s", ""),
        ("2^30 = 1 GB", ""),
        ("10⁹ × 8 B = 8 GB", ""),
        ("1 day = 86,400 s ≈ 10^5 s", ""),
        ("With *replication* 3 * 2 TB = 6 TB, see page 3 = 4", ""),
        ("12,500 requests/s × 400 B (with headers) = 5 MB/s", ""),
        ("70% of 300M = 210M", ""),
        ("⌈200/64⌉ = 4", ""),
        ("7 400 × 0.7 / 250 = 21 workers", ""),
        ("every user looks at 100 thumbnails per day = 300 M per day", ""),
        ("3 h = 120 min", "x.md:1:7: 3 h is 180 min, not 120 min"),
        ("86 400 × 2 = 17 280", "x.md:1:14: 86 400 × 2 is 172,800, not 17 280"),
    ],
)
def test_a_sum_is_read_as_people_write_it(text, told):
    assert "\n".join(str(problem).removesuffix(" (mend one of them)") for problem in audited(text).problems) == told


def test_what_looks_like_a_sum_and_is_none_is_left_alone():
    text = """\
    QPS = users × actions / seconds, and `retries = 3`, W + R > N, x >= 5, a != 4.
    See https://example.org/?a=1&b=2 and version 1.2.3 of 2026-09-14; a ratio of 100:1.
    Set replication factor = 3 and p99 = 200 ms; port = 8080.
    """
    report = audited(text)
    assert (report.problems, report.right, report.skipped) == ([], 0, [])


def test_what_cannot_be_read_is_told_of():
    report = audited("A load of peak factor × 200 × 3 = 900 requests.\n\nAnd 3 × 4 = 12.")
    assert (report.right, len(report.problems)) == (1, 0)
    assert report.said == "1 right, 0 off, 1 could not be read (line 1)"


def test_one_label_with_two_values_is_told_of():
    text = "- **Peak reads**: 700/s\n- Peak writes: 20/s\n\n| Peak reads | 900/s |\n|---|---|\n| Peak reads | 900/s |\n"
    problems = audited(text).problems
    assert [problem.fact for problem in problems] == ["'peak reads' is 900/s here and 700/s on line 1"]


def test_the_demo_has_no_wrong_sum():
    for path in [*(REPOSITORY / "designs").glob("2*.md"), *(REPOSITORY / "notes").glob("*.md")]:
        assert audited(path.read_text(encoding="utf-8")).problems == [], path
