"""`mkdocs progress`, as typed in a terminal."""

from __future__ import annotations

import pytest

DESIGN = """\
---
status: final
---
# Job queue

## Clarify the problem

A queue for teams. Success is no lost job.

## Tradeoffs

| Decision | Options | Choice |
|---|---|---|
| Store | SQL or Redis | SQL |

## Observability

n/a: a library

## Security

Tokens.
"""


@pytest.fixture
def designs(project):
    """One design with something to say, and a fresh one."""
    project.write("designs/2026-01-01-job-queue.md", DESIGN)
    project.run("new-design", "job runner", "--date", "2026-01-02")
    return project


def test_all_designs_are_listed_newest_first(designs):
    done = designs.run("progress")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "2026-01-02  job runner  ···········  0 of 11 steps   Draft",
        "2026-01-01  Job queue   x·····~··-·  1 of 10 steps   Final",
        "",
        "1 of 21 steps done in 2 designs (4 %)",
    ]


def test_one_design_shows_what_met_and_what_is_lacking(designs):
    done = designs.run("progress", "queue", cwd="designs")
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[0] == "Job queue · 1 of 10 steps · Final · designs/2026-01-01-job-queue.md"
    for line in (
        "1 [x] Clarify the problem 3 of 3 line 6",
        "met Who uses it (line 8)",
        "7 [~] Tradeoffs 2 of 4 line 10",
        "lacks At least three decisions (1 of 3)",
        "met What was chosen (line 14)",
        "10 [-] Observability 0 of 4 line 16",
        "skipped: a library",
        "2 [ ] Functional requirements 0 of 1 no heading",
        "Not counted: Security",
    ):
        assert line in lines


@pytest.mark.parametrize("name", ["2026-01-01-job-queue", "designs/2026-01-01-job-queue.md", "job queue", "queue"])
def test_a_design_is_found_by_id_path_title_or_part(designs, name):
    assert designs.run("progress", name).out.startswith("Job queue")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("job", "2 designs have that in their name (one of 2026-01-02-job-runner, 2026-01-01-job-queue)"),
        ("job-quque", "there is no such design (did you mean 2026-01-01-job-queue?)"),
        ("zebra", "there is no such design ('mkdocs progress' lists them all)"),
    ],
)
def test_an_unknown_design_is_one_line(designs, name, message):
    done = designs.run("progress", name)
    assert (done.code, done.out, done.err) == (2, "", f"Error: {name}: {message}\n")


def test_problems_of_the_design_shown_follow(designs):
    designs.write("designs/2026-01-03-x.md", "---\nstatus: donee\n---\n# X\n")
    assert "donee" in designs.run("progress", "2026-01-03-x").err
    assert designs.run("progress", "queue").err == ""


def test_a_terminal_without_the_letters_is_no_reason_to_fail(designs):
    designs.write("designs/2026-01-03-x.md", "# 限流\n")
    done = designs.run("progress", env={"PYTHONIOENCODING": "latin-1"})
    assert done.code == 0
    assert "\\u9650" in done.out


def test_without_a_design_it_says_how_to_start(project):
    assert "mkdocs new-design" in project.run("progress").out
