"""Pages say what git knows of a document: when it was first committed, when it changed, and what."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import Project
from ..repository import SETTINGS, Repository
from .test_builds import built, differences

DESIGN = "designs/2026-02-01-queue.md"
NOTE = "notes/cache.md"
FIRST = """\
---
title: A *queue* & <more>
date: 2026-02-01
---
# A *queue* & <more>

## Clarify the problem

Users of a queue want their jobs done once. It is used by ten teams.

<!-- What is being built? -->

## Tradeoffs

## Failure modeling

A worker that is lost is replaced,
and its job is done again.

## Evolution

To be decided.
"""
NOW = (
    FIRST.replace("ten teams", "twelve teams")
    .replace("## Tradeoffs\n", "## Tradeoffs\n\n- A lease, because `<b>` a lock outlives its owner.\n")
    .replace("replaced,\nand its", "replaced, and\nits")
    .replace("<!-- What is being built? -->", "")
)


@pytest.fixture
def repo(project: Project, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A portfolio with a design that changed and a note that did not."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = Repository.at(project.root)
    project.write(".gitignore", "site/\n.cache/\n")
    project.write(DESIGN, FIRST)
    project.write(NOTE, "---\ntitle: Cache\ndate: 2026-01-15\n---\n# Cache\n\n## Intuition\n\nA copy that is near.\n")
    made.commit("2026-02-01", "Begin with the queue")
    project.write(DESIGN, NOW)
    made.commit("2026-03-24", "Decide on <leases>")
    return made


def header(project: Project, url: str) -> str:
    """Return what the header of a document says of its history, without tags."""
    found = re.search(r'<p class="dp-history">.*?</p>', project.page(url), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


QUEUE, CACHE, CHANGES = "designs/2026-02-01-queue/", "notes/cache/", "changes/2026-02-01-queue/"


def test_a_design_says_when_it_changed_and_links_to_what(project: Project, repo: Repository):
    project.build("--strict")
    assert header(project, QUEUE) == "Changed 24 March 2026 What changed"
    assert '<time datetime="2026-03-24">24 March 2026</time>' in project.page(QUEUE)
    assert 'href="../../changes/2026-02-01-queue/"' in project.page(QUEUE)
    assert header(project, CACHE) == "First committed 1 February 2026"


def test_the_page_of_changes_shows_each_step_that_changed_then_and_now(project: Project, repo: Repository):
    project.build("--strict")
    page = project.page(CHANGES)
    titles = re.findall(r'<h2 class="dp-changed__title" id="([^"]*)"', page)
    assert titles == ["clarify-problem", "tradeoffs", "versions"]
    assert '<del class="dp-del"><span class="dp-unseen">Removed: </span>ten</del>' in page
    assert '<ins class="dp-ins"><span class="dp-unseen">Added: </span>twelve</ins>' in page
    assert "- A lease, because `&lt;b&gt;` a lock outlives its owner." in page
    assert "A *queue* &amp; &lt;more&gt;</a>, as it was first committed on" in page
    assert "What is being built?" not in page, "comments are no text"
    assert "is done again" not in page, "wrapping lines is no change"
    assert "Decide on &lt;leases&gt;" in page
    assert page.index("Decide on") < page.index("Begin with the queue")
    assert "<title>What changed: A *queue* &amp; &lt;more&gt; - Portfolio</title>" in page


def test_portfolio_json_has_the_days_and_what_became_of_each_step(project: Project, repo: Repository):
    project.build("--strict")
    design, note = project.portfolio["designs"][0], project.portfolio["notes"][0]
    assert (design["created"], design["changed"]) == ("2026-02-01", "2026-03-24")
    since = {step["id"]: step["since_first"] for step in design["steps"]}
    assert {id: what for id, what in since.items() if what} == {"clarify-problem": "revised", "tradeoffs": "written"}
    assert (note["created"], note["changed"]) == ("2026-02-01", "2026-02-01")


def test_the_feed_and_linked_data_tell_the_day_of_the_last_change(project: Project, repo: Repository):
    project.build("--strict")
    assert "<published>2026-02-01T00:00:00Z</published>\n<updated>2026-03-24T00:00:00Z</updated>" in project.page(
        "feed.xml"
    )
    assert '"dateModified": "2026-03-24"' in project.page(QUEUE)
    assert '"dateModified": "2026-02-01"' in project.page(CACHE)
    project.write(DESIGN, NOW.replace("twelve", "thirteen"))
    project.build("--strict")
    assert "<updated>2026-02-01T00:00:00Z</updated>" in project.page("feed.xml")
    assert "dateModified" not in project.page(QUEUE), "nobody knows when it will be committed"


def test_the_page_of_changes_is_not_searched_and_not_in_the_navigation(project: Project, repo: Repository):
    told = project.build("--strict").err
    index = json.loads(project.page("search/search_index.json"))
    assert not [entry for entry in index["docs"] if entry["location"].startswith("changes")]
    assert "not included in the" not in told
    home = project.page("")
    assert "changes/" not in home


def test_while_a_file_has_edits_its_text_is_compared_and_its_last_change_is_not_told(
    project: Project, repo: Repository
):
    project.write(DESIGN, NOW.replace("To be decided.", "Nothing yet to decide, as of spring."))
    project.build("--strict")
    assert header(project, QUEUE) == "What changed"
    assert '<ins class="dp-ins"><span class="dp-unseen">Added: </span>Nothing yet' in project.page(CHANGES)
    assert project.portfolio["designs"][0]["changed"] is None


def test_a_design_that_is_as_it_was_has_no_page_of_changes(project: Project, repo: Repository):
    project.build("--strict")
    project.write(DESIGN, FIRST)
    repo.commit("2026-04-01", "Take it back")
    project.build("--strict")
    assert header(project, QUEUE) == "Changed 1 April 2026"
    assert not (project.root / "site" / "changes").exists()


@pytest.mark.parametrize("how", ["outside", "shallow", "off", "empty"])
def test_where_nothing_is_known_nothing_is_said(project: Project, repo: Repository, how: str, tmp_path: Path):
    wanted = {
        "outside": "There is no history to show: the project is in no git repository",
        "off": "There is no history to show: it is switched off",
        "empty": "There is no history to show: git says: fatal: bad revision 'HEAD'",
        "shallow": "reused",
    }
    if how == "shallow":
        repo.git("clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "clone"))
        project = Project(tmp_path / "clone")
    elif how == "off":
        project.write(
            "mkdocs.yml", project.read("mkdocs.yml").replace("design-portfolio", "design-portfolio: {history: false}")
        )
    else:
        shutil.rmtree(project.root / ".git")
        if how == "empty":
            Repository.at(project.root)
    told = project.build("--strict", "--verbose").err
    assert wanted[how] in told
    assert "Traceback" not in told
    assert (header(project, QUEUE), header(project, CACHE)) == ("", "")
    assert not (project.root / "site" / "changes").exists()
    design = project.portfolio["designs"][0]
    assert (design["created"], design["changed"]) == (None, None)
    assert {step["since_first"] for step in design["steps"]} == {None}


def _work_on(repo: Repository) -> list[tuple[str, Callable[[], object]]]:
    """Return what happens to a repository, one thing after the other."""
    other = NOW.replace("ten", "eleven").replace("A worker", "One worker")

    def switch(on: bool) -> Callable[[], object]:
        text = (repo.root / "mkdocs.yml").read_text()
        off = re.sub(r"- design-portfolio.*", "- design-portfolio: {history: false}", text)
        return lambda: repo.write("mkdocs.yml", text if on else off)

    return [
        ("a commit of something else", lambda: (repo.write("other.txt", "x"), repo.commit("2026-04-01"))),
        ("an edit", lambda: repo.write(DESIGN, other)),
        ("its commit", lambda: repo.commit("2026-04-02", "Edit")),
        ("an amended day", lambda: repo.git("commit", "--amend", "--no-edit", "--date=2026-04-03T12:00:00")),
        ("an amended subject", lambda: repo.git("commit", "--amend", "--message=Edited")),
        ("a rename", lambda: (repo.git("mv", NOTE, "notes/copy.md"), repo.commit("2026-04-04"))),
        ("history switched off", switch(False)),
        ("history switched on", switch(True)),
        ("a step back", lambda: repo.git("reset", "--quiet", "--hard", "HEAD~2")),
        ("a merge", lambda: _merge(repo)),
        ("the first version again", lambda: (repo.write(DESIGN, FIRST), repo.commit("2026-05-01"))),
        ("a new design", lambda: (repo.write("designs/2026-05-02-new.md", NOW), repo.commit("2026-05-02"))),
        ("its new text", lambda: (repo.write("designs/2026-05-02-new.md", FIRST), repo.commit("2026-05-03"))),
        ("its new title", lambda: repo.write("designs/2026-05-02-new.md", FIRST.replace("queue*", "list*"))),
        ("another template", lambda: repo.write("designs/_template.md", "## Evolution\n\nTo be decided.\n")),
        ("no repository", lambda: shutil.rmtree(repo.root / ".git")),
    ]


def _merge(repo: Repository) -> None:
    repo.git("switch", "--quiet", "--create", "side", "HEAD~1")
    repo.write(NOTE, "# Cache\n\nOther.\n")
    repo.commit("2026-04-10", "Aside")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-edit", "side", day="2026-04-11")


def test_a_warm_build_is_a_clean_build_whatever_happened_to_the_repository(
    project: Project, repo: Repository, tmp_path: Path
):
    built(project.root)
    clean = tmp_path / "clean" / "project"
    for what, happens in _work_on(repo):
        happens()
        warm, told = built(project.root)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(project.root, clean, ignore=shutil.ignore_patterns(".cache", "site"))
        expected, wanted = built(clean)
        assert differences(warm, expected) == [], what
        assert told == wanted, what


def test_a_commit_makes_only_the_pages_anew_that_show_it(project: Project, repo: Repository):
    project.build()
    repo.git("commit", "--quiet", "--amend", "--no-edit", "--date=2026-03-25T12:00:00")
    told = project.build("--verbose").err
    assert sorted(re.findall(r"Rendered (\S+):", told)) == ["changes/2026-02-01-queue.md", DESIGN]
    assert header(project, QUEUE) == "Changed 25 March 2026 What changed"
    repo.write("other.txt", "x")
    repo.commit("2026-04-01")
    assert ": 0 pages rendered, " in project.build().err
    repo.git("commit", "--quiet", "--allow-empty", "--amend", "--message=Other")
    assert ": 0 pages rendered, " in project.build().err
    project.write(NOTE, project.read(NOTE).replace("near.", "near.  "))
    repo.commit("2026-04-02")
    told = project.build("--verbose").err
    assert re.findall(r"Rendered (\S+):", told) == ["notes/cache.md"]
    assert header(project, CACHE) == "First committed 1 February 2026 Last changed 2 April 2026"


def test_a_site_with_partials_of_its_own_shows_what_they_show(project: Project, repo: Repository):
    """Of other designs, too."""
    project.write("mkdocs.yml", project.read("mkdocs.yml").replace("font: false", "font: false\n  custom_dir: over"))
    project.write(
        "over/design-portfolio/changes.html", "{% for item in portfolio.designs %}{{ item.title }};{% endfor %}"
    )
    project.build()
    project.write("designs/2026-02-02-other.md", FIRST.replace("A *queue*", "Another"))
    project.build()
    assert "Another" in project.page(CHANGES)


def test_a_page_of_the_learners_own_keeps_its_place(project: Project, repo: Repository):
    project.write("docs/changes/2026-02-01-queue.md", "# Mine\n")
    project.build("--strict")
    assert "Mine" in project.page(CHANGES)
    assert header(project, QUEUE) == "Changed 24 March 2026"


def test_the_workflows_fetch_the_whole_history():
    root = Path(__file__).parent.parent.parent
    guide = (root / "docs" / "guide" / "publishing.md").read_text()
    ours = (root / ".github" / "workflows" / "publish.yml").read_text()
    archetypes = root / "plugins" / "mkdocs_design_portfolio" / "archetypes"
    theirs = (archetypes / "dot-github" / "workflows" / "publish.yml").read_text()
    for text in (guide, ours, theirs):
        assert re.search(r"actions/checkout@v\d+\n\s+with:\n\s+fetch-depth: 0", text)
