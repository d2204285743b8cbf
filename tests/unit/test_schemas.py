"""JSON Schemas say the same as the code that reads."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.metadata import DESIGN_FIELDS, NOTE_FIELDS
from mkdocs_design_portfolio.core.scan import scan
from mkdocs_design_portfolio.core.schemas import schemas
from mkdocs_design_portfolio.core.settings import OPTIONS, Settings, read_settings
from tests.conftest import REPOSITORY

PORTFOLIO, _ = scan(Settings(REPOSITORY))
SCHEMAS = schemas(PORTFOLIO)


def plain(value):
    """Return YAML's values as JSON has them: an editor sees a date as the text that was typed."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def accepts(name: str, value: object) -> bool:
    """Whether a schema accepts a value."""
    return Draft7Validator(SCHEMAS[name]).is_valid(plain(value))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(name):
    Draft7Validator.check_schema(SCHEMAS[name])
    json.dumps(SCHEMAS[name])


def test_they_have_the_fields_and_options_that_are_read():
    assert tuple(SCHEMAS["design"]["properties"]) == DESIGN_FIELDS
    assert tuple(SCHEMAS["note"]["properties"]) == NOTE_FIELDS
    plugins = SCHEMAS["mkdocs"]["properties"]["plugins"]["anyOf"][1]
    assert tuple(plugins["properties"]["design-portfolio"]["properties"]) == OPTIONS


FIELDS = [
    ("title", "A title", True),
    ("title", 2048, True),
    ("title", ["a", "list"], False),
    ("date", dt.date(2026, 1, 2), True),
    ("date", "2026-13-40x", None),
    ("date", "soon", False),
    ("date", "YYYY-MM-DD", True),
    ("date", None, True),
    ("status", "draft", True),
    ("status", "In Review", True),
    ("status", "Draft / In Review / Final", True),
    ("status", "", True),
    ("status", "donee", False),
    ("stage", "storage-and-data", True),
    ("stage", "storge", False),
    ("stage", None, True),
    ("topic", "caching", None),
    ("topic", {"a": 1}, False),
    ("tags", ["a", "b", 3], True),
    ("tags", "a, b", True),
    ("tags", {"a": 1}, False),
    ("tags", [["a"]], False),
    ("aliases", True, False),
    ("notes", ["caching", "hot-keys"], True),
    ("notes", {"caching": 1}, False),
    ("summary", "One sentence.", True),
    ("summary", ["One"], False),
    ("draft", True, True),
    ("draft", "yes please", False),
    ("redirect_from", ["designs/2026-01-01-old.md"], True),
    ("redirect_from", 7, False),
    ("unlinked_concepts", True, True),
    ("unlinked_concepts", ["Hot keys"], True),
    ("unlinked_concepts", {"a": 1}, False),
    ("checkpoints", {"tradeoffs/choice": True}, True),
    ("checkpoints", {"tradeoffs/choise": True}, False),
    ("checkpoints", {"tradeoffs/choice": "yes"}, False),
    ("checkpoints", ["tradeoffs/choice"], False),
]


@pytest.mark.parametrize(("field", "value", "right"), FIELDS, ids=[f"{item[0]}: {item[1]!r}" for item in FIELDS])
def test_code_and_schema_agree_on_a_field_of_a_design(tmp_path, field, value, right):
    """What the code warns of the schema refuses, and nothing else; None: the code alone can know."""
    (tmp_path / "designs").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "roadmap.md").write_text((REPOSITORY / "roadmap.md").read_text(encoding="utf-8"), encoding="utf-8")
    for note in ("caching", "hot-keys"):
        (tmp_path / "notes" / f"{note}.md").write_text(f"# {note}\n", encoding="utf-8")
    front = yaml.safe_dump({field: value}, sort_keys=False)
    path = tmp_path / "designs" / "2026-01-02-a.md"
    path.write_text(f"---\n{front}---\n# A\n", encoding="utf-8")
    _, problems = scan(Settings(tmp_path))
    told = [str(item) for item in problems if item.path == "designs/2026-01-02-a.md" and "teaches" not in item.fact]
    if right is not None:
        assert (not told) is right, told
        assert accepts("design", {field: value}) is right


CONCEPTS = [
    (None, True),
    ([], True),
    ("Caching", True),
    (["Caching", {"name": "TTL", "aliases": ["time to live"], "definition": "How long."}], True),
    ([{"nme": "TTL"}], False),
    ([["TTL"]], False),
]


@pytest.mark.parametrize(("value", "right"), CONCEPTS, ids=[repr(item[0]) for item in CONCEPTS])
def test_code_and_schema_agree_on_the_concepts_of_a_note(tmp_path, value, right):
    (tmp_path / "notes").mkdir()
    front = yaml.safe_dump({"concepts": value})
    (tmp_path / "notes" / "a.md").write_text(f"---\n{front}---\n# A\n", encoding="utf-8")
    _, problems = scan(Settings(tmp_path))
    assert (not problems) is right, problems
    assert accepts("note", {"concepts": value}) is right


STEP = {"id": "a", "checkpoints": [{"id": "x", "kind": "about", "terms": ["y"]}]}
FLOWS = [
    ({"steps": [STEP]}, True),
    ({"id": "f", "title": "F", "steps": [STEP | {"headings": ["B"], "prompt": "Say.", "skeleton": "- "}]}, True),
    ({"steps": [STEP | {"coach": {"why": "So.", "levels": {"staff": "All."}, "concepts": ["C"]}}]}, True),
    ({"steps": []}, False),
    ({"steps": [{"checkpoints": STEP["checkpoints"]}]}, False),
    ({"steps": [{"id": "a"}]}, False),
    ({"steps": [{"id": "a", "checkpoints": [{"id": "x", "terms": ["y"]}]}]}, False),
    ({"steps": [STEP | {"titel": "A"}]}, False),
    ({"steps": [STEP | {"coach": {"wy": "So."}}]}, False),
    ({"steps": [STEP | {"coach": {"levels": {"boss": "All."}}}]}, False),
    ({"steps": [STEP | {"coach": {"mistakes": [{"tempting": "It is."}]}}]}, False),
    ({"steps": [{"id": "a", "checkpoints": [{"id": "x", "terms": ["y"], "kind": "nmber"}]}]}, False),
    ({"steps": [{"id": "a", "checkpoints": [{"id": "x", "kind": "count", "of": ["rows"], "at_least": 0}]}]}, False),
    ({"steps": [{"id": "a", "checkpoints": [{"id": "x", "kind": "count", "of": ["row"]}]}]}, False),
    ({"steps": [{"id": "a", "checkpoints": [{"id": "x", "kind": "number", "quantity": "rte"}]}]}, False),
    ({"steps": [{"id": "a", "checkpoints": [{"id": "x", "kind": "number", "quantity": "data-rate"}]}]}, True),
]


@pytest.mark.parametrize(("value", "right"), FLOWS, ids=[json.dumps(item[0])[:80] for item in FLOWS])
def test_code_and_schema_agree_on_a_flow(value, right):
    _, problems = read_flow(yaml.safe_dump(value), path="flow.yml")
    assert (not problems) is right, problems
    assert accepts("flow", value) is right


PLUGIN = [
    ({}, True),
    ({"designs_dir": "work", "concept_links": False, "coach": "serve"}, True),
    ({"coach": False}, True),
    ({"coach": "always"}, False),
    ({"concept_links": "no"}, False),
    ({"flow": 3}, False),
    ({"desings_dir": "work"}, False),
]


@pytest.mark.parametrize(("options", "right"), PLUGIN, ids=[repr(item[0]) for item in PLUGIN])
def test_code_and_schema_agree_on_the_options(options, right):
    _, problems = read_settings(options, root=Path("/"), path="mkdocs.yml")
    assert (not problems) is right, problems
    assert accepts("mkdocs", {"plugins": ["search", {"design-portfolio": options}]}) is right
    assert accepts("mkdocs", {"plugins": {"search": None, "design-portfolio": options}}) is right


def test_the_demo_is_what_its_schemas_say():
    for work in PORTFOLIO:
        front = {field.name: field.value for field in work.document.fields if not field.bold}
        errors = [error.message for error in Draft7Validator(SCHEMAS[work.kind]).iter_errors(plain(front))]
        assert errors == [], work.path
    assert accepts("flow", yaml.safe_load(BUILT_IN.read_text(encoding="utf-8")))
    assert accepts("mkdocs", yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")))


def test_an_editor_is_offered_what_this_portfolio_has():
    fields = SCHEMAS["design"]["properties"]
    assert "storage-and-data" in fields["stage"]["enum"]
    assert "caching" in fields["notes"]["anyOf"][0]["items"]["anyOf"][0]["enum"]
    assert "tradeoffs/choice" in fields["checkpoints"]["properties"]
