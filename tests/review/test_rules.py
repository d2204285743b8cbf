"""Each rule, on the examples that the guide shows, and what is written about it."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path

import pytest

import mkdocs_design_portfolio.core.review as package
from mkdocs_design_portfolio.core.assign import sections_by_step
from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.model import Design, Review, Severity, Status
from mkdocs_design_portfolio.core.parse import parse
from mkdocs_design_portfolio.core.progress import measure
from mkdocs_design_portfolio.core.review.catalog import CHECKS, id_of, rules
from mkdocs_design_portfolio.core.review.reading import Reading
from mkdocs_design_portfolio.core.review.review import review
from mkdocs_design_portfolio.core.review.words import words

FLOW, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
FOLDER = Path(package.__file__).parent
RULES = {rule.id: rule for rule in rules()}
NAMED = {
    name
    for path in FOLDER.rglob("*.py")
    for found in re.findall(r"(?<![.\w])words\((?:f?\"([^\"]+)\"|column)\)", path.read_text(encoding="utf-8"))
    for name in ([found] if found else ["reason columns", "option columns"])
}


def read(text: str) -> Reading:
    """Read a piece of a design, by the steps of the flow that it holds."""
    document, _ = parse(f"---\ntitle: Orders\n---\n# Orders\n\n{text}", path="designs/orders.md")
    held = sections_by_step(FLOW, document)
    flow = dataclasses.replace(FLOW, steps=tuple(step for step in FLOW.steps if step.id in held))
    steps, _ = measure(flow, document, held=held)
    design = Design(
        id="orders", document=document, title="Orders", date=None, stage="", topics=(), tags=(), aliases=(), notes=(),
        summary="", unpublished=False, redirects=(), unlinked=(), status=Status.DRAFT, steps=steps,
    )  # fmt: skip
    return Reading(design, flow)


def of_rule(text: str, id: str) -> Review:
    return review(read(text), only={id})[0]


@pytest.mark.parametrize("id", RULES)
def test_a_rule_finds_its_weak_example_once_and_its_strong_one_never(id):
    rule = RULES[id]
    weak = of_rule(rule.weak, id).findings
    assert weak
    if id != "checkpoint-missing":
        assert len(weak) == 1
    assert not of_rule(rule.strong, id).findings


@pytest.mark.parametrize("id", RULES)
def test_what_a_rule_says_is_whole_and_in_the_style_of_the_house(id):
    rule = RULES[id]
    assert re.fullmatch(r"[a-z0-9-]+", id)
    for text in (rule.title, rule.why):
        assert not text[0].islower()
    assert rule.why.endswith((".", "?"))
    assert not rule.title.endswith(".")
    assert not rule.remedy.endswith(".")
    assert rule.remedy[0].islower()
    assert not rule.step or FLOW.step(rule.step)
    for point in rule.checkpoints:
        step, _, checkpoint = point.partition("/")
        assert FLOW.step(step).checkpoint(checkpoint), point


@pytest.mark.parametrize("id", RULES)
def test_a_rule_that_is_not_sure_says_so_at_low_severity(id):
    for item in of_rule(RULES[id].weak, id).findings:
        if "check whether" in item.fact:
            assert item.severity in (Severity.MINOR, Severity.NIT)


def test_texts_and_functions_are_the_same_rules_in_the_same_order():
    assert [id_of(check) for check in CHECKS] == list(RULES)


def test_every_function_of_a_rule_stands_in_the_catalog():
    written = {
        node.name
        for path in (FOLDER / "rules").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert written - {"measurable", "name_of"} == {check.__name__ for check in CHECKS}


def test_every_list_of_words_is_used_and_every_one_used_is_there():
    listed = {
        line.split(":")[0] for line in (FOLDER / "words.yml").read_text().splitlines() if re.match(r"[a-z]", line)
    }
    used = {name for name in NAMED if "{" not in name} | {
        f"{name} signals" for name in ("latency", "throughput", "availability")
    }
    assert listed == used
    for name in listed:
        assert words(name)
        assert len(set(words(name))) == len(words(name)), name


def test_a_strength_is_named_where_enough_was_looked_at_and_all_of_it_holds():
    def alerts(*told: str) -> str:
        return "## Observability\n\n" + "".join(f"- **Alert**: {text}\n" for text in told)

    fine = ("page above 1 % for 5 min", "page at 3 errors for 1 min", "ticket above 80 % for 1 h")
    assert [item.text for item in of_rule(alerts(*fine), "alert-without-threshold").strengths] == [
        "Each of the 3 alerts has its threshold."
    ]
    assert not of_rule(alerts(*fine[:2]), "alert-without-threshold").strengths
    assert not of_rule(alerts(*fine, "page on high load"), "alert-without-threshold").strengths


def test_what_is_said_beside_a_table_of_alerts_is_no_alert():
    text = (
        "## Observability\n\n### Alerts\n\nThe first two alerts are our promise to tenants.\n\n"
        "| Alert | Threshold |\n|---|---|\n| Lag | > 30 s for 5 min |\n| Heartbeat | none for 2 min |\n"
    )
    assert not of_rule(text, "alert-without-threshold").findings
    assert of_rule(text.replace("> 30 s for 5 min", "high"), "alert-without-threshold").findings


def test_a_skipped_step_is_not_reviewed():
    assert not review(read("## Observability\n\nn/a: an exercise\n"))[0].findings
