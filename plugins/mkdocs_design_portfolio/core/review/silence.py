"""Comments that silence a finding: `<!-- review: ignore RULE reason -->`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Document, Finding, Problem, Silenced
from ..suggest import remedy
from .catalog import rules

_COMMENT = re.compile(r"<!--\s*review:\s*(?P<verb>\S+)\s*(?P<rule>[\w-]*)\s*(?P<reason>.*?)\s*-->", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class _Silence:
    rule: str
    reason: str
    line: int


def silence(
    findings: Iterable[Finding], document: Document
) -> tuple[tuple[Finding, ...], tuple[Silenced, ...], tuple[Problem, ...]]:
    """Return the findings that are left, those that a comment silences, and what is wrong with comments.

    A comment silences one finding of its rule: the first at or below it in its section, the next line with
    text included, else the nearest above it there.
    """
    left = list(findings)
    silenced, problems = [], []
    for item in _comments(document):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        found = _meant(item, left, document)
        if found:
            left.remove(found)
            silenced.append(Silenced(found, item.reason, item.line))
        else:
            fact = f"'review: ignore {item.rule}' silences nothing: the review finds no such thing here"
            problems.append(Problem(document.path, item.line, fact, "remove the comment, or put it at the finding"))
    return tuple(left), tuple(silenced), tuple(problems)


def _comments(document: Document) -> Iterator[_Silence | Problem]:
    known = [rule.id for rule in rules()]
    text = _without_fences(document.body)
    for found in _COMMENT.finditer(text):
        line = document.body_line + text.count("\n", 0, found.start())
        reason = " ".join(found["reason"].split())
        if found["verb"] != "ignore":
            fact = f"unknown review comment '{found['verb']}'"
            yield Problem(document.path, line, fact, "expected 'review: ignore RULE reason'")
        elif found["rule"] not in known:
            yield Problem(document.path, line, f"unknown rule '{found['rule']}'", remedy(found["rule"], known))
        elif not re.search(r"\w", reason):
            fact = f"'review: ignore {found['rule']}' gives no reason"
            yield Problem(document.path, line, fact, "say why, behind the rule")
        else:
            yield _Silence(found["rule"], reason, line)


def _without_fences(body: str) -> str:
    """Blank out fenced code, in which a comment is quoted and not meant."""
    lines, fence = [], ""
    for line in body.split("\n"):
        opened = _FENCE.match(line)
        if fence:
            lines.append("")
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif opened:
            fence = opened[1]
            lines.append("")
        else:
            lines.append(line)
    return "\n".join(lines)


def _meant(item: _Silence, findings: Iterable[Finding], document: Document) -> Finding | None:
    following = _next_text(document, item.line)
    section = document.section_at(item.line).line
    here = [
        finding
        for finding in findings
        if finding.rule.id == item.rule
        and (finding.line == following or document.section_at(finding.line).line == section)
    ]
    below = sorted((finding for finding in here if finding.line >= item.line), key=lambda finding: finding.line)
    above = sorted((finding for finding in here if finding.line < item.line), key=lambda finding: -finding.line)
    return next(iter((*below, *above)), None)


def _next_text(document: Document, line: int) -> int:
    """Return the first line with text behind the comment that begins on a line."""
    lines = document.body.split("\n")
    at = line - document.body_line
    while at < len(lines) and "-->" not in lines[at]:
        at += 1
    at += 1
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at + document.body_line
