"""Designs as pages: what is published, measured and marked."""

from __future__ import annotations

import json
import re

import pytest

from .crawl import dead_links

COMPLETE = """\
# {title}

## Clarify the problem

A queue. Users are teams. Success is no lost job.
"""


def _design(project, id, text="# A queue\n", **fields):
    front = "".join(f"{name}: {value}\n" for name, value in fields.items())
    project.write(f"designs/{id}.md", f"---\n{front}---\n{text}" if front else text)


def test_a_fresh_design_is_at_zero_of_eleven_and_builds_strictly(project):
    project.run("new-design", "rate limiter", "--date", "2026-01-02")
    project.build("--strict")
    design = project.design("2026-01-02-rate-limiter")
    assert design["progress"] == {"done": 0, "total": 11, "percent": 0}
    assert {step["state"] for step in design["steps"]} == {"todo"}
    assert all(step["met"] == 0 and step["of"] > 0 and step["anchor"] for step in design["steps"])


def test_a_fresh_copy_of_the_fourteen_heading_template_is_at_zero_of_eleven(fourteen):
    fourteen.run("new-design", "Job queue", "--date", "2026-01-02")
    fourteen.build("--strict")
    design = fourteen.design("2026-01-02-job-queue")
    assert design["progress"] == {"done": 0, "total": 11, "percent": 0}
    assert set(fourteen.states(design["id"]).values()) == {"todo"}
    assert (design["title"], design["date"], design["status"]) == ("Job queue", "2026-01-02", "draft")


def test_a_hand_made_copy_of_that_template_is_at_zero_too(fourteen):
    fourteen.write("designs/2026-01-02-copied.md", fourteen.read("designs/_template.md"))
    fourteen.build("--strict")
    assert set(fourteen.states("2026-01-02-copied").values()) == {"todo"}
    assert fourteen.design("2026-01-02-copied")["date"] == "2026-01-02"


def test_placeholders_alone_count_as_nothing_even_where_the_template_is_gone(fourteen):
    fourteen.write("designs/2026-01-02-copied.md", fourteen.read("designs/_template.md"))
    (fourteen.root / "designs/_template.md").unlink()
    fourteen.build("--strict")
    assert set(fourteen.states("2026-01-02-copied").values()) == {"todo"}


def test_filling_the_failure_section_moves_only_that_step(fourteen):
    path = fourteen.run("new-design", "Job queue", "--date", "2026-01-02").out.strip()
    text = fourteen.read(path)
    for name in ("Single Node Failure", "Network Partition", "Data Corruption", "Cascading Failure"):
        told = "A worker stops. Detection: no heartbeat for 10 s. Recovery: its jobs are leased again."
        text = text.replace(f"### {name}\n", f"### {name}\n\n{told}\n")
    fourteen.write(path, text)
    fourteen.build("--strict")
    states = fourteen.states("2026-01-02-job-queue")
    assert states.pop("failure-modeling") == "done"
    assert set(states.values()) == {"todo"}


def test_bold_line_metadata_is_read(fourteen):
    fourteen.write("notes/leases.md", "# Leases\n")
    fourteen.write(
        "designs/2026-01-02-q.md",
        "# Q\n\n**Date**: 2026-03-04\n**Status**: 🟡 In Review\n**Related**: [leases](../notes/leases.md)\n",
    )
    fourteen.build("--strict")
    design = fourteen.design("2026-01-02-q")
    assert (design["date"], design["status"], design["notes"]) == ("2026-03-04", "in-review", ["leases"])


def test_hostile_designs_are_shown_and_neither_run_nor_lost(project):
    _design(
        project, "2026-01-01-template-signs",
        "# Signs\n\nKey `{{user_id}}` and {{user_id}}, ${{ secrets.X }}, {% raw %} and {# this #}.\n",
    )  # fmt: skip
    title = "<script>window.hacked = 1</script>"
    _design(
        project, "2026-01-02-script", f"# {title}\n\nText.\n", title=f'"{title}"', summary="'\"><script>1</script>'"
    )
    _design(project, "2026-01-03-break-out", "Text only.\n", title='"</title><script>window.hacked = 1</script>"')
    _design(project, "2026-01-04-tags", "# Tags\n", tags='["<img src=x onerror=alert(1)>"]')
    project.write(
        "designs/2026-01-05-crlf.md", b"---\r\nstatus: final\r\n---\r\n# Lines\r\n\r\n## Tradeoffs\r\n\r\nMine\r\n"
    )
    project.write("designs/2026-01-06-bom.md", b"\xef\xbb\xbf---\nstatus: final\n---\n# Mark\n\nMarked.\n")
    project.build("--strict")
    signs = project.page("designs/2026-01-01-template-signs/")
    for sign in ("{{user_id}}", "${{ secrets.X }}", "{% raw %}", "{# this #}"):
        assert sign in signs
    for html in (project.root / "site").rglob("*.html"):
        text = html.read_text(encoding="utf-8")
        assert "<script>window.hacked" not in text, html
        assert "<script>1" not in text, html
        assert "<img src=x" not in text, html
    page = project.page("designs/2026-01-02-script/")
    assert re.search(r"<h1[^>]*>&lt;script&gt;window.hacked = 1&lt;/script&gt;", page)
    assert "<title>&lt;script&gt;window.hacked = 1&lt;/script&gt; - Portfolio</title>" in page
    assert project.design("2026-01-02-script")["title"] == title
    assert project.design("2026-01-05-crlf")["status"] == "final"
    assert project.states("2026-01-05-crlf")["tradeoffs"] == "in-progress"
    assert project.design("2026-01-06-bom")["status"] == "final"
    assert "Marked." in project.page("designs/2026-01-06-bom/")


def test_template_signs_survive_a_site_that_renders_macros_by_default(project):
    project.write("mkdocs.yml", project.read("mkdocs.yml").replace("  - search\n", "  - search\n  - macros\n"))
    _design(project, "2026-01-01-signs", "# Signs\n\n{{user_id}} ${{ secrets.X }} {{ 1 + 1 }}\n")
    project.build("--strict")
    assert "{{user_id}} ${{ secrets.X }} {{ 1 + 1 }}" in project.page("designs/2026-01-01-signs/")


def test_one_broken_file_is_named_with_its_line_and_the_others_are_built(project):
    _design(project, "2026-01-01-good", "# Good\n\nText.\n")
    project.write("designs/2026-01-02-broken.md", "---\ntitle: x\nstage: 'open\n---\n# Broken\n\nIts text.\n")
    project.write("designs/2026-01-03-latin.md", "# Café\n".encode("latin-1"))
    project.write("designs/2026-01-04-impossible.md", "---\ntitle: x\ndate: 2026-02-30\n---\n# Impossible\n")
    project.write("designs/2026-01-05-list.md", "---\n- a\n---\n# List\n")
    project.write("designs/2026-01-06-open.md", "---\ntitle: x\n\n# Open\n")
    done = project.build()
    told = "\n".join(done.warnings)
    assert re.search(r"^designs/2026-01-02-broken.md:[34]: the front matter is not valid YAML: .+ \(.+\)$", told, re.M)
    assert "designs/2026-01-03-latin.md:1: byte 0xe9 is not UTF-8 (save the file as UTF-8)" in told
    assert "designs/2026-01-04-impossible.md:3: the front matter has an impossible value" in told
    assert "designs/2026-01-05-list.md:1: the front matter is not a mapping" in told
    assert "designs/2026-01-06-open.md:1: the front matter is never closed" in told
    assert "Traceback" not in done.err
    assert {design["id"] for design in project.portfolio["designs"]} == {
        "2026-01-01-good", "2026-01-02-broken", "2026-01-03-latin", "2026-01-04-impossible", "2026-01-05-list", "2026-01-06-open",
    }  # fmt: skip
    assert "Its text." in project.page("designs/2026-01-02-broken/")
    assert project.design("2026-01-02-broken")["title"] == "Broken"
    strict = project.run("build", "--strict")
    assert strict.code == 1
    assert "Aborted with 5 warnings in strict mode!" in strict.out


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: x\nstatus: donee", ":3: status 'donee' is unknown (expected draft, in-review, final)"),
        ("status: finall", ":2: status 'finall' is unknown (did you mean 'final'?)"),
        ("date: yesterday", ":2: date 'yesterday' is not a date (expected YYYY-MM-DD)"),
        ("stage: storge", ":2: unknown stage 'storge' (did you mean 'storage'?)"),
        ("tags: {a: b}", ":2: tags is a mapping (expected a list of words)"),
        ("title: [a]", ":2: title is a list (expected text)"),
        ("notes: [cachng]", ":2: unknown note 'cachng' (did you mean 'caching'?)"),
        ("draft: perhaps", ":2: draft is 'perhaps' (expected true or false)"),
        ("stauts: final", ":2: unknown field 'stauts' (did you mean 'status'?)"),
        ("checkpoints: {tradeoffs/choise: true}", ":2: unknown checkpoint 'tradeoffs/choise' (did you mean 'tradeoffs/choice'?)"),
        ("checkpoints: {tradeoffs/choice: 1}", ":2: checkpoint 'tradeoffs/choice' is 1 (expected true or false)"),
        ("checkpoints: [a]", ":2: checkpoints is not a mapping (write 'checkpoints: {step/checkpoint: true}')"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_a_problem_with_line_and_remedy(project, front, message):
    project.write("notes/caching.md", "# Caching\n")
    project.write("designs/2026-01-01-x.md", f"---\n{front}\n---\n# X\n")
    done = project.run("build", "--strict")
    assert done.code == 1
    assert f"designs/2026-01-01-x.md{message}" in done.warnings
    assert len(done.warnings) == 1


def test_fields_of_others_are_left_alone(project):
    project.write(
        "designs/2026-01-01-x.md",
        "---\nhide: [toc]\nicon: material/star\nauthor: me\nsearch: {boost: 2}\nweight: 3\n---\n# X\n",
    )
    project.build("--strict")


def test_missing_fields_are_derived(project):
    project.write("designs/2026-01-02-from-heading.md", "# The *best* `queue`\n")
    project.write("designs/2026-01-03-job_queue.md", "Text.\n")
    project.write("designs/undated.md", "# Undated\n")
    done = project.build()
    assert done.warnings == [
        "designs/undated.md:1: the design has no date (add 'date: YYYY-MM-DD', or begin the file name with it)"
    ]
    designs = [(design["title"], design["date"], design["status"]) for design in project.portfolio["designs"]]
    assert designs == [
        ("Job queue", "2026-01-03", "draft"),
        ("The best queue", "2026-01-02", "draft"),
        ("Undated", None, "draft"),
    ]


def test_the_author_can_overrule_a_checkpoint_and_the_page_says_declared(project):
    text = "# X\n\n## Clarify the problem\n\nA thing.\n"
    front = "---\ncheckpoints:\n  clarify-problem/users: true\n  clarify-problem/success: true\n---\n"
    project.write("designs/2026-01-01-x.md", front + text)
    project.build("--strict")
    assert project.states("2026-01-01-x")["clarify-problem"] == "done"
    assert "Done (declared)" in project.page("designs/2026-01-01-x/")
    project.write("designs/2026-01-01-x.md", front.replace("users: true", "users: false") + text)
    project.build("--strict")
    assert project.states("2026-01-01-x")["clarify-problem"] == "in-progress"


def test_a_skipped_step_does_not_count(project):
    project.write("designs/2026-01-01-x.md", "# X\n\n## Observability\n\nn/a: a library\n")
    project.build("--strict")
    assert project.design("2026-01-01-x")["progress"] == {"done": 0, "total": 10, "percent": 0}
    assert project.states("2026-01-01-x")["observability"] == "skipped"
    assert "Skipped" in project.page("designs/2026-01-01-x/")


def test_drafts_and_underscored_files_are_not_published(project):
    _design(project, "2026-01-01-shown", "# Shown\n", status="draft")
    _design(project, "2026-01-02-hidden", "# Secret plan\n", draft="true")
    project.write("designs/_ideas.md", "# Secret ideas\n")
    project.write("designs/_old/2025-01-01-x.md", "# Secret past\n")
    project.write("notes/wip.md", "---\ndraft: true\n---\n# Secret note\n")
    project.build("--strict")
    site = project.root / "site"
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".xml", ".svg"):
            assert "Secret" not in path.read_text(encoding="utf-8"), path
    assert not list(site.rglob("*hidden*"))
    assert [design["id"] for design in project.portfolio["designs"]] == ["2026-01-01-shown"]
    assert 'dp-status--draft">Draft' in project.page("designs/2026-01-01-shown/")


def test_two_files_of_one_name_are_a_problem(project):
    _design(project, "2026-01-01-x")
    _design(project, "sub/2026-01-01-x")
    done = project.build()
    assert done.warnings == [
        "designs/sub/2026-01-01-x.md: '2026-01-01-x' is also the name of designs/2026-01-01-x.md"
        " (rename one; a name is unique in its folder tree)"
    ]


def test_each_step_has_a_badge_at_its_heading_and_a_link_at_the_top(project):
    _design(project, "2026-01-01-x", COMPLETE.format(title="X"))
    project.build("--strict")
    page = project.page("designs/2026-01-01-x/")
    heading = re.search(r'<h2 id="clarify-the-problem">.*?</h2>', page, re.S)
    assert heading and 'class="dp-badge dp-badge--done"' in heading[0]
    assert 'class="dp-stepper__link" href="#clarify-the-problem"' in page
    assert page.count('class="dp-stepper__step ') == 11
    assert dead_links(project.root / "site") == []


def test_anchors_are_those_the_site_really_makes(project):
    text = "# X\n\n## Über *alles* & `mehr`\n\n### Tradeoffs\n\nWe chose.\n\n## Tradeoffs\n\nAgain.\n\n## Scaling {#grow}\n\n10x\n"
    _design(project, "2026-01-01-x", text)
    project.build("--strict")
    anchors = {step["id"]: step["anchor"] for step in project.design("2026-01-01-x")["steps"]}
    assert anchors["tradeoffs"] == "tradeoffs"
    assert anchors["scaling-strategy"] == "grow"
    assert anchors["observability"] is None
    assert 'id="grow"' in project.page("designs/2026-01-01-x/")


def test_a_heading_with_marks_of_all_kinds_gets_its_badge(project):
    project.write(
        "mkdocs.yml", project.read("mkdocs.yml") + "markdown_extensions: [footnotes, {toc: {permalink: true}}]\n"
    )
    text = "# X\n\n## 7. *Trade*`offs` & **decisions**[^1] {.wide}\n\nWe chose.\n\n## [Observability](#x) ##\n\nMetrics.\n\n[^1]: F\n"
    _design(project, "2026-01-01-x", text.replace(" & **decisions**", ""))
    project.build()
    page = project.page("designs/2026-01-01-x/")
    assert len(re.findall(r"<h2[^>]*>.*?dp-badge--in-progress.*?</h2>", page)) == 2


def test_search_has_the_authors_text_alone(project):
    _design(
        project, "2026-01-01-x", "# X\n\n## Tradeoffs\n\nThe zebra clause.\n\n## Evolution\n\nMore.\n", summary="A sum."
    )
    project.build("--strict")
    docs = json.loads(project.page("search/search_index.json"))["docs"]
    entries = [doc for doc in docs if doc["location"].startswith("designs/2026-01-01-x/")]
    assert [(doc["location"], doc["title"], doc["text"]) for doc in entries] == [
        ("designs/2026-01-01-x/", "X", ""),
        ("designs/2026-01-01-x/#tradeoffs", "Tradeoffs", "<p>The zebra clause.</p>"),
        ("designs/2026-01-01-x/#evolution", "Evolution", "<p>More.</p>"),
    ]


def test_odd_names_are_read_or_told_of(project):
    _design(project, "2026-01-01 with space", "# Space\n")
    _design(project, "2026-01-02_underscore")
    project.write("designs/2026-01-03-upper.MD", "# Upper\n")
    (project.root / "designs/2026-01-04-gone.md").symlink_to("nowhere.md")
    (project.root / "designs/2026-01-05-linked.md").symlink_to("2026-01-02_underscore.md")
    done = project.build()
    assert done.warnings == [
        "designs/2026-01-03-upper.MD: is not published as a document, for its name ends in '.MD' (rename it '.md')",
        "designs/2026-01-04-gone.md: there is no such file (create it, or mend the option that names it)",
    ]
    assert [design["date"] for design in project.portfolio["designs"]] == ["2026-01-05", "2026-01-02", "2026-01-01"]
    assert dead_links(project.root / "site") == []


def test_material_tags_gets_the_tags_as_we_read_them(project):
    project.write("mkdocs.yml", project.read("mkdocs.yml").replace("  - search\n", "  - search\n  - tags\n"))
    _design(project, "2026-01-01-x", tags="a, b")
    _design(project, "2026-01-02-y", tags="[1, 2.5, null]")
    _design(project, "2026-01-03-z", tags="")
    project.build("--strict")
    assert 'md-tag">a' in re.sub(r"\s+", "", project.page("designs/2026-01-01-x/"))


def test_a_bold_line_is_no_front_matter_for_the_theme(fourteen):
    fourteen.write("designs/2026-01-02-q.md", "# Q\n\n**Template**: none.html\n**Hide**: all\n**Tags**: a, b\n")
    fourteen.build("--strict")
    assert fourteen.design("2026-01-02-q")["tags"] == ["a", "b"]


def test_the_header_finds_its_place_whatever_the_title_is_made_of(project):
    emoji = (
        "markdown_extensions:\n  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      emoji_generator: !!python/name:material.extensions.emoji.to_svg\n"
    )
    project.write("mkdocs.yml", project.read("mkdocs.yml") + emoji)
    _design(project, "2026-01-01-emoji", "# :rocket: Launch\n\nText.\n")
    _design(project, "2026-01-02-none", "Text without a title.\n")
    _design(project, "2026-01-03-html", "<h1>Own HTML</h1>\n\nText.\n")
    project.build("--strict")
    for id in ("2026-01-01-emoji", "2026-01-02-none", "2026-01-03-html"):
        assert project.page(f"designs/{id}/").count('class="dp-stepper"') == 1, id
    page = project.page("designs/2026-01-01-emoji/")
    assert page.index("</h1>") < page.index('class="dp-stepper"')
