"""Each file of `golden/progress/` is a rule about progress: its name says it, its text shows it.

A file is a design, then after `=== template` the template it came from, then after `=== expected` a
mapping: a step to its state, or `step/checkpoint` to the line that meets it, or to false.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from mkdocs_design_portfolio.core.assign import sections_by_step
from mkdocs_design_portfolio.core.capacity.check import check_numbers
from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.parse import parse
from mkdocs_design_portfolio.core.progress import measure
from mkdocs_design_portfolio.core.template import read_template

CASES = sorted((Path(__file__).parent.parent / "golden" / "progress").glob("*.md"))
FLOW, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case):
    """The design is measured as its file expects."""
    text, _, expected = case.read_text(encoding="utf-8").partition("=== expected\n")
    text, _, template = text.partition("=== template\n")
    document, problems = parse(text, path="design.md")
    assert problems == ()
    given = read_template(template, path="t")[0].given_to(title="Queue", date=dt.date(2026, 1, 1))
    sheet, _ = check_numbers(document)
    steps, problems = measure(FLOW, document, held=sections_by_step(FLOW, document), given=given, sheet=sheet)
    found = {item.step.id: item.state.value for item in steps}
    for item in steps:
        for evidence in item.evidence:
            found[f"{item.step.id}/{evidence.checkpoint.id}"] = evidence.line if evidence.met else False
    wanted = yaml.safe_load(expected)
    told = wanted.pop("problems", [])
    assert {name: found.get(name) for name in wanted} == wanted
    assert [str(problem) for problem in problems] == told


def test_there_are_cases():
    """The folder was found."""
    assert len(CASES) >= 20
