"""Design -> review: every rule asked, the findings sorted, strengths named."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator

from ..model import Finding, Problem, Review, Rule, Strength
from .catalog import CHECKS, Check, id_of, rule
from .judged import Judged
from .reading import Reading
from .silence import silence


def review(
    reading: Reading, *, only: Collection[str] = (), without: Collection[str] = (), steps: Collection[str] = ()
) -> tuple[Review, tuple[Problem, ...]]:
    """Read a design critically, and say what its comments for the review get wrong.

    `only` and `without` are ids of rules, `steps` ids of steps whose findings are wanted; empty means all.
    """
    findings: list[Finding] = []
    strengths: list[Strength] = []
    for check in CHECKS:
        found, strong = _asked(check, reading)
        findings += found
        strengths += strong
    left, silenced, problems = silence(_without_doubles(findings), reading.design.document)

    def wanted(id: str, step: str) -> bool:
        return (not only or id in only) and id not in without and (not steps or step in steps)

    design = reading.design
    shown = sorted(
        (item for item in left if wanted(item.rule.id, item.step)),
        key=lambda item: (item.severity.rank, item.line, item.rule.id),
    )
    done = Review(
        design.path,
        design.id,
        design.title,
        tuple(shown),
        tuple(
            sorted(
                (item for item in strengths if wanted(item.rule.id, reading.step_at(item.line))),
                key=lambda item: (item.line, item.rule.id),
            )
        ),
        tuple(item for item in silenced if wanted(item.finding.rule.id, item.finding.step)),
    )
    return done, problems


def _asked(check: Check, reading: Reading) -> tuple[list[Finding], list[Strength]]:
    """Ask one rule; where nothing that it looked at holds, it may say so once."""
    asked = rule(id_of(check))
    assert asked, "a test holds the functions against the texts"
    judged = list(check(reading))
    wrong = [item for item in judged if item.fact]
    if asked.none and len(wrong) == len(judged) > 1:
        first = min(wrong, key=lambda item: item.line)
        wrong = [dataclasses.replace(first, subject="all", fact=asked.none, severity=None)]
    strong = []
    if asked.strength and not wrong and len(judged) >= asked.enough:
        text = asked.strength.format(count=len(judged))
        strong.append(Strength(asked, reading.design.path, min(item.line for item in judged), text))
    return list(_told(asked, wrong, reading)), strong


def _told(rule: Rule, wrong: Iterable[Judged], reading: Reading) -> Iterator[Finding]:
    for item in wrong:
        severity = item.severity or rule.severity
        subject = " ".join(item.subject.replace("·", ",").split())
        step = reading.step_at(item.line) or _named(item.subject, reading)
        yield Finding(rule, severity, reading.design.path, item.line, subject, item.fact, step)


def _named(subject: str, reading: Reading) -> str:
    """Return the step that a subject names, for what no heading holds."""
    step = subject.partition("/")[0]
    return step if reading.step(step) else ""


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """Leave out that a checkpoint is not met where another rule says more exactly why."""
    covered = {point for item in findings for point in item.rule.checkpoints}
    return [item for item in findings if item.rule.id != "checkpoint-missing" or item.subject not in covered]
