"""The site around the designs: navigation, index pages, roadmap, links, overrides."""

from __future__ import annotations

import re

import pytest

from .crawl import dead_links


def _fill(project):
    """Three designs, two notes, all linked."""
    for day, name in ((1, "queue"), (2, "cache"), (3, "feed")):
        project.write(
            f"designs/2026-01-0{day}-{name}.md",
            f"---\nstage: storage\ntags: [t{day}]\nnotes: [leases]\n---\n# The {name}\n\n"
            "## Tradeoffs\n\nSee [leases](../notes/leases.md) and [roadmap](../roadmap.md#storage). ![d](img/a.svg)\n",
        )
    project.write("designs/img/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    project.write(
        "notes/leases.md", "---\nstage: storage\n---\n# Leases\n\nUsed by [q](../designs/2026-01-01-queue.md).\n"
    )
    project.write("notes/deep/btree.md", "# B-tree\n")


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("site_url", ["https://example.org/portfolio/", ""])
def test_every_link_of_the_site_leads_somewhere(project, directory_urls, site_url):
    _fill(project)
    config = project.read("mkdocs.yml").replace("https://example.org/portfolio/", site_url)
    project.write("mkdocs.yml", config + f"use_directory_urls: {str(directory_urls).lower()}\n")
    project.build("--strict")
    assert dead_links(project.root / "site") == []
    design = project.design("2026-01-01-queue")
    assert design["url"] == f"designs/2026-01-01-queue{'/' if directory_urls else '.html'}"
    assert (project.root / "site" / design["url"]).exists()


def test_designs_are_not_in_the_navigation_but_have_section_breadcrumb_and_neighbours(project):
    _fill(project)
    project.write(
        "mkdocs.yml",
        project.read("mkdocs.yml").replace(
            "  font: false", "  font: false\n  features: [navigation.path, navigation.footer]"
        ),
    )
    project.build("--strict")
    home = project.page("")
    assert "queue" not in home
    assert 'href="designs/"' in home
    assert 'href="notes/"' in home
    page = project.page("designs/2026-01-02-cache/")
    path = re.search(r'<nav class="md-path".*?</nav>', page, re.S)
    assert path
    assert re.findall(r'href="([^"]+)"', path[0]) == ["../..", "../"]
    assert path[0].count("Designs") == 1
    assert '<link rel="prev" href="../2026-01-01-queue/">' in page
    assert '<link rel="next" href="../2026-01-03-feed/">' in page
    active = re.search(r"md-nav__item--active[^>]*>.*?</li>", page, re.S)
    assert active and "Designs" in active[0]


def test_a_document_may_still_be_put_into_the_navigation(project):
    _fill(project)
    nav = "nav:\n  - index.md\n  - My work: designs/index.md\n  - Favourite: designs/2026-01-01-queue.md\n  - Path: roadmap.md\n"
    project.write("mkdocs.yml", project.read("mkdocs.yml") + nav)
    project.build("--strict")
    home = project.page("")
    assert re.search(r'href="designs/"[^>]*>\s*<span class="md-ellipsis">\s*My work', home)
    assert re.search(r'href="designs/2026-01-01-queue/"[^>]*>\s*<span class="md-ellipsis">\s*Favourite', home)
    assert re.search(r'href="roadmap/"[^>]*>\s*<span class="md-ellipsis">\s*Path', home)


def test_the_index_lists_designs_newest_first_with_progress(project):
    _fill(project)
    project.build("--strict")
    page = project.page("designs/")
    assert re.findall(r'dp-card__link" href="([^"]+)">([^<]+)', page) == [
        ("2026-01-03-feed/", "The feed"),
        ("2026-01-02-cache/", "The cache"),
        ("2026-01-01-queue/", "The queue"),
    ]
    assert page.count("0 of 11 steps") == 3
    assert re.findall(r'dp-card__link" href="([^"]+)">', project.page("notes/")) == ["deep/btree/", "leases/"]


@pytest.mark.parametrize("where", ["designs/index.md", "designs/README.md", "docs/designs/index.md"])
def test_the_learners_own_index_page_is_kept_and_the_list_follows_it(project, where):
    _fill(project)
    project.write(where, "# What I built\n\nAn introduction.\n")
    project.build("--strict")
    page = project.page("designs/")
    assert page.index("An introduction.") < page.index("The feed")
    assert "What I built" in page
    assert len(project.portfolio["designs"]) == 3


def test_an_index_page_wins_over_a_readme(project):
    project.write("designs/index.md", "# The index\n")
    project.write("designs/README.md", "# The readme\n")
    project.build("--strict")
    assert "The index" in project.page("designs/")


def test_the_roadmap_shows_under_each_stage_what_is_attached_to_it(project):
    _fill(project)
    project.build("--strict")
    page = project.page("roadmap/")
    foundations, storage, scalability = re.split(r"<h2 ", page)[1:4]
    assert "No design or note at this stage yet" in foundations
    for text in ('href="../designs/2026-01-02-cache/"', 'href="../notes/leases/"', "0 of 33 steps"):
        assert text in storage
    assert "The cache" not in scalability
    stages = {stage["id"]: stage for stage in project.portfolio["stages"]}
    assert list(stages) == ["foundations", "storage", "scalability"]
    assert stages["storage"]["url"] == "roadmap/#storage"
    assert stages["storage"]["notes"] == ["leases"]
    assert stages["storage"]["progress"] == {"done": 0, "total": 33, "percent": 0}


def test_edit_links_lead_to_the_source_beside_docs(project):
    _fill(project)
    project.write(
        "mkdocs.yml",
        project.read("mkdocs.yml").replace("  font: false", "  font: false\n  features: [content.action.edit]")
        + "repo_url: https://github.com/me/work\nedit_uri: edit/main/docs/\n",
    )
    project.build("--strict")
    assert 'href="https://github.com/me/work/edit/main/designs/2026-01-01-queue.md"' in project.page(
        "designs/2026-01-01-queue/"
    )
    assert 'href="https://github.com/me/work/edit/main/roadmap.md"' in project.page("roadmap/")
    assert "/edit/" not in project.page("designs/")


def test_an_empty_portfolio_builds_and_says_how_to_start(tmp_path):
    from tests.conftest import CONFIG, Project

    project = Project(tmp_path)
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Home\n")
    project.build("--strict")
    assert "mkdocs new-design" in project.page("designs/")
    assert "No note yet" in project.page("notes/")
    assert project.portfolio["progress"] == {"done": 0, "total": 0, "percent": 0}


def test_folders_inside_docs_work_too(project):
    _fill(project)
    for name in ("designs", "notes", "roadmap.md"):
        (project.root / name).rename(project.root / "docs" / name)
    options = "designs_dir: docs/designs, notes_dir: docs/notes, roadmap: docs/roadmap.md"
    project.write(
        "mkdocs.yml", project.read("mkdocs.yml").replace("design-portfolio\n", f"design-portfolio: {{{options}}}\n")
    )
    project.build("--strict")
    assert dead_links(project.root / "site") == []
    assert project.design("2026-01-01-queue")["url"] == "designs/2026-01-01-queue/"
    assert not (project.root / "site/designs/_template").exists()


def test_a_document_in_the_way_of_another_is_a_problem(project):
    _fill(project)
    project.write("docs/designs/2026-01-01-queue.md", "# Other\n")
    done = project.build()
    assert done.warnings == [
        "designs/2026-01-01-queue.md: has the same address as docs/designs/2026-01-01-queue.md, which is left out"
        " (rename or remove one of them)"
    ]
    assert "The queue" in project.page("designs/2026-01-01-queue/")


def test_excluded_documents_are_left_out_of_everything(project):
    _fill(project)
    project.write("mkdocs.yml", project.read("mkdocs.yml") + "exclude_docs: |\n  /designs/2026-01-02*\n")
    project.build("--strict")
    assert "The cache" not in project.page("designs/") + project.page("roadmap/")
    assert "2026-01-02-cache" not in [design["id"] for design in project.portfolio["designs"]]


def test_a_site_can_override_a_partial(project):
    _fill(project)
    project.write(
        "mkdocs.yml", project.read("mkdocs.yml").replace("  font: false", "  font: false\n  custom_dir: overrides")
    )
    project.write("overrides/design-portfolio/step-badge.html", "<b>{{ item.state }} & done</b>")
    project.build("--strict")
    assert "<b>in-progress & done</b>" in project.page("designs/2026-01-01-queue/")


def test_another_theme_builds(project):
    _fill(project)
    project.write("mkdocs.yml", "site_name: x\ntheme: mkdocs\nplugins: [search, design-portfolio]\n")
    project.build("--strict")
    assert "dp-stepper" in project.page("designs/2026-01-01-queue/")


def test_a_broken_link_between_documents_fails_a_strict_build(project):
    project.write("designs/2026-01-01-x.md", "# X\n\n[n](../notes/nothing.md)\n")
    done = project.run("build", "--strict")
    assert done.code == 1
    assert "'../notes/nothing.md'" in done.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("design_dir: x", "design_dir"),
        ("designs_dir: ../x", "mkdocs.yml: option 'designs_dir' leaves the project: '../x' (name a path inside)"),
        ("designs_dir: ''", "mkdocs.yml: option 'designs_dir' is empty (name a path inside the project)"),
        ("template: no.md", "no.md: there is no such file (create it, or mend the option that names it)"),
    ],
)
def test_a_wrong_option_is_told_and_fails_a_strict_build(project, options, message):
    project.write(
        "mkdocs.yml", project.read("mkdocs.yml").replace("design-portfolio\n", f"design-portfolio:\n      {options}\n")
    )
    done = project.run("build", "--strict")
    assert done.code == 1
    assert any(message in warning for warning in done.warnings), done.err
    assert "Traceback" not in done.err
