"""The map: what is written beside each mark."""

from __future__ import annotations

import re

import pytest

from ..conftest import Project

TITLES = {
    "Rate limiting algorithms": (["Rate limiting algorithms"], ""),
    "Distributed job scheduler": (["Distributed job", "scheduler"], ""),
    "Leases and fencing tokens, and who may still write": (
        ["Leases and fencing", "tokens, and who may"],
        "still write",
    ),
    "Antidisestablishmentarianism": (["Antidisestablishmentaria", "nism"], ""),
}


@pytest.mark.parametrize("title, expected", TITLES.items(), ids=TITLES)
def test_a_title_stands_in_two_lines_and_the_rest_is_read_out(project: Project, title, expected):
    lines, rest = expected
    project.write("notes/it.md", f"# {title}\n\n## How\n\nSo.\n")
    project.build("--strict")
    [label] = re.findall(r"dp-graph__node--note.*?<text[^>]*>(.*?)</text>", project.page("graph/"))
    seen = re.sub(r'<tspan class="dp-graph__unseen">.*?</tspan>', "", label)
    assert [part.strip() for part in re.sub(r"<[^>]*>", "|", seen).split("|") if part.strip()] == lines + ["…"] * bool(
        rest
    )
    unseen = re.findall(r'dp-graph__unseen">(.*?)</tspan>', label)
    assert [part.strip() for part in unseen] == ["note:", *([rest] if rest else [])]
