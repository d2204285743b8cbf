"""Diagrams on built pages: figures with their words, problems with their line, Mermaid only where it is needed."""

from __future__ import annotations

import re

import pytest

EXTENSIONS = "markdown_extensions:\n  - pymdownx.superfences\n"
DRAWN = """\
## High-level architecture

```mermaid
flowchart LR
  C[Client] -->|HTTPS| G[API gateway]
```
"""


def design(text: str) -> str:
    """A design with that text."""
    return f"---\ntitle: Shop\ndate: 2026-01-02\n---\n\n# Shop\n\n{text}"


PAGE = "designs/2026-01-02-shop.md"
URL = "designs/2026-01-02-shop/"


def configure(project, more: str = EXTENSIONS, **options) -> None:
    """Write the configuration with extensions and options of the plugin."""
    text = project.read("mkdocs.yml")
    if options:
        text = text.replace(
            "- design-portfolio", "- design-portfolio:\n" + "\n".join(f"      {k}: {v}" for k, v in options.items())
        )
    project.write("mkdocs.yml", text + more)


def mermaid(project) -> list[str]:
    """Mermaid's files in the built site."""
    return sorted(path for path in project.files() if path.startswith("site/assets/design-portfolio/mermaid/"))


@pytest.mark.parametrize(
    "extensions",
    [
        EXTENSIONS,
        "",
        "markdown_extensions: [pymdownx.extra]\n",
        "markdown_extensions: [pymdownx.highlight, fenced_code]\n",
    ],
    ids=["superfences", "fenced code", "pymdownx.extra", "fenced code with highlight"],
)
def test_a_fence_becomes_a_figure_with_source_words_and_the_sections_name(project, extensions):
    project.write(PAGE, design(DRAWN))
    configure(project, extensions)
    assert project.build("--strict").warnings == []
    html = project.page(URL)
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert 'aria-label="Diagram: High-level architecture"' in figure
    assert "C[Client] --&gt;|HTTPS| G[API gateway]" in figure
    assert "<li>Client leads to API gateway: HTTPS</li>" in figure
    assert 'class="mermaid' not in html


@pytest.mark.parametrize("format", ["fence_code_format", "fence_div_format"])
def test_the_usual_fence_of_a_site_is_taken_over_for_it_would_load_mermaid_from_elsewhere(project, format):
    fence = f"        - name: mermaid\n          class: mermaid\n          format: !!python/name:pymdownx.superfences.{format}\n"
    project.write(PAGE, design(DRAWN))
    configure(project, f"markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences:\n{fence}")
    project.build("--strict")
    assert '<figure class="dp-diagram"' in project.page(URL)
    assert 'class="mermaid' not in project.page(URL)


def test_a_fence_of_the_sites_own_stays(project):
    project.write("own.py", "def fence(source, *args, **kwargs):\n    return '<p>OWN</p>'\n")
    fence = "        - {name: mermaid, class: x, format: !!python/name:own.fence }\n"
    project.write(PAGE, design(DRAWN))
    configure(project, f"markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences:\n{fence}")
    done = project.run("build", env={"PYTHONPATH": str(project.root)})
    assert done.code == 0, done.err
    assert "<p>OWN</p>" in project.page(URL)
    assert "<figure" not in project.page(URL)


def test_mermaid_is_in_a_site_with_a_diagram_alone_and_never_its_source_maps(project):
    project.write(PAGE, design("## High-level architecture\n\n```mermaid\n[Diagram here]\n```\n"))
    configure(project)
    assert project.build("--strict").warnings == []
    assert mermaid(project) == []
    project.write(PAGE, design(DRAWN))
    project.build("--strict")
    files = mermaid(project)
    assert len(files) > 50
    assert not [path for path in files if path.endswith((".map", ".mjs", ".md", ".py"))]
    project.write(PAGE, design("Text."))
    project.build()
    assert mermaid(project) == []
    project.write("docs/index.md", "# Home\n\n```mermaid\nflowchart LR\n  A --> B\n```\n")
    project.build()
    assert mermaid(project) == files


def test_no_page_names_another_host_for_mermaid(project):
    project.write(PAGE, design(DRAWN))
    configure(project)
    project.build()
    for path in [*mermaid(project), *(path for path in project.files() if path.endswith(".js"))]:
        text = project.read(path)
        assert not re.search(r"import\s*\(?\s*[\"']https?:", text), path
        assert "sourceMappingURL" not in text or "/mermaid/" not in path


BROKEN = "```mermaid\nflowchart LR\n\n  A[Cache (Redis)] --> B\n```\n"


def test_a_diagram_that_does_not_parse_is_told_everywhere_with_its_line_and_again_by_a_warm_build(project):
    project.write(PAGE, design(BROKEN))
    project.write("notes/caching.md", f"---\ntags: [x]\n---\n# Caching\n\n{BROKEN}")
    project.write("roadmap.md", project.read("roadmap.md") + "\n" + BROKEN)
    project.write("designs/_template.md", project.read("designs/_template.md") + "\n" + BROKEN)
    project.write("docs/index.md", f"# Home\n\n{BROKEN}")
    configure(project)
    told = "'(' stands in a label without quotes (write [\"Cache (Redis)\"])"
    paths = (PAGE, "notes/caching.md", "roadmap.md", "designs/_template.md", "docs/index.md")
    expected = {
        f"{path}:{next(n for n, line in enumerate(project.read(path).split(chr(10)), 1) if '(Redis)' in line)}: {told}"
        for path in paths
    }
    for _ in ("cold", "warm"):
        assert set(project.build().warnings) == expected
    assert project.run("build", "--strict").code == 1
    assert "This diagram cannot be drawn, for its line 3:" in project.page(URL)


def test_diagrams_of_a_template_may_have_its_placeholders(project):
    more = "\n```mermaid\nflowchart LR\n  A[{{ title }}] --> B\n```\n"
    project.write("designs/_template.md", project.read("designs/_template.md") + more)
    assert project.build("--strict").warnings == []


def test_the_option_leaves_fences_alone(project):
    project.write(PAGE, design(BROKEN))
    configure(project, diagrams="false")
    assert project.build("--strict").warnings == []
    assert "<figure" not in project.page(URL)
    assert mermaid(project) == []


def test_what_is_written_in_a_diagram_is_text(project):
    project.write(
        PAGE, design('```mermaid\nflowchart LR\n  A["<img src=x onerror=alert(1)> & <b>bold</b>"] --> B\n```\n')
    )
    configure(project)
    project.build("--strict")
    assert "<img src=x" not in project.page(URL)


def test_search_finds_a_diagram_by_its_words_and_not_by_its_arrows(project):
    project.write(PAGE, design(DRAWN))
    configure(project)
    project.build()
    index = project.page("search/search_index.json")
    assert "Client leads to API gateway: HTTPS" in index
    assert "C[Client]" not in index
