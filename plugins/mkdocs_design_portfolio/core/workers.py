"""Work on many things in several processes: in one phase, or in two where each sees what all found in the first."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

Item = TypeVar("Item", contravariant=True)
First = TypeVar("First")
Second = TypeVar("Second", covariant=True)
_Item = TypeVar("_Item")
_Second = TypeVar("_Second")
LEAST = 8
"""Below so many things another process is not worth its start."""


class Work(Protocol[Item, First, Second]):
    """What is to be done to each thing."""

    def first(self, item: Item) -> First:
        """Do the first half."""

    def learn(self, found: Sequence[First]) -> None:
        """Take in what came of the first half, of all things."""

    def second(self, item: Item) -> Second:
        """Do the second half, in the process that did the first."""


def together(
    work: Callable[[_Item], _Second], items: Sequence[_Item], *, size: Callable[[_Item], int]
) -> Iterator[tuple[_Item, _Second]]:
    """Yield each thing with what comes of it, as it is done."""
    crew: Crew[_Item, None, _Second] = Crew(_Single(work), size=size)
    yield from crew.run(items)


class _Single(Generic[_Item, _Second]):
    """Work of one phase."""

    def __init__(self, work: Callable[[_Item], _Second]) -> None:
        self.second = work

    def first(self, item: _Item) -> None:
        """Nothing."""

    def learn(self, found: Sequence[None]) -> None:
        """Nothing."""


class Crew(Generic[_Item, First, _Second]):
    """Does some work on things, in the order of size; in this process where no other can help."""

    def __init__(self, work: Work[_Item, First, _Second], *, size: Callable[[_Item], int]) -> None:
        self.work = work
        self.size = size

    def run(self, items: Sequence[_Item]) -> Iterator[tuple[_Item, _Second]]:
        """Yield each thing with what came of its second half, as it is done."""
        count = min(processors(), len(items) // LEAST * 2)
        if count < 2:
            self.work.learn([self.work.first(item) for item in items])
            for item in items:
                yield item, self.work.second(item)
            return
        largest_first = sorted(range(len(items)), key=lambda number: -self.size(items[number]))
        shares = [largest_first[number::count] for number in range(count)]
        yield from self._together(items, shares)

    def _together(self, items: Sequence[_Item], shares: Sequence[Sequence[int]]) -> Iterator[tuple[_Item, _Second]]:
        context = multiprocessing.get_context("fork")
        left: dict[Connection, Sequence[int]] = {}
        started = []
        gc.collect()
        gc.freeze()  # so that looking for garbage does not copy what the processes share
        try:
            for share in shares:
                ours, theirs = context.Pipe()
                others = [*left, ours]
                process = context.Process(target=self._serve, args=(theirs, others, items, share), daemon=True)
                process.start()
                theirs.close()
                left[ours] = share
                started.append(process)
            lost: list[int] = []
            found: dict[int, First] = dict(self._gather(left, lost))
            alone = [*lost]
            for number in alone:
                found[number] = self.work.first(items[number])
            learnt = [found[number] for number in range(len(items))]
            self.work.learn(learnt)
            for connection in list(left):
                with contextlib.suppress(OSError):
                    connection.send(learnt)
            lost.clear()
            for number, second in self._gather(left, lost):
                yield items[number], second
            for number in alone:
                yield items[number], self.work.second(items[number])
            for number in lost:
                self.work.first(items[number])
                yield items[number], self.work.second(items[number])
        finally:
            gc.unfreeze()
            for connection in left:
                connection.close()
            for process in started:
                process.join(timeout=5)
                if process.is_alive():
                    process.kill()

    def _gather(self, left: dict[Connection, Sequence[int]], lost: list[int]) -> Iterator[tuple[int, Any]]:
        """Yield what the processes send of one phase; what a process that broke down did not send is `lost`."""
        waiting = {connection: list(share) for connection, share in left.items()}
        while waiting:
            for ready in wait(list(waiting)):
                assert isinstance(ready, Connection)
                try:
                    number, result = ready.recv()
                except (EOFError, OSError):
                    lost += waiting.pop(ready)
                    del left[ready]  # it takes part in no later phase
                    ready.close()
                    continue
                waiting[ready].remove(number)
                if not waiting[ready]:
                    del waiting[ready]
                yield number, result

    def _serve(
        self, line: Connection, others: Sequence[Connection], items: Sequence[_Item], share: Sequence[int]
    ) -> None:
        """Be one of the processes. A mistake ends it: the first process then meets the same, and tells."""
        for other in others:
            other.close()
        gc.freeze()
        gc.set_threshold(250_000, 20, 100)
        with contextlib.suppress(Exception):
            for number in share:
                line.send((number, self.work.first(items[number])))
            self.work.learn(line.recv())
            for number in share:
                line.send((number, self.work.second(items[number])))


def aside(work: Callable[[], _Second]) -> Callable[[], _Second]:
    """Begin some work in a process of its own; what is returned waits for it, and gives what came of it.

    Where no other process can help, or it broke down, the work is done then and here.
    """
    if processors() < 2:
        return work
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    gc.freeze()
    process = context.Process(target=_do_aside, args=(work, theirs), daemon=True)
    process.start()
    gc.unfreeze()
    theirs.close()

    def result() -> _Second:
        try:
            found: _Second = ours.recv()
        except (EOFError, OSError):
            return work()
        finally:
            ours.close()
            process.join(timeout=5)
        return found

    return result


def _do_aside(work: Callable[[], object], line: Connection) -> None:
    """Be that process. A mistake ends it: the first process then meets the same, and tells."""
    with contextlib.suppress(Exception):
        line.send(work())


def processors() -> int:
    """Return how many processes may work side by side; 1 where a running thread or the system forbids a fork."""
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return 1
    if sys.platform == "darwin":  # its system libraries may not survive a fork
        return 1
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
