"""Flows and templates as a site meets them."""

from __future__ import annotations

FLOW = """\
id: adr
title: Decision records
steps:
  - id: context
    title: Context
    checkpoints:
      - {id: some, title: The situation, kind: count, of: [statements]}
  - id: decision
    title: Decision
    headings: [What we decided]
    checkpoints:
      - {id: choice, title: The choice, kind: about, terms: [we use]}
"""


def _use(project, flow, template="# {{ title }}\n\n## Context\n\n## What we decided\n"):
    project.write(
        "mkdocs.yml", project.read("mkdocs.yml").replace("design-portfolio\n", "design-portfolio: {flow: flow.yml}\n")
    )
    project.write("flow.yml", flow)
    project.write("designs/_template.md", template)


def test_a_users_own_flow_needs_no_code(project):
    _use(project, FLOW)
    project.write(
        "designs/2026-01-01-db.md", "# DB\n\n## Context\n\nMuch data.\n\n## What we decided\n\nWe use SQLite.\n"
    )
    project.build("--strict")
    assert project.portfolio["flow"] == {
        "id": "adr",
        "steps": [{"id": "context", "title": "Context"}, {"id": "decision", "title": "Decision"}],
    }
    assert project.states("2026-01-01-db") == {"context": "done", "decision": "done"}
    path = project.run("new-design", "x", "--template", "default").out.strip()
    assert "## Context" in project.read(path) and "## Decision" in project.read(path)


def test_a_step_that_no_heading_of_the_template_holds_is_a_problem(project):
    _use(project, FLOW, "# {{ title }}\n\n## Context\n")
    done = project.run("build", "--strict")
    assert done.code == 1
    assert done.warnings == [
        "designs/_template.md:1: no heading holds the step 'decision' of flow.yml:8"
        " (add a heading such as '## Decision', or list the heading you use in the flow)"
    ]


def test_a_flow_that_contradicts_itself_is_told_with_lines(project):
    wrong = FLOW.replace("headings: [What we decided]", "headings: [What we decided, context]").replace(
        "kind: about", "kind: abut"
    )
    wrong += "  - id: context\n    title: Again\n  - {id: empty, promt: x}\n"
    _use(project, wrong, "# x\n\n## Context\n\n## Decision\n\n## Empty\n")
    told = project.build().warnings
    assert (
        "flow.yml:8: heading 'context' holds both step 'context' and step 'decision' (leave it to one of them)" in told
    )
    assert "flow.yml:12: unknown kind 'abut' (did you mean 'about'?)" in told
    assert "flow.yml:13: step 'context' is defined twice (the first is on line 4; rename one)" in told
    assert "flow.yml:15: a step has an unknown field 'promt' (did you mean 'prompt'?)" in told
    assert "flow.yml:15: step 'empty' has no checkpoint, so it can never be done (add one)" in told


def test_a_flow_that_cannot_be_read_stops_the_build_in_one_line(project):
    for text, message in (
        ("steps: [", "flow.yml:1: the flow is not valid YAML"),
        ("id: x\n", "flow.yml:1: the flow has no step (list at least one under 'steps:')"),
        ("- a\n", "flow.yml:1: the flow is not a mapping"),
    ):
        _use(project, text)
        done = project.run("build")
        assert done.code == 1
        assert message in done.err
        assert "Traceback" not in done.err
    project.write("mkdocs.yml", project.read("mkdocs.yml").replace("flow.yml", "no.yml"))
    done = project.run("build")
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert "no.yml: there is no such file" in done.err
    assert "no.yml: there is no such file" in project.run("progress").err
