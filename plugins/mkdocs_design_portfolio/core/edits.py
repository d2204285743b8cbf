"""Small changes to a file that leave every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .model import Document
from .scaffold import with_field

_LINE_END = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of one line, and what is to stand there."""

    line: int
    """Of the file, counted from 1."""
    start: int
    end: int
    text: str


def lines_of(raw: bytes) -> list[str]:
    """Return the lines of a file without their ends."""
    return _LINE_END.split(raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff"))[::2]


def edited(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file with some stretches replaced and everything else as it is, byte for byte."""
    parts = _LINE_END.split(raw.decode("utf-8", "surrogateescape"))
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.start), reverse=True):
        at = (edit.line - 1) * 2
        shift = 1 if edit.line == 1 and parts[0].startswith("\ufeff") else 0
        line = parts[at]
        parts[at] = line[: edit.start + shift] + edit.text + line[edit.end + shift :]
    return "".join(parts).encode("utf-8", "surrogateescape")


def with_fields(content: bytes, document: Document, fields: Mapping[str, str | tuple[str, ...]]) -> bytes:
    """Return a document with fields set in its front matter, which is made where there is none."""
    if not fields:
        return content
    text = content.decode("utf-8", "surrogateescape")
    found = _LINE_END.search(text)
    end = found[0] if found else "\n"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    parts = _LINE_END.split(text.removeprefix(mark))
    last = document.body_line - 2
    if last > 0:
        front = "".join(f"{line}\n" for line in parts[2 : last * 2 : 2])
        rest = "".join(parts[last * 2 :])
    else:
        front, rest = "", f"---{end}{end}{''.join(parts)}"
    for name, value in fields.items():
        front = with_field(front, name, value)
    return f"{mark}---{end}{front.replace(chr(10), end)}{rest}".encode("utf-8", "surrogateescape")
