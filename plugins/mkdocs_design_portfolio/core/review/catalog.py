"""The rules: what each is called and says, and the function that judges it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from ..model import Rule, Severity
from .judged import Judged
from .reading import Reading
from .rules import architecture, crossing, estimates, failures, observability, requirements, scaling, steps, tradeoffs

Check = Callable[[Reading], Iterator[Judged]]

CHECKS: tuple[Check, ...] = (
    steps.step_missing,
    steps.checkpoint_missing,
    requirements.solution_in_problem,
    requirements.success_unmeasurable,
    requirements.scope_without_edge,
    requirements.requirement_vague,
    requirements.requirement_not_taken_up,
    requirements.target_without_number,
    requirements.number_without_unit,
    requirements.latency_without_percentile,
    requirements.availability_without_period,
    requirements.target_without_reason,
    estimates.number_wrong,
    estimates.estimate_without_peak,
    estimates.estimate_unused,
    estimates.throughput_not_estimated,
    architecture.diagram_and_text,
    architecture.single_point_of_failure,
    architecture.simple_version_missing,
    architecture.component_in_no_failure,
    architecture.component_without_part,
    architecture.api_without_errors,
    architecture.write_not_repeatable,
    tradeoffs.too_few_decisions,
    tradeoffs.decision_without_alternative,
    tradeoffs.decision_without_reason,
    tradeoffs.rejected_without_advantage,
    failures.failure_without_detection,
    failures.failure_without_recovery,
    failures.recovery_without_time,
    failures.recovery_exceeds_budget,
    failures.replica_against_corruption,
    failures.retry_without_limit,
    scaling.same_at_100x,
    scaling.scaling_without_number,
    scaling.more_of_the_same,
    observability.alert_without_threshold,
    observability.alert_without_duration,
    observability.metric_unused,
    observability.target_not_measured,
    crossing.consistency_contradiction,
    crossing.revisit_without_trigger,
    crossing.term_undefined,
)
"""What judges each rule; its name is the rule's id."""

TEXTS = Path(__file__).with_name("rules.yml")
"""What each rule says."""


@functools.lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the flow."""
    texts = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    found = []
    for id, told in texts.items():
        told["severity"] = Severity(told["severity"])
        told["checkpoints"] = tuple(told.get("checkpoints", ()))
        found.append(Rule(id=id, **{"step": "", **told}))
    return tuple(found)


def rule(id: str) -> Rule | None:
    """Return the rule of that id, or None."""
    return next((item for item in rules() if item.id == id), None)


def id_of(check: Check) -> str:
    """Return the id of the rule that a function judges."""
    return check.__name__.replace("_", "-")
