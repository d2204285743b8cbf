"""A sequence -> who says what to whom, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from .known import Saying
from .said import inside, listed, more, said
from .tree import Node

_BLOCKS = {
    "loop": "Repeated",
    "alt": "If",
    "opt": "Optionally",
    "par": "At the same time",
    "par_over": "At the same time",
    "critical": "Critical",
    "break": "Breaking off",
    "rect": "",
    "box": "",
}
_NEXT = {"else": "Otherwise", "and": "And", "option": "In case of"}


def sequence(tree: Node) -> Iterator[Saying]:
    """Yield the messages and notes of a sequence, those of a block under it."""
    names: dict[str, str] = {}
    for statement in tree.every("participant_statement"):
        actor = statement.first("actor") or statement.first("actor_with_config")
        alias = next((part.text for part in statement.parts if part.name == "restOfLine"), "")
        if actor:
            names[actor.text.strip()] = said(alias) or said(actor.text)
    for document in tree.find("document"):
        yield from _lines(document, names)


def _lines(document: Node, names: dict[str, str]) -> Iterator[Saying]:
    for line in document.parts:
        for statement in inside(line).find("statement"):
            yield from _statement(statement, names)


def _statement(statement: Node, names: dict[str, str]) -> Iterator[Saying]:
    first = statement.parts[0]
    if first.name in _BLOCKS:
        yield from _block(statement, names)
    if not isinstance(first, Node) or first.name not in ("signal", "note_statement"):
        return
    actors = [names.get(actor.text.strip(), said(actor.text)) for actor in first.every("actor")]
    text = next((said(token.text.lstrip(" :")) for token in first.tokens if token.name == "TXT"), "")
    if first.name == "note_statement":
        yield Saying(f"Note on {listed(actors)}{more(text)}")
    elif len(actors) > 1:
        both = any(token.text.startswith("<<") for token in first.tokens)
        to = "itself" if actors[0] == actors[1] else actors[1]
        yield Saying(f"{actors[0]} and {to} to each other{more(text)}" if both else f"{actors[0]} to {to}{more(text)}")


def _block(statement: Node, names: dict[str, str]) -> Iterator[Saying]:
    """Yield what stands in a block: for one with several parts, each part."""
    heading, text = _BLOCKS[statement.parts[0].name], ""
    for part in statement.parts:
        for inner in part.parts if isinstance(part, Node) and part.name.endswith("_sections") else (part,):
            if inner.name == "restOfLine":
                text = said(inner.text)
            elif inner.name in _NEXT:
                heading, text = _NEXT[inner.name], ""
            elif inner.name == "document" and isinstance(inner, Node):
                lines = _lines(inner, names)
                yield from [Saying(heading + more(text), tuple(lines))] if heading else lines
