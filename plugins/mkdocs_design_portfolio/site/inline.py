"""Python-Markdown's inline patterns, each tried only on text that has what it begins with.

Python-Markdown tries some two dozen patterns on every text of a page, one after the other; that is a quarter of what
converting takes. Most need a sign that most texts do not have. A pattern that is not known here is always tried.
"""

from __future__ import annotations

from typing import Any

from markdown import Extension, Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "not_strong": ("*", "_"),
    "em_strong": ("*",),
    "em_strong2": ("_",),
    "design-portfolio-wiki": ("[[",),
    "design-portfolio-capacity": ("`",),
}
"""What a text has that a pattern matches, by the name it is registered under: one of these."""
_MODULES = ("markdown.inlinepatterns", "markdown.extensions.footnotes", "pymdownx.inlinehilite", __package__)


class InlineExtension(Extension):
    """Puts the faster processor in the place of Python-Markdown's own, unless another stands there."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Keep its name and its place (20)."""
        if type(md.treeprocessors["inline"]) is InlineProcessor and hasattr(InlineProcessor, _APPLY):
            md.treeprocessors.register(_SigningProcessor(md), "inline", 20)


_APPLY = "_InlineProcessor__applyPattern"


class _SigningProcessor(InlineProcessor):
    """The same, but for what it leaves out. Its base class asks for `__handleInline` by the name it has there."""

    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:
        registry = self.md.inlinePatterns
        names = {id(registry[name]): name for name in _SIGNS if name in registry}
        self.tried = list(registry)
        self.signs = [_signs(pattern, names.get(id(pattern), "")) for pattern in self.tried]
        self.apply = getattr(self, _APPLY)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        start = 0
        while patternIndex < len(self.tried):
            signs = self.signs[patternIndex]
            if signs and signs[0] not in data and signs[-1] not in data:
                patternIndex += 1  # noqa: N806
                start = 0
                continue
            data, matched, start = self.apply(self.tried[patternIndex], data, patternIndex, start)
            if not matched:
                patternIndex += 1  # noqa: N806
        return data


def _signs(pattern: object, name: str) -> tuple[str, ...]:
    return _SIGNS.get(name, ()) if type(pattern).__module__.startswith(_MODULES) else ()
