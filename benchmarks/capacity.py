"""What 200 capacity numbers cost a build: the page with them against the same page with the block as plain text.

    python -m benchmarks.capacity [--quantities 200] [--rounds 5]

Measured twice: on a site whose only block this is, so that loading what works numbers out is part of
it, and on a site where another page has a block as well.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .measure import compare

CONFIG = """\
site_name: Benchmark
theme:
  name: material
  font: false
plugins:
  - search
  - design-portfolio
markdown_extensions:
  - tables
  - pymdownx.superfences
"""
SMALL = "```capacity\nusers = 10 users\nposts = users × 3 posts/user\n```"


def write(root: Path, quantities: int, *, language: str, others: bool) -> None:
    """Write a site with one page of so many quantities, in a fence of that language."""
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "designs").mkdir()
    text = f"---\ntitle: Sums\ndate: 2026-01-01\n---\n# Sums\n\n```{language}\n{sums(quantities)}```\n"
    (root / "designs" / "2026-01-01-sums.md").write_text(text, encoding="utf-8")
    text = f"---\ntitle: Small\ndate: 2026-01-02\n---\n# Small\n\n{SMALL if others else 'No sums.'}\n"
    (root / "designs" / "2026-01-02-small.md").write_text(text, encoding="utf-8")


def sums(quantities: int) -> str:
    """Return the lines of a block: a fifth assumptions, the others worked out from earlier lines and claimed."""
    lines = []
    for number in range(quantities):
        if number % 5 == 0:
            lines.append(f"daily users {number}   = {number + 2} million users   # a planning figure")
        elif number % 5 == 1:
            lines.append(f"write rate {number}   = daily users {number - 1} × 2 posts / user / day")
        elif number % 5 == 2:
            lines.append(f"peak write rate {number}   = write rate {number - 1} × 2 to 3")
        elif number % 5 == 3:
            storage = (number - 1) * 2e6 * 365 * 1000 / 1e12
            lines.append(f"storage {number}   = write rate {number - 2} × 1 KB/post × 365 days   ≈ {storage:.3g} TB")
        else:
            lines.append(f"nodes {number}   = ceil(peak write rate {number - 2} / (200 posts/s/node))")
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Compare, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quantities", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        projects = {}
        for others in (False, True):
            for language in ("text", "capacity"):
                name = f"{language}, {'others too' if others else 'alone'}"
                projects[name] = Path(folder) / name.replace(", ", "-").replace(" ", "-")
                write(projects[name], given.quantities, language=language, others=others)
        seconds = compare(projects, rounds=given.rounds)
    for kind in ("alone", "others too"):
        added = (seconds[f"capacity, {kind}"] - seconds[f"text, {kind}"]) * 1000
        whole = seconds[f"capacity, {kind}"]
        sys.stdout.write(f"{given.quantities} quantities, {kind}: {added:+.0f} ms of {whole:.2f} s\n")


if __name__ == "__main__":
    main()
