"""The coach: what teaches a step, beside it."""

from __future__ import annotations

import html
import re

import pytest

from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.model import Level

FLOW, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
OWN = """\
id: rfc
title: RFC
steps:
  - id: context
    title: Context
    checkpoints:
      - {id: said, kind: count, of: [statements]}
    coach:
      why: So that "readers" know <why>.
      questions: ["Who asks?"]
      levels: {senior: Look around.}
      mistakes:
        - mistake: None.
          tempting: It is short.
      concepts: [Caching, Nothing known]
      example: |
        | A | B |
        |---|---|
        | 1 | 2 |
  - id: plan
    title: Plan
    checkpoints:
      - {id: said, kind: count, of: [statements]}
"""
DESIGN = "---\ndate: 2026-01-01\n---\n# A\n\n## Context\n\nText.\n\n## Plan\n\nText.\n"


@pytest.fixture
def own(project):
    """A project with a flow of its own, of which one step has a coach."""
    project.write("flow.yml", OWN)
    project.write("designs/_template.md", "# {{ title }}\n\n## Context\n\n## Plan\n")
    project.write("designs/2026-01-01-a.md", DESIGN)
    project.write("notes/caching.md", "# Caching\n\nKeeping answers.\n")
    option = "  - design-portfolio:\n      flow: flow.yml\n"
    project.write("mkdocs.yml", project.read("mkdocs.yml").replace("  - design-portfolio\n", option))
    return project


def test_every_step_of_the_built_in_flow_is_taught_whole():
    for step in FLOW.steps:
        coach = step.coach
        assert coach.why
        assert len(coach.questions) >= 3
        assert [level for level, _ in coach.levels] == list(Level)
        assert len(coach.mistakes) >= 2
        assert all(mistake.tempting for mistake in coach.mistakes)
        assert coach.concepts
        assert coach.example


def test_a_flow_of_ones_own_brings_its_own_coach(own):
    own.build("--strict")
    page = own.page("designs/2026-01-01-a/")
    panels = re.findall(r"<details class=\"dp-coach\".*?</details>", page, re.DOTALL)
    assert len(panels) == 1
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", panels[0])).split())
    assert text == (
        'Coach : Context So that "readers" know <why>. Answer Who asks? Concentrate on Senior Look around. '
        "Common mistakes, and why they are tempting None. It is short. For example A B 1 2 "
        "Leans on Caching , Nothing known."
    )
    assert '<a href="../../notes/caching/">Caching</a>' in panels[0]
    assert page.index('<h2 id="context"') < page.index("dp-coach") < page.index("<p>Text.</p>")


def test_it_is_closed_when_published_and_says_nothing_to_the_search(own):
    own.build()
    assert '<details class="dp-coach">' in own.page("designs/2026-01-01-a/")
    assert "Look around" not in own.page("search/search_index.json")


@pytest.mark.parametrize("mode", ["serve", "off", "false"])
def test_it_is_not_published_where_the_option_says_so(own, mode):
    own.write("mkdocs.yml", own.read("mkdocs.yml").replace("flow: flow.yml", f"flow: flow.yml\n      coach: {mode}"))
    own.build("--strict")
    assert "dp-coach" not in own.page("designs/2026-01-01-a/")


def test_mistakes_in_it_are_told_with_their_line(own):
    wrong = OWN.replace("levels: {senior: Look around.}", "levels: {senoir: Look around.}").replace("why:", "wy:")
    wrong = wrong.replace("        - mistake: None.\n          tempting", "        - tempting")
    own.write("flow.yml", wrong)
    warnings = own.build().warnings
    assert warnings == [
        "flow.yml:9: the coach of step 'context' has an unknown field 'wy' (did you mean 'why'?)",
        "flow.yml:11: 'levels' has an unknown field 'senoir' (did you mean 'senior'?)",
        "flow.yml:13: a mistake does not say what it is (add 'mistake: …')",
    ]


def test_an_unknown_mode_is_told_with_those_there_are(own):
    own.write("mkdocs.yml", own.read("mkdocs.yml").replace("flow: flow.yml", "flow: flow.yml\n      coach: always"))
    assert own.build().warnings == ["mkdocs.yml: option 'coach' is 'always' (expected off, on, serve)"]
