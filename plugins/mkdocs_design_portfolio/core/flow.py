"""Flow YAML -> Flow."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml

from .assign import normal_heading
from .model import Checkpoint, Coach, Entry, Flow, Kind, Level, Measure, Mistake, Problem, Step
from .suggest import remedy

_N = TypeVar("_N", Kind, Entry, Measure)

_STEP = ("id", "title", "headings", "prompt", "skeleton", "checkpoints", "coach")
_COACH = ("why", "questions", "levels", "mistakes", "concepts", "example")

BUILT_IN = Path(__file__).parent.parent / "flows" / "system-design.yml"
"""The flow of eleven steps that is used where a portfolio names none."""


def read_flow(text: str, *, path: str) -> tuple[Flow | None, tuple[Problem, ...]]:
    """Read a flow; `path` is what problems call the file.

    What can be read is kept: a step or checkpoint with a mistake is told of and left out or
    mended. The flow is None only when no step at all can be read.
    """
    reader = _Reader(path)
    try:
        node = _compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fact = f"the flow is not valid YAML: {getattr(error, 'problem', None) or 'unreadable'}"
        return None, (Problem(path, mark.line + 1 if mark else 1, fact, "mend the YAML"),)
    flow = reader.flow(node)
    return flow, tuple(reader.problems)


def _compose(text: str) -> yaml.Node | None:
    """Read YAML with libyaml, which is fast; what it cannot read with PyYAML's own reader, whose errors are clearer."""
    with contextlib.suppress(yaml.YAMLError):
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return yaml.compose(text, Loader=yaml.SafeLoader)


@dataclass(slots=True)
class _Reader:
    """Collects the problems of one file while its nodes are read."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def flow(self, node: yaml.Node | None) -> Flow | None:
        fields = self._fields(node, "the flow", ("id", "title", "steps"))
        steps = tuple(self._steps(fields.get("steps")))
        if not steps:
            self._say(node, "the flow has no step", "list at least one under 'steps:'")
            return None
        id = self._text(fields.get("id")) or "flow"
        return Flow(id, self._text(fields.get("title")) or id, steps, self.path)

    def _steps(self, node: yaml.Node | None) -> Iterator[Step]:
        ids: dict[str, int] = {}
        headings: dict[str, str] = {}
        for item in self._list(node, "steps"):
            fields = self._fields(item, "a step", _STEP)
            id = self._text(fields.get("id"))
            if not id:
                self._say(item, "a step has no id", "add 'id: some-words'")
                continue
            if id in ids:
                self._say(item, f"step '{id}' is defined twice", f"the first is on line {ids[id]}; rename one")
                continue
            ids[id] = _line(item)
            title = self._text(fields.get("title")) or id
            own = tuple(self._text(heading) for heading in self._list(fields.get("headings"), "headings"))
            for heading in (id, title, *own):
                other = headings.setdefault(normal_heading(heading), id)
                if other != id:
                    fact = f"heading '{heading}' holds both step '{other}' and step '{id}'"
                    self._say(item, fact, "leave it to one of them")
            points = tuple(self._checkpoints(fields.get("checkpoints"), id))
            if not points:
                self._say(item, f"step '{id}' has no checkpoint, so it can never be done", "add one")
            prompt, skeleton = self._text(fields.get("prompt")), self._text(fields.get("skeleton"))
            coach = self._coach(fields["coach"], id) if "coach" in fields else Coach()
            yield Step(id, title, own, " ".join(prompt.split()), skeleton, points, coach, _line(item))

    def _coach(self, node: yaml.Node, step: str) -> Coach:
        fields = self._fields(node, f"the coach of step '{step}'", _COACH)
        levels = (
            self._fields(fields.get("levels"), "'levels'", tuple(level.value for level in Level))
            if "levels" in fields
            else {}
        )
        return Coach(
            _folded(self._text(fields.get("why"))),
            tuple(_folded(self._text(item)) for item in self._list(fields.get("questions"), "questions")),
            tuple((level, _folded(self._text(levels[level]))) for level in Level if level in levels),
            tuple(self._mistakes(fields.get("mistakes"))),
            tuple(self._text(item) for item in self._list(fields.get("concepts"), "concepts")),
            self._text(fields.get("example")),
        )

    def _mistakes(self, node: yaml.Node | None) -> Iterator[Mistake]:
        for item in self._list(node, "mistakes"):
            fields = self._fields(item, "a mistake", ("mistake", "tempting"))
            text = _folded(self._text(fields.get("mistake")))
            if text:
                yield Mistake(text, _folded(self._text(fields.get("tempting"))))
            elif fields:
                self._say(item, "a mistake does not say what it is", "add 'mistake: …'")

    def _checkpoints(self, node: yaml.Node | None, step: str) -> Iterator[Checkpoint]:
        seen: set[str] = set()
        for item in self._list(node, "checkpoints"):
            fields = self._fields(item, "a checkpoint", ("id", "title", "kind", "terms", "at_least", "of", "quantity"))
            id = self._text(fields.get("id"))
            if not id or id in seen:
                fact = f"checkpoint '{id}' of step '{step}' is defined twice" if id else "a checkpoint has no id"
                self._say(item, fact, "give each checkpoint of a step its own id")
                continue
            seen.add(id)
            kind = self._one_of(fields.get("kind"), Kind, "kind") or Kind.ABOUT
            terms = tuple(self._text(term) for term in self._list(fields.get("terms"), "terms"))
            of = tuple(
                entry
                for name in self._list(fields.get("of"), "of")
                if (entry := self._one_of(name, Entry, "entry")) is not None
            )
            quantity = self._one_of(fields["quantity"], Measure, "quantity") if "quantity" in fields else None
            at_least = self._count(fields.get("at_least"))
            if kind is Kind.ABOUT and not terms:
                self._say(item, f"checkpoint '{id}' looks for no term", "add 'terms: […]'")
            elif kind is Kind.COUNT and not of:
                self._say(item, f"checkpoint '{id}' does not say what it counts", "add 'of: [items, rows]'")
            elif quantity and kind is not Kind.NUMBER:
                self._say(fields["quantity"], f"checkpoint '{id}' looks for no number", "add 'kind: number'")
            else:
                title = self._text(fields.get("title")) or id
                yield Checkpoint(id, title, kind, terms, at_least, of, quantity)

    def _fields(self, node: yaml.Node | None, what: str, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self._say(node, f"{what} is not a mapping", "write it as 'name: value' lines")
            return {}
        fields = {}
        for key, value in node.value:
            if key.value in known:
                fields[key.value] = value
            else:
                self._say(key, f"{what} has an unknown field '{key.value}'", remedy(str(key.value), known))
        return fields

    def _list(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._say(node, f"'{what}' is not a list", f"write '{what}: […]'")
            return []
        return list(node.value)

    def _text(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._say(node, "expected text here", "write one value")
            return ""
        return str(node.value).rstrip("\n")

    def _count(self, node: yaml.Node | None) -> int:
        text = self._text(node) or "1"
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            self._say(node, f"'at_least' is {text!r}", "expected a whole number from 1")
            return 1
        return int(text)

    def _one_of(self, node: yaml.Node | None, names: type[_N], what: str) -> _N | None:
        text = self._text(node)
        try:
            return names(text)
        except ValueError:
            self._say(node, f"unknown {what} {text!r}", remedy(text, [name.value for name in names]))
            return None

    def _say(self, node: yaml.Node | None, fact: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, _line(node), fact, remedy))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 1
