"""A diagram -> about how large it will be drawn, so that a page keeps the room for it."""

from __future__ import annotations

from collections import defaultdict

from .diagram import Diagram
from .flow_words import Flowchart
from .known import Extent
from .tree import Node

_WIDEST, _NARROWEST = 260, 80


def extent_of(diagram: Diagram) -> Extent:
    """Return about how large a diagram is; a usual size for a kind that is not read."""
    tree = diagram.tree
    if isinstance(tree, Node):
        if diagram.flowchart:
            return _flowchart(diagram.flowchart)
        if diagram.grammar == "sequence":
            return _sequence(tree)
        if diagram.grammar in ("state", "er", "class"):
            return Extent(480, min(900, 120 + 60 * len(tree.every("statement"))))
    return Extent(640, 400)


def _flowchart(drawn: Flowchart) -> Extent:
    labels = drawn.labels
    ranks = _ranks([(source, target) for source, _, target in drawn.arrows], list(labels))
    width = min(_WIDEST, max(_NARROWEST, 60 + 8 * max((len(label) for label in labels.values()), default=0)))
    rows: dict[int, int] = defaultdict(int)
    for rank in ranks.values():
        rows[rank] += 1
    long, wide = max(1, len(rows)), max(rows.values(), default=1)
    direction = next((token.text.strip() for token in drawn.tree.tokens if token.name == "DIR"), "TB")
    if direction in ("LR", "RL", "<", ">"):
        return Extent(long * (width + 60), 20 + wide * 90)
    return Extent(wide * (width + 40), 20 + long * 100)


def _ranks(pairs: list[tuple[str, str]], names: list[str]) -> dict[str, int]:
    """Return how many arrows lead to each name; an arrow that leads back is not followed."""
    ranks = dict.fromkeys(names, 0)
    order = {name: number for number, name in enumerate(names)}
    for _ in range(min(len(names), 40)):
        moved = False
        for source, target in pairs:
            if order[source] < order[target] and ranks[target] <= ranks[source]:
                ranks[target] = ranks[source] + 1
                moved = True
        if not moved:
            break
    return ranks


def _sequence(tree: Node) -> Extent:
    actors = {actor.text.strip() for actor in tree.every("actor")}
    lines = len(tree.every("signal")) + 2 * len(tree.every("note_statement"))
    blocks = sum(1 for token in tree.tokens if token.name in ("loop", "alt", "else", "opt", "par", "and", "critical"))
    return Extent(max(1, len(actors)) * 200, 190 + 48 * lines + 50 * blocks)
