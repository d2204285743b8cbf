"""The checker of diagrams: what Mermaid draws passes, what it does not is told with its line."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.mermaid.check import check
from mkdocs_design_portfolio.core.mermaid.diagram import Diagram
from mkdocs_design_portfolio.core.mermaid.fences import fences
from mkdocs_design_portfolio.core.mermaid.grammar import FOLDER, grammar
from mkdocs_design_portfolio.core.mermaid.reading import check_diagrams
from mkdocs_design_portfolio.core.mermaid.words import words_of
from mkdocs_design_portfolio.core.parse import parse
from tests.conftest import REPOSITORY
from tests.mermaid.corpus import BROKEN, VALID, WORDS


def told(source: str) -> str:
    """What is said of a diagram, with its line."""
    found = check(Diagram(source))
    return f"! {'-' if found.line is None else found.line}: {found.fact} ({found.remedy})" if found else "! not seen"


def test_what_mermaid_draws_has_no_mistake():
    assert len(VALID) >= 150
    wrong = {source: told(source) for source in VALID if told(source) != "! not seen"}
    assert wrong == {}


@pytest.mark.parametrize(("expected", "source"), BROKEN, ids=[source[:60] for _, source in BROKEN])
def test_what_it_does_not_draw_is_told_with_the_line_and_the_remedy(expected, source):
    assert told(source) == expected


def test_most_of_what_is_broken_is_seen():
    assert len(BROKEN) >= 60
    assert sum(expected != "! not seen" for expected, _ in BROKEN) / len(BROKEN) > 0.95


def test_lines_are_those_of_the_author_behind_front_matter_comments_and_signs_of_two_units():
    before = "---\ntitle: A\n---\n%%{init: {}}%%\n%% a 🚀 comment\n\nflowchart LR\n  A[🚀] --> B\n%% another\n"
    assert told(f"{before}  C -> D\n") == "! 9: unknown arrow '->' (write '-->')"


KINDS = ["flowchart LR", "sequenceDiagram", "classDiagram", "stateDiagram-v2", "erDiagram", "gantt", "mindmap"]
PARTS = st.sampled_from(
    [
        *KINDS,
        "\n",
        " ",
        *[
            "A",
            "end",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            '"',
            "-->",
            "->>",
            ":",
            "||--o{",
            "%%",
            "---",
            "🚀",
            "#quot;",
            ";",
            "@",
        ],
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PARTS | st.text(max_size=3), max_size=25).map("".join))
def test_no_text_is_too_strange(source):
    diagram = Diagram(source)
    found = check(diagram)
    assert found is None or found.line is None or 0 <= found.line <= source.count("\n")
    assert words_of(diagram).title is not None


def test_a_long_diagram_is_read_in_a_breath():
    source = "sequenceDiagram\n" + "  Alice->>Bob: hello\n" * 2000
    assert check(Diagram(source)) is None
    assert len(words_of(Diagram(source)).sayings) == 2000


DOCUMENT = """\
---
title: x
---
# x

<!-- an example:
```mermaid
not drawn
```
-->

```text
```mermaid
```

~~~mermaid
flowchart LR
  A -> B
~~~

- an item

    ```mermaid
    flowchart LR

      A --> B
    ```

````md
```mermaid
wrong
```
````

```mermaid
[Diagram here]
```

```mermaid
```
"""


def test_fences_are_found_where_markdown_has_them():
    document, _ = parse(DOCUMENT, path="designs/x.md")
    found = [(fence.line, fence.source) for fence in fences(document)]
    assert found == [
        (16, "flowchart LR\n  A -> B"),
        (23, "flowchart LR\n\n  A --> B"),
        (35, "[Diagram here]"),
        (39, ""),
    ]
    assert [str(problem) for problem in check_diagrams(document)] == [
        "designs/x.md:18: unknown arrow '->' (write '-->')",
        "designs/x.md:39: the diagram is empty (begin with a line such as 'flowchart LR', or remove the fence)",
    ]


@pytest.mark.parametrize("source", WORDS, ids=[source[:60] for source in WORDS])
def test_words(source):
    diagram, *_ = source.partition("\n> ")
    expected = [line for line in source.splitlines() if line.startswith("> ")]

    def shown(sayings, depth=0):
        for saying in sayings:
            yield f"> {'  ' * depth}{saying.text}"
            yield from shown(saying.parts, depth + 1)

    assert list(shown(words_of(Diagram(diagram)).sayings)) == expected


def test_an_authors_own_words_come_first():
    words = words_of(Diagram("---\ntitle: Front\n---\nflowchart LR\n  accTitle: Own\n  accDescr: Why.\n  A --> B\n"))
    assert (words.title, words.description) == ("Own", "Why.")
    assert words_of(Diagram("---\ntitle: 'Front'\n---\ngitGraph\n  commit\n")).title == "Front"


def test_every_grammar_is_of_the_mermaid_that_pages_load():
    licence = REPOSITORY / "plugins/mkdocs_design_portfolio/theme/assets/design-portfolio/mermaid/LICENSE.txt"
    version = licence.read_text(encoding="utf-8").split()[1].rstrip(",")
    assert {grammar(path.stem).mermaid for path in FOLDER.glob("*.json")} == {version}


def test_nothing_is_loaded_for_a_document_without_a_diagram():
    code = (
        "import sys; from mkdocs_design_portfolio.core.mermaid import grammar, reading; "
        "from mkdocs_design_portfolio.core.parse import parse; "
        "reading.check_diagrams(parse('# x\\n', path='x')[0]); print(grammar.grammar.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
