"""Reviews as documents: one is written, an earlier one is read again."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from ..metadata import DATED, REVIEW_FIELDS, Metadata
from ..model import Document, Finding, Problem, Review, Severity, Silenced, Strength, Told, WrittenReview
from ..scaffold import as_yaml, with_yaml
from ..suggest import remedy

TEMPLATE = """\
---
# yaml-language-server: $schema=../site/schemas/review.json
title: {{ title }}
date: {{ date }}
---

# {{ title }}

{{ summary }}

## Findings

{{ findings }}

## Fixed since the last review

{{ fixed }}

## Strengths

{{ strengths }}

## Silenced

{{ silenced }}

## What I make of it

<!-- What you will change, what not, and why. This part is yours. -->
"""
"""What a review starts as; a portfolio may have its own `reviews/_template.md`."""

_PLACE = re.compile(r"\{\{\s*(title|date|summary|findings|fixed|strengths|silenced)\s*\}\}")
_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MARKS = re.compile(r"([\\`*_{}\[\]])")
_TOLD = re.compile(r"(?P<severity>[a-z]+) (?P<rule>[a-z0-9-]+): (?P<rest>.*)")


def read_written(document: Document, designs: Mapping[str, bool]) -> tuple[WrittenReview, tuple[Problem, ...]]:
    """Read a review that was written down; `designs` are the ids that its `design:` may name.

    Each is mapped to whether it is unpublished, as its review then is.
    """
    metadata = Metadata(document, Path(document.path).stem)
    metadata.check_names(REVIEW_FIELDS)
    field = document.field("design")
    design = str(field.value).strip() if field and field.value is not None else ""
    problems: tuple[Problem, ...] = ()
    if field and design not in designs:
        fact = f"reviews an unknown design '{design}'"
        problems = (Problem(document.path, field.line, fact, remedy(design, sorted(designs))),)
        design = ""
    listed = document.field("findings")
    told, wrong = _read_told(listed.value if listed else (), document, listed.line if listed else 1)
    written = WrittenReview(
        metadata.stem,
        document,
        metadata.title(),
        metadata.date(required=False),
        design,
        tuple(told),
        metadata.unpublished() or designs.get(design, False),
    )
    return written, (*metadata.problems, *problems, *wrong)


def _read_told(value: object, document: Document, line: int) -> tuple[list[Told], list[Problem]]:
    told, problems = [], []
    for item in value if isinstance(value, (list, tuple)) else ():
        found = _TOLD.fullmatch(str(item))
        subject, _, fact = found["rest"].partition(" · ") if found else ("", "", "")
        if found and found["severity"] in list(Severity):
            told.append(Told(found["rule"], subject, found["severity"], fact))
        else:
            fact = f"the finding {str(item)[:60]!r} cannot be read"
            problems.append(Problem(document.path, line, fact, "leave 'findings' as review-design wrote it"))
    return told, problems


def file_name(design: str, date: dt.date, taken: Collection[str]) -> str:
    """Return the name of a new review of a design: `YYYY-MM-DD-review-slug.md`, numbered from the second on."""
    slug = DATED.sub("", design, count=1).lstrip("-") or design
    stem = f"{date.isoformat()}-review-{slug}"
    names = (f"{stem}.md" if number == 1 else f"{stem}-{number}.md" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def write(
    review: Review, *, path: str, date: dt.date, template: str = TEMPLATE, previous: WrittenReview | None = None
) -> str:
    """Return the text of a review as a document at `path`, relative to the project's root.

    The front matter names the design and each finding, by which the next review knows what was fixed since.
    """
    title = f"Review of {review.title}"
    parts = {
        "title": _escaped(title),
        "date": date.isoformat(),
        "summary": _summary(review, path, previous),
        "findings": "\n\n".join(_findings(review.findings)) or "None.",
        "fixed": _fixed(review, path, previous),
        "strengths": "\n".join(_strengths(review.strengths)) or "None that a rule can see.",
        "silenced": "\n".join(_silenced(review.silenced)) or "Nothing.",
    }
    text = template.replace("\r\n", "\n")
    found = _FRONT.match(text)
    front = found["yaml"] if found else ""
    for name, shown in (
        ("title", as_yaml(title)),
        ("date", date.isoformat()),
        ("design", as_yaml(review.design)),
        ("findings", "".join(f"\n  - {told}" for told in map(_told, review.findings)) or "[]"),
    ):
        front = with_yaml(front, name, shown)
    body = _PLACE.sub(lambda place: parts[place[1]], text[found.end() if found else 0 :])
    return f"---\n{front}---\n{body}"


def _told(finding: Finding) -> str:
    """Return what a review tells of a finding, as one line of YAML that the next review reads."""
    return json.dumps(f"{finding.severity} {finding.rule.id}: {finding.subject} · {finding.fact}", ensure_ascii=False)


def fixed_since(review: Review, previous: WrittenReview) -> tuple[Told, ...]:
    """Return what an earlier review told and this one does not, nor was it silenced."""
    still = {item.key for item in review.findings} | {item.finding.key for item in review.silenced}
    return tuple(item for item in previous.told if item.key not in still)


def _summary(review: Review, path: str, previous: WrittenReview | None) -> str:
    link = posixpath.relpath(review.path, posixpath.dirname(path) or ".")
    told = f"[{_escaped(review.title)}]({link}), read by rule: {review.said}."
    if previous:
        told += f" The review before this one is of {_dated(previous, path)}."
    return f"{told} A rule sees what is missing or contradicts itself, not whether the design is right."


def _dated(written: WrittenReview, path: str) -> str:
    link = posixpath.relpath(written.path, posixpath.dirname(path) or ".")
    return f"[{_escaped(written.label)}]({link})"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings of each rule and severity, with why it matters and what to do said once."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for item in findings:
        groups.setdefault((item.severity, item.rule.id), []).append(item)
    for (severity, id), found in groups.items():
        rule = found[0].rule
        lines = "\n".join(f"- Line {item.line}: {_escaped(item.fact)}" for item in found)
        yield (
            f"### {severity.value.capitalize()}: {rule.title}\n\n{lines}\n\n"
            f"**Why it matters.** {rule.why}\n\n"
            f"**What to do.** {rule.remedy[0].upper()}{rule.remedy[1:]} (`{id}`)."
        )


def _fixed(review: Review, path: str, previous: WrittenReview | None) -> str:
    if previous is None:
        return "This is the first review."
    fixed = fixed_since(review, previous)
    lines = [f"- ~~{item.severity.capitalize()}: {_escaped(item.fact)}~~ (`{item.rule}`)" for item in fixed]
    left = len(previous.told) - len(fixed)
    counted = f"{len(fixed)} of {len(previous.told)} findings are fixed, {left} left."
    return "\n".join((f"Since {_dated(previous, path)}: {counted}\n", *lines))


def _strengths(strengths: Iterable[Strength]) -> Iterator[str]:
    for item in strengths:
        yield f"- {_escaped(item.text.rstrip('.'))} (line {item.line})."


def _silenced(silenced: Iterable[Silenced]) -> Iterator[str]:
    for item in silenced:
        yield f"- {_escaped(item.finding.fact)} (`{item.finding.rule.id}`, line {item.line}): {_escaped(item.reason)}"


def _escaped(text: str) -> str:
    """Return plain text as Markdown that shows it."""
    return _MARKS.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")


def names_in(folder: Path) -> frozenset[str]:
    """Return the names of the files of a folder that may not exist yet."""
    return frozenset(PurePosixPath(item).name for item in folder.iterdir()) if folder.is_dir() else frozenset()
