"""The one git process of a build, and what it prints: every commit that touched a document, newest first.

All of it is asked for at once: for each commit the names and ids of the files, and the patches, of which that of a new
file holds its whole text. The output goes to a file, so that git works on its own while the portfolio is read.
"""

from __future__ import annotations

import datetime as dt
import mmap
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from .repository import NoHistoryError, Repository

_PATIENCE = 300
"""Seconds after which git is not waited for."""
_ANY = (":(top)*.md", ":(top)*.markdown", ":(top)*.mdown", ":(top)*.mkd", ":(top)*.txt")
"""Documents, wherever they are or were: a file that moved into the portfolio began elsewhere."""
_FORMAT = "--format=%x01%H%x00%ad%x00%s"
_COMMAND = (
    *("--no-pager", "--no-replace-objects"),
    *("-c", "log.showRoot=true", "-c", "log.follow=false", "-c", "diff.relative=false"),
    *("log", "--topo-order", "-z", _FORMAT, "--date=short", "--encoding=UTF-8", "--no-color", "--no-show-signature"),
    *("-c", "--combined-all-paths", "--raw", "--no-abbrev", "-B", "-M", "-l4000"),
    *("-p", "-U0", "--full-index", "--text", "--no-ext-diff", "--no-textconv", "--irreversible-delete"),
)
_ELSEWHERE = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_DIFF_OPTS"),
        *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    }
)
"""Variables that would have git look at another repository, or at this one in another way."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit did to a file."""

    status: str
    """`A`dded, `C`opied, `M`odified, `D`eleted, `R`enamed, of another `T`ype; in a merge, a letter each parent."""
    before: tuple[bytes, ...]
    """The path that it had, in each parent."""
    path: bytes
    old: str
    """The id of the text before; empty in a merge."""
    new: str
    mode: str
    """What sort of file it is since then."""

    @property
    def removed(self) -> bool:
        """Whether there is no such file since then."""
        return not self.new.strip("0")


class Commit:
    """A commit that touched a document."""

    __slots__ = ("_data", "_end", "_start", "date", "entries", "id", "subject")

    def __init__(
        self, id: str, date: dt.date, subject: str, entries: Sequence[Entry], data: mmap.mmap, start: int, end: int
    ) -> None:
        self.id = id
        self.date = date
        self.subject = subject
        self.entries = entries
        self._data, self._start, self._end = data, start, end

    def text(self, id: str) -> bytes | None:
        """Return the text of a file that the commit added, or None where it does not show that."""
        nothing = b"0" * len(id)
        at = self._data.find(b"\nindex %s..%s\n" % (nothing, id.encode()), self._start - 1, self._end)
        if at < 0:
            return None
        end = self._data.find(b"\ndiff --git ", at, self._end)
        patch = self._data[at:end] if end >= 0 else self._data[at : self._end]
        _, _, hunk = patch.partition(b"\n@@ ")
        raw = b"\n".join(line[1:] for line in hunk.split(b"\n")[1:] if line[:1] == b"+")
        return raw if not hunk or b"\n\\ No newline" in hunk else raw + b"\n"


class Log:
    """A running `git log`."""

    def __init__(self, repository: Repository) -> None:
        git = shutil.which("git")
        if git is None:
            raise NoHistoryError("git is not installed")
        env = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        env |= {"GIT_CEILING_DIRECTORIES": str(repository.top.parent), "GIT_GRAFT_FILE": os.devnull, "LC_ALL": "C"}
        env |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
        self._out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._err: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        command = [git, *_COMMAND, repository.head or "HEAD", "--", *_ANY]
        try:
            self._process = subprocess.Popen(
                command, cwd=repository.top, env=env, stdin=subprocess.DEVNULL, stdout=self._out, stderr=self._err
            )
        except OSError as error:
            self._close()
            raise NoHistoryError(f"git does not start: {error}") from None

    def commits(self) -> Iterator[Commit]:
        """Wait for git; yield the commits, newest first. Raises `NoHistoryError` where git has none to tell of."""
        try:
            if self._process.wait(_PATIENCE):
                self._err.seek(0)
                said = self._err.read(2000).decode("utf-8", "replace").strip().splitlines()
                raise NoHistoryError(f"git says: {said[0] if said else self._process.returncode}")
            if os.fstat(self._out.fileno()).st_size:
                with mmap.mmap(self._out.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    yield from _commits(data)
        except subprocess.TimeoutExpired:
            raise NoHistoryError(f"git takes more than {_PATIENCE} s") from None
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process, whose output nobody wants."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._close()

    def _close(self) -> None:
        self._out.close()
        self._err.close()


def _commits(data: mmap.mmap) -> Iterator[Commit]:
    """Yield what stands in the output; a line of a patch never begins with the sign that a commit begins with."""
    at, size = 0, len(data)
    while at < size:
        if data[at] != 1:
            raise NoHistoryError("git answers in a way that is not understood")
        id, at = _field(data, at + 1)
        date, at = _field(data, at)
        subject, at = _field(data, at)
        while data[at : at + 1] in (b"\0", b"\n"):
            at += 1
        entries = []
        while data[at : at + 1] == b":":
            entry, at = _entry(data, at)
            entries.append(entry)
        end = at if data[at : at + 1] == b"\1" else data.find(b"\n\1", at)
        end = size if end < 0 else end if end == at else end + 1
        yield Commit(id.decode(), _day(date), subject.decode("utf-8", "replace"), entries, data, at, end)
        at = end


def _day(text: bytes) -> dt.date:
    try:
        return dt.date.fromisoformat(text.decode("ascii", "replace"))
    except ValueError:
        raise NoHistoryError(f"a commit has the date {text!r}") from None


def _field(data: mmap.mmap, at: int) -> tuple[bytes, int]:
    """Return what stands up to the next NUL, and where one reads on."""
    end = data.find(b"\0", at)
    if end < 0:
        raise NoHistoryError("git's answer breaks off")
    return data[at:end], end + 1


def _entry(data: mmap.mmap, at: int) -> tuple[Entry, int]:
    raw, at = _field(data, at)
    head = raw.decode("ascii", "replace")
    parents = len(head) - len(head.lstrip(":"))
    words = head.lstrip(":").split(" ")
    mode, ids, status = words[parents], words[parents + 1 : -1], words[-1]
    paths = []
    for _ in range(parents + 1 if parents > 1 else 2 if status[0] in "RC" else 1):
        path, at = _field(data, at)
        paths.append(path)
    if parents == 1:
        return Entry(status[0], (paths[0],), paths[-1], ids[0], ids[-1], mode), at
    return Entry(status, tuple(paths[:-1]), paths[-1], "", ids[-1], mode), at
