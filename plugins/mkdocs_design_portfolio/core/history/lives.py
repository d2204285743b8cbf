"""Commits -> the life of each document: from the text that is checked out back to its first, through its names.

Commits come newest first. A document is followed under the name that it has now, and from a rename on under the one
that it had before. What was once removed, and later written anew under the same name, is another document; unless it
came back just as it went.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from ..model import FileHistory, Version
from .log import Commit, Entry

_LINK = "120000"
"""The mode of a symbolic link, whose text is the path that it leads to."""


@dataclass(slots=True)
class Life:
    """What is known so far of one document."""

    path: bytes
    last: str
    created: dt.date | None = None
    first: str = ""
    text: str | None = None
    """Its first text; None where that is not known."""
    versions: list[Version] = field(default_factory=list)
    lost: bool = False
    """Whether it is older than what is known of it."""

    @property
    def history(self) -> FileHistory:
        """What is known of it."""
        days = [version.date for version in self.versions]
        changed = max(days, default=None)
        if self.lost:
            return FileHistory(None, changed, "", self.last, tuple(self.versions))
        return FileHistory(self.created, changed, self.first, self.last, tuple(self.versions))


def follow(
    commits: Iterable[Commit], *, folders: Collection[bytes], texts: bytes, shallow: Collection[str]
) -> Iterator[Life]:
    """Yield the life of each document that is checked out below one of the `folders`.

    First texts are kept of those below `texts`. Of a commit in `shallow`, what came before it is not known, so neither
    is what it did.
    """
    follower = _Follower(tuple(folders), texts)
    for commit in commits:
        follower.take(commit, known=commit.id not in shallow)
    yield from follower.lives


class _Follower:
    def __init__(self, folders: tuple[bytes, ...], texts: bytes) -> None:
        self.folders = folders
        self.texts = texts
        self.lives: list[Life] = []
        self.named: dict[bytes, Life | None] = {}
        """Who is meant by a name at this point of the past; None for a document that is not there any more."""
        self.begun: set[bytes] = set()
        """The names that began, seen from now; before that they may have meant another document."""

    def take(self, commit: Commit, *, known: bool) -> None:
        """Go back by one commit."""
        meant: dict[bytes, Life | None] = {}
        self.begun.update(entry.path for entry in commit.entries if entry.status in ("A", "C", "R"))
        for entry in commit.entries:
            if entry.removed:
                self._removed(entry, meant)
                continue
            life = self._life(entry)
            earlier = [path for path in dict.fromkeys(entry.before) if path != entry.path and "R" in entry.status]
            for path in earlier:
                self._renamed(path, life, meant)
            if life is None:
                continue
            if not known or entry.mode == _LINK:
                life.lost = True
            elif set(entry.status) <= {"A", "C"}:
                self._added(entry, life, commit)
                self.begun.add(entry.path)
            else:
                if entry.old != entry.new:
                    life.versions.append(Version(commit.date, commit.subject))
                life.lost |= "T" in entry.status
        self.begun.difference_update(meant)
        self.named.update(meant)

    def _life(self, entry: Entry) -> Life | None:
        """Return whose text a commit gave; the newest text of a name is what is checked out."""
        if entry.path not in self.named and entry.path.startswith(self.folders):
            life = Life(entry.path, entry.new)
            self.lives.append(life)
            self.named[entry.path] = life
        return self.named.get(entry.path)

    def _added(self, entry: Entry, life: Life, commit: Commit) -> None:
        """Take in that a document began; where two branches added it, with the one that was earlier."""
        life.versions.append(Version(commit.date, commit.subject))
        if life.created is not None and life.created <= commit.date:
            return
        life.created, life.first = commit.date, entry.new
        raw = commit.text(entry.new) if life.path.startswith(self.texts) else None
        life.text = _decoded(raw) if raw is not None else None

    def _removed(self, entry: Entry, meant: dict[bytes, Life | None]) -> None:
        """Take in that a name ceased: what had it before was another document, or came back as it was."""
        path = entry.path
        life = self.named.get(path)
        if life is None:
            self.named.setdefault(path, None)
        elif path in self.begun:
            if life.first == entry.old and life.created is not None:
                life.created, life.first, life.text = None, "", None
                life.versions.pop()
                self.begun.discard(path)
            else:
                meant[path] = None

    def _renamed(self, path: bytes, life: Life | None, meant: dict[bytes, Life | None]) -> None:
        """Take in that a document had another name before."""
        other = self.named.get(path)
        if other is not None and other is not life and path not in self.begun:
            if life is not None:
                life.lost = True  # two branches tell two stories
            return
        meant[path] = life


def _decoded(raw: bytes) -> str | None:
    """Return a text; None where the repository keeps something else in its place."""
    if raw.startswith(b"version https://git-lfs.github.com/"):
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
