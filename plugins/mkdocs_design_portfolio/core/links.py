"""A document -> the links in its text, with the exact place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from .model.names import Name
from .plain import plain
from .prose import Prose

_TEXT = r"(?:[^\[\]\\\n]|\\.|\n(?!\s*\n)|\[[^\[\]\n]*\])*?"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
# Each of these begins with its bracket, which is found fast, and only then looks at what stands before it.
_INLINE = re.compile(
    rf"\[(?<![\\!\[]\[)(?P<text>{_TEXT})\]\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)){_TITLE}\s*\)"
)
_DEFINITION = re.compile(
    rf"^ {{0,3}}\[(?P<name>[^\[\]\^][^\[\]]*)\]:[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>\S+)){_TITLE}[ \t]*$",
    re.MULTILINE,
)
_REFERENCE = re.compile(rf"\[(?<![\\!\[\]]\[)(?P<text>{_TEXT})\](?:\[(?P<name>[^\[\]]*)\]|(?![\[(:]))")
WIKI = re.compile(
    r"\[\[(?<![\\!\[]\[\[)(?P<target>[^\[\]|#\n\\]*)(?:#(?P<fragment>[^\[\]|\n\\]+))?(?:\\?\|(?P<label>[^\[\]\n]+))?\]\](?!\()"
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|/")


class Style(Name):
    """How a link is written."""

    INLINE = "inline"
    """`[text](target)`"""
    REFERENCE = "reference"
    """`[text][name]`, `[name][]` or `[name]`, with the target in a definition"""
    WIKI = "wiki"
    """`[[target]]` or `[[target|text]]`"""


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to, and where that is written."""

    written: str
    """As typed, without the fragment."""
    fragment: str
    start: int
    """The offset in the body of `written`; it ends at `end`."""
    end: int

    @property
    def path(self) -> str:
        """The target of a Markdown link with its percent signs decoded."""
        return unquote(self.written)


@dataclass(frozen=True, slots=True)
class Link:
    """One link."""

    style: Style
    target: Target
    label: str
    """What a reader sees, plain."""
    line: int
    start: int
    """The offset of the whole link in the body; it ends at `end`."""
    end: int


def links_of(prose: Prose) -> tuple[Link, ...]:
    """Return the links in a document's text that stay within the project, in order.

    Code, comments, images and links with a scheme or a leading slash are no such links.
    """
    if "[" not in prose.masked:
        return ()
    found = [*_inline(prose), *_by_reference(prose), *_wiki(prose)]
    return tuple(sorted(found, key=lambda link: link.start))


def definitions_of(prose: Prose) -> dict[str, Target]:
    """Return the targets that link definitions (`[name]: target`) name, by their name in lower case."""
    found: dict[str, Target] = {}
    if "]:" in prose.masked:
        for match in _DEFINITION.finditer(prose.masked):
            if target := _target(match):
                found.setdefault(_name(match["name"]), target)
    return found


def _inline(prose: Prose) -> Iterator[Link]:
    if "](" not in prose.masked:
        return
    for match in _INLINE.finditer(prose.masked):
        if target := _target(match):
            yield _link(prose, Style.INLINE, match, target)


def _by_reference(prose: Prose) -> Iterator[Link]:
    definitions = definitions_of(prose)
    if not definitions:
        return
    for match in _REFERENCE.finditer(prose.masked):
        if target := definitions.get(_name(match["name"] or match["text"])):
            yield _link(prose, Style.REFERENCE, match, target)


def _wiki(prose: Prose) -> Iterator[Link]:
    if "[[" not in prose.masked:
        return
    for match in WIKI.finditer(prose.masked):
        name = match["target"].strip()
        if any(char.isalpha() for char in name):
            start = match.start("target") + match["target"].index(name)
            fragment = (match["fragment"] or "").strip()
            target = Target(name, fragment, start, start + len(name))
            label = plain(match["label"] or wiki_label(name, fragment))
            yield Link(Style.WIKI, target, label, prose.line_at(match.start()), match.start(), match.end())


def wiki_label(name: str, fragment: str) -> str:
    """Return what a wiki link without a text of its own shows."""
    return f"{name}: {fragment}" if fragment else name


def _link(prose: Prose, style: Style, match: re.Match[str], target: Target) -> Link:
    label = plain(prose.document.body[match.start("text") : match.end("text")])
    return Link(style, target, label, prose.line_at(match.start()), match.start(), match.end())


def _target(match: re.Match[str]) -> Target | None:
    """Return the target of a Markdown link, or None for one that leaves the project or is empty."""
    group = "bare" if match["angle"] is None else "angle"
    written, _, fragment = match[group].partition("#")
    written = written.partition("?")[0]
    if not written or _SCHEME.match(written):
        return None
    start = match.start(group)
    return Target(written, fragment, start, start + len(written))


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()
