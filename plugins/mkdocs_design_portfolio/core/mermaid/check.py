"""A diagram -> what Mermaid could not read in it, in words."""

from __future__ import annotations

import re

from ..suggest import nearest
from .advice import advise
from .diagram import Diagram
from .kinds import WORDS
from .known import Mistake
from .tree import Stop

_FIRST = re.compile(r"\S+")


def check(diagram: Diagram) -> Mistake | None:
    """Return the first thing that Mermaid cannot read in a diagram; None where it can, or where nobody knows.

    A placeholder of a template is no mistake.
    """
    if diagram.is_placeholder:
        return None
    if not diagram.prepared.text.strip():
        return Mistake(None, "the diagram is empty", "begin with a line such as 'flowchart LR', or remove the fence")
    if diagram.known is None:
        return _unknown(diagram)
    stop = diagram.tree
    return advise(diagram, stop) if isinstance(stop, Stop) else None


def _unknown(diagram: Diagram) -> Mistake:
    """Return what is wrong with how a diagram begins."""
    text = diagram.prepared.text
    line = diagram.line(0)
    if text.startswith("---"):
        return Mistake(line, "the diagram's front matter has no end", "close it with '---', indented as the first")
    first = _FIRST.match(text)
    word = first[0] if first else ""
    if not re.fullmatch(r"[A-Za-z][\w-]*[;:]?", word) or re.match(r"\S+\s*(?:-|=|\[|\()", text):
        fact = "the diagram does not say what kind it is"
        return Mistake(line, fact, "begin with a line such as 'flowchart LR' or 'sequenceDiagram'")
    meant = nearest(word.rstrip(";:"), WORDS)
    others = (
        "begin with flowchart, sequenceDiagram, stateDiagram-v2, erDiagram, classDiagram or another that Mermaid knows"
    )
    return Mistake(line, f"unknown kind of diagram '{word}'", f"did you mean '{meant}'?" if meant else others)
