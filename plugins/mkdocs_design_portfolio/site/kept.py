"""The folders of the site that the portfolio fills, kept through MkDocs' cleaning.

MkDocs empties the site before each build. A file that would be written again as it was is better left: the badges of
600 designs are thousands of small files, and some file systems are slow to make files where others were just deleted.
So the folders step aside while MkDocs cleans, under names that it leaves alone; what is written is held against what
is there; and what nobody wrote again goes away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..core.store import digest


class Kept:
    """Folders at the top of a site."""

    def __init__(self, site_dir: Path, folders: Iterable[str]) -> None:
        self.site_dir = site_dir
        self.folders = tuple(dict.fromkeys(name.partition("/")[0] for name in folders))
        self.claimed: set[str] = set()
        """The files that belong to this build."""

    def step_aside(self) -> None:
        """Hide the folders from MkDocs' cleaning."""
        for here, aside in self._places():
            if here.is_dir() and not here.is_symlink():
                shutil.rmtree(aside, ignore_errors=True)  # of a build that was interrupted
                with contextlib.suppress(OSError):
                    here.rename(aside)

    def come_back(self) -> None:
        """Put the folders back, now that MkDocs has cleaned."""
        for here, aside in self._places():
            if aside.is_dir() and not here.exists():
                with contextlib.suppress(OSError):
                    aside.rename(here)
            shutil.rmtree(aside, ignore_errors=True)

    def claim(self, paths: Iterable[str]) -> None:
        """Let files stay, whatever is in them."""
        self.claimed.update(paths)

    def write(self, path: str, content: bytes) -> None:
        """Give a file its content, unless it has it."""
        self.claimed.add(path)
        try:
            with open(path, "rb") as file:  # noqa: PTH123  # thousands of them
                if file.read() == content:
                    return
        except OSError:
            pass
        with contextlib.suppress(FileNotFoundError):
            Path(path).write_bytes(content)
            return
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)

    def copy(self, source: str, path: str) -> None:
        """Give a file the content of another, unless its size and its time of change say that it has it."""
        self.claimed.add(path)
        wanted = os.stat(source)  # noqa: PTH116  # hundreds of them
        with contextlib.suppress(OSError):
            found = os.stat(path)  # noqa: PTH116
            if (found.st_size, found.st_mtime_ns) == (wanted.st_size, wanted.st_mtime_ns):
                return
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        os.utime(path, ns=(wanted.st_atime_ns, wanted.st_mtime_ns))

    def sweep(self) -> None:
        """Remove what is left of earlier builds."""
        for folder in self.folders:
            for base, folders, names in os.walk(self.site_dir / folder, topdown=False):
                stay = False
                for name in names:
                    path = f"{base}{os.sep}{name}"
                    if path in self.claimed:
                        stay = True
                    else:
                        Path(path).unlink(missing_ok=True)
                if not stay or folders:
                    with contextlib.suppress(OSError):  # not empty
                        Path(base).rmdir()

    def state(self, folder: str) -> str:
        """Return a checksum of the names, sizes and times of the files in a folder."""
        found = []
        for base, folders, names in os.walk(self.site_dir / folder):
            folders.sort()
            for name in sorted(names):
                stat = os.stat(f"{base}{os.sep}{name}")  # noqa: PTH116  # thousands of them
                found.append(f"{base} {name} {stat.st_size} {stat.st_mtime_ns}")
        return digest("\n".join(found))

    def _places(self) -> Iterator[tuple[Path, Path]]:
        for name in self.folders:
            yield self.site_dir / name, self.site_dir / f".{name}.kept"


def written_already(dirty: bool = False) -> None:
    """What a file of MkDocs does instead of copying itself."""
