"""The rules -> a page of the user guide, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Flow, Rule
from .catalog import rules

_ACROSS = "Across steps"


def documented_rules(flow: Flow, *, level: int = 2) -> str:
    """Return every rule with a weak and a strong example, by the step of the flow that it reads.

    `level` is that of the steps' headings; the rules' own are one deeper.
    """
    parts = []
    for title, found in _by_step(flow):
        parts.append(f"{'#' * level} {title}")
        parts += [_told(rule, level + 1) for rule in found]
    return "\n\n".join(parts)


def _by_step(flow: Flow) -> Iterator[tuple[str, list[Rule]]]:
    yield _ACROSS, [rule for rule in rules() if not rule.step]
    for step in flow.steps:
        found = [rule for rule in rules() if rule.step == step.id]
        if found:
            yield step.title, found


def _told(rule: Rule, level: int) -> str:
    remedy = f"{rule.remedy[0].upper()}{rule.remedy[1:]}."
    return (
        f"{'#' * level} `{rule.id}` {{#{rule.id}}}\n\n"
        f"**{rule.title}** ({rule.severity}). {rule.why} *{remedy}*\n\n"
        f"Weak:\n\n{_quoted(rule.weak)}\n\nStrong:\n\n{_quoted(rule.strong)}"
    )


def _quoted(markdown: str) -> str:
    fence = "`" * 4
    return f"{fence}markdown\n{markdown.rstrip()}\n{fence}"
