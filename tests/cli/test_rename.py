"""`mkdocs rename`: everything moves, or nothing does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ..conftest import Project
from ..site.crawl import dead_links

NOTE = "---\ntitle: Hot keys\ndate: 2026-01-01\naliases: [hot spot]\n---\n\n# Hot keys {#top}\n\n## Intuition\n\nSee [below](hot-keys.md#mechanics).\n\n## Mechanics\n\nText.\n"
LINKS = [
    "A [link](../notes/hot-keys.md).",
    'An [anchor](../notes/hot-keys.md#mechanics "why").',
    "In [angles](<../notes/hot-keys.md>).",
    "A [reference][h].\n\n[h]: ../notes/hot-keys.md",
    "A [[hot-keys]] wiki link.",
    "A [[Hot keys|wiki]] link by title.",
    "A [[hot spot]] alias, which stays.",
    "Twice [one](../notes/hot-keys.md) and [two](./../notes/hot-keys.md).",
    "| a | b |\n|---|---|\n| [cell](../notes/hot-keys.md) | [[notes/hot-keys.md]] |",
]


@pytest.fixture
def linked(project: Project) -> Project:
    """A note that twelve files link to, each in its own way."""
    project.write("notes/hot-keys.md", NOTE)
    for number, text in enumerate(LINKS, start=1):
        body = f"---\ntitle: D{number}\ndate: 2026-01-0{number}\nnotes: [hot-keys]\n---\n\n# D{number}\n\n{text}\n"
        project.write(f"designs/2026-01-0{number}-d{number}.md", body.replace("\n", "\r\n") if number == 2 else body)
    project.write("roadmap.md", project.read("roadmap.md") + "- [x] [Hot keys](notes/hot-keys.md)\n")
    project.write("docs/index.md", "# Home\n\n[Note](notes/hot-keys.md)\n")
    project.write("README.md", "[Note](notes/hot-keys.md), not `notes/hot-keys.md`.\n")
    config = "nav:\n  - index.md\n  - designs/index.md\n  - Hot: notes/hot-keys.md\n  - roadmap.md\n"
    project.write("mkdocs.yml", project.read("mkdocs.yml") + config)
    project.write("designs/_drafts/idea.md", "[x](../../notes/hot-keys.md)\n")
    return project


def state(project: Project) -> dict[str, bytes]:
    """Every source file and what it holds."""
    return {path: (project.root / path).read_bytes() for path in project.files() if not path.startswith("site/")}


def test_every_link_follows_and_nothing_else_changes(linked: Project):
    before = state(linked)
    done = linked.run("rename", "hot-keys", "Popular keys")
    assert (done.code, done.out) == (0, "notes/popular-keys.md\n"), done.err
    assert "designs/2026-01-08-d8.md: 3 links" in done.err
    after = state(linked)
    assert set(after) - set(before) == {"notes/popular-keys.md"}
    assert set(before) - set(after) == {"notes/hot-keys.md"}
    for path in set(before) & set(after):
        expected = before[path].replace(b"hot-keys", b"popular-keys").replace(b"[[Hot keys|", b"[[Popular keys|")
        if path == "README.md":
            expected = b"[Note](notes/popular-keys.md), not `notes/hot-keys.md`.\n"
        assert after[path] == expected, path
    assert linked.read("notes/popular-keys.md") == (
        "---\ntitle: Popular keys\ndate: 2026-01-01\naliases: [hot spot]\nredirect_from: [notes/hot-keys.md]\n---\n\n"
        "# Popular keys {#top}\n\n## Intuition\n\nSee [below](popular-keys.md#mechanics).\n\n## Mechanics\n\nText.\n"
    )
    linked.build("--strict")
    assert dead_links(linked.root / "site") == []
    redirect = linked.page("notes/hot-keys/")
    assert 'content="0; url=../popular-keys/"' in redirect and 'rel="canonical" href="../popular-keys/"' in redirect


def test_a_design_keeps_its_date_its_badges_and_its_old_address(project: Project):
    project.write("designs/2026-01-02-old-name.md", "# Old name\n\n## Tradeoffs\n\nText.\n")
    project.write("docs/index.md", '# Home\n\n{{ design_badge("2026-01-02-old-name") }} and [[old-name]]\n')
    done = project.run("rename", "old", 'New & "better" <name>', cwd="designs")
    assert (done.code, done.out) == (0, "designs/2026-01-02-new-better-name.md\n"), done.err
    text = project.read("designs/2026-01-02-new-better-name.md")
    assert text == (
        "---\nredirect_from: [designs/2026-01-02-old-name.md]\n---\n\n"
        '# New & "better" &lt;name>\n\n## Tradeoffs\n\nText.\n'
    )
    assert 'design_badge("2026-01-02-new-better-name")' in project.read("docs/index.md")
    project.build("--strict")
    assert project.portfolio["designs"][0]["title"] == 'New & "better" <name>'
    assert project.page("badges/2026-01-02-old-name.svg") == project.page("badges/2026-01-02-new-better-name.svg")
    assert "../2026-01-02-new-better-name/" in project.page("designs/2026-01-02-old-name/")


def test_renaming_back_leaves_no_redirect_to_itself(linked: Project):
    before = linked.read("notes/hot-keys.md")
    assert linked.run("rename", "hot-keys", "Popular keys").code == 0
    assert linked.run("rename", "popular", "Hot keys").code == 0
    front = "redirect_from: [notes/popular-keys.md]\n---\n\n# Hot"
    assert linked.read("notes/hot-keys.md") == before.replace("---\n\n# Hot", front)
    linked.build("--strict")


def test_a_dry_run_writes_nothing(linked: Project):
    before = state(linked)
    done = linked.run("rename", "hot-keys", "Popular keys", "--dry-run")
    assert (done.code, done.out) == (0, "notes/popular-keys.md\n")
    assert done.err.endswith("Dry run: nothing was written\n")
    assert state(linked) == before


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("hot-kyes", "X"), 2, "hot-kyes: there is no such design or note (did you mean hot-keys?)"),
        (("d", "X"), 2, "d: 9 designs and notes have that in their name"),
        (("hot-keys", " "), 1, 'rename: the title is empty (name it, as in "rate limiter")'),
        (("hot-keys", "Hot keys"), 1, "notes/hot-keys.md: is called so already (give another title)"),
        (("hot-keys", "Other"), 1, "notes/other.md: there is such a file already (choose another title)"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(linked: Project, args: tuple[str, ...], code: int, message: str):
    linked.write("notes/other.md", "# Other\n")
    before = state(linked)
    done = linked.run("rename", *args)
    assert done.code == code and done.out == ""
    assert done.err.startswith(f"Error: {message}") and done.err.count("\n") == 1
    assert state(linked) == before


KILLER = """
import os, signal, pathlib
left = [int(os.environ["DIE_AT"])]
def deadly(real):
    def call(*args, **kwargs):
        if left[0] == 0:
            if "FAIL" not in os.environ:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            raise OSError(28, "No space left on device", "somewhere.md")
        left[0] -= 1
        return real(*args, **kwargs)
    return call
os.link = deadly(os.link)
pathlib.Path.replace = deadly(pathlib.Path.replace)
pathlib.Path.unlink = deadly(pathlib.Path.unlink)
import sys
sys.argv[0] = "mkdocs"
from mkdocs.__main__ import cli
from mkdocs_design_portfolio.cli import main
main()
"""


def test_killed_at_any_point_all_or_none_of_it_happened(linked: Project, tmp_path: Path):
    """The process is killed before each of its writes in turn; the next build finds all or nothing."""
    before = state(linked)
    killer = tmp_path / "killer.py"
    killer.write_text(textwrap.dedent(KILLER))
    outcomes = []
    for point in range(200):
        for path in state(linked):
            (linked.root / path).unlink()
        for path, content in before.items():
            linked.write(path, content)
        done = subprocess.run(
            [sys.executable, str(killer), "rename", "hot-keys", "Popular keys"],
            cwd=linked.root,
            env={**os.environ, "DIE_AT": str(point)},
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        linked.run("roadmap")
        left = {path: content for path, content in state(linked).items() if not path.endswith(".tmp")}
        left = {path: content for path, content in left.items() if not path.startswith(".mkdocs-rename.json.")}
        outcomes.append("notes/hot-keys.md" not in left)
        assert ("notes/popular-keys.md" in left) is outcomes[-1]
        assert ".mkdocs-rename.json" not in left
        changed = [path for path in before if left.get(path) != before[path]]
        assert (len(changed) >= 13) is outcomes[-1] and bool(changed) is outcomes[-1], (point, changed)
        if point % 7 == 3:
            linked.build("--strict")
    assert outcomes.count(False) >= 1 and outcomes.count(True) >= 13
    assert outcomes == sorted(outcomes)


@pytest.mark.parametrize("point", [2, 5, 9])
def test_a_disk_that_fills_up_half_way_leaves_everything_as_it_was(linked: Project, tmp_path: Path, point: int):
    before = state(linked)
    killer = tmp_path / "killer.py"
    killer.write_text(textwrap.dedent(KILLER))
    done = subprocess.run(
        [sys.executable, str(killer), "rename", "hot-keys", "Popular keys"],
        cwd=linked.root,
        env={**os.environ, "DIE_AT": str(point), "FAIL": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1
    assert "no space left on device" in done.stderr
    assert "nothing was changed" in done.stderr
    assert state(linked) == before


def test_a_build_finishes_what_was_interrupted(linked: Project, tmp_path: Path):
    killer = tmp_path / "killer.py"
    killer.write_text(textwrap.dedent(KILLER))
    subprocess.run(
        [sys.executable, str(killer), "rename", "hot-keys", "Popular keys"],
        cwd=linked.root,
        env={**os.environ, "DIE_AT": "8"},
        capture_output=True,
        check=False,
    )
    assert (linked.root / ".mkdocs-rename.json").exists()
    mine = "designs/2026-01-09-d9.md"
    linked.write(mine, linked.read(mine) + "\nWritten meanwhile.\n")
    done = linked.run("build", "--strict")
    assert "Finished an interrupted rename: notes/hot-keys.md to notes/popular-keys.md" in done.err
    assert f"{mine}: was changed while a rename was under way, so the rename left it alone" in done.err
    assert done.code == 1
    assert linked.read(mine).endswith("Written meanwhile.\n")
    assert not (linked.root / ".mkdocs-rename.json").exists()


def test_an_intent_that_leaves_the_project_is_refused(linked: Project, tmp_path: Path):
    linked.write(
        ".mkdocs-rename.json",
        '{"what": "x", "changes": [{"path": "../stolen.md", "before": null, "after": "x"}]}',
    )
    assert "an interrupted rename left a file that cannot be read" in linked.build().warnings[0]
    assert not (tmp_path / "stolen.md").exists()
