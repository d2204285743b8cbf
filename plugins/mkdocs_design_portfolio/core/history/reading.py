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
from .lives import follow
from .log import Log
from .repository import NoHistoryError, Repository, repository_of


class FirstTexts:
    """The first text of each design, where it is known; unpacked when somebody asks, as a new comparison does."""

    def __init__(self, texts: Mapping[str, str] | None = None, *, packed: bytes = b"") -> None:
        self._texts = texts
        self._packed = packed

    def get(self, path: str) -> str | None:
        """Return the first text of a design, or None."""
        if self._texts is None:
            self._texts = json.loads(zlib.decompress(self._packed)) if self._packed else {}
        return self._texts.get(path)


@dataclass
class History:
    """What git knows of the documents of a portfolio, by their path; of all others it says nothing."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    why_not: str = ""
    """Why there is no history."""
    texts: FirstTexts = field(default_factory=FirstTexts)
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
        self._names: tuple[str, ...] = ()

    def begin(self) -> None:
        """Start git, unless what it would say is known."""
        if not self._settings.history:
            self._known = History(why_not="it is switched off")
            return
        try:
            self._repository = found = repository_of(self._settings.root)
            parts = (self._code, found.head, found.prefix, *self._folders, *sorted(found.shallow))
            self._names = (digest("history", *parts), digest("first texts", *parts)) if found.head else ()
            self._known = self._load()
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
        return History(files, texts=FirstTexts(texts), needed=self._save(files, texts))

    def _save(self, files: Mapping[str, FileHistory], texts: Mapping[str, str]) -> frozenset[str]:
        if self._store is None or not self._names:
            return frozenset()
        facts, first = self._names
        self._store.save(first, zlib.compress(json.dumps(texts).encode(), 1))
        self._store.save(facts, json.dumps({path: _packed(item) for path, item in files.items()}).encode())
        return frozenset(self._names)

    def _load(self) -> History | None:
        if self._store is None or not self._names:
            return None
        facts, texts = map(self._store.load, self._names)
        if facts is None or texts is None:
            return None
        try:
            files = {path: _unpacked(*item) for path, item in json.loads(facts).items()}
        except (ValueError, TypeError, AttributeError):
            return None
        return History(files, texts=FirstTexts(packed=texts), needed=frozenset(self._names))


def _packed(item: FileHistory) -> list[object]:
    days = [day.isoformat() if day else None for day in (item.created, item.changed)]
    return [*days, item.first, item.last, [(version.date.isoformat(), version.subject) for version in item.versions]]


def _unpacked(
    created: str | None, changed: str | None, first: str, last: str, versions: list[tuple[str, str]]
) -> FileHistory:
    written = tuple(Version(dt.date.fromisoformat(day), subject) for day, subject in versions)
    return FileHistory(_day(created), _day(changed), first, last, written)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _ids(raw: bytes, like: str) -> tuple[str, ...]:
    """Return the ids that git gives to a file's content: as it is, and with the line ends that it keeps."""
    made = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return tuple(
        made(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        for content in dict.fromkeys((raw, raw.replace(b"\r\n", b"\n")))
    )
