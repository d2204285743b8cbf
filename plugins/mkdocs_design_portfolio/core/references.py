"""A scanned portfolio -> who names whom, and a problem for each name that means nothing."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .links import Link, Style, links_of
from .metadata import RELATED, split_names
from .model import (
    Design,
    Document,
    Field,
    Note,
    Place,
    Portfolio,
    Problem,
    Reference,
    Roadmap,
    Section,
    Thing,
    Work,
)
from .names import Names
from .prose import Prose, prose_of
from .suggest import remedy

_LINK = re.compile(r"\[\[[^\[\]]*\]\]|\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")


@dataclass(frozen=True, slots=True)
class Linked:
    """What the links of a portfolio come to."""

    references: tuple[Reference, ...]
    unresolved: frozenset[tuple[str, str]]
    """As `Portfolio.unresolved` has it."""
    attached: tuple[tuple[str, str], ...]
    """What the roadmap's topics link to, as (path of a design or note, key of the topic)."""
    problems: tuple[Problem, ...]


def read_references(portfolio: Portfolio, names: Names, *, folders: tuple[str, ...]) -> Linked:
    """Find every reference between designs, notes and roadmap.

    `folders` are those of the designs and notes: a link to a file in them that is not there is a
    problem; what else a document links to is no reference.
    """
    reader = _Reader(portfolio, names, folders)
    for work in portfolio:
        reader.read(work.document)
    if portfolio.roadmap:
        reader.read(portfolio.roadmap.document)
    return Linked(
        tuple(dict.fromkeys(reader.references)),
        frozenset(reader.unresolved),
        tuple(dict.fromkeys(reader.attached)),
        tuple(reader.problems),
    )


@dataclass(frozen=True, slots=True)
class Backlink:
    """One thing that refers to another, with every place where it does."""

    source: Thing
    references: tuple[Reference, ...]


@dataclass(slots=True)
class _Reader:
    portfolio: Portfolio
    names: Names
    folders: tuple[str, ...]
    references: list[Reference] = field(default_factory=list)
    unresolved: list[tuple[str, str]] = field(default_factory=list)
    attached: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, document: Document) -> None:
        """Read the names in a document's metadata and the links in its text."""
        for item in document.fields:
            if item.name == "notes":
                for name in split_names(item.value):
                    self._declare(document, item, name, self._note(document, item, name))
            elif item.name in RELATED:
                for name in split_names(_without_links(str(item.value))):
                    self._declare(document, item, name, self._related(document, item, name))
        declared = {item.line: item for item in document.fields if item.bold and item.name in (*RELATED, "notes")}
        for said in links_in(document):
            link = said.link
            target = self._target(document, link)
            if target is None:
                continue
            if link.line in declared:
                self._declare(document, declared[link.line], link.label, target)
            elif target.path != document.path:
                self._refer(document, target, link.line, text=said.text, section=document.section_at(link.line))
            self._attach(document, link, target)

    def _declare(self, document: Document, item: Field, name: str, target: Place | None) -> None:
        """Keep a name in the metadata, with the sentence in which the text first speaks of it."""
        if target is None or target.path == document.path:
            return
        text, section = f"{item.name}: {name}", None
        thing = self.portfolio.at(target)
        if isinstance(thing, Work):
            names = _names(thing)
            if found := document.derive(f"first {names!r}", lambda: _first(document, names)):
                text, section = found[1], document.section_at(found[0])
        self._refer(document, target, item.line, text=text, section=section, declared=True)

    def _related(self, document: Document, item: Field, name: str) -> Place | None:
        """Return what a plain name in `**Related**:` means; one that is like nothing known is just words."""
        found = self.names.named(name)
        near = "" if found else self.names.nearest(name)
        if near:
            self._say(document, item.line, f"unknown name '{name}'", f"did you mean '{near}'?")
        return found[0] if len(found) == 1 else None

    def _note(self, document: Document, item: Field, name: str) -> Place | None:
        """Return the note that an entry of `notes:` names: by path, id, title or alias."""
        folder = posixpath.dirname(document.path)
        place = self.names.at(posixpath.normpath(posixpath.join(folder, name)))
        places = [place] if place else [*self.names.named(name)]
        notes = [place for place in places if isinstance(self.portfolio.at(place), Note)]
        if len(notes) == 1:
            return notes[0]
        if notes:
            ids = ", ".join(map(self.names.id, notes))
            self._say(document, item.line, f"'{name}' is the name of {len(notes)} notes", f"write one of {ids}")
        elif places:
            self._say(document, item.line, f"'{name}' is no note", "link to it in the text")
        else:
            known = sorted(note.id for note in self.portfolio.notes)
            mend = remedy(PurePosixPath(name).name.removesuffix(".md"), known, none="there is no note yet")
            self._say(document, item.line, f"unknown note '{name}'", mend)
        return None

    def _target(self, document: Document, link: Link) -> Place | None:
        """Return where a link leads, or None where that is nowhere, with a problem, or elsewhere."""
        if link.style is Style.WIKI:
            return self._wiki_target(document, link)
        folder = posixpath.dirname(document.path)
        path = posixpath.normpath(posixpath.join(folder, link.target.path))
        place = self.names.at(path)
        if place is None:
            self._check_file(document, link, path)
            return None
        stages = self.names.named(link.target.fragment) if link.target.fragment else ()
        return next((stage for stage in stages if stage.path == path and stage.stage), place)

    def _check_file(self, document: Document, link: Link, path: str) -> None:
        inside = any(path.startswith(f"{folder}/") for folder in self.folders)
        name = PurePosixPath(path)
        if not inside or name.name in ("index.md", "README.md"):
            return
        page = self.names.at(f"{path}.md")
        if name.suffix != ".md" and page is None:
            return
        fact = f"the link '{link.target.written}' leads nowhere"
        if any(part[0] in "_." for part in name.parts):
            mend = "its name begins with '_' or '.', so it is not published"
        else:
            near = page.path if page else self.names.nearest_path(path)
            relative = posixpath.relpath(near, posixpath.dirname(document.path)) if near else ""
            mend = f"did you mean '{relative}'?" if near else "there is no such design or note"
        self._leads_nowhere(document, link, fact, mend)

    def _wiki_target(self, document: Document, link: Link) -> Place | None:
        name = link.target.written
        places = self.names.named(name)
        if len(places) == 1:
            return places[0]
        if places:
            ids = ", ".join(f"[[{self.names.id(place)}]]" for place in places)
            self._leads_nowhere(document, link, f"'[[{name}]]' is ambiguous", f"write one of {ids}")
        else:
            near = self.names.nearest(name)
            mend = f"did you mean '[[{near}]]'?" if near else "there is no design, note or stage of that name"
            self._leads_nowhere(document, link, f"'[[{name}]]' leads nowhere", mend)
        return None

    def _refer(
        self,
        document: Document,
        target: Place,
        line: int,
        *,
        text: str,
        section: Section | None,
        declared: bool = False,
    ) -> None:
        source, step = Place(document.path), ""
        thing = self.portfolio.at(source)
        if isinstance(thing, Design) and section and (held := thing.step_in(section)):
            step = held.step.id
        elif isinstance(thing, Roadmap):
            stage = thing.stage_at(line)
            source = Place(document.path, stage.id if stage else "")
        self.references.append(Reference(source, target, line, text, section, step, declared))

    def _attach(self, document: Document, link: Link, target: Place) -> None:
        """Attach a design or note to the topic of the roadmap that links to it."""
        roadmap = self.portfolio.roadmap
        if roadmap is None or document is not roadmap.document or target.path == roadmap.path:
            return
        blocks = {line.number: line.block for line in document.section_at(link.line).lines}
        topic = next((topic for topic in roadmap.topics if topic.line == blocks.get(link.line)), None)
        if topic:
            self.attached.append((target.path, topic.key))

    def _leads_nowhere(self, document: Document, link: Link, fact: str, mend: str) -> None:
        self.unresolved.append((document.path, link.target.written))
        self._say(document, link.line, fact, mend)

    def _say(self, document: Document, line: int, fact: str, mend: str) -> None:
        self.problems.append(Problem(document.path, line, fact, mend))


def backlinks_of(portfolio: Portfolio, thing: Thing) -> tuple[Backlink, ...]:
    """Return who refers to a thing: designs newest first, notes by title, stages in order.

    What a source says in its text stands for its metadata; each sentence is given once.
    """
    by_source: dict[Place, dict[tuple[str, str], Reference]] = {}
    for item in portfolio.references_to(thing):
        by_source.setdefault(item.source, {}).setdefault((item.step, item.text), item)
    found = []
    for place in sorted(by_source, key=portfolio.rank):
        source, references = portfolio.at(place), tuple(by_source[place].values())
        in_text = tuple(item for item in references if not item.declared)
        if source is not None:
            found.append(Backlink(source, in_text or references))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Said:
    """A link, and the sentence it stands in."""

    link: Link
    text: str


def links_in(document: Document, prose: Prose | None = None) -> tuple[Said, ...]:
    """Return the links in a document's text, with their sentences; worked out once."""
    return document.derive("links", lambda: _links(prose or prose_of(document)))


def _links(prose: Prose) -> tuple[Said, ...]:
    """Return the links in a text."""
    return tuple(Said(link, prose.sentence_at(link.start, link.end)) for link in links_of(prose))


def _names(work: Work) -> tuple[str, ...]:
    """Return what a text calls a design or note."""
    concepts = work.concepts if isinstance(work, Note) else ()
    return (work.title, *work.aliases, *(name for concept in concepts for name in concept.names))


def _first(document: Document, names: tuple[str, ...]) -> tuple[int, str] | None:
    """Return the line and the sentence in which a text first says one of some names."""
    prose = prose_of(document)
    start = prose.line(document.sections[1].line)[1] if len(document.sections) > 1 else 0
    found = min((span for name in names if (span := prose.find(name, start))), default=None)
    return (prose.line_at(found[0]), prose.sentence_at(*found)) if found else None


def _without_links(value: str) -> str:
    """Return a bold line's value without its links, which are read with the text."""
    return _LINK.sub("", value)
