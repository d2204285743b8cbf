"""Notes on 200 topics and 30 designs about some of them, written to a folder.

The texts stand in `topics-*.txt` (title | other names | text) and `designs.txt` (`= title | id of the
topic`, then what the design is about). Every design is filled up with paragraphs that any design might
have, the same for all, chosen by a fixed seed: they are what a ranking has to see through.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

HERE = Path(__file__).parent
CONFIG = "site_name: Corpus\ntheme:\n  name: material\n  font: false\nplugins:\n  - search\n  - design-portfolio\n"
ORDINARY = {
    "Non-functional requirements": (
        "Reads answer within 80 ms at p99 and writes within 150 ms; availability is 99.95 % a month. A region may be "
        "lost with at most one minute of data.",
        "Latency stays below 200 ms at the 99th percentile. Consistency may be eventual for everything but money.",
        "We promise 99.9 % of requests without error, 12,000 requests per second at peak, durable once acknowledged.",
    ),
    "Capacity estimation": (
        "Ten million users with eight requests a day are 930 requests per second on average and 2,800 at the peak. At "
        "2 KB each that is 5.6 MB/s, and 58 TB a year with three replicas.",
        "4,000 writes/s times 500 bytes is 2 MB/s, or 63 TB a year; a cache of 64 GB holds the hot tenth.",
    ),
    "High-level architecture": (
        "Clients reach a load balancer, stateless services behind it, a cache and a relational database with a "
        "replica. A queue decouples the slow part, and workers consume it.",
        "An API service writes to a partitioned store and emits events to a log that three consumers read.",
    ),
    "Failure modeling": (
        "A node that dies is replaced within a minute; its shard is served by the replica meanwhile. Timeouts and "
        "retries with backoff hide short outages. A network partition makes the minority read-only.",
        "If the queue is down, writes are refused after a buffer of thirty seconds. Corrupted records fail their "
        "checksum and are restored from backup.",
        "An overloaded dependency must not take the rest down: bounded queues, short timeouts and a fallback answer.",
    ),
    "Scaling strategy": (
        "At ten times the load the database is sharded by customer; at a hundred times each region gets its own stack.",
        "Ten times needs more workers and partitions. A hundred times needs tiered storage and a second region that "
        "serves traffic.",
    ),
    "Observability": (
        "Dashboards show rate, errors and duration per endpoint; traces are sampled at one percent. Alerts page when "
        "the error rate exceeds one percent for five minutes.",
        "We watch queue depth, cache hit ratio, replication lag and p99 latency, with a log line per failed request.",
    ),
}


def write(root: Path) -> dict[str, str]:
    """Write the portfolio; return the id of the right note by the id of each design."""
    (root / "docs").mkdir(parents=True, exist_ok=True)
    (root / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for folder in ("notes", "designs"):
        (root / folder).mkdir(exist_ok=True)
    for path in sorted(HERE.glob("topics-*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            title, names, text = (part.strip() for part in line.split("|"))
            (root / "notes" / f"{_id(title)}.md").write_text(_note(title, names, text), encoding="utf-8")
    chance = random.Random(11)
    right = {}
    for number, block in enumerate((HERE / "designs.txt").read_text(encoding="utf-8").split("= ")[1:]):
        head, what, how = block.strip().split("\n")
        title, _, about = (part.strip() for part in head.partition("|"))
        id = f"2026-{number // 28 + 1:02}-{number % 28 + 1:02}-{_id(title)}"
        (root / "designs" / f"{id}.md").write_text(_design(title, what, how, chance), encoding="utf-8")
        right[id] = about
    return right


def _note(title: str, names: str, text: str) -> str:
    aliases = ", ".join(name.strip() for name in names.split(";") if name.strip())
    first, _, rest = text.partition(". ")
    return (
        f"---\ntitle: {title}\naliases: [{aliases}]\n---\n# {title}\n\n"
        f"## Intuition\n\n{first}.\n\n## Mechanics\n\n{rest}\n"
    )


def _design(title: str, what: str, how: str, chance: random.Random) -> str:
    ordinary = {heading: chance.choice(texts) for heading, texts in ORDINARY.items()}
    parts = [f"---\ntitle: {title}\n---\n# {title}", f"## Clarify the problem\n\n{what}"]
    for heading, text in ordinary.items():
        if heading == "Failure modeling":
            parts.append(f"## Detailed design\n\n{how}")
        parts.append(f"## {heading}\n\n{text}")
    return "\n\n".join(parts) + "\n"


def _id(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
