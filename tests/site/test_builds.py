"""A warm build is a clean build: what is reused is what would be made."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from ..conftest import REPOSITORY, ROADMAP, Project
from .edits import Editor

EDITS = int(os.environ.get("EDITS", "40"))
"""How many random edits are tried; the figure in the guide was counted with 300."""
CONFIG = """\
site_name: Portfolio
site_url: https://example.org/portfolio/
theme: {name: material, font: false, custom_dir: overrides}
plugins:
  - search
  - macros: {render_by_default: false}
  - design-portfolio: {flow: flow.yml}
markdown_extensions: [attr_list, footnotes, tables, toc: {permalink: true}, pymdownx.superfences]
"""


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def built(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Build a project in this process; return its site, and what was warned of."""
    heard = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        config = load_config(str(root / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    finally:
        logger.removeHandler(heard)
    return site_of(root), sorted(heard.found)


def site_of(root: Path) -> dict[str, bytes]:
    """Return every file of a built site."""
    return {path.relative_to(root / "site").as_posix(): path.read_bytes() for path in (root / "site").rglob("*.*")}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the files in which two sites differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A portfolio of a few short designs and notes, with a flow, a template and overrides of its own."""
    made = Project(tmp_path / "warm")
    made.write("mkdocs.yml", CONFIG)
    made.write("docs/index.md", "# Home\n")
    made.write("overrides/.gitkeep", "")
    made.write("roadmap.md", ROADMAP)
    flow = REPOSITORY / "plugins" / "mkdocs_design_portfolio" / "flows" / "system-design.yml"
    made.write("flow.yml", flow.read_text(encoding="utf-8"))
    made.write("designs/_template.md", (REPOSITORY / "designs" / "_template.md").read_text(encoding="utf-8"))
    for number, name in enumerate(("alpha", "beta", "gamma", "delta"), start=1):
        text = f"---\ntitle: Design {name}\ndate: 2026-02-0{number}\nsummary: About {name}.\n---\n# Design {name}\n\n"
        text += "## Clarify the problem\n\nUsers of a queue with a token bucket want a cache.\n\n## Tradeoffs\n\n"
        text += f"| Option | Why |\n|---|---|\n| Lease | Fence {name} |\n\nThe backlog of a replica grows.\n\n"
        text += "## Failure modeling\n\nA leader that is lost is replaced.\n\n"
        made.write(f"designs/2026-02-0{number}-{name}.md", text)
    for name in ("cache", "token-bucket", "quorum"):
        text = (
            f"---\ntitle: {name.replace('-', ' ').capitalize()}\n---\n# {name}\n\n## Intuition\n\nThe {name} of it.\n\n"
        )
        made.write(f"notes/{name}.md", text)
    return made


def test_after_any_edit_a_warm_build_is_a_clean_build(small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """File by file, and warning by warning; `EDITS=300 pytest tests/site/test_builds.py` tries more."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    editor = Editor(small.root, seed=int(os.environ.get("SEED", "1")))
    clean = tmp_path / "clean" / "warm"
    built(small.root)
    for _ in range(EDITS):
        what = editor.edit()
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(small.root, clean, ignore=shutil.ignore_patterns(".cache", "site"))
        warm, told = built(small.root)
        expected, wanted = built(clean)
        assert differences(warm, expected) == [], what
        assert told == wanted, what
