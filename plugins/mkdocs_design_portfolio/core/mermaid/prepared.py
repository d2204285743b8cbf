"""The text of a diagram -> what Mermaid's parsers get of it: without comments, directives and front matter.

Each step is Mermaid's own (`preprocess.ts`, `Diagram.ts`), with one addition: where each character came from is kept.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

SPACE = "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
"""What JavaScript takes for white space."""
_NEWLINE = re.compile(r"\r\n?")
_TAG = re.compile(r"<(\w+)([^>]*)>", re.ASCII)
_QUOTED = re.compile(r'="([^"]*)"')
_FRONT_MATTER = re.compile(r"([^\S\n\r]*)-{3}SPACE*[\n\r](?s:.*?)[\n\r]\1-{3}SPACE*[\n\r]+".replace("SPACE", SPACE))
_DIRECTIVE = re.compile(
    r"%{2}\{SPACE*(?:(?:\w+)SPACE*:|(?:\w+))SPACE*(?:(?:\w+)|(?:(?:(?!\}%{2}).|\r?\n)*))?SPACE*(?:\}%{2})?".replace(
        "SPACE", SPACE
    ),
    re.ASCII,
)
_COMMENT_LINE = re.compile(rf"^{SPACE}*%%(?!\{{)[^\n]+\n?", re.MULTILINE)
_ANY_COMMENT = re.compile(rf"{SPACE}*%%.*\n")
_LEADING = re.compile(f"{SPACE}+")
_STYLE = re.compile(rf"(?:style|classDef).*:[^{SPACE[1:-1]}]*#.*;")
_AFTER_BRACE = re.compile(rf"\}}{SPACE}*\n")
_ENTITY = re.compile(r"#\w+;", re.ASCII)
_WHOLE = re.compile(r"[+]?\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text, and where each of its characters stood in the text that it was made of."""

    text: str
    origins: tuple[int, ...] | None = None
    """None where nothing was changed."""

    def sub(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], *, once: bool = False) -> Traced:
        """Return the text with each match changed; with `once`, a match at its start alone."""
        found = [pattern.match(self.text)] if once else pattern.finditer(self.text)
        parts: list[str] = []
        origins: list[int] = []
        at = 0
        for match in filter(None, found):
            changed = change(match)
            if changed == match[0]:
                continue
            parts += self.text[at : match.start()], changed
            origins += (self.origin(offset) for offset in range(at, match.start()))
            origins += [self.origin(match.start())] * len(changed)
            at = match.end()
        if not at:
            return self
        parts.append(self.text[at:])
        origins += (self.origin(offset) for offset in range(at, len(self.text)))
        return Traced("".join(parts), tuple(origins))

    def origin(self, offset: int) -> int:
        """Return where a character stood; for one behind the end, where the last one did, plus one."""
        if self.origins is None:
            return offset
        if offset < len(self.origins):
            return self.origins[offset]
        return self.origins[-1] + 1 if self.origins else 0


def prepared(source: str) -> Traced:
    """Return what is left of a diagram's text when Mermaid has prepared it, which it does twice over."""
    text = Traced(_code_units(source))
    for _ in range(2):
        if "\r" in text.text:
            text = text.sub(_NEWLINE, lambda _: "\n")
        if "<" in text.text:
            text = text.sub(_TAG, lambda found: f"<{found[1]}{_single_quoted(found[2])}>")
        if "---" in text.text:
            text = text.sub(_FRONT_MATTER, _nothing, once=True)
        if "%%" in text.text:
            text = text.sub(_DIRECTIVE, _nothing).sub(_COMMENT_LINE, _nothing)
        text = text.sub(_LEADING, _nothing, once=True)
    return text


def front_matter(source: str) -> str:
    """Return the YAML that stands before a diagram, or nothing."""
    found = _FRONT_MATTER.match(source) if source.lstrip().startswith("---") else None
    return found[0].strip().strip("-") if found else ""


def encoded(text: Traced, *, flowchart: bool) -> Traced:
    """Return a prepared text with its entities (`#quot;`) encoded, as parsers get it."""
    if "#" in text.text:
        text = text.sub(_STYLE, lambda found: found[0][:-1]).sub(_ENTITY, _encoded)
    if flowchart and "}" in text.text:
        text = text.sub(_AFTER_BRACE, lambda _: "}\n")
    return text


def for_detection(text: str) -> str:
    """Return what a diagram's type is told from."""
    text = _FRONT_MATTER.sub("", text, count=1) if _FRONT_MATTER.match(text) else text
    return _ANY_COMMENT.sub("\n", _DIRECTIVE.sub("", text)) if "%%" in text else text


def decoded(text: str) -> str:
    """Return a piece of an encoded text as a reader sees it."""
    if "ﬂ°" in text:
        text = html.unescape(text.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";"))
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(accumulate(len(line) + 1 for line in text.split("\n")))]

    def number(self, offset: int) -> int:
        """Return the number of the line, counted from 0, in which an offset stands."""
        return min(bisect.bisect_right(self.starts, offset), len(self.starts) - 1) - 1


def _code_units(text: str) -> str:
    """Return a text as JavaScript counts it: a sign beyond the first 65,536, such as 🚀, as two."""
    if not text or max(text) <= "\uffff":
        return text
    packed = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(packed[at] | packed[at + 1] << 8) for at in range(0, len(packed), 2))


def _nothing(_: re.Match[str]) -> str:
    return ""


def _single_quoted(attributes: str) -> str:
    return _QUOTED.sub(lambda found: f"='{found[1]}'", attributes)


def _encoded(found: re.Match[str]) -> str:
    inner = found[0][1:-1]
    return f"ﬂ°°{inner}¶ß" if _WHOLE.fullmatch(inner) else f"ﬂ°{inner}¶ß"
