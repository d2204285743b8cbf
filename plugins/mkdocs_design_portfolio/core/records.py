"""What was read of each document, kept in a `Store`: a document that did not change is not read again.

A record holds a design or note, the problems found in it, and whatever was worked out from its text alone
(`Document.derived`). The lines of its sections, most of what there is, are not in it; they are read again from the
document's body should somebody look at them, which few do.

Records are pickled, and an unpickler makes whatever it is told to. This one makes dataclasses and enumerations of
`core`, dates and sets, and nothing else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import io
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar, overload

from .lines import sections_of
from .model import Checkpoint, Design, Flow, Line, Note, Problem, Step
from .store import Store, digest
from .workers import together

Work = TypeVar("Work", Design, Note)
Read = tuple[Work, tuple[Problem, ...]]
_PLAIN: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__name__): kind for kind in (dt.date, dt.datetime, dt.timezone, dt.timedelta, set, frozenset)
}


_CORE = f"{__package__}."


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a document, and where it stands."""

    path: str
    text: str


@dataclass(slots=True)
class _Record:
    work: Design | Note
    problems: tuple[Problem, ...]
    kept: frozenset[str]
    """What had been worked out when it was last kept."""


@dataclass
class Records:
    """The records of one portfolio; without a store, documents are read each time."""

    store: Store | None = None
    context: str = ""
    """The checksum of the code that reads them."""
    _records: dict[str, _Record] = field(default_factory=dict)

    def read(
        self, sources: Sequence[Source], read: Callable[[Source], Read[Work]], *, flow: Flow, context: str
    ) -> Iterator[Read[Work]]:
        """Yield what `read` returns for each source, as kept where it was read before.

        `context` is the checksum of everything else that `read` goes by. What was not kept is read in several
        processes where that helps.
        """
        store = self.store
        if store is None:
            yield from map(read, sources)
            return
        parts = _parts(flow)
        names = [digest("record", self.context, context, source.path, source.text) for source in sources]
        for name in names:
            if name not in self._records and (packed := store.load(name)) is not None:
                self._take(name, packed, parts)
        missing = [number for number, name in enumerate(names) if name not in self._records]

        def read_anew(number: int) -> bytes | None:
            packed = _pack(*read(sources[number]))
            if packed:
                store.save(names[number], packed)
            return packed

        for number, packed in together(read_anew, missing, size=lambda number: len(sources[number].text)):
            if packed is None or not self._take(names[number], packed, parts):
                self._records[names[number]] = _Record(*read(sources[number]), frozenset())
        for name in names:
            yield self._records[name].work, self._records[name].problems  # type: ignore[misc]

    def keep(self) -> frozenset[str]:
        """Keep what was worked out since; return the names of all records."""
        for name, record in self._records.items():
            worked_out = frozenset(record.work.document.derived)
            if self.store and worked_out != record.kept and (packed := _pack(record.work, record.problems)):
                self.store.save(name, packed)
                record.kept = worked_out
        return frozenset(self._records)

    def _take(self, name: str, packed: bytes, parts: dict[str, object]) -> bool:
        found = _unpack(packed, parts)
        if found is None:
            return False
        self._records[name] = _Record(*found, frozenset(found[0].document.derived))
        return True


class Lines(Sequence[Line]):
    """The lines of one section, read when first asked for."""

    __slots__ = ("held", "number")

    def __init__(self, held: _Held, number: int) -> None:
        self.held = held
        self.number = number

    def __len__(self) -> int:
        return len(self.held.lines[self.number])

    def __iter__(self) -> Iterator[Line]:
        return iter(self.held.lines[self.number])

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        return self.held.lines[self.number][at]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, Lines) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class _Held:
    """The lines of all sections of a document, which are in no record: they are read again when somebody looks."""

    __slots__ = ("_lines", "body", "first_line")

    def __init__(self) -> None:
        self.body = ""
        self.first_line = 1
        self._lines: list[tuple[Line, ...]] | None = None

    @property
    def lines(self) -> list[tuple[Line, ...]]:
        if self._lines is None:
            sections, _ = sections_of(self.body, first_line=self.first_line)
            self._lines = [tuple(section.lines) for section in sections]
        return self._lines


class _Pickler(pickle.Pickler):
    """Packs a record: parts of the flow by their name, the lines of sections by the number of the section."""

    def __init__(self, file: io.BytesIO, work: Design | Note) -> None:
        super().__init__(file, protocol=4)
        self.sections = {id(section.lines): number for number, section in enumerate(work.document.sections)}
        steps = [item.step for item in work.steps] if isinstance(work, Design) else []
        self.parts = {id(point): f"{step.id}/{point.id}" for step in steps for point in step.checkpoints}
        self.parts |= {id(step): step.id for step in steps}

    def reducer_override(self, obj: Any) -> Any:
        """Pack a dataclass as what it is made with, which is faster to read than what `dataclasses` does."""
        kind: Any = type(obj)
        names = _arguments(kind)
        return (type(obj), tuple(getattr(obj, name) for name in names)) if names else NotImplemented

    def persistent_id(self, obj: Any) -> str | int | None:
        """Return the name of a part of the flow, or the number of the section whose lines these are."""
        kind = type(obj)
        if kind is Step or kind is Checkpoint:
            return self.parts[id(obj)]
        if kind is Lines or (kind is tuple and obj and type(obj[0]) is Line):
            return self.sections[id(obj)]
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, packed: bytes, flow: dict[str, object], held: _Held) -> None:
        super().__init__(io.BytesIO(packed))
        self.flow = flow
        self.held = held

    def persistent_load(self, pid: Any) -> object:
        return Lines(self.held, pid) if type(pid) is int else self.flow[pid]

    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@functools.cache
def _class(module: str, name: str) -> type:
    """Return a class that may stand in a record, or raise `UnpicklingError`."""
    if (plain := _PLAIN.get((module, name))) is not None:
        return plain
    found = getattr(sys.modules.get(module), name, None) if module.startswith(_CORE) else None
    if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, Enum)):
        return found
    raise pickle.UnpicklingError(f"{module}.{name} is no part of a record")


def _pack(work: Design | Note, problems: tuple[Problem, ...]) -> bytes | None:
    """Return a record as bytes; None for one with a value that cannot be packed."""
    file = io.BytesIO()
    pickler = _Pickler(file, work)
    try:
        pickler.dump((work, problems))
    except (pickle.PicklingError, TypeError, AttributeError, KeyError, RecursionError):
        return None
    return file.getvalue()


def _unpack(packed: bytes, parts: dict[str, object]) -> tuple[Design | Note, tuple[Problem, ...]] | None:
    """Return a record, or None for what is none."""
    held = _Held()
    try:
        work, problems = _Unpickler(packed, parts, held).load()
        held.body, held.first_line = work.document.body, work.document.body_line
    except Exception:  # whatever is wrong with it, the document is read again
        return None
    return (work, problems) if isinstance(work, (Design, Note)) else None


def _parts(flow: Flow) -> dict[str, object]:
    """Return the steps and checkpoints of a flow by what records call them."""
    found: dict[str, object] = {step.id: step for step in flow.steps}
    return found | {f"{step.id}/{point.id}": point for step in flow.steps for point in step.checkpoints}


@functools.cache
def _arguments(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass of `core` in the order in which it takes them; none for any other type."""
    if not kind.__module__.startswith(_CORE) or not dataclasses.is_dataclass(kind):
        return ()
    fields = dataclasses.fields(kind)
    return () if any(field.kw_only or not field.init for field in fields) else tuple(field.name for field in fields)
