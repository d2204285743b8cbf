"""Whether the ranking finds the right note: 200 notes, 30 designs that each build on one of them.

    python -m benchmarks.related

`corpus.py` writes the portfolio from texts that were written before the ranking saw them, and names no note in a
design. Printed is, for each design, the place of the right note among all notes, and its first three.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from mkdocs_design_portfolio.core.model import Note
from mkdocs_design_portfolio.core.related import Ranking
from mkdocs_design_portfolio.core.scan import scan
from mkdocs_design_portfolio.core.settings import Settings

from .corpus import write

FIRST = 3


def main() -> None:
    """Rank, and print the table and the count."""
    with tempfile.TemporaryDirectory() as folder:
        right = write(Path(folder))
        portfolio, _ = scan(Settings(Path(folder)))
    ranking = Ranking(portfolio)
    found = 0
    lines = []
    for design in sorted(portfolio.designs, key=lambda design: design.id):
        notes = [item.work.id for item in ranking.related(design) if isinstance(item.work, Note)]
        place = notes.index(right[design.id]) + 1 if right[design.id] in notes else 0
        found += 0 < place <= FIRST
        lines.append(f"{design.title:<28.28}  {right[design.id]:<32.32}  {place or '-':>5}  {', '.join(notes[:FIRST])}")
    heading = f"{'design':<28}  {'right note':<32}  place  first three"
    sys.stdout.write("\n".join([heading, "-" * 100, *lines, ""]))
    total = len(lines)
    sys.stdout.write(f"\nthe right note is among the first {FIRST} for {found} of {total} designs\n")


if __name__ == "__main__":
    main()
