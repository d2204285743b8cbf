"""The history of a portfolio: asked of git while the portfolio is read, or taken from a `Store` where nothing moved."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model import FileHistory, Version
from ..settings import Settings
from ..store import Store, digest
from .lives import Life, follow
from .log import Log
from .repository import NoHistoryError, Repository, repository_of


@dataclass
class History:
    """What git knows of the documents of a portfolio, by their path; of all others it says nothing."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    why_not: str = ""
    """Why there is no history."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The first text of each design, where it is known."""
    needed: frozenset[str] = frozenset()
    """The names of what is stored."""

    def of(self, path: str, *, root: Path) -> FileHistory:
        """Return what is known of a document whose file is as it is now."""
        known = self.files.get(path)
        if known is None:
            return FileHistory()
        try:
            raw = (root / path).read_bytes()
        except OSError:
            return FileHistory()
        return known if known.last in _ids(raw, known.last) else known.uncommitted()


class HistoryReader:
    """Reads the history of one build: `begin` asks, `finish` waits for the answer."""

    def __init__(self, settings: Settings, store: Store | None, *, code: str) -> None:
        self._settings = settings
        self._store = store
        self._code = code
        self._repository: Repository | None = None
        self._log: Log | None = None
        self._known: History | None = None
        self._name = ""

    def begin(self) -> None:
        """Start git, unless what it would say is known."""
        if not self._settings.history:
            self._known = History(why_not="it is switched off")
            return
        try:
            self._repository = found = repository_of(self._settings.root)
            self._name = digest("history", self._code, found.head, found.prefix, *self._folders, *sorted(found.shallow))
            self._known = self._load() if found.head else None
            self._log = Log(found) if self._known is None else None
        except NoHistoryError as error:
            self._known = History(why_not=str(error))

    def finish(self) -> History:
        """Return the history."""
        if self._known is None:
            try:
                self._known = self._ask()
            except NoHistoryError as error:
                self._known = History(why_not=str(error))
        return self._known

    def stop(self) -> None:
        """Leave it."""
        if self._log:
            self._log.stop()

    @property
    def _folders(self) -> tuple[str, str]:
        return self._settings.designs_dir, self._settings.notes_dir

    def _ask(self) -> History:
        assert self._repository
        assert self._log
        prefix = self._repository.prefix
        designs, notes = (os.fsencode(f"{prefix}{folder}/") for folder in self._folders)
        commits = self._log.commits()
        lives = follow(commits, folders={designs, notes}, texts=designs, shallow=self._repository.shallow)
        found = {os.fsdecode(life.path).removeprefix(prefix): life for life in lives}
        files = {path: life.history for path, life in found.items()}
        texts = {path: life.text for path, life in found.items() if files[path].first and life.text is not None}
        return History(files, texts=texts, needed=self._save(found, texts))

    def _save(self, lives: Mapping[str, Life], texts: Mapping[str, str]) -> frozenset[str]:
        if self._store is None or not (self._repository and self._repository.head):
            return frozenset()
        data = {path: _packed(life.history) for path, life in lives.items()}
        raw = json.dumps([data, texts]).encode()
        self._store.save(self._name, zlib.compress(raw, 1))
        return frozenset({self._name})

    def _load(self) -> History | None:
        raw = self._store.load(self._name) if self._store else None
        if raw is None:
            return None
        try:
            data, texts = json.loads(zlib.decompress(raw))
            files = {path: _unpacked(*item) for path, item in data.items()}
            return History(files, texts=dict(texts), needed=frozenset({self._name}))
        except (ValueError, TypeError, AttributeError, zlib.error):
            return None


def _packed(item: FileHistory) -> list[object]:
    days = [day.isoformat() if day else None for day in (item.created, item.changed)]
    return [*days, item.first, item.last, [(version.date.isoformat(), version.subject) for version in item.versions]]


def _unpacked(
    created: str | None, changed: str | None, first: str, last: str, versions: list[tuple[str, str]]
) -> FileHistory:
    days = (dt.date.fromisoformat(day) if day else None for day in (created, changed))
    return FileHistory(*days, first, last, tuple(Version(dt.date.fromisoformat(day), text) for day, text in versions))


def _ids(raw: bytes, like: str) -> tuple[str, ...]:
    """Return the ids that git gives to a file's content: as it is, and with the line ends that it keeps."""
    made = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return tuple(
        made(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        for content in dict.fromkeys((raw, raw.replace(b"\r\n", b"\n")))
    )
