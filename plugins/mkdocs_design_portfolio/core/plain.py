"""What a line of Markdown says, without its marks and without placeholders."""

from __future__ import annotations

import html
import re

_MARKED = frozenset("[<*_`\\~&")
_MARKS = frozenset("*_`\\~")
_SAYS = re.compile(r"[^\W_]")
_COMMENT = re.compile(r"<!--.*?-->")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|#]+)(?:#([^\[\]|]+))?\]\]")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:?")
_PLACEHOLDER = re.compile(r"(?<![\w)\]])\[(?=[^\[\]]*[^\W\d_])[^\[\]]+\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
CODE = re.compile(r"(`(?<!``)`{0,3})(?!`)(.+?)(?<!`)\1(?!`)")
"""A span of code; group 2 is what stands in it."""
_MARK = re.compile(r"\*\**|~~|_(?<!\w_)_*|__*(?!\w)|``*|\\(?=[^\w\s])")
"""As `CODE`, each of its parts begins with the sign itself, which is found faster than what stands around it."""
_UNDECIDED = re.compile(r"\W*(?=[tfx])(?:to[ -]?do|tb[dca]|fixme|xxx|to be (?:done|written|decided|defined))\b", re.I)
_KEPT = re.compile("\0(\\d+)\0")
_ATTRIBUTES = re.compile(r"\s*\{:?\s*([^{}]*)\}\s*$")
_ID = re.compile(r"(?:^|\s)#([^\s#.}]+)")


def plain(markdown: str) -> str:
    """Return the text of one line of Markdown as a reader sees it.

    Links and emphasis leave their words; comments, tags and bracketed placeholders leave nothing.
    """
    if _MARKED.isdisjoint(markdown):
        return " ".join(markdown.split())
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[2].strip())
        return f"\0{len(kept) - 1}\0"

    text = markdown
    if "<" in text:
        text = _COMMENT.sub(" ", text)
    if "`" in text:
        text = CODE.sub(keep, text)
    if "[" in text:
        text = _without_brackets(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not _MARKS.isdisjoint(text):
        text = _MARK.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    if kept:
        text = _KEPT.sub(lambda match: kept[int(match[1])], text)
    return " ".join(text.split())


def _without_brackets(text: str) -> str:
    """Return a text with the words of its links, without footnotes and placeholders."""
    if "[[" in text:
        text = _WIKI_LINK.sub(lambda found: f"{found[1]}: {found[2]}" if found[2] else found[1], text)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\1", text)
    if "[^" in text:
        text = _FOOTNOTE.sub(" ", text)
    return _PLACEHOLDER.sub(" ", text) if "[" in text else text


def said(markdown: str) -> str:
    """Return `plain(markdown)`, or an empty string when it is only a placeholder."""
    return unless_placeholder(plain(markdown))


def unless_placeholder(text: str) -> str:
    """Return a plain text, or an empty string when it is only a placeholder.

    Placeholders are `TODO` and its kin at the start, and text without a letter or a digit.
    """
    return text if says_something(text) and not is_undecided(text) else ""


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return bool(_SAYS.search(text))


def is_undecided(text: str) -> bool:
    """Whether a text begins with `TODO`, `TBD` or their kin."""
    return bool(_UNDECIDED.match(text))


def heading_text(markdown: str) -> tuple[str, str]:
    """Split a heading's text into its plain title and the identifier of its `{#id}`, if any."""
    found = _ATTRIBUTES.search(markdown)
    if not found or not (found[1].startswith(("#", ".")) or "=" in found[1]):
        return plain(markdown), ""
    id = _ID.search(found[1])
    return plain(markdown[: found.start()]), id[1] if id else ""
