"""The links of a page that leave the site, marked, so that paper can say where they lead."""

from __future__ import annotations

import html
import re

MARK = "data-dp-address"
_LINK = re.compile(r'<a\b(?P<attributes>[^<>]*\bhref="(?P<address>https?://[^"]*)"[^<>]*)>(?P<text>.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def mark_addresses(content: str) -> str:
    """Return a page's HTML with each link marked that leaves the site and whose text is not its address."""
    if 'href="http' not in content:
        return content

    def link(found: re.Match[str]) -> str:
        said = html.unescape(_TAG.sub("", found["text"])).strip().removesuffix("/")
        address = html.unescape(found["address"]).removesuffix("/")
        if not said or MARK in found["attributes"] or said in (address, address.partition("://")[2]):
            return found[0]
        return f"<a{found['attributes']} {MARK}>{found['text']}</a>"

    return _LINK.sub(link, content)
