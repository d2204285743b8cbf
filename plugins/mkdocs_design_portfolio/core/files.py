"""The files of a project that belong to a portfolio, and what is in them."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from .model import Problem


def public_files(root: Path, folder: str) -> tuple[str, ...]:
    """Return the files of a folder, links that lead nowhere among them, relative to `root`, by path.

    Files and folders whose name starts with `_` or `.` are the learner's own business.
    """
    base = root / folder
    found = _public_files(str(base)) if base.is_dir() else ()
    return tuple(sorted(Path(folder, path[len(str(base)) + 1 :]).as_posix() for path in found))


def _public_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name[0] in "_.":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _public_files(entry.path)
            elif entry.is_file() or not Path(entry.path).exists():
                yield entry.path


def is_index(path: str) -> bool:
    """Whether a file is the page of its folder and so no document of it."""
    return path.rpartition("/")[2] in ("index.md", "README.md")


def read_text(path: Path, *, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Read a file, or say why it cannot be read; `name` is what the problem calls it.

    Of a file that is not UTF-8 the rest is returned, with a mark for each wrong byte.
    """
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem(name, line, f"byte {raw[error.start]:#04x} is not UTF-8", "save the file as UTF-8")
        return raw.decode("utf-8", "replace"), (problem,)
    except FileNotFoundError:
        return None, (Problem(name, None, "there is no such file", "create it, or mend the option that names it"),)
    except OSError as error:
        return None, (Problem(name, None, f"cannot be read: {error.strerror}", "mend its permissions"),)


def replace_file(path: Path, content: bytes) -> None:
    """Give a file new content in one step: whoever reads it sees the old or the new, never a part."""
    draft = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        draft.write_bytes(content)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
