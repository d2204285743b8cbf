"""A portfolio of any size, written to a folder: designs as long and as mixed as the demo's, with notes and a roadmap.

Each design is one of the demo's, whole or left off after some steps, under a title of its own, with sentences about
a few of the topics of `topics-*.txt` and links to other designs and notes. The capacity blocks become plain code:
what those cost is `benchmarks.capacity`'s to say. The same size always gives the same files.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DEMO = HERE.parent
WHOLE = 0.6
"""The share of designs that are not left off half way."""
FIRST_DAY = dt.date(2020, 1, 1)
_LINK = re.compile(r"\((?:\.\./|)(?:designs/|)\d{4}-\d\d-\d\d-[\w-]+\.md(?:#[\w-]+)?\)")
_STEP = re.compile(r"^## ", re.MULTILINE)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
KINDS = ("service", "store", "gateway", "pipeline", "index", "ledger", "feed", "scheduler")


@dataclass(frozen=True)
class Topic:
    """A topic of the corpus."""

    title: str
    sentences: tuple[str, ...]


def write(root: Path, designs: int) -> None:
    """Write `designs/`, `notes/`, `roadmap.md` and `docs/index.md`."""
    chance = random.Random(designs)
    topics = _topics()
    for folder in ("docs", "designs", "notes"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "docs" / "index.md").write_text("# Home\n\nWhat I have designed.\n", encoding="utf-8")
    notes = [path for path in sorted((DEMO / "notes").glob("*.md")) if not path.name.startswith("_")]
    taught = {path.stem for path in notes} | {"sliding-window-counters"}
    for topic in [topic for topic in topics if slug(topic.title) not in taught][: designs // 12]:
        (root / "notes" / f"{slug(topic.title)}.md").write_text(_note(topic), encoding="utf-8")
    titles = [f"{topics[i % len(topics)].title} {KINDS[i // len(topics) % len(KINDS)]} {i}" for i in range(designs)]
    ids = [f"{FIRST_DAY + dt.timedelta(days=number)}-{slug(title)}" for number, title in enumerate(titles)]
    for path in notes:
        text = _LINK.sub(lambda _: f"(../designs/{chance.choice(ids)}.md)", _read(path))
        (root / "notes" / path.name).write_text(text, encoding="utf-8")
    roadmap = _LINK.sub(lambda _: f"(designs/{chance.choice(ids)}.md)", _read(DEMO / "roadmap.md"))
    (root / "roadmap.md").write_text(roadmap, encoding="utf-8")
    bases = [_read(path) for path in sorted((DEMO / "designs").glob("2*.md"))]
    bases = [base for base in bases if len(base) > 12_000]
    for number, (id, title) in enumerate(zip(ids, titles, strict=True)):
        text = _design(chance.choice(bases), title, number, ids, topics, notes, chance)
        (root / "designs" / f"{id}.md").write_text(text, encoding="utf-8")


def slug(title: str) -> str:
    """Return a title as a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _design(
    base: str, title: str, number: int, ids: list[str], topics: list[Topic], notes: list[Path], chance: random.Random
) -> str:
    body = _FRONT.sub("", base)
    body = _LINK.sub(lambda _: f"({chance.choice(ids)}.md)", body)
    parts = _STEP.split(re.sub(r"\A\s*# .*\n", "", body))
    if chance.random() > WHOLE:
        parts = parts[: chance.randint(4, len(parts) - 1)]
    about = chance.sample(topics, 4)
    written = [parts[0]]
    for part in parts[1:]:
        topic = chance.choice(about)
        said = " ".join(chance.sample(topic.sentences, min(2, len(topic.sentences))))
        written.append(f"## {part.rstrip()}\n\n{said}\n\n")
    related = f"Compare [another design]({chance.choice(ids)}.md) and [a note](../notes/{chance.choice(notes).name}).\n"
    day = FIRST_DAY + dt.timedelta(days=number)
    front = f"title: {title}\ndate: {day}\nstatus: {chance.choice(['draft', 'in-review', 'final'])}\n"
    front += f"tags: [{slug(about[0].title)}, {slug(about[1].title)}]\nstage: scalability-patterns\n"
    front += f"summary: {about[0].sentences[0].replace(':', ',')!r}\n"
    return f"---\n{front}---\n\n# {title}\n\n" + "".join(written) + related


def _note(topic: Topic) -> str:
    first, *rest = topic.sentences
    head = f"---\ntitle: {topic.title}\n---\n\n# {topic.title}\n\n"
    return f"{head}## Intuition\n\n{first}\n\n## Mechanics\n\n{' '.join(rest)}\n"


def _topics() -> list[Topic]:
    found = []
    for path in sorted(HERE.glob("topics-*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            title, _, text = (part.strip() for part in line.split("|"))
            found.append(Topic(title, tuple(re.split(r"(?<=\.) ", text))))
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("```capacity", "```text").replace("`=", "`")
