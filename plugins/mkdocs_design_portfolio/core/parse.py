"""Markdown text -> a document: metadata, body and sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from frontmatter.default_handlers import YAMLHandler

from .lines import sections_of
from .model import Document, Field, Problem, Section
from .plain import plain

_HANDLER = YAMLHandler()
_BOLD_FIELD = re.compile(
    r"\*\*\s*(?P<name>[A-Za-z][A-Za-z _-]{0,30}?)\s*(?::\s*\*\*|\*\*\s*:)\s*(?P<value>.*?)\s*(?=[|·]?\s*\*\*[A-Za-z]|$)"
)


def parse(text: str, *, path: str) -> tuple[Document, tuple[Problem, ...]]:
    """Take a Markdown file apart.

    `path` is what the document and its problems are called by. A byte-order mark and CRLF line
    ends are forgiven; front matter that cannot be read is a problem, and the body is kept.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, body_line = _front_matter_of(text)
    fields: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()
    if front is not None:
        fields, problems = _load(front, path=path)
    elif re.match(r"---[ \t]*\n[A-Za-z_]+:", text):
        problems = (Problem(path, 1, "the front matter is never closed", "end it with a line '---'"),)
    body = text.split("\n", body_line - 1)[-1] if text.count("\n") >= body_line - 1 else ""
    sections, unclosed = sections_of(body, first_line=body_line)
    if unclosed is not None:
        fact = "a comment or code block is opened and never closed, so nothing below it counts"
        problems += (Problem(path, unclosed, fact, "close it with '-->', or with the fence it began with"),)
    return Document(path, (*fields, *_bold_fields(body, sections, body_line)), body, body_line, sections), problems


@dataclass(frozen=True, slots=True)
class _FrontMatter:
    """YAML between two boundaries, and the line on which the YAML starts."""

    text: str
    line: int

    def line_of(self, pattern: str) -> int:
        """Return the line of the file on which the pattern first matches, or the first line."""
        found = re.search(pattern, self.text, re.MULTILINE)
        return self.line + self.text.count("\n", 0, found.start()) if found else self.line


def _front_matter_of(text: str) -> tuple[_FrontMatter | None, int]:
    """Return the front matter, if there is any, and the line on which the body starts."""
    if not _HANDLER.detect(text):
        return None, 1
    try:
        block, _ = _HANDLER.split(text)
    except ValueError:
        return None, 1
    start = text.index(block, 3)
    return _FrontMatter(block, text.count("\n", 0, start) + 1), text.count("\n", 0, start + len(block)) + 2


def _load(front: _FrontMatter, *, path: str) -> tuple[tuple[Field, ...], tuple[Problem, ...]]:
    try:
        data = _HANDLER.load(front.text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fact = f"the front matter is not valid YAML: {getattr(error, 'problem', None) or 'unreadable'}"
        return (), (Problem(path, front.line + (mark.line if mark else 0), fact, "quote the value, or mend it"),)
    except ValueError as error:
        line = front.line_of(r":\s*\d{4}-\d\d?-\d\d?")
        return (), (Problem(path, line, f"the front matter has an impossible value: {error}", "mend the value"),)
    if data is None:
        return (), ()
    if not isinstance(data, Mapping):
        return (), (Problem(path, 1, "the front matter is not a mapping", "write it as 'name: value' lines"),)
    lines = {str(name): front.line_of(rf"^[\"']?{re.escape(str(name))}[\"']?\s*:") for name in data}
    return tuple(Field(str(name), value, lines[str(name)]) for name, value in data.items()), ()


def _bold_fields(body: str, sections: tuple[Section, ...], body_line: int) -> tuple[Field, ...]:
    """Read `**Status**: Draft` lines between the title and the next heading."""
    numbers = [
        line.number for section in sections[:2] if section.level <= 1 for line in section.lines if "**" in line.source
    ]
    lines = body.split("\n") if numbers else []
    return tuple(
        Field(plain(found["name"]).lower(), found["value"].strip(" |·"), number, bold=True)
        for number in numbers
        for found in _BOLD_FIELD.finditer(re.sub(r"<!--.*?-->", "", lines[number - body_line]))
    )
