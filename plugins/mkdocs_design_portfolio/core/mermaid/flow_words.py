"""A flowchart -> what leads where, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .known import Saying
from .said import inside, listed, more, said, text_of
from .tree import Node, Tree

_LINE = re.compile(r"(?P<left><|[xo](?=[-=]))?[-=.]+(?:.*[-=.])?(?P<right>[>xo])?", re.DOTALL)
_LABEL = re.compile(r'\blabel:\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^,}\n]+))')


class Flowchart:
    """What a flowchart draws."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.labels = _labels_of(tree)
        """What stands in each node and over each subgraph, by its name."""
        self.arrows = tuple(_arrows(tree))
        """Each arrow from one name to another."""


def flowchart(drawn: Flowchart) -> Iterator[Saying]:
    """Yield the arrows of a flowchart, then its subgraphs, then what stands alone."""
    tree, labels = drawn.tree, drawn.labels
    joined = {token.text.strip().rstrip("@") for token in tree.tokens if token.name == "LINK_ID"}
    for source, link, target in drawn.arrows:
        if "~~~" not in link.text:
            joined.update((source, target))
            yield Saying(_sentence(link, labels[source], labels[target]))
    grouped: set[str] = set()
    for statement in tree.every("statement"):
        if id := _group(statement):
            members = _members(statement)
            grouped.update(members)
            if members:
                yield Saying(f"{labels[id]} holds {listed([labels[member] for member in members])}")
    alone = [_id(vertex) for vertex in tree.every("vertex")]
    if left := list(dict.fromkeys(labels[id] for id in alone if id not in joined | grouped)):
        yield Saying(f"{listed(left)} {'stands' if len(left) == 1 else 'stand'} alone")


def _id(vertex: Node) -> str:
    found = vertex.first("idString")
    return found.text if found else vertex.text


def _group(statement: Node) -> str:
    """Return the name of the subgraph that a statement is, or nothing."""
    if statement.parts[0].name != "subgraph":
        return ""
    return next((part.text.strip() for part in statement.parts if part.name == "textNoTags"), "")


def _labels_of(tree: Tree) -> dict[str, str]:
    labels: dict[str, str] = {}
    for vertex in tree.every("vertex"):
        id, text = _id(vertex), text_of(vertex.first("text"))
        if text or id not in labels:
            labels[id] = text or id.replace("_", " ")
    for name in ("vertexStatement", "node"):
        for part in tree.every(name):
            labels.update(_data_labels(part))
    for statement in tree.every("statement"):
        if id := _group(statement):
            labels[id] = text_of(statement.first("text")) or said(id)
    return labels


def _data_labels(part: Node) -> Iterator[tuple[str, str]]:
    """Yield the labels that nodes are given as data: `A@{ label: "…" }`."""
    for before, data in pairwise(part.parts):
        if data.name == "shapeData" and (found := _LABEL.search(data.text)):
            for vertex in inside(before).every("vertex")[-1:]:
                yield _id(vertex), said(found["quoted"] or found["bare"] or "")


def _members(statement: Node) -> list[str]:
    """Return the names of what stands in a subgraph itself."""
    found: list[str] = []
    for line in statement.find("statement"):
        found += [group] if (group := _group(line)) else [_id(vertex) for vertex in line.every("vertex")]
    return list(dict.fromkeys(found))


def _arrows(tree: Tree) -> Iterator[tuple[str, Node, str]]:
    for statement in tree.every("vertexStatement"):
        sources: list[str] = []
        link: Node | None = None
        for part in statement.parts:
            if part.name == "link" and isinstance(part, Node):
                link = part
            elif part.name == "node":
                targets = [_id(vertex) for vertex in inside(part).every("vertex")]
                if link:
                    yield from ((source, link, target) for source in sources for target in targets)
                sources = targets


def _sentence(link: Node, source: str, target: str) -> str:
    text = next((text_of(part) for part in link.find("edgeText", "text")), "")
    line = "".join(token.text.strip() for token in link.tokens if token.name in ("START_LINK", "LINK"))
    found = _LINE.fullmatch(line)
    if found and found["left"] and found["right"]:
        return f"{source} and {target} lead to each other{more(text)}"
    return f"{source} {'leads' if found and found['right'] else 'is joined'} to {target}{more(text)}"
