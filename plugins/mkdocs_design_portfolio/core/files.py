"""The files of a project that belong to a portfolio, and what is in them."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from .model import Problem


def public_files(root: Path, folder: str) -> tuple[str, ...]:
    """Return the files of a folder, links that lead nowhere among them, relative to `root`, by path.

    Files and folders whose name starts with `_` or `.` are the learner's own business.
    """
    base = root / folder
    found = base.rglob("*") if base.is_dir() else ()
    paths = (path.relative_to(root) for path in found if path.is_file() or not path.exists())
    inside = len(Path(folder).parts)
    return tuple(sorted(path.as_posix() for path in paths if not any(part[0] in "_." for part in path.parts[inside:])))


def is_index(path: str) -> bool:
    """Whether a file is the page of its folder and so no document of it."""
    return Path(path).name in ("index.md", "README.md")


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
