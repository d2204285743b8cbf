"""Text in any script -> a slug."""

from __future__ import annotations

import unicodedata


def slugify(text: str, *, max_bytes: int = 120) -> str:
    """Return `text` as words joined by hyphens, fit for a file name and an address.

    Letters, digits and their marks are kept in every script; accents are dropped from Latin
    letters; everything else separates words. The result is empty when nothing is left, and at most
    `max_bytes` long in UTF-8, cut between words where there is a place to cut.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", folded):
        category = unicodedata.category(char)
        if category[0] in "LN":
            base = char
            kept.append(char)
        elif category[0] == "M":
            if base and not base.isascii():
                kept.append(char)
        elif category != "Cf" and char not in "'’":
            base = ""
            kept.append(" ")
    words = unicodedata.normalize("NFC", "".join(kept)).split()
    return _cut("-".join(words), max_bytes)


def _cut(slug: str, max_bytes: int) -> str:
    raw = slug.encode()
    if len(raw) <= max_bytes:
        return slug
    whole = raw[:max_bytes].decode(errors="ignore")
    words, hyphen, _ = whole.rpartition("-")
    return words if hyphen and len(words) * 2 >= len(whole) else whole.strip("-")
