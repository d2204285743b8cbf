"""Builds of several projects in turn, and the ratio of their times."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def build_seconds(root: Path) -> float:
    """Build the site of a project from nothing; return the processor time of the process, in seconds.

    Processor time, since it hardly depends on what else the machine does.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
    subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(projects: Mapping[str, Path], *, rounds: int) -> dict[str, float]:
    """Build every project in turn, `rounds` times; return the median seconds of each by its name."""
    seconds: dict[str, list[float]] = {name: [] for name in projects}
    for number in range(rounds):
        names = list(projects) if number % 2 == 0 else list(reversed(projects))
        for name in names:
            seconds[name].append(build_seconds(projects[name]))
    return {name: statistics.median(values) for name, values in seconds.items()}
