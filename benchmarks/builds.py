"""Builds of a portfolio: with Material alone, with all pages in the navigation, with its blog, and with this plugin.

    python -m benchmarks.builds                       # 100, 300, 600 and 1,200 designs, 5 rounds: about an hour
    python -m benchmarks.builds --designs 600         # one size
    python -m benchmarks.builds --quick               # 12 designs, one round: whether it still works

The projects are built in turn, each in a process of its own; given are the medians of the wall clock, and the
ratios within one run, which is what a machine's speed does not change. `floor` is Material with its search and no
page in the navigation. Each of them starts without a site. Ours is built cold (no site, no cache), again with nothing
changed, with one design changed, with one note changed that many link to, and with a design's progress changed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .measure import ENVIRONMENT
from .portfolio import DEMO, write

SIZES = (100, 300, 600, 1200)
ROUNDS = 5
EXTENSIONS = """\
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - tables
  - toc:
      permalink: true
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.superfences
  - pymdownx.tasklist:
      custom_checkbox: true
"""
HEAD = f"site_name: Corpus\nsite_url: https://example.org/\ntheme:\n  name: material\n  font: false\n{EXTENSIONS}"
OURS = HEAD + "plugins:\n  - search\n  - design-portfolio\n"
FLOOR = HEAD + "plugins:\n  - search\nnav:\n  - index.md\nnot_in_nav: '*'\n"
IN_NAV = HEAD + "plugins:\n  - search\n"
BLOG = HEAD + "plugins:\n  - search\n  - blog\n"
SAMPLED = 0.02
"""How often memory is looked at, in seconds."""


@dataclass
class Measured:
    """What the builds of one kind came to."""

    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0
    """The most that the process and its children held at once, in MiB, shared pages counted once."""
    largest: float = 0.0
    """The most that one of these processes held, in MiB."""
    site: float = 0.0
    """MiB of the built site."""

    @property
    def median(self) -> float:
        """Seconds by the wall clock."""
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Kind:
    """One way of building."""

    name: str
    root: Path
    prepare: Callable[[Path, int], None]
    """Puts the project into the state to be built, before each round; gets the round."""


def projects(folder: Path, designs: int) -> list[Kind]:
    """Write the projects of one size; return the ways to build them, in an order that each can follow the last."""
    ours, floor, in_nav, blog = (folder / name for name in ("ours", "floor", "in-nav", "blog"))
    write(ours, designs)
    (ours / "mkdocs.yml").write_text(OURS, encoding="utf-8")
    for root, config in ((floor, FLOOR), (in_nav, IN_NAV)):
        _as_docs(ours, root / "docs")
        (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    _as_docs(ours, blog / "docs" / "blog", designs="posts")
    (blog / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (blog / "docs" / "blog" / "index.md").write_text("# Blog\n", encoding="utf-8")
    (blog / "mkdocs.yml").write_text(BLOG, encoding="utf-8")
    shutil.copy(DEMO / "designs" / "_template.md", ours / "designs")  # which the others would publish
    return [
        Kind("floor", floor, _cold),
        Kind("all in the navigation", in_nav, _cold),
        Kind("blog", blog, _cold),
        Kind("ours, cold", ours, _cold),
        Kind("ours, unchanged", ours, _nothing),
        Kind("ours, one design changed", ours, _edit_design),
        Kind("ours, one note changed", ours, _edit_note),
        Kind("ours, a step more", ours, _edit_step),
    ]


def measure(kinds: Iterable[Kind], rounds: int) -> dict[str, Measured]:
    """Build every kind in turn, round after round; the memory is looked at in one round more."""
    found = {kind.name: Measured() for kind in kinds}
    for number in range(rounds):
        for kind in kinds:
            kind.prepare(kind.root, number)
            found[kind.name].seconds.append(_build(kind.root))
    for kind in kinds:
        kind.prepare(kind.root, rounds)
        found[kind.name].memory, found[kind.name].largest = _memory(kind.root)
        sizes = (path.stat().st_size for path in (kind.root / "site").rglob("*") if path.is_file())
        found[kind.name].site = sum(sizes) / 2**20
    return found


def stages(root: Path) -> list[str]:
    """Build a project cold; return what the plugin says of its stages."""
    _cold(root, 0)
    command = [sys.executable, "-m", "mkdocs", "build", "--verbose"]
    run = subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return re.findall(r"Stage: (.*)", run.stderr)


def _build(root: Path) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _memory(root: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    process = subprocess.Popen(command, cwd=root, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    most = largest = 0
    while process.poll() is None:
        shares = [_share(pid) for pid in _tree(process.pid)]
        most, largest = max(most, sum(shares)), max(largest, *shares, 0)
        time.sleep(SAMPLED)
    return most / 1024, largest / 1024


def _tree(pid: int) -> list[int]:
    """Return a process and its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in _tree(int(child)))]


def _share(pid: int) -> int:
    """Return the KiB a process holds, what it shares divided by who shares it (Linux alone tells)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0


def _as_docs(portfolio: Path, docs: Path, *, designs: str = "designs") -> None:
    """Copy a portfolio into a folder of documents as MkDocs itself has it."""
    docs.mkdir(parents=True, exist_ok=True)
    shutil.copy(portfolio / "docs" / "index.md", docs / "index.md")
    shutil.copy(portfolio / "roadmap.md", docs / "roadmap.md")
    shutil.copytree(portfolio / "notes", docs / "notes", dirs_exist_ok=True)
    shutil.copytree(portfolio / "designs", docs / designs, dirs_exist_ok=True)


def _nothing(root: Path, number: int) -> None:
    pass


def _cold(root: Path, number: int) -> None:
    """Put aside what was built. It is not removed: where thousands of files just went, some file systems are slow."""
    for name in ("site", ".cache"):
        if (root / name).exists():
            (root / name).rename(Path(tempfile.mkdtemp(dir=root.parent)) / name)


def _edit_design(root: Path, number: int) -> None:
    _append(_design(root, 3), f"Read again, for the {number + 1}th time, with a fresh eye on the numbers.\n")


def _edit_note(root: Path, number: int) -> None:
    _append(root / "notes" / "idempotency.md", f"Seen once more in practice, case {number + 1}.\n")


def _edit_step(root: Path, number: int) -> None:
    """Take the last step of a design away, or put it back."""
    path = _design(root, 7)
    kept = path.with_suffix(".kept")
    if kept.exists():
        kept.replace(path)
    else:
        shutil.copy(path, kept)
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.rindex("\n## ")] + "\n", encoding="utf-8")


def _design(root: Path, number: int) -> Path:
    return sorted((root / "designs").glob("2*.md"))[number]


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--designs", type=int, nargs="*", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="*", help="the kinds to build, by the first letters of their names")
    parser.add_argument("--quick", action="store_true", help="12 designs, one round")
    given = parser.parse_args()
    sizes, rounds = ((12,), 1) if given.quick else (given.designs, given.rounds)
    sys.stdout.write(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, {rounds} rounds\n")
    for designs in sizes:
        with tempfile.TemporaryDirectory() as folder:
            kinds = projects(Path(folder), designs)
            if given.only:
                kinds = [kind for kind in kinds if kind.name.startswith(tuple(given.only))]
            sources = [path for name in ("designs", "notes") for path in (Path(folder) / "ours" / name).glob("*.md")]
            kibibytes = sum(path.stat().st_size for path in sources) / len(sources) / 1024
            sys.stdout.write(f"\n{designs} designs, {len(sources)} documents of {kibibytes:.1f} KiB\n")
            found = measure(kinds, rounds)
            _print(found)
            if any(kind.name.startswith("ours") for kind in kinds):
                sys.stdout.write("".join(f"    {line}\n" for line in stages(Path(folder) / "ours")))


def _print(found: dict[str, Measured]) -> None:
    floor, cold = found.get("floor"), found.get("ours, cold")
    sys.stdout.write(
        f"{'':<26}{'seconds':>9}{'of floor':>10}{'of cold':>10}{'MiB held':>10}{'by one':>10}{'MiB site':>10}\n"
    )
    for name, item in found.items():
        of_floor = f"{item.median / floor.median:.2f}" if floor else "-"
        of_cold = f"{item.median / cold.median:.2f}" if cold and name.startswith("ours") else "-"
        memory = f"{item.memory:>10.0f}{item.largest:>10.0f}{item.site:>10.0f}"
        sys.stdout.write(f"{name:<26}{item.median:>9.2f}{of_floor:>10}{of_cold:>10}{memory}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
