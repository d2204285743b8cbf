"""A document -> the diagrams in its fences, with the line of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Document
from ..plain import CODE

LANGUAGE = "mermaid"
_OPENS = re.compile(r"(?P<indent>[\s>]*)(?P<fence>`{3,}(?!.*`)|~{3,})\s*\{?\.?(?P<language>[\w+#-]*)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced diagram."""

    line: int
    """Of the file: where the fence opens."""
    source: str
    """What stands in it, without the indent of the fence."""


def fences(document: Document) -> Iterator[Fence]:
    """Yield the diagrams of a document, those in comments left out."""
    if LANGUAGE not in document.body:
        return
    comment = False
    opened: re.Match[str] | None = None
    start, inside = 0, list[str]()
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        if opened:
            bare = line.strip().lstrip("> ") if ">" in opened["indent"] else line.strip()
            if bare.startswith(opened["fence"]) and not bare.strip(opened["fence"][0]):
                if opened["language"].lower() == LANGUAGE:
                    yield Fence(start, "\n".join(inside))
                opened = None
            else:
                inside.append(_without(line, opened["indent"]))
            continue
        shown, comment = _shown(line, comment)
        opened = _OPENS.match(shown)
        start, inside = number, []


def _without(line: str, indent: str) -> str:
    """Return a line without as much of the indent as it has."""
    at = 0
    while at < len(indent) and at < len(line) and line[at] == indent[at]:
        at += 1
    return line[at:]


def _shown(line: str, comment: bool) -> tuple[str, bool]:
    """Return what of a line stands in no comment, and whether it ends in one."""
    if not comment and "<!--" not in line:
        return line, False
    kept = ""
    while line:
        if comment:
            _, closed, line = line.partition("-->")
            comment = not closed
        else:
            at = CODE.sub(lambda code: " " * len(code[0]), line).find("<!--")
            comment = at >= 0
            kept += line[:at] if comment else line
            line = line[at + 4 :] if comment else ""
    return kept, comment
