"""Reviews -> what other programs read: JSON, SARIF, the annotations of GitHub."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from ..model import Finding, Review, Severity
from .catalog import rules

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://pypi.org/project/mkdocs-design-portfolio/"
_LEVELS = {Severity.CRITICAL: "error", Severity.IMPORTANT: "warning", Severity.MINOR: "note", Severity.NIT: "note"}
"""SARIF 2.1.0, 3.27.10: how serious a result is."""
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""Level -> the workflow command of GitHub Actions that annotates a line."""


def as_json(reviews: Sequence[Review]) -> str:
    """Return reviews as JSON: `reviews`, each with its findings, strengths and what is silenced."""
    return json.dumps({"version": 1, "reviews": [_review(item) for item in reviews]}, indent=2, ensure_ascii=False)


def as_sarif(reviews: Sequence[Review]) -> str:
    """Return reviews as SARIF 2.1.0, one run; a silenced finding is a suppressed result."""
    known = rules()
    places = {rule.id: index for index, rule in enumerate(known)}
    results = [
        {**_result(finding, places), "suppressions": _suppressions(reason)}
        for review in reviews
        for finding, reason in (
            *((item, "") for item in review.findings),
            *((item.finding, item.reason) for item in review.silenced),
        )
    ]
    driver = {
        "name": "mkdocs-design-portfolio",
        "version": version("mkdocs-design-portfolio"),
        "informationUri": _HOME,
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.why},
                "help": {"text": f"{rule.remedy[0].upper()}{rule.remedy[1:]}."},
                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            }
            for rule in known
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def as_annotations(reviews: Iterable[Review]) -> Iterator[str]:
    """Yield a workflow command of GitHub Actions for each finding, worst first: GitHub shows ten of a kind and step."""
    findings = [item for review in reviews for item in review.findings]
    for item in sorted(findings, key=lambda item: item.severity.rank):
        told = f"{item.fact}\n{item.rule.why}\nTo do: {item.rule.remedy}."
        title = _property(f"{item.severity}: {item.rule.id}")
        command = _COMMANDS[_LEVELS[item.severity]]
        yield f"::{command} file={_property(item.path)},line={item.line},title={title}::{_message(told)}"


def _review(review: Review) -> dict[str, Any]:
    return {
        "design": review.design,
        "path": review.path,
        "title": review.title,
        "counts": {str(severity): sum(item.severity is severity for item in review.findings) for severity in Severity},
        "findings": [_finding(item) for item in review.findings],
        "strengths": [
            {"rule": item.rule.id, "path": item.path, "line": item.line, "text": item.text} for item in review.strengths
        ],
        "silenced": [
            {**_finding(item.finding), "reason": item.reason, "comment": item.line} for item in review.silenced
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "step": finding.step,
        "subject": finding.subject,
        "fact": finding.fact,
        "why": finding.rule.why,
        "remedy": finding.rule.remedy,
    }


def _result(finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    known_by = "/".join((finding.path, *finding.key))
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": places[finding.rule.id],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.fact[0].upper()}{finding.fact[1:]}. To do: {finding.rule.remedy}."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": finding.line},
                }
            }
        ],
        "partialFingerprints": {"finding/v1": hashlib.sha256(known_by.encode()).hexdigest()},
        "properties": {"severity": finding.severity.value, "subject": finding.subject},
    }


def _suppressions(reason: str) -> list[dict[str, str]]:
    return [{"kind": "inSource", "justification": reason}] if reason else []


def _uri(path: str) -> str:
    return quote(path)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
