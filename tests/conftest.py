"""Projects on disk, and the real command run in them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures"

# A shell that starts the tests in the background has them ignore Ctrl+C, and so would every command they run:
# but `mkdocs serve` and `mkdocs guide` are ended by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

CONFIG = """\
site_name: Portfolio
site_url: https://example.org/portfolio/
theme:
  name: material
  font: false
plugins:
  - search
  - design-portfolio
"""
ROADMAP = """\
# Roadmap

## Foundations {#foundations}

- [x] Latency numbers
- [x] Estimation

## Storage and data {#storage}

- [x] Indexes
- [ ] Replication

## Scalability patterns {#scalability}

- [ ] Caching
"""


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def warnings(self) -> list[str]:
        """What MkDocs logged as warnings and errors, without its prefix."""
        return [line[11:] for line in self.err.splitlines() if line.startswith(("WARNING", "ERROR"))]


@dataclass(frozen=True)
class Project:
    """A folder that commands are run in."""

    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, with its folders."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def read(self, path: str) -> str:
        """Read a file of the project."""
        return (self.root / path).read_text(encoding="utf-8")

    def files(self) -> set[str]:
        """Return every file, hidden ones too."""
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}

    def run(self, *args: str, cwd: str = ".", env: dict[str, str] | None = None) -> Run:
        """Run `mkdocs` with these arguments."""
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", *args],
            cwd=self.root / cwd,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "COLUMNS": "400", **(env or {})},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    def build(self, *args: str) -> Run:
        """Build the site, which must succeed."""
        done = self.run("build", *args)
        assert done.code == 0, done.err
        return done

    def page(self, url: str) -> str:
        """Read a file of the built site."""
        path = self.root / "site" / url
        return (path / "index.html" if url.endswith("/") or not url else path).read_text(encoding="utf-8")

    @property
    def portfolio(self) -> dict:
        """The built `portfolio.json`."""
        return json.loads(self.page("portfolio.json"))

    def design(self, id: str) -> dict:
        """One design of `portfolio.json`."""
        return next(design for design in self.portfolio["designs"] if design["id"] == id)

    def states(self, id: str) -> dict[str, str]:
        """The state of each step of one design."""
        return {step["id"]: step["state"] for step in self.design(id)["steps"]}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small portfolio: configuration, home page, roadmap, the flow's template; no design yet."""
    from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
    from mkdocs_design_portfolio.core.template import default_template

    flow, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
    assert flow is not None
    made = Project(tmp_path / "project")
    made.write("mkdocs.yml", CONFIG)
    made.write("docs/index.md", "# Home\n")
    made.write("roadmap.md", ROADMAP)
    made.write("designs/_template.md", default_template(flow))
    return made


@pytest.fixture
def fourteen(tmp_path: Path) -> Project:
    """A portfolio whose template has fourteen headings and bold-line metadata."""
    shutil.copytree(FIXTURES / "fourteen-headings", tmp_path / "fourteen")
    return Project(tmp_path / "fourteen")


def demo_project(folder: Path) -> Project:
    """Copy this repository's own portfolio into a folder."""
    root = folder / "demo"
    root.mkdir()
    for name in ("mkdocs.yml", "roadmap.md", "designs", "notes", "docs", "overrides"):
        source = REPOSITORY / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    return Project(root)


@pytest.fixture
def demo(tmp_path: Path) -> Project:
    """A copy of this repository's own portfolio."""
    return demo_project(tmp_path)


class _Host(SimpleHTTPRequestHandler):
    """Serves a site as GitHub Pages does: with its own page for addresses that lead nowhere."""

    def log_message(self, *args) -> None:
        """Say nothing."""

    def send_error(self, code, message=None, explain=None) -> None:
        """Answer with the site's `404.html`."""
        page = next(Path(self.directory).glob("*/404.html"), None)
        if code != 404 or page is None:
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def served(folder: Path, at: str = "portfolio") -> Iterator[str]:
    """Serve a folder below an address, as a project's site is; that address is given."""
    root = folder.parent / "served"
    root.mkdir()
    (root / at).symlink_to(folder, target_is_directory=True)  # which may be built later
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{at}/"
    server.shutdown()
    server.server_close()
