"""Badges and `portfolio.json`."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def built(project):
    """A portfolio of two designs, one with marks in its title."""
    project.write("notes/caching.md", "---\ndate: 2025-05-05\n---\n# Caching\n")
    project.write(
        "designs/2026-01-01-a.md",
        "---\ntitle: 'A <b> & \"c\", 限流'\nstatus: in review\nstage: storage\ntags: [x]\nnotes: [caching]\n---\n"
        "# A\n\n## Clarify the problem\n\nA thing for users. Success is speed.\n\n## Tradeoffs\n\nWe chose.\n\n"
        "## Observability\n\nn/a: none\n",
    )
    project.write("designs/2026-01-02-b.md", f"# {'Long ' * 30}\n")
    project.build("--strict")
    return project


def test_there_is_a_badge_for_the_portfolio_each_design_and_each_step(built):
    badges = {
        path.relative_to(built.root / "site/badges").as_posix() for path in (built.root / "site/badges").rglob("*.*")
    }
    steps = [step["id"] for step in built.portfolio["flow"]["steps"]]
    wanted = {"portfolio.svg", "portfolio.json"}
    for id in ("2026-01-01-a", "2026-01-02-b"):
        wanted |= {f"{id}.svg", f"{id}.json", *(f"{id}/{step}.svg" for step in steps)}
    assert badges == wanted


def test_badges_are_self_contained_and_readable(built):
    for path in (built.root / "site/badges").rglob("*.svg"):
        svg = ElementTree.parse(path).getroot()
        assert svg.tag == f"{SVG}svg"
        assert svg.get("height") == "20"
        assert svg.get("role") == "img"
        title = svg.find(f"{SVG}title")
        assert title is not None and title.text and title.get("id") == svg.get("aria-labelledby")
        texts = svg.findall(f".//{SVG}text")
        assert [text.text for text in texts] == title.text.split(": ", 1)
        assert sum(float(text.get("textLength")) for text in texts) + 28 == float(svg.get("width"))
        for rect in svg.findall(f".//{SVG}g/{SVG}rect"):
            assert _contrast("#ffffff", rect.get("fill")) >= 4.5
        assert not re.search(
            r"https?://(?!www\.w3\.org/2000/svg)|href|<style|<script", path.read_text(encoding="utf-8")
        )


def test_a_page_may_show_a_badge_with_ordinary_markdown(built):
    text = "# Home\n\n![A](badges/2026-01-01-a.svg) ![B](badges/2026-01-01-a/tradeoffs.svg) [data](portfolio.json)\n"
    built.write("docs/index.md", text)
    built.build("--strict")


def test_badges_say_the_state(built):
    assert '<title id="t">A &lt;b&gt; &amp; &#34;c&#34;, 限流: 1 of 10 steps</title>' in built.page(
        "badges/2026-01-01-a.svg"
    )
    assert ">Clarify the problem: done<" in built.page("badges/2026-01-01-a/clarify-problem.svg")
    assert ">Tradeoffs: in progress<" in built.page("badges/2026-01-01-a/tradeoffs.svg")
    assert ">Observability: skipped<" in built.page("badges/2026-01-01-a/observability.svg")
    assert ">Evolution: to do<" in built.page("badges/2026-01-01-a/evolution.svg")
    assert json.loads(built.page("badges/2026-01-01-a.json")) == {
        "schemaVersion": 1,
        "label": 'A <b> & "c", 限流',
        "message": "1 of 10 steps",
        "color": "#8a5300",
    }


def test_portfolio_json_is_schema_one(built):
    portfolio = built.portfolio
    assert set(portfolio) == {"schema", "flow", "progress", "designs", "notes", "stages", "concepts"}
    assert portfolio["schema"] == 1
    assert portfolio["progress"] == {"done": 1, "total": 21, "percent": 4}
    assert len(portfolio["flow"]["steps"]) == 11
    steps = portfolio["designs"][1].pop("steps")
    assert portfolio["designs"][1] == {
        "id": "2026-01-01-a",
        "title": 'A <b> & "c", 限流',
        "date": "2026-01-01",
        "created": None,
        "changed": None,
        "status": "in-review",
        "stage": "storage",
        "tags": ["x"],
        "source": "designs/2026-01-01-a.md",
        "url": "designs/2026-01-01-a/",
        "progress": {"done": 1, "total": 10, "percent": 10},
        "notes": ["caching"],
        "capacity": [],
        "backlinks": [],
        "related_notes": [],
        "related_designs": [],
    }
    assert steps[0] == {
        "id": "clarify-problem",
        "state": "done",
        "met": 3,
        "of": 3,
        "since_first": None,
        "anchor": "clarify-the-problem",
    }
    assert portfolio["notes"] == [
        {
            "id": "caching",
            "title": "Caching",
            "date": "2025-05-05",
            "created": None,
            "changed": None,
            "source": "notes/caching.md",
            "url": "notes/caching/",
            "backlinks": portfolio["notes"][0]["backlinks"],
        }
    ]
    assert [item["id"] for item in portfolio["notes"][0]["backlinks"]] == ["2026-01-01-a"]
    assert portfolio["concepts"] == [
        {"name": "Caching", "aliases": [], "definition": "", "note": "caching", "designs": []}
    ]
    assert portfolio["stages"][1] == {
        "id": "storage",
        "title": "Storage and data",
        "url": "roadmap/#storage",
        "designs": ["2026-01-01-a"],
        "notes": [],
        "progress": {"done": 1, "total": 10, "percent": 10},
        "topics": [
            {"title": "Indexes", "state": "completed", "implied": None},
            {"title": "Replication", "state": "not-started", "implied": None},
        ],
        "backlinks": [],
    }


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
