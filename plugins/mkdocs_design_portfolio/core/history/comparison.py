"""The first version of a design, held against what it says now: step by step."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..assign import Held, sections_by_step
from ..model import Design, Flow, Since, Step, StepChange, StepState
from ..parse import parse
from ..scan import read_design
from ..statements import statements_of
from ..store import Store, digest
from ..template import Template
from ..workers import together
from .difference import Stretch, difference, folded
from .passages import Passage, passages_of
from .reading import History


@dataclass(frozen=True, slots=True)
class Compared:
    """A step that changed, with the text of both versions."""

    change: StepChange
    then: tuple[Passage, ...]
    now: tuple[Passage, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its passages, side by side; what did not change folded away."""
        return folded(difference(self.then, self.now))


@dataclass(frozen=True, slots=True)
class _Side:
    """A step in one version."""

    state: StepState
    said: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Beginnings:
    """The first versions of designs, read as the designs are read now."""

    flow: Flow
    template: Template | None
    history: History

    @cached_property
    def context(self) -> str:
        """The checksum of what all comparisons go by."""
        return digest(repr(self.flow), self.template.text if self.template else "")

    def compare(self, design: Design) -> tuple[Compared, ...]:
        """Return the steps of a design that say something else than in its first version."""
        text = self.history.texts.get(design.path)
        if text is None:
            return ()
        first, _ = read_design(parse(text, path=design.path)[0], self.flow, self.template, None)
        then, now = self._sides(first), self._sides(design)
        found = (_compared(item.step, then[item.step.id], now[item.step.id]) for item in design.steps)
        return tuple(item for item in found if item)

    def key(self, design: Design) -> str | None:
        """Return the checksum of what the comparison of a design is made of, but for the code."""
        known = self.history.files.get(design.path)
        if known is None or not known.first:
            return None
        return digest(self.context, design.path, known.first, repr(design.document.fields), design.document.body)

    def _sides(self, design: Design) -> dict[str, _Side]:
        held = sections_by_step(self.flow, design.document)
        template = self.template
        given = template.given_to(title=design.title, date=design.date) if template else frozenset()

        def side(state: StepState, sections: tuple[Held, ...]) -> _Side:
            said = any(statements_of(sections, given=given))
            return _Side(state, said, passages_of(sections, design.document, given=given))

        return {item.step.id: side(item.state, held.get(item.step.id, ())) for item in design.steps}


def changes_of(
    beginnings: Beginnings, designs: Iterable[Design], store: Store | None, *, code: str
) -> tuple[dict[str, tuple[StepChange, ...]], frozenset[str]]:
    """Return the steps of each design that changed since its first version, by its path.

    What a `store` keeps is not compared again; the names of what is kept there are returned too.
    """
    name = digest("since first", code, beginnings.context)
    known = _load(store, name)
    keys = {design.path: key for design in designs if (key := beginnings.key(design))}
    missing = [design for design in designs if keys.get(design.path, "") not in known and design.path in keys]
    fresh = {
        keys[design.path]: [_packed(item.change) for item in found]
        for design, found in together(beginnings.compare, missing, size=lambda design: len(design.document.body))
    }
    kept = {key: known[key] if key in known else fresh[key] for key in keys.values()}
    if store and kept != known:
        store.save(name, json.dumps(kept).encode())
    steps = {step.id: step for step in beginnings.flow.steps}
    changes = {path: tuple(_unpacked(item, steps) for item in kept[key]) for path, key in keys.items()}
    return changes, frozenset({name})


def _compared(step: Step, then: _Side, now: _Side) -> Compared | None:
    if now.said and not then.said:
        since = Since.WRITTEN
    elif _words(then) != _words(now):
        since = Since.REVISED
    else:
        return None
    return Compared(StepChange(step, since, then.state, now.state), then.passages, now.passages)


def _words(side: _Side) -> list[str]:
    return [word for item in side.passages for word in item.text.split()]


_Packed = list[str]


def _load(store: Store | None, name: str) -> dict[str, list[_Packed]]:
    raw = store.load(name) if store else None
    try:
        found = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _packed(item: StepChange) -> _Packed:
    return [item.step.id, item.since.value, item.then.value, item.now.value]


def _unpacked(item: _Packed, steps: Mapping[str, Step]) -> StepChange:
    id, since, then, now = item
    return StepChange(steps[id], Since(since), StepState(then), StepState(now))
