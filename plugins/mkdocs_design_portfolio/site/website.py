"""What a site says of itself as a whole: its name, address, author and language."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig


@dataclass(frozen=True, slots=True)
class Website:
    """The site that a portfolio is published as."""

    name: str
    url: str
    """Absolute, ends in `/`; empty where the configuration names none."""
    description: str
    author: str
    language: str
    """As a BCP 47 tag, e.g. `pt-BR`."""
    sources: bool
    """Whether the Markdown source of each page is published beside it."""

    def absolute(self, uri: str) -> str:
        """Return the absolute address of what has an address in the site; that itself where the site has none."""
        return self.url + uri


def website(config: MkDocsConfig, *, sources: bool) -> Website:
    """Return the site of a configuration."""
    language = str(config.theme.get("language") or config.theme.locale)
    return Website(
        name=config.site_name,
        url=config.site_url or "",
        description=" ".join((config.site_description or "").split()),
        author=config.site_author or "",
        language=language.replace("_", "-"),
        sources=sources,
    )
