"""Whether the ranking finds the right note: 200 notes, 30 designs that each build on one of them.

    python -m benchmarks.related

`corpus.py` writes the portfolio from texts that were written before the ranking saw them, and names no note in a
design. Printed is, for each design, the place of the right note among all notes, and its first three.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mkdocs_design_portfolio.core.model import Note
from mkdocs_design_portfolio.core.related import Ranking
from mkdocs_design_portfolio.core.scan import scan
from mkdocs_design_portfolio.core.settings import Settings

from .corpus import write

FIRST = 3


@dataclass(frozen=True)
class Placed:
    """Where the right note of one design came out."""

    design: str
    right: str
    place: int
    """From 1; 0 where the ranking does not suggest it at all."""
    first: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Whether it is among the first three."""
        return 0 < self.place <= FIRST


def places() -> list[Placed]:
    """Rank the notes for every design of the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        right = write(Path(folder))
        portfolio, _ = scan(Settings(Path(folder)))
    ranking = Ranking(portfolio)
    placed = []
    for design in sorted(portfolio.designs, key=lambda design: design.id):
        notes = [item.work.id for item in ranking.related(design, most=3) if isinstance(item.work, Note)]
        place = notes.index(right[design.id]) + 1 if right[design.id] in notes else 0
        placed.append(Placed(design.title, right[design.id], place, tuple(notes[:FIRST])))
    return placed


def main() -> None:
    """Print the table and the count."""
    placed = places()
    lines = [f"{'design':<28}  {'right note':<32}  place  first three", "-" * 100]
    lines += [f"{p.design:<28.28}  {p.right:<32.32}  {p.place or '-':>5}  {', '.join(p.first)}" for p in placed]
    found = sum(item.found for item in placed)
    lines.append(f"\nthe right note is among the first {FIRST} for {found} of {len(placed)} designs")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
