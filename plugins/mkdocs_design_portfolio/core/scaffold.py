"""A title -> a new file, created once or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from .model import Problem
from .slug import slugify
from .template import PLACEHOLDER, fill

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BOLD_LINE = re.compile(r"^\*\*[A-Za-z][\w -]*(?::\*\*|\*\*\s*:).*$", re.MULTILINE)
_TITLE_TOKEN, _DATE_TOKEN = "TITLE9d3f0c", "DATE9d3f0c"


class ScaffoldError(Exception):
    """A new file cannot be made; the problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Fields:
    """What is put into a new document beside its title and date."""

    stage: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def items(self) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
        """Return the fields that have a value, as (name, value)."""
        pairs = ((item.name, getattr(self, item.name)) for item in dataclasses.fields(self))
        return tuple((name, value) for name, value in pairs if value)


def clean_title(title: str, *, command: str) -> str:
    """Return a title without the white space around it, or raise `ScaffoldError` in the name of a command."""
    strange = [char for char in title if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    if strange:
        raise _title_error(command, f"the title has a control character (U+{ord(strange[0]):04X})", "leave it out")
    stripped = title.strip()
    if not stripped:
        raise _title_error(command, "the title is empty", 'name it, as in "rate limiter"')
    if not slugify(stripped):
        fact = f"nothing of the title {stripped!r} can stand in a file name"
        raise _title_error(command, fact, "use a letter or a digit")
    return stripped


def file_name(title: str, date: dt.date | None) -> str:
    """Return the name of a file: `YYYY-MM-DD-slug.md`, or `slug.md` without a date; at most 200 bytes."""
    return f"{date.isoformat()}-{slugify(title)}.md" if date else f"{slugify(title)}.md"


def render(template: str, *, title: str, date: dt.date, fields: Fields | None = None) -> str:
    """Return a new document's text: the template with its placeholders filled.

    In front matter the title is quoted as YAML needs it. Fields go into the front matter, or
    into bold lines (`**Tags**: …`) where the template has none.
    """
    text = template.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fields = fields or Fields()
    found = _FRONT_MATTER.match(text)
    if not found:
        return _with_bold_lines(fill(text, title=title, date=date), fields)
    front = _filled_yaml(found["yaml"], title, date)
    for name, value in fields.items():
        front = with_field(front, name, value)
    return f"---\n{front}---\n" + fill(text[found.end() :], title=title, date=date)


def create(path: Path, text: str, *, name: str) -> None:
    """Write a new file whole, or leave no trace; never replace one.

    `name` is what errors call it. Raises `ScaffoldError` when the file exists (also when another
    process makes it at this instant) or cannot be written.
    """
    draft = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            _link(draft, path)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    except FileExistsError:
        mend = "open it, or choose another title or --date"
        raise ScaffoldError(Problem(name, None, "there is such a file already", mend)) from None
    except OSError as error:
        fact = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise ScaffoldError(Problem(name, None, fact, "mend the folder's permissions or its disk")) from None


def _link(draft: Path, path: Path) -> None:
    """Give a finished file its name, in one step that fails when the name is taken."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with path.open("xb") as file:
            file.write(draft.read_bytes())


def with_field(front: str, name: str, value: str | tuple[str, ...]) -> str:
    """Set one field of front matter, in place of the line it has or after the last one."""
    return with_yaml(front, name, as_yaml(value) if isinstance(value, str) else f"[{', '.join(map(as_yaml, value))}]")


def with_yaml(front: str, name: str, shown: str) -> str:
    """Set one field of front matter as `with_field` does, to YAML: a scalar, or a block from its line end on."""
    own = re.compile(rf"^{name}[ \t]*:.*\n(?:[ \t]+\S.*\n|-[ \t].*\n)*", re.MULTILINE)
    field = f"{name}:{shown}\n" if shown.startswith("\n") else f"{name}: {shown}\n"
    return own.sub(lambda _: field, front, count=1) if own.search(front) else front + field


def _title_error(command: str, fact: str, mend: str) -> ScaffoldError:
    return ScaffoldError(Problem(command, None, fact, mend))


def _filled_yaml(front: str, title: str, date: dt.date) -> str:
    """Fill the placeholders of front matter and quote each scalar that holds the title."""
    marked = PLACEHOLDER.sub(lambda found: _TITLE_TOKEN if found["title"] else _DATE_TOKEN, front)
    try:
        scalars = [event for event in yaml.parse(marked) if isinstance(event, yaml.ScalarEvent)]
    except yaml.YAMLError:
        scalars = []
    values = {_TITLE_TOKEN: title, _DATE_TOKEN: date.isoformat()}
    pieces, done = [], 0
    for scalar in scalars:
        if _TITLE_TOKEN in scalar.value and scalar.style not in ("|", ">") and scalar.start_mark and scalar.end_mark:
            pieces += [
                _with_values(marked[done : scalar.start_mark.index], values),
                as_yaml(_with_values(scalar.value, values)),
            ]
            done = scalar.end_mark.index
    return "".join(pieces) + _with_values(marked[done:], values)


def _with_values(text: str, values: Mapping[str, str]) -> str:
    """Put each value in the place of its token, once: what a value holds stays."""
    return re.sub("|".join(values), lambda token: values[token[0]], text)


def as_yaml(value: str) -> str:
    """Return a string as a YAML scalar on one line: plain where it reads back as itself."""
    if re.fullmatch(r"[^\W\d_](?:[\w .+/()'-]*[\w)+])?", value):
        with contextlib.suppress(yaml.YAMLError, ValueError):
            if yaml.safe_load(f"[{value}]") == [value]:
                return value
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")


def _with_bold_lines(text: str, fields: Fields) -> str:
    """Set fields as bold lines, beside the template's own or under its title."""
    for name, value in fields.items():
        shown = value if isinstance(value, str) else ", ".join(value)
        own = re.compile(rf"^\*\*{name}(?::\*\*|\*\*[ \t]*:).*$", re.MULTILINE | re.IGNORECASE)
        added = f"**{name.capitalize()}**: {shown}"
        bold = list(_BOLD_LINE.finditer(text.split("\n## ", 1)[0]))
        if own.search(text):
            text = own.sub(lambda _, line=added: line, text, count=1)  # type: ignore[misc]
        elif bold:
            text = f"{text[: bold[-1].end()]}\n{added}{text[bold[-1].end() :]}"
        else:
            head, newline, rest = text.partition("\n")
            text = f"{head}\n\n{added}\n{newline and rest}"
    return text
