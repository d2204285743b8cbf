"""A diagram -> what it says, in sentences: for whoever does not see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .diagram import Diagram
from .flow_words import flowchart
from .known import Saying, Words
from .model_words import classes, entities, states
from .said import said
from .sequence_words import sequence
from .tree import Node

_READERS: dict[str, Callable[[Node], Iterator[Saying]]] = {
    "sequence": sequence,
    "state": states,
    "er": entities,
    "class": classes,
}
_TITLES = frozenset({"title", "legacy_title", "title_value"})


def words_of(diagram: Diagram) -> Words:
    """Return a diagram in words."""
    tree = diagram.tree
    if not isinstance(tree, Node):
        return Words(diagram.title)
    tokens = tree.tokens
    spoken = {token.name: said(token.text) for token in tokens if token.name.startswith("acc_")}
    own = next((token.text for token in tokens if token.name in _TITLES), "")
    title = spoken.get("acc_title_value") or diagram.title or said(re.sub(r"(?i)^\s*title\s*:?", "", own))
    described = spoken.get("acc_descr_value") or spoken.get("acc_descr_multiline_value", "")
    return Words(title, described, tuple(_sayings(diagram, tree)), diagram.grammar == "sequence")


def _sayings(diagram: Diagram, tree: Node) -> Iterable[Saying]:
    """Return what is drawn; nothing for a kind that is not read."""
    if diagram.flowchart:
        return flowchart(diagram.flowchart)
    read = _READERS.get(diagram.grammar)
    return read(tree) if read else ()
