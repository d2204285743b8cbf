"""A Python-Markdown extension: fenced `capacity` blocks become tables, code spans that begin with `=` their value.

It builds on the custom fences of pymdownx.superfences. `DesignPortfolioPlugin` adds it to the pages of
designs and notes that hold a block; any other page may name it in `markdown_extensions` as
`design-portfolio-capacity`.
"""

from __future__ import annotations

import functools
import logging
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesCodeExtension

from ..core.capacity.language import language
from ..core.capacity.sheet import LANGUAGE, read_sheet
from ..core.model import Block, Problem, Quantity, Sheet
from ..core.parse import parse

log = logging.getLogger("mkdocs.plugins.design_portfolio")

_SPAN = r"(?<![\\`])(?P<marks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=marks)(?!`)"
"""Any code span, so that one inside another is not looked at."""

Render = Callable[..., str]
"""Renders a partial of `design-portfolio/` with the objects given by name."""


class CapacityExtension(Extension):
    """Shows the capacity numbers of one document.

    With the `sheet` of its document, what stands there is shown and whoever read it reports its mistakes;
    `path` is what problems call the document.
    Without, each text that is converted is read on its own, and its mistakes are logged.
    """

    def __init__(
        self, *, sheet: Sheet | None = None, path: str = "capacity", render: Render | None = None, **config: Any
    ) -> None:
        super().__init__(**config)
        self.path = path
        self.given = sheet
        self.render = render or _own_render
        self.blocks: dict[str, deque[Block]] = {}
        self.spans: dict[str, Quantity] = {}
        self.first = True

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put superfences with one custom fence more in place of the site's own, or of none."""
        sites = (item for item in md.registeredExtensions if isinstance(item, SuperFencesCodeExtension))
        config: dict[str, Any] = next((item.getConfigs() for item in sites), {})
        ours = {"name": LANGUAGE, "class": LANGUAGE, "format": self.table, "validator": _accept}
        config = {**config, "custom_fences": [*config.get("custom_fences", []), ours]}
        SuperFencesCodeExtension(**config).extendMarkdown(md)
        md.preprocessors.register(_Reader(md, self), "design-portfolio-capacity", 35)
        md.inlinePatterns.register(_Spans(_SPAN, md, self), "design-portfolio-capacity", 191)

    def read(self, text: str) -> None:
        """Take in what a text holds."""
        sheet = self.given
        if sheet is None:
            document, _ = parse(text, path=self.path)
            sheet, findings = read_sheet(document)
            for finding in findings:
                log.warning("%s", finding.problem)
        self.blocks = {}
        for block in sheet.blocks:
            self.blocks.setdefault(_letters(block.source), deque()).append(block)
        self.spans = {span.source: span for span in sheet.spans}
        self.first = True

    def table(self, source: str, *_: Any, **_options: Any) -> str:
        """Return the table of the block with that source, as superfences asks for it."""
        known = self.blocks.get(_letters(source))
        if known:
            block = known.popleft()
        else:
            fact = "a capacity block in a quotation, or made by another plugin, is worked out on its own"
            log.warning("%s", Problem(self.path, None, fact, "move it out of there to have it checked with the others"))
            sheet, _found = read_sheet(parse(f"```{LANGUAGE}\n{source}\n```", path=self.path)[0])
            if not sheet.blocks:
                return ""
            block = sheet.blocks[0]
        first, self.first = self.first, False
        return self.render("capacity-table.html", block=block, language=_language() if first else None)


class _Reader(Preprocessor):
    """Reads the capacity numbers before the fences are taken out of the text."""

    def __init__(self, md: Markdown, extension: CapacityExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Read the lines and leave them as they are."""
        self.extension.read("\n".join(lines))
        return lines


class _Spans(InlineProcessor):
    """Shows what a code span comes to that begins with `=`."""

    def __init__(self, pattern: str, md: Markdown, extension: CapacityExtension) -> None:
        super().__init__(pattern, md)
        self.extension = extension

    def handleMatch(  # type: ignore[override] # noqa: N802
        self, m: Any, data: str
    ) -> tuple[str | Element | None, int | None, int | None]:
        """Return the value in place of a span that is one of the document's."""
        span = self.extension.spans.get(m["code"].strip())
        if span is None:
            return None, None, None
        html = self.extension.render("capacity-value.html", span=span)
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


def _accept(language: str, inputs: Mapping[str, str], options: Any, attrs: Any, md: Markdown) -> bool:
    """Take every fence of the language, whatever options stand behind it."""
    return True


def _letters(source: str) -> str:
    """Return a block's source without the white space that nesting adds or takes."""
    return "\n".join(" ".join(line.split()) for line in source.splitlines() if line.strip())


@functools.cache
def _language() -> dict[str, Any]:
    return language()


@functools.cache
def _environment() -> jinja2.Environment:
    from .render import THEME

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _own_render(partial: str, **context: object) -> str:
    return _environment().get_template(f"design-portfolio/{partial}").render(**context).strip()
