"""Concepts: what notes teach, where it is mentioned, and what nobody has explained yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .metadata import split_names
from .model import Concept, Design, Document, Field, LineKind, Note, Portfolio, Problem
from .plain import plain
from .prose import Prose, prose_of
from .suggest import nearest, remedy
from .words import COMMON

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s\-\u2010-\u2013]{1,3}")
_ENGLISH = frozenset({"cap", "acid", "base", "rest", "raid", "dry", "solid"})
"""Names in capitals that are words in small letters: for these alone case matters."""
_BOLD = re.compile(r"(?<![*\\])\*\*(?=[^\W\d_])(?P<text>[^*\n|`]{2,48}?)(?<=[\w)])\*\*(?!\*)(?!\s*(?:[:=—–]|-\s))")
_LINK_TARGET = re.compile(r"\]\([^()\s]*|^\[[^\[\]\n]+\]:[ \t]*\S+", re.MULTILINE)
_OPENS_BOLD = re.compile(r"(?:(?:[-*+]|\d+[.)])\s+)?\*\*(?P<text>[^*]+)(?<=[\w)])\*\*(?!\s*[:=—–]|\s+-\s)")
_ARTICLES = frozenset({"a", "an", "the"})
_RUNNING = (LineKind.TEXT, LineKind.ITEM)
_KEYS = ("name", "aliases", "definition")


def read_concepts(
    field: Field | None, *, document: Document, id: str, title: str, aliases: tuple[str, ...], summary: str
) -> tuple[tuple[Concept, ...], tuple[Problem, ...]]:
    """Return the concepts that a note teaches.

    Without the field that is one, called as the note is and defined by its summary. An entry is a
    name, or a mapping of `name` (the note's title by default), `aliases` and `definition`; an empty list means none.
    """
    own = Concept(title, aliases, summary, id)
    if field is None or field.value is None:
        return (own,), ()
    entries = field.value if isinstance(field.value, list) else [field.value]
    concepts = []
    problems = []
    for entry in entries:
        if entry is False:
            continue
        concept, fact, mend = _entry(entry, own, field.line, sole=len(entries) == 1)
        if concept:
            concepts.append(concept)
        if fact:
            problems.append(Problem(document.path, field.line, fact, mend))
    return tuple(concepts), tuple(problems)


def _entry(entry: object, own: Concept, line: int, *, sole: bool) -> tuple[Concept | None, str, str]:
    """Return one concept, and what is wrong with its entry, with a remedy."""
    summary = own.definition if sole else ""
    if isinstance(entry, str) and entry.strip():
        return Concept(_text(entry), (), summary, own.note, line), "", ""
    if not isinstance(entry, Mapping):
        return None, f"a concept is {entry!r}", "write a name, or 'name', 'aliases' and 'definition'"
    name = _text(entry.get("name") or "") or own.name
    aliases = split_names(entry.get("aliases") or [])
    if name == own.name:
        aliases = tuple(dict.fromkeys((*aliases, *own.aliases)))
    definition = _text(entry.get("definition") or "") or summary
    unknown = [str(key) for key in entry if key not in _KEYS]
    fact = f"a concept has the unknown key '{unknown[0]}'" if unknown else ""
    near = nearest(unknown[0], _KEYS) if unknown else ""
    mend = f"did you mean '{near}'?" if near else f"expected {', '.join(_KEYS)}"
    return Concept(name, aliases, definition, own.note, line), fact, mend if fact else ""


def check_concepts(notes: Iterable[Note]) -> tuple[Problem, ...]:
    """Return a problem for each name of a concept that another note has as well."""
    problems = []
    taught: dict[tuple[str, ...], Note] = {}
    for note in notes:
        for concept in note.concepts:
            for name in concept.names:
                other = taught.setdefault(_normal(name), note)
                if other is not note:
                    fact = f"the concept '{name}' is taught by {other.path} as well"
                    mend = "name it in one of them, or write 'concepts: []' in the other"
                    problems.append(Problem(note.path, concept.line, fact, mend))
    return tuple(problems)


def check_unlinked(portfolio: Portfolio) -> tuple[Problem, ...]:
    """Return a problem for each name in `unlinked_concepts` that no note teaches."""
    vocabulary = Vocabulary(portfolio.concepts)
    names = [name for concept in portfolio.concepts for name in concept.names]
    problems = []
    for work in portfolio:
        for name in work.unlinked or ():
            if vocabulary.named(name) is None:
                field = work.document.field("unlinked_concepts")
                mend = remedy(name, sorted(names), none="no note teaches a concept yet")
                problems.append(Problem(work.path, field.line if field else None, f"unknown concept '{name}'", mend))
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names a concept."""

    start: int
    end: int
    concept: Concept


class Vocabulary:
    """Finds concepts in text: the longest name wins; case, hyphens and plurals are forgiven."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._by_name: dict[tuple[str, ...], Concept] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._capitals: set[tuple[str, ...]] = set()
        self._normal: dict[str, str] = {}
        for concept in concepts:
            for name in concept.names:
                words = _normal(name)
                if words and words not in self._by_name:
                    self._by_name[words] = concept
                    self._by_first.setdefault(words[0], []).append(words)
                    if name.isupper() and name.lower() in _ENGLISH:
                        self._capitals.add(words)
        for names in self._by_first.values():
            names.sort(key=len, reverse=True)

    def named(self, name: str) -> Concept | None:
        """Return the concept of that name, or None."""
        return self._by_name.get(_normal(name))

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield every mention, in order; none overlaps another."""
        first, normal = self._by_first, self._normal
        until = 0
        for word in _WORD.finditer(text):
            raw = word[0]
            key = normal.get(raw)
            if key is None:
                key = normal[raw] = _normal_word(raw)
            if key in first and word.start() >= until:
                found = self._longest(text, word, first[key])
                if found:
                    until = found.end
                    yield found

    def _longest(self, text: str, word: re.Match[str], names: list[tuple[str, ...]]) -> Mention | None:
        for name in names:
            end = _end_of(text, word.end(), name[1:])
            if end is not None and not (name in self._capitals and not text[word.start() : end].rstrip("s").isupper()):
                return Mention(word.start(), end, self._by_name[name])
        return None


def _end_of(text: str, at: int, words: tuple[str, ...]) -> int | None:
    """Return where the words end that go on from an offset, or None when others stand there."""
    for wanted in words:
        joint = _JOINT.match(text, at)
        word = _WORD.match(text, joint.end()) if joint else None
        if word is None or _normal_word(word[0]) != wanted:
            return None
        at = word.end()
    return at


@dataclass(frozen=True, slots=True)
class Use:
    """The first place where a document mentions a concept."""

    concept: Concept
    path: str
    line: int
    start: int
    """The offset of the mention in the document's body; it ends at `end`."""
    end: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A term that designs set in bold and no note explains."""

    name: str
    """As first written."""
    designs: tuple[str, ...]
    """Ids."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a portfolio's notes teach, and what its documents make of it."""

    vocabulary: Vocabulary
    known: tuple[Concept, ...]
    """By name."""
    uses: tuple[Use, ...]
    gaps: tuple[Gap, ...]
    """By name."""
    _by_concept: Mapping[Concept, tuple[Use, ...]] = field(default_factory=dict, repr=False)

    def uses_of(self, concept: Concept) -> tuple[Use, ...]:
        """Return where a concept is used, by document."""
        return self._by_concept.get(concept, ())


def survey(portfolio: Portfolio) -> Concepts:
    """Find the concepts of a portfolio in its designs and notes."""
    known = portfolio.concepts
    vocabulary = Vocabulary(known)
    uses: list[Use] = []
    gaps: dict[tuple[str, ...], tuple[str, dict[str, None]]] = {}
    for work in portfolio:
        prose = prose_of(work.document)
        uses += _uses(prose, vocabulary, work)
        if isinstance(work, Design):
            for name in bold_terms(prose):
                if not vocabulary.named(name):
                    gaps.setdefault(_normal(name), (name, {}))[1][work.id] = None
    by_concept: dict[Concept, tuple[Use, ...]] = {}
    for use in uses:
        by_concept[use.concept] = (*by_concept.get(use.concept, ()), use)
    found = sorted((Gap(name, tuple(ids)) for name, ids in gaps.values()), key=lambda gap: gap.name.casefold())
    return Concepts(vocabulary, known, tuple(uses), tuple(found), by_concept)


def _uses(prose: Prose, vocabulary: Vocabulary, work: Design | Note) -> Iterator[Use]:
    seen = set()
    for mention in vocabulary.mentions(_running_text(prose)):
        if mention.concept not in seen and not (isinstance(work, Note) and mention.concept.note == work.id):
            seen.add(mention.concept)
            yield Use(mention.concept, work.path, prose.line_at(mention.start), mention.start, mention.end)


def _running_text(prose: Prose) -> str:
    """Return the masked body with headings and the targets of links blanked out as well."""
    lines = _LINK_TARGET.sub(lambda found: " " * len(found[0]), prose.masked).split("\n")
    for section in prose.document.sections[1:]:
        at = section.line - prose.document.body_line
        lines[at] = " " * len(lines[at])
    return "\n".join(lines)


def bold_terms(prose: Prose) -> Iterator[str]:
    """Yield what a document sets in bold as a term: one to four words in running text.

    A label (`**Reads:** …`, or items that all open in bold), a line all in bold, a table's cell
    and plain emphasis (**not**) are no terms.
    """
    if "**" not in prose.masked:
        return
    for section in prose.document.sections:
        running = {line.number: line for line in section.lines if line.text and line.kind in _RUNNING}
        labels = [found["text"] for line in running.values() if (found := _OPENS_BOLD.match(line.source))]
        for number in running:
            start, end = prose.line(number)
            for found in _BOLD.finditer(prose.masked, start, end):
                name = plain(found["text"])
                words = name.lower().split()
                label = len(labels) > 1 and found["text"] in labels
                if not (label or len(words) > 4 or words[0] in _ARTICLES or COMMON.issuperset(words)):
                    yield name


def _normal(name: str) -> tuple[str, ...]:
    return tuple(map(_normal_word, _WORD.findall(name)))


def _normal_word(word: str) -> str:
    """Return a word in the form in which words are compared: no case, no plural."""
    word = word.casefold()
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word


def _text(value: object) -> str:
    return " ".join(str(value).split())
