"""`mkdocs gh-deploy` to a real remote on disk, and `mkdocs serve` while one writes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.conftest import served

from .crawl import dead_links

GIT = {
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip


def _git(folder, *args):
    return subprocess.run(
        ["git", *args], cwd=folder, env={**os.environ, **GIT}, capture_output=True, text=True, check=True
    ).stdout


def test_gh_deploy_puts_the_site_on_the_branch(project, tmp_path):
    project.run("new-design", "rate limiter", "--date", "2026-01-02")
    _git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    _git(project.root, "init", "--quiet", "--initial-branch", "main")
    project.write(".gitignore", "/site/\n")
    _git(project.root, "add", ".")
    _git(project.root, "commit", "--quiet", "--message", "Start")
    _git(project.root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    done = project.run("gh-deploy", "--strict", env=GIT)
    assert done.code == 0, done.err
    _git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", "remote.git", "published")
    published = tmp_path / "published"
    assert (published / ".nojekyll").is_file()
    assert "rate limiter" in (published / "designs/2026-01-02-rate-limiter/index.html").read_text(encoding="utf-8")
    assert (published / "badges/portfolio.svg").is_file()
    assert (published / "badges/2026-01-02-rate-limiter/tradeoffs.svg").is_file()
    assert (
        json.loads((published / "portfolio.json").read_text(encoding="utf-8"))["designs"][0]["progress"]["total"] == 11
    )
    shutil.rmtree(published / ".git")
    assert dead_links(published) == []
    with served(published) as address:
        for path, kind, text in (
            ("designs/2026-01-02-rate-limiter/", "text/html", "0 of 11 steps"),
            ("roadmap/", "text/html", "Storage and data"),
            ("badges/2026-01-02-rate-limiter.svg", "image/svg+xml", "rate limiter: 0 of 11 steps"),
            ("portfolio.json", "application/json", '"schema": 1'),
        ):
            with urllib.request.urlopen(address + path, timeout=5) as reply:
                assert reply.headers.get_content_type() == kind
                assert text in reply.read().decode()


@pytest.fixture
def serving(project):
    """The project under `mkdocs serve`; yields a function that waits for a page to hold a text."""
    project.write("designs/2026-01-01-draft.md", "---\ndraft: true\n---\n# Hidden work\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (project.root.parent / "serve.log").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=project.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=log,
        stderr=log,
    )

    def wait(path: str, text: str) -> str:
        deadline = time.monotonic() + 30
        page = ""
        while time.monotonic() < deadline:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/portfolio/{path}", timeout=5) as reply,
            ):
                page = reply.read().decode()
                if text in page:
                    return page
            time.sleep(0.1)
        log.seek(0)
        raise AssertionError(f"{text!r} never came up on {path}\n{log.read()}\n{page[-2000:]}")

    yield wait
    server.send_signal(signal.SIGINT)
    server.wait(timeout=20)
    log.close()


def test_serve_shows_drafts_and_follows_every_part_of_the_portfolio(project, serving):
    page = serving("designs/", "Hidden work")
    assert "Not published" in page
    serving("designs/2026-01-01-draft/", "Hidden work")
    project.run("new-design", "rate limiter", "--date", "2026-01-02")
    serving("designs/", "rate limiter")
    text = project.read("designs/2026-01-02-rate-limiter.md")
    project.write(
        "designs/2026-01-02-rate-limiter.md",
        text.replace("## Functional", "A limiter for users. Success is calm.\n\n## Functional", 1),
    )
    serving("designs/2026-01-02-rate-limiter/", "1 of 11 steps")
    project.write("roadmap.md", project.read("roadmap.md") + "\n## Practice\n")
    serving("roadmap/", "Practice")
    project.write("designs/2026-01-02-rate-limiter.md", "---\ntitle: 'open\n---\n# Broken off\n")
    serving("designs/2026-01-02-rate-limiter/", "Broken off")
    (project.root / "designs/2026-01-02-rate-limiter.md").rename(project.root / "designs/2026-01-03-renamed.md")
    project.write("designs/2026-01-03-renamed.md", "# Renamed\n")
    serving("designs/2026-01-03-renamed/", "Renamed")


def test_serve_opens_the_coach(project, serving):
    project.run("new-design", "rate limiter", "--date", "2026-01-02")
    serving("designs/2026-01-02-rate-limiter/", '<details class="dp-coach" open>')


def test_serve_recovers_when_a_broken_flow_is_mended(project, serving):
    serving("designs/", "Hidden work")
    flow = "id: a\ntitle: A\nsteps:\n  - id: one\n    checkpoints: [{id: x, kind: count, of: [statements]}]\n"
    project.write("flow.yml", flow)
    project.write("designs/_template.md", "# {{ title }}\n\n## One\n")
    config = project.read("mkdocs.yml")
    project.write("mkdocs.yml", config.replace("- design-portfolio\n", "- design-portfolio: {flow: flow.yml}\n"))
    serving("designs/", "0 of 1 steps")
    project.write("flow.yml", "steps: [")
    time.sleep(1.5)
    project.write("flow.yml", flow + "  - id: two\n    checkpoints: [{id: x, kind: count, of: [statements]}]\n")
    serving("designs/", "0 of 2 steps")
