"""Where a portfolio uses the concepts that its notes teach, and what nobody has explained yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .model import Concept, Design, Document, LineKind, Note, Portfolio
from .plain import plain
from .prose import Prose, prose_of
from .store import digest
from .vocabulary import Vocabulary, normal_name
from .words import COMMON

_BOLD = re.compile(r"\*\*(?<![*\\]\*\*)(?=[^\W\d_])(?P<text>[^*\n|`]{2,48}?)(?<=[\w)])\*\*(?!\*)(?!\s*(?:[:=—–]|-\s))")
_OPENS_BOLD = re.compile(r"(?:(?:[-*+]|\d+[.)])\s+)?\*\*(?P<text>[^*]+)(?<=[\w)])\*\*(?!\s*[:=—–]|\s+-\s)")
_INLINE_TARGET = re.compile(r"\]\([^()\s]*")
_DEFINITION = re.compile(r"^\[[^\[\]\n]+\]:[ \t]*\S+", re.MULTILINE)
_ARTICLES = frozenset({"a", "an", "the"})
_RUNNING = (LineKind.TEXT, LineKind.ITEM)


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
class Usage:
    """What a portfolio's notes teach, and what its documents make of it."""

    vocabulary: Vocabulary
    known: tuple[Concept, ...]
    """By name."""
    uses: tuple[Use, ...]
    gaps: tuple[Gap, ...]
    """By name."""
    _by_concept: Mapping[Concept, Sequence[Use]] = field(default_factory=dict, repr=False)
    _by_path: Mapping[str, tuple[Use, ...]] = field(default_factory=dict, repr=False)

    def uses_in(self, work: Design | Note) -> tuple[Use, ...]:
        """Return what a document uses, in the order of its text; what it teaches itself is not among it."""
        return self._by_path.get(work.path, ())

    def uses_of(self, concept: Concept) -> tuple[Use, ...]:
        """Return where a concept is used, by document."""
        return tuple(self._by_concept.get(concept, ()))


def survey(portfolio: Portfolio) -> Usage:
    """Find the concepts of a portfolio in its designs and notes."""
    known = portfolio.concepts
    vocabulary = Vocabulary(known)
    kept_as = name_of_uses(known)
    uses: list[Use] = []
    by_path: dict[str, tuple[Use, ...]] = {}
    gaps: dict[tuple[str, ...], tuple[str, dict[str, None]]] = {}
    for work in portfolio:
        by_path[work.path] = mentions_in(work, vocabulary, kept_as)
        uses += by_path[work.path]
        if isinstance(work, Design):
            for name in bold_in(work.document):
                if not vocabulary.named(name):
                    gaps.setdefault(normal_name(name), (name, {}))[1][work.id] = None
    by_concept: dict[Concept, list[Use]] = {}
    for use in uses:
        by_concept.setdefault(use.concept, []).append(use)
    found = sorted((Gap(name, tuple(ids)) for name, ids in gaps.values()), key=lambda gap: gap.name.casefold())
    return Usage(vocabulary, known, tuple(uses), tuple(found), by_concept, by_path)


def name_of_uses(concepts: Iterable[Concept]) -> str:
    """Return the name, among what is worked out of a document, of what it uses of some concepts."""
    return "uses " + digest(repr([(concept.note, concept.names) for concept in concepts]))


def mentions_in(work: Design | Note, vocabulary: Vocabulary, name: str, prose: Prose | None = None) -> tuple[Use, ...]:
    """Return what a document uses of a vocabulary; worked out once, and kept under that name."""
    derived = work.document.derived
    if name not in derived:
        for old in [key for key in derived if key.startswith("uses ")]:
            del derived[old]
        numbers = {concept: number for number, concept in enumerate(vocabulary.concepts)}
        found = _uses(prose or prose_of(work.document), vocabulary, work)
        derived[name] = tuple((numbers[use.concept], use.line, use.start, use.end) for use in found)
    return tuple(Use(vocabulary.concepts[number], work.path, *place) for number, *place in derived[name])


def bold_in(document: Document, prose: Prose | None = None) -> tuple[str, ...]:
    """Return the terms that a document sets in bold; worked out once."""
    return document.derive("bold", lambda: tuple(bold_terms(prose or prose_of(document))))


def _uses(prose: Prose, vocabulary: Vocabulary, work: Design | Note) -> Iterator[Use]:
    seen = set()
    for mention in vocabulary.mentions(_running_text(prose)):
        if mention.concept not in seen and not (isinstance(work, Note) and mention.concept.note == work.id):
            seen.add(mention.concept)
            yield Use(mention.concept, work.path, prose.line_at(mention.start), mention.start, mention.end)


def _running_text(prose: Prose) -> str:
    """Return the masked body with headings and the targets of links blanked out as well."""
    text = prose.masked
    if "]:" in text:
        text = _DEFINITION.sub(_blank, text)
    lines = _INLINE_TARGET.sub(_blank, text).split("\n")
    for section in prose.document.sections[1:]:
        at = section.line - prose.document.body_line
        lines[at] = " " * len(lines[at])
    return "\n".join(lines)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def bold_terms(prose: Prose) -> Iterator[str]:
    """Yield what a document sets in bold as a term: one to four words in running text.

    A label (`**Reads:** …`, or items that all open in bold), a line all in bold, a table's cell
    and plain emphasis (**not**) are no terms.
    """
    if "**" not in prose.masked:
        return
    for section in prose.document.sections:
        bold = (line for line in section.lines if "**" in line.source)
        running = {line.number: line for line in bold if line.text and line.kind in _RUNNING}
        labels = [found["text"] for line in running.values() if (found := _OPENS_BOLD.match(line.source))]
        for number in running:
            start, end = prose.line(number)
            for found in _BOLD.finditer(prose.masked, start, end):
                name = plain(found["text"])
                words = name.lower().split()
                label = len(labels) > 1 and found["text"] in labels
                if not (label or len(words) > 4 or words[0] in _ARTICLES or COMMON.issuperset(words)):
                    yield name
