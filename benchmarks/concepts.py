"""What a thousand concepts cost: the build with them against the same build without.

    python -m benchmarks.concepts [--pages 300] [--concepts 1000] [--rounds 5]

The pages are made of paragraphs of the demo's designs, about 13 KB each, with some concepts named in
them. Both portfolios hold the same notes and designs; in one the notes say `concepts: []`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from .measure import compare

DESIGNS = Path(__file__).parent.parent / "designs"
FIRST = """
    adaptive balanced blocking bounded buffered cached central chained cold compact concurrent delayed dense direct
    eager elastic exclusive fair fenced finite hashed hidden hot idle indexed isolated keyed lazy leased local logical
    merged mirrored nested ordered packed paged paired partial pinned
"""
SECOND = """
    arbiter barrier batch broker bucket buffer channel cursor digest epoch filter frame gate handle heap journal ledger
    lock marker mesh page pipe pool probe queue
"""
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
  - toc:
      permalink: true
"""
PER_NOTE = 10


def write(root: Path, *, pages: int, concepts: int, declared: bool) -> None:
    """Write a portfolio of so many pages; its notes teach so many concepts, or none where not `declared`."""
    chance = random.Random(7)
    names = [f"{first} {second}" for first in FIRST.split() for second in SECOND.split()]
    chance.shuffle(names)
    names = names[:concepts]
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for folder in ("notes", "designs"):
        (root / folder).mkdir()
    for number in range(0, len(names), PER_NOTE):
        entries = "".join(
            f"  - name: {name}\n    definition: What a {name} is, said in one sentence of some length.\n"
            for name in names[number : number + PER_NOTE]
        )
        field = f"concepts:\n{entries}" if declared else "concepts: []\n"
        text = f"---\n{field}---\n# Note {number}\n\n## Intuition\n\nA short note.\n"
        (root / "notes" / f"note-{number}.md").write_text(text, encoding="utf-8")
    paragraphs = _paragraphs()
    for number in range(pages):
        path = root / "designs" / f"2026-01-{number % 28 + 1:02}-design-{number}.md"
        path.write_text(_design(number, names, paragraphs, chance), encoding="utf-8")


def _paragraphs() -> list[str]:
    """Return the blocks of the demo's designs, tables and code among them."""
    blocks: list[str] = []
    for path in sorted(DESIGNS.glob("2026-*.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        inside = False
        for block in body.split("\n\n"):
            if inside:
                blocks[-1] += f"\n\n{block}"
            elif block.strip() and not block.startswith(("#", "<!--", "```capacity")) and "](" not in block:
                blocks.append(block)
            else:
                continue
            inside ^= block.count("```") % 2 == 1
    return blocks


def _design(number: int, names: list[str], paragraphs: list[str], chance: random.Random) -> str:
    parts = [f"---\ntitle: Design {number}\ndate: 2026-01-{number % 28 + 1:02}\n---\n# Design {number}"]
    size = 0
    while size < 13_000:
        block = chance.choice(paragraphs)
        if chance.random() < 0.4 and names:
            block = f"Here a {chance.choice(names)} and several {chance.choice(names)}s are needed.\n\n{block}"
        if chance.random() < 0.2:
            parts.append(f"## Part {len(parts)}")
        parts.append(block)
        size += len(block)
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--concepts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        projects = {}
        for name, declared in (("without", False), ("with", True)):
            projects[name] = Path(folder) / name
            write(projects[name], pages=given.pages, concepts=given.concepts, declared=declared)
        seconds = compare(projects, rounds=given.rounds)
    ratio = seconds["with"] / seconds["without"]
    sys.stdout.write(
        f"{given.concepts} concepts over {given.pages} pages, median of {given.rounds} rounds, processor time\n"
        f"without  {seconds['without']:6.2f} s\n"
        f"with     {seconds['with']:6.2f} s\n"
        f"ratio    {ratio:6.3f}\n"
    )


if __name__ == "__main__":
    main()
