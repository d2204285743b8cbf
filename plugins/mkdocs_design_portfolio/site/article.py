"""The HTML of a page -> the same as a part of a larger document: its ids are made unique, its addresses left open.

Where an address leads is known only when all parts are: it stands between two NUL characters, relative to the site.
"""

from __future__ import annotations

import posixpath
import re

_TAG = re.compile(r"<(?!(?:span class=\"[^\"<>]*\"|[a-z][a-z0-9]*)>)[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
"""A tag, but for those without attributes and the elements that color code: most of all there are."""
_MAYBE = re.compile(
    r"\s(?:id|for|name|list|headers|form|aria-[a-z]+|href|src|poster|xlink:href|data-dp-[a-z]+)\s*=|url\(#"
)
"""What a tag has that is changed."""
_ATTRIBUTE = re.compile(
    r"(?P<before>\s)(?:"
    r"(?P<ids>id|for|name|list|headers|form|aria-(?:labelledby|describedby|controls|owns|details|activedescendant))"
    r"|(?P<address>href|src|poster|xlink:href)"
    r"|(?P<live>data-dp-(?:source|language))"
    r")\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_PAINT = re.compile(r"url\(#")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\\")
OPEN = "\0"
"""What stands before and behind an address that is left open."""
BETWEEN = ":"
"""What stands between the id of a part and the id of an element in it."""


def as_part(html: str, url: str, id: str) -> str:
    """Return the HTML of the page at a `url`, relative to the site, as the part named `id`.

    What a script would work with alone on its page, capacity blocks that can be changed, is left still.
    """

    def attribute(found: re.Match[str]) -> str:
        if found["live"]:
            return ""
        name = found["ids"] or found["address"]
        value = next(text for text in (found["double"], found["single"], found["bare"]) if text is not None)
        quote = "'" if found["single"] is not None else '"'
        value = " ".join(f"{id}{BETWEEN}{one}" for one in value.split()) if found["ids"] else _opened(value, url, id)
        return f"{found['before']}{name}={quote}{value}{quote}"

    def tag(found: re.Match[str]) -> str:
        if not _MAYBE.search(found[0]):
            return found[0]
        changed = _ATTRIBUTE.sub(attribute, found[0])
        return _PAINT.sub(f"url(#{id}{BETWEEN}", changed) if "url(#" in changed else changed

    return _TAG.sub(tag, html.replace(OPEN, ""))


def inside(id: str, anchor: str) -> str:
    """Return the address of a part, or of an element in it."""
    return f"#{id}{BETWEEN}{anchor}" if anchor else f"#{id}"


def _opened(address: str, url: str, id: str) -> str:
    """Return an address as it is, where it leads elsewhere or stays on the page; relative to the site and left open."""
    if not address or _ABSOLUTE.match(address):
        return address
    rest, _, anchor = address.partition("#")
    path, sign, query = rest.partition("?")
    target = url
    if path:
        folder = path.endswith("/") or path.rpartition("/")[2] in (".", "..")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(url), path))
        target = "" if target == "." else f"{target}/" if folder else target
    if target == url and not query:
        return inside(id, anchor)
    return f"{OPEN}{target}{sign}{query}{f'#{anchor}' if anchor else ''}{OPEN}"
