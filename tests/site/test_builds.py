"""A warm build is a clean build: what is reused is what would be made."""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from ..conftest import REPOSITORY, ROADMAP, Project
from .edits import Editor

EDITS = int(os.environ.get("EDITS", "25"))
"""How many random edits are tried."""
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


def run(root: Path, *args: str) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", *args]
    return subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_build_after_twenty_killed_ones_is_a_clean_build(small: Project, monkeypatch: pytest.MonkeyPatch):
    """Each is killed at a random moment, between an edit and the next."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    chance, editor = random.Random(5), Editor(small.root, seed=9)
    started = time.monotonic()
    assert run(small.root).wait() == 0
    takes = time.monotonic() - started
    for _ in range(20):
        editor.edit()
        process = run(small.root)
        time.sleep(chance.uniform(0.3, 1.1) * takes)
        process.send_signal(signal.SIGKILL)
        process.wait()
    small.build()
    after = site_of(small.root)
    shutil.rmtree(small.root / ".cache")
    shutil.rmtree(small.root / "site")
    small.build()
    assert differences(after, site_of(small.root)) == []


@pytest.mark.parametrize("damage", ["noise", "cut", "swapped", "emptied", "folders"])
def test_a_damaged_cache_is_noticed_and_made_anew(small: Project, damage: str, monkeypatch: pytest.MonkeyPatch):
    """Whatever happens to its files."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    small.build()
    wanted = site_of(small.root)
    chance = random.Random(3)
    kept = sorted(path for path in (small.root / ".cache").rglob("*") if path.is_file())
    assert len(kept) > 10
    others = chance.sample(kept, len(kept))
    contents = [path.read_bytes() for path in others]
    for path, other in zip(kept, contents, strict=True):
        if damage == "folders":
            path.unlink()
            path.mkdir()
        else:
            raw = path.read_bytes()
            at = chance.randrange(len(raw))
            new = {"noise": raw[:at] + chance.randbytes(8) + raw[at + 8 :], "cut": raw[:at], "swapped": other}
            path.write_bytes(new.get(damage, b""))
    small.build()
    assert differences(site_of(small.root), wanted) == []


def test_nothing_is_rendered_again_when_nothing_changed(small: Project):
    """And after one edit, only what shows it."""
    small.build()
    assert ": 0 pages rendered, " in small.build().err
    path = small.root / "designs" / "2026-02-03-gamma.md"
    path.write_text(path.read_text() + "\nIt is the same as before.\n")
    assert ": 1 page rendered, " in small.build().err


def test_what_was_read_of_a_document_is_known_in_the_next_process(small: Project):
    """Where sets have another order, and names must not depend on it."""
    small.build()
    kept = {path.name for path in (small.root / ".cache").rglob("*")}
    small.build()
    assert {path.name for path in (small.root / ".cache").rglob("*")} == kept


def test_a_verbose_build_says_why_a_page_is_rendered(small: Project):
    """One line a page."""
    small.build()
    path = small.root / "designs" / "2026-02-03-gamma.md"
    path.write_text(path.read_text() + "\nSee [the other](2026-02-01-alpha.md).\n")
    told = small.build("--verbose").err
    assert "Rendered designs/2026-02-03-gamma.md: its text changed" in told
    assert "Rendered designs/2026-02-01-alpha.md: what it shows of other pages changed" in told
    assert "Rendered notes/quorum.md" not in told
    small.write("mkdocs.yml", small.read("mkdocs.yml").replace("Portfolio", "Other"))
    told = small.build("--verbose").err
    assert "Rendered notes/quorum.md: the configuration, the theme, the flow or something installed changed" in told


def test_the_cache_can_be_switched_off(small: Project):
    """Then nothing is kept, and the site is the same."""
    small.build()
    wanted = site_of(small.root)
    shutil.rmtree(small.root / ".cache")
    small.write("mkdocs.yml", small.read("mkdocs.yml").replace("flow: flow.yml", "flow: flow.yml, cache: false"))
    assert ", 0 reused, " in small.build().err
    assert ", 0 reused, " in small.build().err
    assert not (small.root / ".cache").exists()
    assert [name for name in differences(site_of(small.root), wanted) if "sitemap" not in name] == []


def test_the_cache_is_ignored_by_git_and_does_not_grow_without_end(small: Project):
    """What no build has asked for in an hour goes away."""
    small.build()
    kept = small.root / ".cache" / "design-portfolio"
    assert (kept / ".gitignore").read_text() == "*\n"
    old = time.time() - 4000
    before = {path for path in kept.rglob("*") if path.is_file()}
    for path in before:
        os.utime(path, (old, old))
    path = small.root / "designs" / "2026-02-03-gamma.md"
    path.write_text(path.read_text() + "\nOne plain sentence more.\n")
    small.build()
    after = {path for path in kept.rglob("*") if path.is_file()}
    assert 0 < len(before - after) < len(before) / 2


def test_a_plugin_that_works_on_pages_is_never_bypassed(small: Project):
    """Its pages are rendered one by one, each time."""
    small.write("hooks.py", "def on_page_content(html, **_):\n    return html + '<p>hooked</p>'\n")
    small.write("mkdocs.yml", small.read("mkdocs.yml") + "hooks: [hooks.py]\n")
    for _ in range(2):
        assert ", 0 reused, " in small.build().err
        assert "hooked" in small.page("designs/2026-02-03-gamma/")
    assert "Every page is rendered anew, one by one: hooks.py may change any of them" in small.build("--verbose").err


def test_two_builds_at_once_do_not_disturb_each_other(small: Project, tmp_path: Path):
    """Over one cache, into a site each."""
    for _ in range(3):
        sites = [tmp_path / f"site-{number}" for number in range(3)]
        started = [run(small.root, "--site-dir", str(site)) for site in sites]
        assert [process.wait() for process in started] == [0, 0, 0]
        found = [{p.relative_to(site): p.read_bytes() for p in site.rglob("*.html")} for site in sites]
        assert found[0] == found[1] == found[2]
        path = small.root / "designs" / "2026-02-03-gamma.md"
        path.write_text(path.read_text() + "\nOne plain sentence more.\n")


def test_a_file_of_the_site_that_somebody_changed_is_written_again(small: Project):
    """Pages and badges alike; and what is no longer of the site goes away."""
    small.build()
    wanted = site_of(small.root)
    small.write("site/designs/2026-02-03-gamma/index.html", "changed")
    small.write("site/badges/2026-02-03-gamma.svg", "changed")
    small.write("site/designs/stray/index.html", "stray")
    small.write("site/badges/stray.svg", "stray")
    small.build()
    assert [name for name in differences(site_of(small.root), wanted) if "sitemap" not in name] == []


def test_on_a_terminal_a_long_build_shows_how_far_it_is(small: Project):
    """On one line, which is gone at the end; in a log there is the last line alone."""
    import pexpect

    for number in range(60):
        text = small.read("designs/2026-02-03-gamma.md") * 20
        small.write(f"designs/2026-04-{number % 28 + 1:02}-more-{number}.md", text)
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TERM": "xterm"}
    child = pexpect.spawn(sys.executable, ["-m", "mkdocs", "build"], cwd=str(small.root), env=env, timeout=120)
    child.expect(r"Rendering pages: \d+ of \d+")
    child.expect(r"64 designs, 3 notes: \d+ pages rendered, 0 reused, [\d.]+ s")
    child.expect(pexpect.EOF)
    told = small.build().err
    assert "Rendering" not in told
    assert told.count(" reused, ") == 1
