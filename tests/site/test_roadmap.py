"""The roadmap, both ways: work attached to stages and topics, and what that implies."""

from __future__ import annotations

import re

import pytest

from ..conftest import Project

ROADMAP = """\
# Roadmap

## Foundations {#foundations}

- [x] Latency numbers {#latency}
- [ ] [Estimation](notes/estimation.md)

## Storage and data {#storage}

- [x] Caching (write and read)
- [~] Indexes
- [ ] Replication
    - [ ] Quorums

**Mastery signals**

- Say what a failover loses.

## Practice

- [ ] [First](designs/2026-01-01-first.md) (in progress)

### Mastery signals

- Defend each decision.
"""


@pytest.fixture
def walked(project: Project) -> Project:
    """A roadmap with work at its stages, attached in each way."""
    project.write("roadmap.md", ROADMAP)
    project.write("notes/estimation.md", "# Estimation\n\n## How\n\nCount.\n\n## Failure\n")
    project.write("notes/latency.md", "---\ntopic: latency\n---\n# Latency\n\n## How\n\nMeasure.\n")
    project.write("notes/caching.md", "---\ntopic: Caching (write and read)\n---\n# Caches\n\n## How\n\n## Why\n")
    project.write("notes/quorums.md", "---\nstage: storage\n---\n# Quorums\n\n## How\n\nOverlap.\n")
    project.write("designs/2026-01-01-first.md", "# First\n\n## Tradeoffs\n\nWe use **vector clocks** here.\n")
    return project


def stages(project: Project) -> dict[str, dict]:
    return {stage["id"]: stage for stage in project.portfolio["stages"]}


def test_topics_carry_the_declared_state_and_what_the_work_implies(walked: Project):
    walked.build("--strict")
    found = stages(walked)
    assert found["foundations"]["topics"] == [
        {"title": "Latency numbers", "state": "completed", "implied": "completed"},
        {"title": "Estimation", "state": "not-started", "implied": "in-progress"},
    ]
    assert found["storage"]["topics"] == [
        {"title": "Caching (write and read)", "state": "completed", "implied": "not-started"},
        {"title": "Indexes", "state": "in-progress", "implied": None},
        {"title": "Replication", "state": "not-started", "implied": None},
        {"title": "Quorums", "state": "not-started", "implied": None},
    ]
    assert found["practice"]["topics"] == [{"title": "First", "state": "in-progress", "implied": "in-progress"}]
    assert (found["foundations"]["notes"], found["storage"]["notes"]) == (
        ["estimation", "latency"],
        ["caching", "quorums"],
    )
    assert found["practice"]["designs"] == ["2026-01-01-first"]


def test_the_page_says_beside_each_topic_what_the_work_says_and_where_they_disagree(walked: Project):
    walked.build("--strict")
    page = walked.page("roadmap/")
    items = [re.sub(r"<[^>]+>|\s+", " ", item).split() for item in re.findall(r"<li[^>]*>(.*?)</li>", page, re.DOTALL)]
    told = [" ".join(item) for item in items]
    assert "[x] Latency numbers work: completed" in told
    assert "[ ] Estimation declared not started, but the work says in progress: Estimation (partly written)" in told
    assert any(item.endswith("declared completed, but the work says not started: Caches (empty)") for item in told)
    assert "[ ] First (in progress) work: in progress" in told
    assert "[~] Indexes" in told
    assert '<li id="latency">' in page


def test_a_stage_shows_progress_designs_notes_and_gaps(walked: Project):
    walked.build("--strict")
    page = walked.page("roadmap/")
    storage = page[page.index('id="storage"') : page.index('id="practice"')]
    assert "1 of 4 topics" in storage and "Caches" in storage and "Quorums" in storage
    assert "Topics with nothing written yet: Indexes; Replication; Quorums" in storage
    practice = page[page.index('id="practice"') :]
    assert "Named in a design, explained in no note: vector clocks" in practice


def test_a_stage_retitled_with_its_id_kept_loses_nothing(walked: Project):
    walked.build("--strict")
    before = stages(walked)["storage"]
    walked.write(
        "roadmap.md",
        ROADMAP.replace("## Storage and data", "## Where data lives").replace("] Latency numbers", "] What is slow"),
    )
    walked.build("--strict")
    assert stages(walked)["storage"] == {**before, "title": "Where data lives"}
    assert stages(walked)["foundations"]["topics"][0]["implied"] == "completed"


def test_a_stage_whose_id_changed_is_an_error_that_names_each_document(walked: Project):
    walked.write(
        "designs/2026-01-02-second.md", "---\nstage: storage\n---\n# Second\n\nSee [it](../roadmap.md#storage).\n"
    )
    walked.write("roadmap.md", ROADMAP.replace("{#storage}", "{#zoo}"))
    done = walked.run("build", "--strict")
    assert done.code == 1
    assert sorted(done.warnings) == [
        "designs/2026-01-02-second.md:2: unknown stage 'storage' (did you mean 'zoo'?)",
        "designs/2026-01-02-second.md:6: roadmap.md has no anchor '#storage' (link to a heading that is there)",
        "notes/quorums.md:2: unknown stage 'storage' (did you mean 'zoo'?)",
    ]


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("topic: latncy", "unknown topic 'latncy' (did you mean 'latency'?)"),
        (
            "topic: nothing like it",
            "unknown topic 'nothing like it' (topics are the list items with a task box in the roadmap)",
        ),
        ("topic: quorums", "topic 'quorums' is in 2 stages (write one of storage/quorums, practice/quorums)"),
    ],
)
def test_a_topic_that_is_not_one_is_told(walked: Project, front: str, problem: str):
    walked.write("roadmap.md", ROADMAP + "\n- [ ] Quorums\n")
    walked.write("notes/new.md", f"---\n{front}\n---\n# New\n\n## A\n\nText.\n")
    assert walked.build().warnings == [f"notes/new.md:2: {problem}"]


def test_a_topic_of_two_stages_is_told_apart_by_the_stage(walked: Project):
    walked.write("roadmap.md", ROADMAP + "\n- [ ] Quorums\n")
    walked.write("notes/new.md", "---\nstage: practice\ntopic: quorums\n---\n# New\n\n## A\n\nText.\n")
    walked.build("--strict")
    assert stages(walked)["practice"]["topics"][-1]["implied"] == "completed"
    assert stages(walked)["storage"]["topics"][-1]["implied"] is None


def test_the_terminal_shows_the_roadmap_and_what_to_do_next(walked: Project):
    done = walked.run("roadmap")
    assert done.code == 0
    assert "1. Foundations (foundations)  1 of 2 topics  <- you are here" in done.out
    assert "   [x] Latency numbers  (Latency, written)" in done.out
    assert "   [ ] Estimation  (the work says in progress: Estimation, partly written)" in done.out
    assert "       note: Quorums (written)" in done.out
    assert "   Mastered when you can\n       Say what a failover loses.\n" in done.out
    assert "   No note explains: vector clocks" in done.out
    advice = done.out[done.out.index("Next") :]
    assert advice.startswith("Next  1. Finish First: 0 of 11 steps done; next is Clarify the problem, which lacks ")
    assert "2. Look at the topic Estimation: declared not started, but the work says in progress" in advice
    assert "roadmap.md:6" in advice
    commands = re.findall(r"^ {9}(mkdocs .*)$", advice, re.MULTILINE)
    assert commands == ["mkdocs progress 2026-01-01-first"]


def test_the_commands_it_suggests_work(project: Project):
    """Pasted into a shell, each suggestion does what it says."""
    advice = project.run("roadmap").out
    commands = re.findall(r"^ {9}mkdocs (.*)$", advice, re.MULTILINE)
    assert len(commands) == 3
    import shlex

    for command in commands:
        done = project.run(*shlex.split(command))
        assert done.code == 0, done.err
    assert project.build("--strict").warnings == []


def test_topics_of_one_title_are_told_apart_and_ids_written_twice_are_a_problem(walked: Project):
    walked.write("roadmap.md", "# R\n\n## S {#s}\n\n- [ ] One\n    - [ ] Exercise\n- [ ] Two\n    - [ ] Exercise\n")
    (walked.root / "notes/latency.md").unlink()
    (walked.root / "notes/caching.md").write_text("---\ntopic: exercise-2\n---\n# C\n\n## A\n\nText.\n")
    (walked.root / "notes/quorums.md").unlink()
    walked.build("--strict")
    assert [topic["implied"] for topic in walked.portfolio["stages"][0]["topics"]] == [None, None, None, "completed"]
    walked.write("roadmap.md", "# R\n\n## S {#s}\n\n- [ ] Exercise-2 {#exercise-2}\n- [ ] Two {#exercise-2}\n")
    assert walked.build().warnings == [
        "roadmap.md:6: topic 'exercise-2' is there twice in stage 's' (give each its own {#id})"
    ]


def test_one_stage_can_be_asked_for(walked: Project):
    done = walked.run("roadmap", "Practice")
    assert "3. Practice" in done.out and "Foundations (" not in done.out
    done = walked.run("roadmap", "storag")
    assert (done.code, done.err) == (2, "Error: storag: there is no such stage (did you mean 'storage'?)\n")


def test_without_a_roadmap_it_says_how_to_write_one(project: Project):
    (project.root / "roadmap.md").unlink()
    done = project.run("roadmap")
    assert done.code == 1 and done.err.startswith("Error: roadmap.md: there is no roadmap (write it:")
    project.build("--strict")
