"""`mkdocs new-portfolio` in an empty folder, in a full one, and in somebody else's."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys

import pytest
import yaml

from tests.conftest import Project

FILES = [
    "CLAUDE.md",
    "designs/_template.md",
    "docs/index.md",
    "mkdocs.yml",
    "notes/_template.md",
    "notes/back-of-envelope-estimation.md",
    "roadmap.md",
    ".claude/commands/design.md",
    ".claude/commands/explain.md",
    ".claude/commands/review.md",
    ".github/workflows/publish.yml",
    ".github/workflows/review.yml",
    ".gitignore",
]


@pytest.fixture
def here(tmp_path):
    """An empty folder, which is no git repository."""
    (tmp_path / "here").mkdir()
    return Project(tmp_path / "here")


def test_an_empty_folder_becomes_a_portfolio_in_which_everything_works(here):
    done = here.run("new-portfolio", "mine", "--yes", "--name", "Ada")
    assert (done.code, done.out.splitlines()) == (0, [f"mine/{path}" for path in FILES])
    assert done.err == 'Next    cd mine && git init && mkdocs new-design "rate limiter"\nLook    mkdocs serve\n'
    mine = Project(here.root / "mine")
    mine.build("--strict")
    assert "System designs by Ada" in mine.page("")
    assert mine.run("new-design", "rate limiter", "--date", "2026-01-02").code == 0
    assert mine.run("new-note", "caching", "--stage", "storage-and-data").code == 0
    mine.build("--strict")
    assert set(mine.states("2026-01-02-rate-limiter").values()) == {"todo"}
    done = mine.run("check-numbers")
    assert (done.code, done.out) == (0, "")
    assert "quantities, none wrong" in done.err
    assert "Foundations" in mine.run("roadmap").out
    assert "Sizing a system" in mine.run("explain", "back of the envelope").out


def test_a_design_is_begun_guided_reviewed_and_built_in_it(here):
    here.run("new-portfolio", "mine", "--yes", "--name", "Ada")
    mine = Project(here.root / "mine")
    assert mine.run("new-design", "rate limiter", "--date", "2026-01-02").code == 0
    typed = "type\nA limiter that our API teams use. Success: p99 under 5 ms.\n.\nquit\n"
    guide = subprocess.run(
        [sys.executable, "-m", "mkdocs", "guide"],
        cwd=mine.root,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert guide.returncode == 0, guide.stderr
    assert "Done  Clarify the problem" in guide.stdout
    done = mine.run("review-design", "rate-limiter", "--write")
    assert done.code == 1
    assert "step 2, Functional requirements, is empty" in done.out
    mine.build("--strict")
    written = next(path for path in mine.files() if path.startswith("reviews/"))
    assert "Review of rate limiter" in mine.page(written.removesuffix(".md") + "/")


def test_it_is_published_at_once(here):
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    remote = here.root / "remote.git"
    mine = here.root / "mine"
    mine.mkdir()
    for command in (["init", "-q", "--bare", str(remote)], ["init", "-q", str(mine)]):
        subprocess.run([*git, *command], check=True)
    subprocess.run([*git, "remote", "add", "origin", "git@github.com:ada/Designs.git"], cwd=mine, check=True)
    project = Project(mine)
    assert project.run("new-portfolio", ".", "--yes", "--name", "Ada").code == 0
    config = project.read("mkdocs.yml")
    assert "site_url: https://ada.github.io/Designs/\nrepo_url: https://github.com/ada/Designs\n" in config
    subprocess.run([*git, "remote", "set-url", "origin", str(remote)], cwd=mine, check=True)
    subprocess.run([*git, "add", "-A"], cwd=mine, check=True)
    subprocess.run([*git, "commit", "-qm", "Begin"], cwd=mine, check=True)
    identity = {
        f"GIT_{role}_{part}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }
    done = project.run("gh-deploy", "--strict", env=identity)
    assert done.code == 0, done.err
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "gh-pages"], cwd=remote, capture_output=True, text=True, check=True
    )
    assert {"index.html", "roadmap/index.html", "portfolio.json"} <= set(listed.stdout.split())


def test_a_second_time_nothing_is_new(here):
    here.run("new-portfolio", ".", "--yes", "--name", "Ada")
    before = {path: (here.root / path).read_bytes() for path in here.files()}
    done = here.run("new-portfolio", ".", "--yes", "--name", "Grace")
    assert (done.code, done.out) == (0, "")
    assert f"Kept    {', '.join(path for path in FILES)}" in done.err
    assert {path: (here.root / path).read_bytes() for path in here.files()} == before


def test_what_is_there_is_told_and_stays_as_it_is(here):
    for number in range(1, 13):
        text = f"# Design {number}\r\n\r\n**Date**: 2025-03-{number:02}\r\n\r\n## Problem\r\n\r\nText for users.\r\n"
        here.write(f"designs/2025-03-{number:02}-design-{number}.md", text)
    for number in range(1, 9):
        here.write(f"notes/deep/note-{number}.md", f"# Note {number}\n\nText [x](../../gone.md).\n".encode() + b"\xff")
    here.write("README.md", "# Mine\n")
    here.write("docs/README.md", "# Home\n")
    before = {path: (here.root / path).read_bytes() for path in here.files()}
    done = here.run("new-portfolio", ".", "--yes", "--name", "Ada")
    assert done.code == 0, done.err
    assert "Found   12 designs, 2025-03-01 to 2025-03-12\n        8 notes\n" in done.err
    assert "2025-03-12  Design 12 (designs/2025-03-12-design-12.md), " in done.err
    assert "Kept    docs/README.md\n" in done.err
    new = done.out.splitlines()
    assert "docs/index.md" not in new
    assert "notes/back-of-envelope-estimation.md" not in new
    assert {path: (here.root / path).read_bytes() for path in before} == before
    assert here.files() - set(before) == set(new)
    assert "back-of-envelope-estimation.md" not in here.read("roadmap.md")
    here.build()


def test_a_configured_project_gets_its_parts_where_it_wants_them(here):
    config = "site_name: X\ndocs_dir: pages\nplugins:\n  - design-portfolio:\n      designs_dir: work\n      roadmap: path.md\n"
    here.write("mkdocs.yml", config)
    here.write("pages/index.md", "# X\n")
    done = here.run("new-portfolio", ".", "--yes", "--name", "Ada")
    assert done.code == 0, done.err
    assert {"work/_template.md", "path.md"} < set(done.out.split())
    assert "Kept    pages/index.md, mkdocs.yml\n" in done.err
    assert here.read("mkdocs.yml") == config
    here.build("--strict")


def test_a_site_without_the_plugin_is_told_to_name_it(here):
    here.write("mkdocs.yml", "site_name: X\n")
    here.write("docs/index.md", "# X\n")
    done = here.run("new-portfolio", ".", "--yes", "--name", "Ada")
    assert "warning: mkdocs.yml: does not name the plugin (add '- design-portfolio' under 'plugins:')" in done.err


@pytest.mark.parametrize("name", ['A: "b" <c> & #d', "限流", "O'Neil @goal@", "- x", "yes"])
def test_any_name_is_shown_as_it_is(here, name):
    assert here.run("new-portfolio", ".", "--yes", "--name", name).code == 0
    config = here.read("mkdocs.yml")
    assert yaml.safe_load(re.sub("!!python.*", "", config))["site_name"] == f"System designs by {name}"
    here.build("--strict")
    article = here.page("").split("<article", 1)[1].split("</article", 1)[0]
    assert f"System designs by {html.escape(name, quote=False)}" in article.replace("&quot;", '"').replace(
        "&#x27;", "'"
    )


def test_it_asks_who_it_is_for(here):
    answers = "Ada\nAda designs\nsenior\nto lead\n8\nhttps://ada.example.org/\n"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "new-portfolio", "mine"],
        cwd=here.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"mine/{path}" for path in FILES]
    brief = Project(here.root / "mine").read("CLAUDE.md")
    assert "level of a senior engineer" in brief
    assert "- Goal: to lead\n- Time: about 8 hours a week." in brief
    assert "site_name: Ada designs\nsite_url: https://ada.example.org/\n" in Project(here.root / "mine").read(
        "mkdocs.yml"
    )


def test_without_anybody_to_ask_nothing_is_written(here):
    done = here.run("new-portfolio", "mine")
    assert done.code == 1
    assert done.out == ""
    assert here.files() == set()


def test_a_file_is_no_folder_and_dry_run_writes_nothing(here):
    here.write("mine", "x")
    done = here.run("new-portfolio", "mine", "--yes")
    assert (done.code, done.err) == (2, "Error: mine: is a file (name a folder, new or not)\n")
    done = here.run("new-portfolio", "other", "--yes", "--name", "Ada", "--dry-run")
    assert done.out.splitlines() == [f"other/{path}" for path in FILES]
    assert here.files() == {"mine"}


def test_every_command_that_the_brief_and_the_mentor_use_exists(here):
    from mkdocs_design_portfolio.cli import commands

    here.run("new-portfolio", ".", "--yes", "--name", "Ada")
    known = {command.name for command in commands()} | {"serve", "build"}
    for path in FILES:
        if path.endswith("CLAUDE.md") or path.startswith(".claude"):
            assert set(re.findall(r"mkdocs ([a-z-]+)", here.read(path))) <= known, path
