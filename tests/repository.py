"""Real git repositories on disk, with days that do not depend on today."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "C",
    "GIT_COMMITTER_EMAIL": "c@example.org",
}


@dataclass(frozen=True)
class Repository:
    """A repository with its files."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Repository:
        """Make a new one, without a commit."""
        root.mkdir(parents=True, exist_ok=True)
        made = cls(root)
        made.git("init", "--quiet", "--initial-branch=main")
        return made

    def git(self, *args: str, day: str = "2026-01-01", committed: str = "") -> str:
        """Run git; `day` is the author's, with or without a time and zone."""
        days = {"GIT_AUTHOR_DATE": _moment(day), "GIT_COMMITTER_DATE": _moment(committed or day)}
        done = subprocess.run(
            ["git", *args],
            cwd=self.root,
            env={**os.environ, **SETTINGS, **days},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "replace").strip()

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, with its folders."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def commit(self, day: str, subject: str = "Work", committed: str = "") -> None:
        """Commit everything there is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, day=day, committed=committed)


def _moment(day: str) -> str:
    return day if "T" in day else f"{day}T12:00:00+0000"
