"""Code is colored as `pymdownx.highlight` colors it."""

from __future__ import annotations

import markdown
import pytest

from mkdocs_design_portfolio.site.colors import ColorExtension

PAGE = """\
```python title="A file" linenums="3" hl_lines="2"
def answer(question: str) -> int:
    return 42  # whatever it is
```

```
no language
```

```nolanguageofthisname
x <- 1
```

```{.yaml #config .wide}
limits: [1, 2]
```

```yaml
limits: {a: 1}
```

~~~text
 plain, and a blank line before

~~~

    indented = True

Inline `#!python print("x")` and `plain`.
"""
SETTINGS = {
    "as it comes": {},
    "with numbers on every line": {"linenums": True, "anchor_linenums": True, "line_spans": "__span"},
    "with numbers in line": {"linenums": True, "linenums_style": "pymdownx-inline"},
    "with styles in place of classes": {"noclasses": True, "pygments_style": "monokai"},
    "guessing the language": {"guess_lang": True},
    "with a language of its own": {"extend_pygments_lang": [{"name": "nolanguageofthisname", "lang": "r"}]},
    "with titles and the language as a class": {"auto_title": True, "pygments_lang_class": True},
    "with a language for code that names none": {"default_lang": "python", "stripnl": False},
    "without Pygments": {"use_pygments": False},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_same_comes_out(settings):
    def html(*more):
        known = ["pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences"]
        return markdown.markdown(PAGE, extensions=[*known, *more], extension_configs={"pymdownx.highlight": settings})

    assert html(ColorExtension()) == html()


def test_a_highlighter_of_somebody_else_stays():
    from pymdownx.highlight import Highlight, HighlightExtension

    class Loud(Highlight):
        def highlight(self, src, *args, **options):
            return super().highlight(src.upper(), *args, **options)

    class LoudExtension(HighlightExtension):
        def get_pymdownx_highlighter(self):
            return Loud

    md = markdown.Markdown(extensions=[LoudExtension(), "pymdownx.superfences", ColorExtension()])
    assert "SELECT" in md.convert("```\nselect 1\n```\n")
