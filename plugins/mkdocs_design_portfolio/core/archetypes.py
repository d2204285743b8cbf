"""What a new portfolio starts as, and what of it a folder still lacks."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .flow import BUILT_IN, read_flow
from .model import Level
from .scaffold import as_yaml
from .settings import Settings
from .template import default_note_template, default_template

ARCHETYPES = Path(__file__).parent.parent / "archetypes"
"""The files; `dot-` in a name stands for a dot, and `@name@` in a text for an answer."""

_FIRST_NOTE = "notes/back-of-envelope-estimation.md"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_TOKEN = re.compile(r"@([a-z_]+)@")


GOAL = "to design systems that hold up in production, and to explain why they do"
"""What a learner who says nothing wants."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the learner says of themselves and of the site."""

    name: str
    site_name: str
    level: Level = Level.JUNIOR
    goal: str = GOAL
    hours: int = 5
    """A week."""
    site_url: str = ""
    repo_url: str = ""

    @property
    def address(self) -> str:
        """The lines of the configuration that say where the site and its source will be."""
        site = self.site_url or "https://me.github.io/designs/"
        lines = [f"{'' if self.site_url else '# '}site_url: {site}"]
        if self.repo_url:
            branch = "edit_uri: edit/main/docs/"
            lines += [f"repo_url: {self.repo_url}", branch]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be written."""

    path: str
    """Relative to the portfolio's root, with forward slashes."""
    text: str


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of a portfolio: those to be written, and those that are there and stay as they are."""

    new: tuple[NewFile, ...]
    kept: tuple[str, ...]


def kit(settings: Settings, answers: Answers, *, today: dt.date, docs_dir: str = "docs") -> Kit:
    """Return what a folder needs to be a portfolio; nothing is written, and nothing that is there is touched.

    `settings` say where it keeps its parts, which only a folder that is configured already has elsewhere.

    The first note, which the roadmap links to, is written where there is no note yet and no roadmap; a home page
    where there is none by either of its names.
    """
    root = settings.root
    has_notes = any(path.name != "_template.md" for path in (root / settings.notes_dir).rglob("*.md"))
    has_roadmap = (root / settings.roadmap).exists()
    new, kept = [], []
    for archetype, text in _files(answers, today):
        path = _place(archetype, settings, docs_dir)
        there = next((name for name in _spellings(path) if (root / name).exists()), "")
        if there:
            kept.append(there)
        elif archetype == "roadmap.md" and has_notes:  # its link to the first note would lead nowhere
            new.append(NewFile(path, _LINK.sub(r"\1", text)))
        elif archetype != _FIRST_NOTE or not (has_notes or has_roadmap):
            new.append(NewFile(path, text))
    return Kit(tuple(new), tuple(kept))


def github_addresses(remote: str) -> tuple[str, str]:
    """Return where GitHub Pages will have the site of a git remote, and its repository; two empty strings elsewhere."""
    found = re.search(r"github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?$", remote.strip())
    if not found:
        return "", ""
    owner, name = found[1], found[2]
    home = f"https://{owner.lower()}.github.io/"
    return (
        home if name.lower() == f"{owner.lower()}.github.io" else f"{home}{name}/"
    ), f"https://github.com/{owner}/{name}"


def _files(answers: Answers, today: dt.date) -> Iterator[tuple[str, str]]:
    """Yield the usual path and the text of each file, those that begin with a dot last."""
    flow, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path=BUILT_IN.name)
    assert flow is not None
    files = {
        "designs/_template.md": default_template(flow),
        "notes/_template.md": default_note_template(),
    }
    for path in ARCHETYPES.rglob("*"):
        if path.is_file():
            parts = (part.replace("dot-", ".") for part in path.relative_to(ARCHETYPES).parts)
            files[PurePosixPath(*parts).as_posix()] = _filled(path, answers, today)
    yield from sorted(files.items(), key=lambda item: (item[0].startswith("."), item[0]))


def _place(archetype: str, settings: Settings, docs_dir: str) -> str:
    """Return where a folder wants a file that usually stands elsewhere."""
    own = {
        "designs/_template.md": settings.template_path,
        "notes/_template.md": settings.note_template_path,
        "roadmap.md": settings.roadmap,
    }
    if archetype in own:
        return own[archetype]
    folder, slash, name = archetype.partition("/")
    return {"docs": docs_dir, "notes": settings.notes_dir}.get(folder, folder) + slash + name


def _filled(path: Path, answers: Answers, today: dt.date) -> str:
    escape = html.escape if path.suffix == ".md" and path.name != "CLAUDE.md" else str
    values = {
        "name": escape(answers.name),
        "site_name": escape(answers.site_name),
        "site_name_yaml": as_yaml(answers.site_name),
        "address": answers.address,
        "level": answers.level.value,
        "goal": answers.goal,
        "hours": str(answers.hours),
        "date": today.isoformat(),
    }
    text = path.read_text(encoding="utf-8")
    return _TOKEN.sub(lambda found: values.get(found[1], found[0]), text)


def _spellings(path: str) -> tuple[str, ...]:
    """Return the names under which a file may be there already."""
    others = {"mkdocs.yml": ("mkdocs.yaml",)}
    if path.endswith("/index.md"):
        return path, path.removesuffix("index.md") + "README.md"
    return path, *others.get(path, ())
