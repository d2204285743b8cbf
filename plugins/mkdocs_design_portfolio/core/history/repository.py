"""Where the repository of a project is, read from its files: no process is started for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class NoHistoryError(Exception):
    """There is no history to be had, and why."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a project is part of."""

    top: Path
    """The folder that holds `.git`, without symbolic links."""
    prefix: str
    """The project in it: empty, or with `/` at its end."""
    head: str
    """The id of the commit that is checked out; empty where the files do not tell."""
    shallow: frozenset[str]
    """The commits of a shallow clone whose parents were not fetched."""


def repository_of(root: Path) -> Repository:
    """Find the repository of a project. Raises `NoHistoryError` where there is none that can tell anything."""
    real = Path(os.path.realpath(root))
    top = next((folder for folder in (real, *real.parents) if os.path.lexists(folder / ".git")), None)
    if top is None:
        raise NoHistoryError("the project is in no git repository")
    try:
        own = _git_folder(top / ".git")
        named = _read(own / "commondir")
        common = own / named if named else own
        if any((common / "objects" / "pack").glob("*.promisor")):
            raise NoHistoryError("a partial clone has no texts of earlier versions")
        prefix = real.relative_to(top).as_posix()
        shallow = frozenset(_read(common / "shallow").split())
        return Repository(top, "" if prefix == "." else f"{prefix}/", _head(own, common), shallow)
    except (OSError, ValueError) as error:
        raise NoHistoryError(f"the repository cannot be read: {error}") from None


def _git_folder(path: Path) -> Path:
    """Return the folder that `.git` is, or that the file `.git` of a worktree or submodule names."""
    if path.is_dir():
        return path
    kind, _, name = path.read_text(encoding="utf-8").strip().partition(": ")
    if kind != "gitdir":
        raise ValueError(f"{path} names no folder")
    return path.parent / name


def _head(own: Path, common: Path) -> str:
    """Return the id of the commit that is checked out, or nothing where only git itself can tell."""
    head = _read(own / "HEAD")
    if not head.startswith("ref: "):
        return head if _is_id(head) else ""
    name = head.removeprefix("ref: ")
    for folder in (own, common):
        if _is_id(found := _read(folder / name)):
            return found
    return next((id for id, ref in _packed(common) if ref == name and _is_id(id)), "")


def _packed(common: Path) -> Iterator[tuple[str, str]]:
    for line in _read(common / "packed-refs").splitlines():
        id, _, ref = line.partition(" ")
        yield id, ref


def _read(path: Path) -> str:
    """Return what stands in a file of git's; nothing where there is none."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def _is_id(text: str) -> bool:
    return len(text) in (40, 64) and not set(text) - set("0123456789abcdef")
