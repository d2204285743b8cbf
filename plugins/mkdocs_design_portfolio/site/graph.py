"""Portfolio -> the map: where each stage, design and note is drawn, and what joins them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..core.model import Design, Note, Portfolio, Stage

COLUMN, ROW, HEAD, MARGIN = 196, 36, 24, 16
"""The width of a column, the height of a row, the base line of the headings, the border; in px."""
_LABEL = 24
"""How many letters of a title fit into a line of a column; there are two."""


@dataclass(frozen=True, slots=True)
class Node:
    """A design or note."""

    id: str
    work: Design | Note
    lines: tuple[str, ...]
    """As much of its title as there is room for: one line or two."""
    rest: str
    """What there is no room for; read out, not drawn."""
    x: int
    """The centre of its mark, in px, as `y` is."""
    y: int
    neighbours: tuple[Design | Note, ...]

    @property
    def right(self) -> int:
        """About where its label ends, in px."""
        return self.x + 16 + round(max(sum(map(_width, line)) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Edge:
    """A curve between two nodes that refer to each other."""

    source: str
    target: str
    path: str
    """As SVG has it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A stage, or what stands at none."""

    stage: Stage | None
    title: str
    label: str
    x: int
    width: int
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing; its sizes are in px."""

    columns: tuple[Column, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    head: int = HEAD

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node, column by column."""
        return tuple(node for column in self.columns for node in column.nodes)


def draw(portfolio: Portfolio) -> Map:
    """Lay out a portfolio: a column for each stage, its designs above its notes.

    The same portfolio always gives the same drawing. Of what stands at several stages, the first counts.
    """
    neighbours = _neighbours(portfolio)
    columns = tuple(_columns(portfolio, neighbours))
    nodes = {node.work.path: node for column in columns for node in column.nodes}
    edges = tuple(
        Edge(nodes[path].id, nodes[other.path].id, _curve(nodes[path], nodes[other.path]))
        for path, others in neighbours.items()
        for other in others
        if path < other.path
    )
    rows = max((len(column.nodes) for column in columns), default=0)
    return Map(columns, edges, len(columns) * COLUMN + MARGIN, HEAD + 24 + rows * ROW + MARGIN)


def _neighbours(portfolio: Portfolio) -> dict[str, tuple[Design | Note, ...]]:
    """Return what each design and note refers to or is referred to by, by its path."""
    joined: dict[str, set[str]] = {work.path: set() for work in portfolio}
    for item in portfolio.references:
        if item.source.path in joined and item.target.path in joined:
            joined[item.source.path].add(item.target.path)
            joined[item.target.path].add(item.source.path)
    works = {work.path: work for work in portfolio}
    rank = {path: number for number, path in enumerate(works)}
    return {
        path: tuple(works[other] for other in sorted(others, key=rank.__getitem__)) for path, others in joined.items()
    }


def _columns(portfolio: Portfolio, neighbours: dict[str, tuple[Design | Note, ...]]) -> Iterator[Column]:
    works: dict[str, list[Design | Note]] = {stage.id: [] for stage in portfolio.stages}
    elsewhere: list[Design | Note] = []
    for work in portfolio:
        works.get(work.stage, elsewhere).append(work)
    groups: list[tuple[Stage | None, str, list[Design | Note]]] = [
        (stage, stage.title, works[stage.id]) for stage in portfolio.stages
    ]
    if elsewhere:
        groups.append((None, "At no stage" if groups else "Designs and notes", elsewhere))
    first = 0
    for number, (stage, title, found) in enumerate(groups):
        x = MARGIN + number * COLUMN
        nodes = tuple(_nodes(found, x, first, neighbours))
        first += len(nodes)
        yield Column(stage, title, _short(title), x, COLUMN - 2 * MARGIN, nodes)


def _nodes(
    works: Iterable[Design | Note], x: int, first: int, neighbours: dict[str, tuple[Design | Note, ...]]
) -> Iterator[Node]:
    for row, work in enumerate(works):
        y = HEAD + 36 + row * ROW
        lines, rest = _lines(work.title)
        yield Node(f"dp-node-{first + row}", work, lines, rest, x + 6, y, neighbours[work.path])


def _lines(title: str) -> tuple[tuple[str, ...], str]:
    """Return a title in one line or two, and what there is no room for."""
    title = " ".join(title.split())
    first, *others = textwrap.wrap(title, _LABEL) or [""]
    if not others:
        return (first,), ""
    cut = len(others) > 1  # a sign for that stands behind it
    second, *rest = textwrap.wrap(title[len(first) :].strip(), _LABEL - 1 if cut else _LABEL)
    return (first, second), " ".join(rest)


def _curve(source: Node, target: Node) -> str:
    """Return a curve between two nodes: across columns from the end of a label, within one as a bow to the left."""
    if source.x == target.x:
        bow = 10 + min(24, abs(target.y - source.y) // 6)
        return f"M{source.x} {source.y}C{source.x - bow} {source.y} {target.x - bow} {target.y} {target.x} {target.y}"
    left, right = sorted((source, target), key=lambda node: node.x)
    middle = (left.right + right.x) // 2
    return f"M{left.right} {left.y}C{middle} {left.y} {middle} {right.y} {right.x} {right.y}"


def _width(letter: str) -> float:
    """Return about how wide a letter of a label is, in px."""
    if letter in " '()-.,:Ifijlrt":
        return 4.2
    return 10.8 if letter in "MWmw" else 8.8 if letter.isupper() else 7.4


def _short(title: str) -> str:
    return title if len(title) <= _LABEL else title[: _LABEL - 1].rstrip() + "…"
