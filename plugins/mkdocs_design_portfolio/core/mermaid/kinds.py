"""The text of a diagram -> the kind of diagram that Mermaid takes it for."""

from __future__ import annotations

import re

from .prepared import SPACE, for_detection

_KINDS: tuple[tuple[str, str, str], ...] = (
    # grammar, words that a diagram of the kind begins with, pattern where it is more than that
    ("c4", "C4Context C4Container C4Component C4Dynamic C4Deployment", ""),
    ("kanban", "kanban", ""),
    ("class", "classDiagram", ""),
    ("er", "erDiagram", ""),
    ("gantt", "gantt", ""),
    ("", "info", ""),
    ("", "pie", ""),
    ("requirement", "requirementDiagram requirement", ""),
    ("sequence", "sequenceDiagram", ""),
    ("flowchart", "swimlane-beta", r"swimlane-beta\b"),
    ("flowchart", "flowchart graph flowchart-elk", ""),
    ("mindmap", "mindmap", ""),
    ("", "architecture-beta architecture", ""),
    ("timeline", "timeline", ""),
    ("", "gitGraph", ""),
    ("state", "stateDiagram-v2 stateDiagram", ""),
    ("journey", "journey", ""),
    ("quadrant", "quadrantChart", ""),
    ("", "sankey-beta sankey", ""),
    ("", "packet-beta packet", ""),
    ("xychart", "xychart-beta xychart", ""),
    ("block", "block-beta block", ""),
    ("", "eventmodeling", ""),
    ("", "treeView-beta", ""),
    ("", "radar-beta", ""),
    ("", "ishikawa-beta ishikawa", r"(?i:ishikawa(-beta)?)\b"),
    ("", "treemap-beta treemap", ""),
    ("", "railroad-beta", r"(?i:railroad-beta)"),
    ("", "railroad-ebnf-beta", r"(?i:railroad-ebnf-beta)"),
    ("", "railroad-abnf-beta", r"(?i:railroad-abnf-beta)"),
    ("", "railroad-peg-beta", r"(?i:railroad-peg-beta)"),
    ("", "venn-beta", ""),
    ("", "wardley-beta", r"(?i:wardley-beta)"),
    ("", "cynefin-beta", rf"cynefin-beta(?:{SPACE}|:|\Z)"),
)
"""In the order in which Mermaid asks."""
_ANYWHERE = re.compile("C4Container|C4Component|C4Dynamic|C4Deployment")
"""Words that make a text a diagram of C4 wherever they stand."""
WORDS = tuple(word for _, words, _ in _KINDS for word in words.split())
"""What a diagram may begin with."""


def _pattern(words: str, pattern: str) -> re.Pattern[str]:
    return re.compile(f"{SPACE}*(?:{pattern or '|'.join(map(re.escape, words.split()))})", re.ASCII)


_PATTERNS = tuple((grammar, words.split()[0], _pattern(words, pattern)) for grammar, words, pattern in _KINDS)


def kind_of(text: str) -> tuple[str, str] | None:
    """Return the grammar of a prepared text, or nothing for one that is not read, and a word for its kind.

    None where Mermaid knows no such kind.
    """
    seen = for_detection(text)
    if seen.lower().strip() == "error":
        return "", "error"
    if seen.lower().lstrip().startswith("---"):
        return None
    if re.match(f"{SPACE}*C4Context", seen) or _ANYWHERE.search(seen):
        return "c4", "C4Context"
    for grammar, word, pattern in _PATTERNS:
        if found := pattern.match(seen):
            # What goes on is another word, which the parser of the kind does not take.
            return None if not grammar and re.match(r"\w", seen[found.end() :], re.ASCII) else (grammar, word)
    return None
