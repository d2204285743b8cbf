"""A document's fields -> typed values, with a problem for each wrong one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from .model import Document, Field, Flow, Problem, Status
from .plain import plain
from .suggest import nearest, remedy
from .words import COMMON

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
"""How the stem of a dated file begins."""

WORK_FIELDS = (
    "title",
    "date",
    "stage",
    "topic",
    "tags",
    "aliases",
    "notes",
    "summary",
    "draft",
    "redirect_from",
    "unlinked_concepts",
)
"""What designs and notes have in common."""

DESIGN_FIELDS = (*WORK_FIELDS, "status", "checkpoints")
NOTE_FIELDS = (*WORK_FIELDS, "concepts")
REVIEW_FIELDS = ("title", "date", "design", "findings", "draft")

RELATED = ("related", "related notes", "related designs")
"""The bold lines that name related designs and notes."""

_T = TypeVar("_T")


@dataclass(slots=True)
class Metadata:
    """Reads the fields of one document; what is wrong is collected in `problems`."""

    document: Document
    stem: str
    """The file's name without `.md`."""
    problems: list[Problem] = field(default_factory=list)

    def check_names(self, known: Iterable[str]) -> None:
        """Tell of fields that look like a misspelt one of ours; all others belong to somebody else."""
        names = set(known)
        missing = names - {item.name for item in self.document.fields}
        for item in self.document.fields:
            if item.bold and item.name in COMMON:  # "**Note:** …" is a sentence
                continue
            if item.name not in names and (near := nearest(item.name, missing, cutoff=0.8)):
                self._say(item, f"unknown field '{item.name}'", f"did you mean '{near}'?")

    def title(self) -> str:
        """Return the title: the field, else the H1, else the file's name."""
        if text := self._text("title"):
            return text
        heading = self.document.heading
        if heading and heading.title:
            return heading.title
        words = DATED.sub("", self.stem, count=1).replace("-", " ").replace("_", " ").strip()
        return words[:1].upper() + words[1:] or self.stem

    def date(self, *, required: bool) -> dt.date | None:
        """Return the date: the field, else the file name's; None with a problem when `required`."""
        given = self._read("date", _date)
        if given is not None:
            return given
        if named := DATED.match(self.stem):
            try:
                return dt.date.fromisoformat(named[1])
            except ValueError:
                fact = f"the file name has an impossible date '{named[1]}'"
                self.problems.append(Problem(self.document.path, 1, fact, "rename the file YYYY-MM-DD-words.md"))
                return None
        if required and not any(problem.fact.startswith("date ") for problem in self.problems):
            mend = "add 'date: YYYY-MM-DD', or begin the file name with it"
            self.problems.append(Problem(self.document.path, 1, "the design has no date", mend))
        return None

    def status(self) -> Status:
        """Return the status; `draft` where none is given."""
        return self._read("status", _status) or Status.DRAFT

    def stage(self) -> str:
        """Return the id of a stage, unchecked, or empty."""
        return self._text("stage")

    def words(self, name: str) -> tuple[str, ...]:
        """Return the entries of a field that is a list or text with commas, each once."""
        return self._read(name, _words) or ()

    def unlinked(self) -> tuple[str, ...] | None:
        """Return the concepts that are not to be linked in the text; None for `true`, which means all."""
        field = self.document.field("unlinked_concepts")
        if field and isinstance(field.value, bool):
            return None if field.value else ()
        return self.words("unlinked_concepts")

    def summary(self) -> str:
        """Return the one-sentence summary, or empty."""
        return self._text("summary")

    def unpublished(self) -> bool:
        """Return whether `draft: true` keeps the document out of the published site."""
        return self._read("draft", _truth) or False

    def declared(self, flow: Flow) -> dict[tuple[str, str], bool]:
        """Return what `checkpoints:` overrules, as (step id, checkpoint id) -> met."""
        item = self.document.field("checkpoints")
        if item is None or item.value is None:
            return {}
        if not isinstance(item.value, dict):
            self._say(item, "checkpoints is not a mapping", "write 'checkpoints: {step/checkpoint: true}'")
            return {}
        known = {f"{step.id}/{point.id}": (step.id, point.id) for step in flow.steps for point in step.checkpoints}
        overruled = {}
        for name, met in item.value.items():
            if str(name) not in known:
                self._say(item, f"unknown checkpoint '{name}'", _checkpoint_remedy(str(name), flow))
            elif not isinstance(met, bool):
                self._say(item, f"checkpoint '{name}' is {met!r}", "expected true or false")
            else:
                overruled[known[str(name)]] = met
        return overruled

    def _text(self, name: str) -> str:
        return self._read(name, _text) or ""

    def _read(self, name: str, convert: Callable[[object], _T | None]) -> _T | None:
        """Convert one field; a placeholder or an empty value is None, a wrong one a problem."""
        item = self.document.field(name)
        if item is None or item.value is None or (isinstance(item.value, str) and not _given(item.value)):
            return None
        try:
            return convert(item.value)
        except ValueError as error:
            fact, _, mend = str(error).partition("; ")
            self._say(item, f"{name} {fact}", mend)
            return None

    def _say(self, item: Field, fact: str, remedy: str) -> None:
        self.problems.append(Problem(self.document.path, item.line, fact, remedy))


def _given(value: str) -> bool:
    """Whether a value is more than a placeholder of its template."""
    text = value.strip()
    return bool(text) and text != "YYYY-MM-DD" and "{{" not in text and bool(plain(text))


def _text(value: object) -> str:
    if isinstance(value, (dict, list)):
        raise ValueError(f"is {_kind(value)}; expected text")
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f"{str(value)!r} is not a date; expected YYYY-MM-DD") from None


def _status(value: object) -> Status | None:
    names = [re.sub(r"[\W_]+", "-", name.lower()).strip("-") for name in str(value).split("/")]
    known = [status.value for status in Status]
    if len(names) > 1 and all(name in known for name in names):
        return None
    if names[0] in known and len(names) == 1:
        return Status(names[0])
    raise ValueError(f"{str(value)!r} is unknown; {remedy(names[0], known)}")


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        parts = [part.strip() for part in plain(value).split(",")]
    elif isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        parts = [_text(item) for item in value if item is not None]
    else:
        raise ValueError(f"is {_kind(value)}; expected a list of words")
    return tuple(dict.fromkeys(part for part in parts if part))


def split_names(value: object) -> tuple[str, ...]:
    """Return the entries of a list or of text with commas; none where it is something else."""
    try:
        return _words(value)
    except ValueError:
        return ()


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"is {value!r}; expected true or false")


def _kind(value: object) -> str:
    return {"dict": "a mapping", "list": "a list", "bool": "a truth value"}.get(type(value).__name__, "a value")


def _checkpoint_remedy(name: str, flow: Flow) -> str:
    """Return the nearest 'step/checkpoint', of the named step alone where there is such a step."""
    of_step = flow.step(name.partition("/")[0])
    steps = (of_step,) if of_step else flow.steps
    return remedy(name, [f"{step.id}/{point.id}" for step in steps for point in step.checkpoints])
