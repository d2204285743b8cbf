"""Changes to several files that happen all or not at all, also when the process is killed.

The whole intent is written to one file first, in one step. From then on it will be carried out: by
the process that wrote it, or by the next command that finds it there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .files import replace_file
from .model import Problem

JOURNAL = ".mkdocs-rename.json"
"""The file of the intent, in the project's root."""


class JournalError(Exception):
    """The changes cannot be made, and none was; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one file."""

    path: str
    """Relative to the project's root."""
    before: bytes | None
    """What it holds; None for a file that is not there yet."""
    after: bytes | None
    """What it is to hold; None for a file that goes away."""


def carry_out(root: Path, changes: Sequence[Change], *, what: str) -> tuple[Problem, ...]:
    """Make all changes or none. `what` says in words what they are for.

    A new file comes first and an old one goes last. Returns a problem for each file that somebody
    changes at this very moment: it is left alone. Raises `JournalError`, with nothing changed, when a
    file is no longer as it was or cannot be written.
    """
    ordered = sorted(changes, key=lambda change: (change.before is not None, change.after is None))
    for change in ordered:
        _check(root, change)
    data = {"what": what, "changes": [_packed(change) for change in ordered]}
    _begin(root, json.dumps(data, ensure_ascii=False))
    try:
        return _finish(root, ordered)
    except KeyboardInterrupt:
        _finish(root, ordered)
        raise
    except OSError as error:
        raise _undo(root, ordered, error) from None


def recover(root: Path) -> tuple[str, tuple[Problem, ...]]:
    """Carry out what an interrupted process left behind.

    Returns what was finished, in words (empty when there was nothing), and a problem for each file
    that somebody has changed since: it is left alone.
    """
    path = root / JOURNAL
    what = ""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        changes = [_unpacked(item) for item in data["changes"]]
        what = str(data["what"])
        if not all((root / item.path).resolve().is_relative_to(root.resolve()) for item in changes):
            raise ValueError("a path leaves the project")
    except FileNotFoundError:
        return "", ()
    except (OSError, ValueError, KeyError, TypeError):
        mend = "remove it, and look at the project with 'git status'"
        return "", (Problem(JOURNAL, None, "an interrupted rename left a file that cannot be read", mend),)
    try:
        return what, _finish(root, changes)
    except OSError as error:
        fact = f"the rename of {what} cannot be finished: {_reason(error)}"
        return "", (Problem(JOURNAL, None, fact, "mend that; the next command tries again"),)


def _undo(root: Path, changes: Sequence[Change], error: OSError) -> JournalError:
    """Put everything back after a failure; where that fails too, the intent stays for the next command."""
    path = Path(error.filename or ".").name
    try:
        for change in reversed(changes):
            if _read(root / change.path) != change.after:  # not reached yet, or changed by somebody else
                continue
            if change.before is None:
                (root / change.path).unlink()
            else:
                replace_file((root / change.path).resolve(), change.before)
        (root / JOURNAL).unlink()
    except OSError:
        fact = f"the rename stopped half-way: {_reason(error)}"
        return JournalError(Problem(path, None, fact, "mend that; the next command finishes it"))
    return JournalError(Problem(path, None, f"cannot be written: {_reason(error)}", "mend that; nothing was changed"))


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _begin(root: Path, text: str) -> None:
    """Write the intent down: the one step from nothing to everything."""
    draft = root / f"{JOURNAL}.{secrets.token_hex(4)}"
    try:
        with draft.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _name(draft, root / JOURNAL)
    except FileExistsError:
        fact = "another rename is under way"
        raise JournalError(Problem(JOURNAL, None, fact, "wait for it, or run 'mkdocs progress' to finish it")) from None
    except OSError as error:
        fact = f"cannot be written: {_reason(error)}"
        raise JournalError(Problem(JOURNAL, None, fact, "mend the folder's permissions or its disk")) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _name(draft: Path, path: Path) -> None:
    """Give a finished file its name, in one step that fails when the name is taken."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError from None
        draft.replace(path)


def _finish(root: Path, changes: Iterable[_Intent | Change]) -> tuple[Problem, ...]:
    """Bring every file to its new state, whatever was done already, and forget the intent."""
    problems = []
    for change in changes:
        path = root / change.path
        now = _read(path)
        if now == change.after:
            continue
        if not _is_before(change, now):
            fact = "was changed while a rename was under way, so the rename left it alone"
            problems.append(Problem(change.path, None, fact, "look for links to the old name in it"))
        elif change.after is None:
            path.unlink()
        else:
            replace_file(path.resolve(), change.after)
    (root / JOURNAL).unlink(missing_ok=True)
    return tuple(problems)


def _check(root: Path, change: Change) -> None:
    path = root / change.path
    now = _read(path)
    if now == change.before:
        folder = path.resolve().parent
        if not os.access(folder, os.W_OK):
            raise JournalError(Problem(change.path, None, "its folder cannot be written", "mend its permissions"))
        return
    if change.before is None:
        raise JournalError(Problem(change.path, None, "there is such a file already", "choose another title"))
    raise JournalError(Problem(change.path, None, "was changed at this moment", "try again"))


@dataclass(frozen=True, slots=True)
class _Intent:
    """A change as the journal has it: of the old content only a digest."""

    path: str
    digest: str | None
    after: bytes | None


def _is_before(change: _Intent | Change, now: bytes | None) -> bool:
    if isinstance(change, Change):
        return now == change.before
    return change.digest == (_digest(now) if now is not None else None)


def _packed(change: Change) -> dict[str, Any]:
    return {
        "path": change.path,
        "before": _digest(change.before) if change.before is not None else None,
        "after": change.after.decode("latin-1") if change.after is not None else None,
    }


def _unpacked(item: dict[str, Any]) -> _Intent:
    after = item["after"]
    return _Intent(item["path"], item["before"], after.encode("latin-1") if after is not None else None)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
