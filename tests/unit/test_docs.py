"""The user guide names everything there is."""

from __future__ import annotations

import inspect
import re

import click
import pytest

from mkdocs_design_portfolio.cli import commands
from mkdocs_design_portfolio.core.capacity.amounts import FUNCTIONS
from mkdocs_design_portfolio.core.capacity.literals import RESERVED, SCALES
from mkdocs_design_portfolio.core.capacity.units import DEFINITIONS, plural
from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.metadata import DESIGN_FIELDS, NOTE_FIELDS, REVIEW_FIELDS
from mkdocs_design_portfolio.core.model import Entry, Kind, Measure, StepState
from mkdocs_design_portfolio.core.settings import OPTIONS
from mkdocs_design_portfolio.site.macros import Macros
from mkdocs_design_portfolio.site.plugin import Options
from tests.conftest import REPOSITORY

GUIDE = REPOSITORY / "docs" / "guide"


def _section(page: str, heading: str) -> str:
    """Return one H2 of a page of the guide."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no section '## {heading}'"
    return found[1]


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_and_each_of_its_options_is_documented(command):
    section = _section("commands.md", f"`{command.name}`")
    for parameter in command.params:
        names = parameter.opts if isinstance(parameter, click.Option) else [parameter.human_readable_name.upper()]
        for name in names:
            assert f"`{name}" in section, f"{command.name}: {name}"


def test_every_option_of_the_plugin_is_documented_and_offered():
    text = (GUIDE / "options.md").read_text(encoding="utf-8")
    assert set(OPTIONS) == {name for name, _ in Options._schema}
    for name in OPTIONS:
        assert f"`{name}`" in text, name


def test_every_field_of_front_matter_is_documented():
    text = (GUIDE / "front-matter.md").read_text(encoding="utf-8")
    for name in {*DESIGN_FIELDS, *NOTE_FIELDS, *REVIEW_FIELDS}:
        assert f"`{name}`" in text, name


def test_every_macro_and_each_of_its_parameters_is_documented():
    text = (GUIDE / "macros.md").read_text(encoding="utf-8")
    for name in ("design_cards", "design_badge", "portfolio_progress", "review_rules"):
        assert f"`{name}" in text
        for parameter in list(inspect.signature(getattr(Macros, name)).parameters)[1:]:
            assert f"`{parameter}`" in text, f"{name}: {parameter}"
    assert "`portfolio`" in text


def test_every_unit_function_and_word_of_capacity_blocks_is_documented():
    text = (GUIDE / "capacity.md").read_text(encoding="utf-8")
    definitions = [line.split(" = ") for line in DEFINITIONS.read_text(encoding="utf-8").splitlines() if " = " in line]
    for name, _, *rest in (line for line in definitions if not line[0].startswith("#")):
        spelling = name if not rest or rest[0] == "_" else rest[0]
        known = spelling in text or plural(spelling) in text
        assert known, spelling
    for name in FUNCTIONS:
        assert f"`{name}(" in text, name
    for name in (*SCALES, *RESERVED):
        assert re.search(rf"`[^`]*\b{name}\b[^`]*`", text), name
    flow = (GUIDE / "flow.md").read_text(encoding="utf-8")
    for name in Measure:
        assert f"`{name}`" in flow, name


def test_every_step_checkpoint_kind_and_state_is_documented():
    flow, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
    progress = (GUIDE / "progress.md").read_text(encoding="utf-8")
    own = (GUIDE / "flow.md").read_text(encoding="utf-8")
    for step in flow.steps:
        assert step.title in progress
        for point in step.checkpoints:
            assert point.title in progress, point.title
    for name in StepState:
        assert f"`{name}`" in progress
    for name in (*Kind, *Entry):
        assert f"`{name}`" in own
