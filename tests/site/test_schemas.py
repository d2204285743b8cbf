"""JSON Schemas are published, and the templates name them where they are."""

from __future__ import annotations

import json
import re


def test_every_schema_is_published_and_named_by_what_it_is_for(demo):
    demo.run("new-design", "chat", "--template", "default", "--date", "2026-12-01")
    demo.run("new-note", "vector clocks")
    demo.build("--strict")
    named = {}
    for path in ("designs/2026-12-01-chat.md", "notes/vector-clocks.md", "designs/_template.md", "mkdocs.yml"):
        found = re.search(r"^# yaml-language-server: \$schema=(\S+)$", demo.read(path), re.MULTILINE)
        assert found, path
        schema = (demo.root / path).parent / found[1]
        named[path] = json.loads(schema.read_text(encoding="utf-8"))["title"]
    assert named == {
        "designs/2026-12-01-chat.md": "A design's front matter",
        "notes/vector-clocks.md": "A note's front matter",
        "designs/_template.md": "A design's front matter",
        "mkdocs.yml": "mkdocs.yml",
    }
    assert json.loads(demo.page("schemas/flow.json"))["title"] == "A flow"
