"""States, entities and classes -> how they hang together, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .known import Saying
from .said import more, said, text_of
from .tree import Node, Part

_HOW_MANY = {
    "ONLY_ONE": "exactly one",
    "ZERO_OR_ONE": "zero or one",
    "ZERO_OR_MORE": "zero or more",
    "ONE_OR_MORE": "one or more",
    "MD_PARENT": "as its parent",
}
_RELATIONS = (
    # the left end, the line, the right end, and what that says; no line: either of both
    ("EXTENSION", "LINE", "", "{1} is a kind of {0}"),
    ("EXTENSION", "DOTTED_LINE", "", "{1} implements {0}"),
    ("COMPOSITION", "", "", "{0} is made of {1}"),
    ("AGGREGATION", "", "", "{0} has {1}"),
    ("DEPENDENCY", "LINE", "", "{1} knows {0}"),
    ("DEPENDENCY", "DOTTED_LINE", "", "{1} depends on {0}"),
    ("", "LINE", "EXTENSION", "{0} is a kind of {1}"),
    ("", "DOTTED_LINE", "EXTENSION", "{0} implements {1}"),
    ("", "", "COMPOSITION", "{1} is made of {0}"),
    ("", "", "AGGREGATION", "{1} has {0}"),
    ("", "LINE", "DEPENDENCY", "{0} knows {1}"),
    ("", "DOTTED_LINE", "DEPENDENCY", "{0} depends on {1}"),
)


def states(tree: Node) -> Iterator[Saying]:
    """Yield the transitions of a machine, those of a composite state under it, and notes."""
    names: dict[str, str] = {}
    for statement in tree.every("statement"):
        found = {part.name: part.text for part in statement.parts}
        if "STATE_DESCR" in found and "ID" in found:
            names[found["ID"].strip()] = said(found["STATE_DESCR"])
        elif list(found) == ["idStatement", "DESCR"]:
            names.setdefault(_state(statement.parts[0]), said(found["DESCR"].lstrip(" :")))
    for document in tree.find("document"):
        yield from _transitions(document, names)


def _state(part: Part) -> str:
    return part.text.split(":::")[0].strip()


def _transitions(document: Node, names: dict[str, str]) -> Iterator[Saying]:
    for statement in document.find("statement"):
        found = {part.name: part.text for part in statement.parts}
        ids = [_state(part) for part in statement.parts if part.name == "idStatement"]
        if len(ids) == 2:
            ends = zip(ids, ("the start", "the end"), strict=True)
            start, end = (end if id == "[*]" else names.get(id, id) for id, end in ends)
            yield Saying(f"From {start} to {end}{more(said(found.get('DESCR', '').lstrip(' :')))}")
        if "NOTE_TEXT" in found:
            id = found.get("ID", "").strip()
            text = re.sub(r"\s*\bend note\s*$|^\s*:", "", found["NOTE_TEXT"], flags=re.IGNORECASE)
            yield Saying(f"Note on {names.get(id, id)}{more(said(text))}")
        inner = statement.first("document")
        if isinstance(inner, Node):
            name = (found.get("COMPOSIT_STATE") or found.get("ID") or "").strip()
            yield Saying(f"Inside {names.get(name, name)}", tuple(_transitions(inner, names)))


def entities(tree: Node) -> Iterator[Saying]:
    """Yield the relationships of entities, and the attributes of each."""
    names: dict[str, str] = {}
    for statement in tree.every("statement"):
        named = [said(part.text) for part in statement.parts if part.name == "entityName"]
        if len(named) == 2 and not statement.first("relSpec"):
            names[named[0]] = named[1]
    for statement in tree.every("statement"):
        named = [names.get(it, it) for it in (said(part.text) for part in statement.parts if part.name == "entityName")]
        relation, attributes = statement.first("relSpec"), statement.first("attributes")
        if isinstance(relation, Node) and len(named) == 2:
            counts = [part.tokens[0].name for part in relation.find("cardinality")]
            shown = [f"{name} ({_HOW_MANY.get(count, count)})" for name, count in zip(named, counts, strict=False)]
            yield Saying(f" {text_of(statement.first('role')) or 'with'} ".join(shown))
        elif isinstance(attributes, Node) and named:
            yield Saying(f"{named[0]} has", tuple(Saying(_attribute(it)) for it in attributes.find("attribute")))


def _attribute(attribute: Node) -> str:
    kind, name = text_of(attribute.first("attributeType")), text_of(attribute.first("attributeName"))
    keys = [part.text for part in attribute.every("attributeKeyType")]
    return f"{name}: {', '.join([kind, *keys])}"


def classes(tree: Node) -> Iterator[Saying]:
    """Yield the members of classes, and how the classes are related."""
    labels: dict[str, str] = {}
    for identifier in tree.every("classIdentifier"):
        name, label = identifier.first("className"), identifier.first("classLabel")
        if name and isinstance(label, Node):
            labels[_class(name)] = said("".join(token.text for token in label.tokens if token.name == "STR"))
    members: dict[str, list[str]] = {}
    for statement in tree.every("classStatement"):
        own = [said(token.text) for token in statement.tokens if token.name == "MEMBER" and token.text.strip()]
        members.setdefault(next((_class(part) for part in statement.every("className")), ""), []).extend(own)
    for statement in tree.every("memberStatement"):
        about = statement.first("LABEL")
        members.setdefault(_class(statement.parts[0]), []).extend([said(about.text.lstrip(" :"))] if about else [])
    for key, held in members.items():
        if held:
            yield Saying(f"{labels.get(key, key)} has", tuple(map(Saying, held)))
    for statement in tree.every("statement"):
        found, label = statement.first("relationStatement"), statement.first("LABEL")
        if isinstance(found, Node):
            yield from _relation(found, labels, said(label.text.lstrip(" :")) if label else "")


def _class(part: Part) -> str:
    """Return the name of a class as a reader sees it."""
    tokens = part.tokens if isinstance(part, Node) else (part,)
    return said("".join(f" of {token.text}" if token.name == "GENERICTYPE" else token.text for token in tokens))


def _relation(found: Node, labels: dict[str, str], about: str) -> Iterator[Saying]:
    names = [labels.get(name, name) for name in (_class(part) for part in found.parts if part.name == "className")]
    relation = found.first("relation")
    if len(names) != 2 or not isinstance(relation, Node):
        return
    kinds = [token.name for token in relation.tokens]
    at = next((index for index, name in enumerate(kinds) if name in ("LINE", "DOTTED_LINE")), 0)
    left, line, right = "".join(kinds[:at]), kinds[at], "".join(kinds[at + 1 :])
    fitting = (verb for one, kind, other, verb in _RELATIONS if (one, other) == (left, right) and kind in ("", line))
    yield Saying(next(fitting, "{0} and {1} are connected").format(*names) + more(about))
