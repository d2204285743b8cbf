"""Code colored as `pymdownx.highlight` does it, without what it would do again for each block of code.

For each block Pygments looks up the lexer by its name and works out a stylesheet, which nobody asks for where elements
have classes. Both together take as long as reading the code.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from markdown import Extension, Markdown
from pymdownx.highlight import Highlight

if TYPE_CHECKING:
    from pygments.lexer import Lexer


class ColorExtension(Extension):
    """Puts the faster highlighter in the place of `pymdownx.highlight`'s own, unless another stands there."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Answer for the extension what it is asked by those that color code."""
        for extension in md.registeredExtensions:
            asked: Any = getattr(extension, "get_pymdownx_highlighter", None)
            if asked and asked() is Highlight:
                extension.get_pymdownx_highlighter = lambda: _Highlight  # type: ignore[attr-defined]


class _NoStyle:
    """A style without a rule."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class _Highlight(Highlight):  # type: ignore[misc]
    """The same, but for what it leaves out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.noclasses:
            self.pygments_style = _NoStyle()

    def get_lexer(self, src: str, language: str, inline: bool, stripnl: bool) -> tuple[Lexer, str]:
        """Return the lexer of a language, and its name; it depends on the code only where it is guessed from that."""
        if self.guess_lang or self.extend_pygments_lang:
            found: tuple[Lexer, str] = super().get_lexer(src, language, inline, stripnl)
            return found
        return _lexer(language, self.default_lang, stripnl)


@functools.lru_cache(maxsize=64)
def _lexer(language: str, default: str, stripnl: bool) -> tuple[Lexer, str]:
    highlighter = Highlight(None, default_lang=default)
    found: tuple[Lexer, str] = highlighter.get_lexer("", language, False, stripnl)
    return found
