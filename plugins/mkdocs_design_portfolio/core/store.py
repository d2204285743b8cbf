"""A folder of blobs under `.cache/`, each with its checksum: what is damaged, foreign or half written is not there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Collection
from pathlib import Path

FOLDER = Path(".cache", "design-portfolio")
"""Relative to the project's root; safe to delete at any time."""
_DIGEST = 16
"""The length of a checksum, in bytes."""
_GRACE = 3600.0
"""Seconds that a blob nobody needs is kept, for a build that runs at the same time."""


def digest(*parts: bytes | str) -> str:
    """Return a name for some content: the start of the SHA-256 checksum of its parts, each with its length."""
    made = hashlib.sha256(usedforsecurity=False)
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(raw).to_bytes(8, "little"))
        made.update(raw)
    return made.hexdigest()[: 2 * _DIGEST]


class Store:
    """Blobs by name. It may vanish, be full, or be read-only at any moment: then there is just nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[str] = set()

    def load(self, name: str) -> bytes | None:
        """Return a blob, or None when there is none that is whole."""
        try:
            with open(self._path(name), "rb", buffering=0) as file:  # noqa: PTH123  # hundreds of them
                raw = file.read()
        except OSError:
            return None
        content = raw[_DIGEST:]
        return content if _checksum(name, content) == raw[:_DIGEST] else None

    def save(self, name: str, content: bytes) -> bool:
        """Keep a blob, in one step; return whether that was possible."""
        path = self._path(name)
        draft = f"{path}.{secrets.token_hex(4)}.tmp"
        try:
            self._make(name[:2])
            with open(draft, "wb") as file:  # noqa: PTH123  # hundreds of them
                file.write(_checksum(name, content) + content)
            os.replace(draft, path)  # noqa: PTH105
        except OSError:
            with contextlib.suppress(OSError):
                Path(draft).unlink(missing_ok=True)
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

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name[:2], name)  # noqa: PTH118

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="ascii")
            self._made.add(folder)


def _checksum(name: str, content: bytes) -> bytes:
    """Return a checksum that also fails where a blob stands under another's name."""
    made = hashlib.sha256(name.encode(), usedforsecurity=False)
    made.update(content)
    return made.digest()[:_DIGEST]
