"""The source of a diagram -> what it is: its kind, and its tree where there is a grammar for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .flow_words import Flowchart
from .grammar import grammar
from .kinds import kind_of
from .prepared import Lines, Traced, encoded, front_matter, prepared
from .tree import Stop, Tree, tree

_TITLE = re.compile(r"^title:\s*(?:(?P<mark>[\"'])(?P<quoted>.*)(?P=mark)|(?P<bare>[^\"'#\n].*?))\s*$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\s*\[[^\[\]\n]*\]\s*|\s*(?:TODO|TBD)\b[^\n]*\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Diagram:
    """A diagram as its author wrote it."""

    source: str

    @cached_property
    def is_placeholder(self) -> bool:
        """Whether it says nothing yet: `[Diagram here]`, as a template does."""
        return bool(_PLACEHOLDER.fullmatch(self.source))

    @cached_property
    def prepared(self) -> Traced:
        """Its text without comments, directives and front matter."""
        return prepared(self.source)

    @cached_property
    def known(self) -> tuple[str, str] | None:
        """Its grammar, where it is read, and a word for its kind; None for a kind that Mermaid does not know."""
        return kind_of(self.prepared.text)

    @property
    def grammar(self) -> str:
        """The name of its grammar, or nothing."""
        return self.known[0] if self.known else ""

    @cached_property
    def text(self) -> Traced:
        """What a parser gets of it."""
        return encoded(self.prepared, flowchart=self.grammar == "flowchart")

    @cached_property
    def tree(self) -> Tree | Stop | None:
        """Its tree, or where it stops being one; None where there is no grammar for it."""
        return tree(grammar(self.grammar), f"{self.text.text}\n") if self.grammar else None

    @cached_property
    def flowchart(self) -> Flowchart | None:
        """What it draws, where it is a flowchart that can be read."""
        tree = self.tree
        return Flowchart(tree) if self.grammar == "flowchart" and isinstance(tree, Tree) else None

    @property
    def title(self) -> str:
        """The title in its front matter, or nothing."""
        found = _TITLE.search(front_matter(self.source))
        return (found["quoted"] or found["bare"] or "").strip() if found else ""

    def line(self, at: int) -> int:
        """Return the number of the line of the source, counted from 0, that an offset of `text` came from."""
        return self._lines.number(self.text.origin(at))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(prepared_source(self.source))


def prepared_source(source: str) -> str:
    """Return a source in which offsets are counted as in a prepared text."""
    return "".join(char if char <= "\uffff" else f"{char}\0" for char in source)
