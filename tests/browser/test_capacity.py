"""Capacity blocks in a real browser: the same values as in Python, and assumptions that can be changed."""

from __future__ import annotations

import pytest

from mkdocs_design_portfolio.core.capacity.language import language
from mkdocs_design_portfolio.core.capacity.sheet import read_sheet
from mkdocs_design_portfolio.core.parse import parse
from tests.capacity.test_expressions import MISTAKES, VALUES, bounds
from tests.conftest import FIXTURES, REPOSITORY

ENGINE = "assets/design-portfolio/capacity.js"
CALCULATE = """async ([engine, language, pages]) => {
  const { calculate } = await import(new URL(engine, document.baseURI))
  return pages.map(({ blocks, spans }) => calculate(language, blocks, spans))
}"""


def calculated(page, pages: list[dict]) -> list[dict]:
    """Work out pages in the browser."""
    return page.evaluate(CALCULATE, [ENGINE, language(), pages])


def test_the_table_of_expressions_comes_out_the_same(page):
    found = calculated(page, [{"blocks": [f"q = {row[0]}"], "spans": []} for row in VALUES])
    for (expression, value, unit, shown), result in zip(VALUES, found, strict=True):
        row = result["rows"][0]
        low, high = bounds(value)
        assert row.get("fact") is None, (expression, row)
        assert row["low"] == pytest.approx(low, rel=1e-12, abs=1e-15), expression
        assert row["high"] == pytest.approx(high, rel=1e-12, abs=1e-15), expression
        assert (row["unit"], row["text"]) == (unit, shown), expression


def test_its_mistakes_are_mistakes_at_the_same_column(page):
    found = calculated(page, [{"blocks": [f"q = {row[0]}"], "spans": []} for row in MISTAKES])
    for (expression, column, message), result in zip(MISTAKES, found, strict=True):
        row = result["rows"][0]
        assert row["low"] is None, expression
        assert message in f"{row['fact']} ({row['remedy']})", expression
        assert row["column"] == int(column.lstrip("! ")) + len("q = "), expression


CORPUS = sorted([*(FIXTURES / "capacity" / "blocks").glob("*.md"), *(REPOSITORY / "designs").glob("2*.md")])


def test_every_value_of_a_corpus_of_blocks_is_the_same_in_both_engines(page):
    documents = [parse(path.read_text(encoding="utf-8"), path=path.name)[0] for path in CORPUS]
    sheets = [read_sheet(document)[0] for document in documents]
    pages = [
        {"blocks": [block.source for block in sheet.blocks], "spans": [span.source for span in sheet.spans]}
        for sheet in sheets
    ]
    compared = 0
    for path, sheet, result in zip(CORPUS, sheets, calculated(page, pages), strict=True):
        for kind, ours in (("rows", sheet.quantities), ("spans", sheet.spans)):
            theirs = result[kind]
            assert len(ours) == len(theirs), path
            for mine, other in zip(ours, theirs, strict=True):
                where = f"{path.name}:{mine.line}"
                assert (mine.low is None) == (other["low"] is None), (where, mine.problem, other)
                if mine.low is not None:
                    assert mine.low == pytest.approx(other["low"], rel=1e-12), where
                    assert mine.high == pytest.approx(other["high"], rel=1e-12), where
                    same = (other["text"], other["working"], other["unit"], other["holds"])
                    assert (mine.text, mine.working, mine.unit, mine.holds) == same, where
                    compared += 1
    assert compared >= 60
