"""A folder of blobs under `.cache/`, each with its checksum: what is damaged, foreign or half written is not there."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
from collections.abc import Collection
from pathlib import Path

FOLDER = Path(".cache", "design-portfolio")
"""Relative to the project's root; safe to delete at any time."""
_DIGEST = 16
_GRACE = 3600.0
"""Seconds that a blob nobody needs is kept, for a build that runs at the same time."""


def digest(*parts: bytes | str) -> str:
    """Return a name for some content: the hexadecimal BLAKE2b checksum of its parts, each with its length."""
    made = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(raw).to_bytes(8, "little"))
        made.update(raw)
    return made.hexdigest()


class Store:
    """Blobs by name. It may vanish, be full, or be read-only at any moment: then there is just nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[Path] = set()

    def load(self, name: str) -> bytes | None:
        """Return a blob, or None when there is none that is whole."""
        try:
            raw = self._path(name).read_bytes()
        except OSError:
            return None
        content = raw[_DIGEST:]
        return content if _checksum(name, content) == raw[:_DIGEST] else None

    def save(self, name: str, content: bytes) -> bool:
        """Keep a blob, in one step; return whether that was possible."""
        path = self._path(name)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
        try:
            self._make(path.parent)
            draft.write_bytes(_checksum(name, content) + content)
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            self._made.clear()
            return False
        return True

    def sweep(self, needed: Collection[str]) -> None:
        """Remove what is not among the names that are `needed`, but for what is younger than an hour."""
        now = time.time()
        with contextlib.suppress(OSError):
            for path in self.folder.glob("??/*"):
                if path.name not in needed:
                    with contextlib.suppress(OSError):
                        if now - path.stat().st_mtime > _GRACE:
                            path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def _make(self, folder: Path) -> None:
        if folder not in self._made:
            folder.mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="ascii")
            self._made.add(folder)


def _checksum(name: str, content: bytes) -> bytes:
    """Return a checksum that also fails where a blob stands under another's name."""
    return hashlib.blake2b(content, digest_size=_DIGEST, person=name.encode("ascii", "replace")[:16]).digest()
