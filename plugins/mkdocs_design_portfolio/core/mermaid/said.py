"""What the readers of all kinds of diagrams share: a sentence, a label as a reader sees it, a look into a tree."""

from __future__ import annotations

import re

from .prepared import decoded
from .tree import Node, Part

_BREAK = re.compile(r"<br\s*/?>|\\n|\n", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRONG = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")


def said(text: str) -> str:
    """Return a label as a reader sees it: without quotes, tags and, in a Markdown string, its marks."""
    text = " ".join(decoded(_TAG.sub("", _BREAK.sub(" ", text))).split())
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = _STRONG.sub(r"\2", text[1:-1].strip())
    return text


def text_of(part: Part | None) -> str:
    """Return what a part says, or nothing where there is none."""
    if isinstance(part, Node) and any(token.name == "MD_STR" for token in part.tokens):
        return said(f"`{part.text}`")
    return said(part.text) if part else ""


def inside(part: Part) -> Node:
    """Return a node that holds a part, to look for it and in it alike."""
    return Node("", (part,))


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def more(text: str) -> str:
    """Return what is said behind a colon, or nothing."""
    return f": {text}" if text else ""
