"""A table of expressions, in Python, in a second implementation and in the browser."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess

import pytest

from mkdocs_design_portfolio.core.capacity.sheet import read_sheet
from mkdocs_design_portfolio.core.model import Quantity
from mkdocs_design_portfolio.core.parse import parse
from tests.conftest import FIXTURES

TABLE = FIXTURES / "capacity" / "expressions.txt"


def rows() -> list[tuple[str, ...]]:
    """Return each row of the table: the expression, and what is expected of it."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(map(str.strip, line.rsplit("|", 2 if "| !" in line else 3))) for line in lines if "|" in line]


VALUES = [row for row in rows() if len(row) == 4]
MISTAKES = [row for row in rows() if len(row) == 3]


def worked_out(expression: str) -> tuple[Quantity, list]:
    """Return what one expression comes to, as a line of a block, and what is found wrong with it."""
    document, _ = parse(f"```capacity\nq = {expression}\n```\n", path="x.md")
    sheet, findings = read_sheet(document)
    told = [item.problem for item in findings if "is used nowhere" not in item.problem.fact]
    return sheet.quantities[0], told


def bounds(expected: str) -> tuple[float, float]:
    """Read `2000..5000`, or one number for both bounds."""
    low, _, high = expected.partition("..")
    return float(low), float(high or low)


def test_the_table_is_large_enough():
    assert len(VALUES) + len(MISTAKES) >= 120


@pytest.mark.parametrize(("expression", "value", "unit", "shown"), VALUES, ids=[row[0] for row in VALUES])
def test_an_expression_comes_to_its_value(expression, value, unit, shown):
    found, told = worked_out(expression)
    assert told == []
    low, high = bounds(value)
    assert found.low == pytest.approx(low, rel=1e-12, abs=1e-15)
    assert found.high == pytest.approx(high, rel=1e-12, abs=1e-15)
    assert (found.unit, found.text) == (unit, shown)


@pytest.mark.parametrize(("expression", "column", "message"), MISTAKES, ids=[row[0] or "nothing" for row in MISTAKES])
def test_a_mistake_is_told_of_at_its_column(expression, column, message):
    found, told = worked_out(expression)
    assert found.low is None
    assert len(told) == 1
    assert message in f"{told[0].fact} ({told[0].remedy})"
    assert told[0].column == int(column.lstrip("! ")) + len("q = ")


SAME = {
    "KB": "kB", "bits": "bit", "Kbit": "kbit", "Mbps": "Mbit/s", "Gbps": "Gbit/s", "kbps": "kbit/s", "Tbps": "Tbit/s",
    "seconds": "s", "sec": "s", "hours": "hour", "h": "hour", "days": "day", "us": "microsecond", "µs": "microsecond",
    "year": "(365 day)", "month": "(365|12 day)", "months": "(365|12 day)", "week": "week",
    "×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "x": "*", "X": "*", "of": "*", "%": " 0.01 ",
    "²": "^2", "⁻³": "^-3",
    "k": " 1e3 ", "K": " 1e3 ", "thousand": " 1e3 ", "M": " 1e6 ", "million": " 1e6 ", "billion": " 1e9 ",
    "bn": " 1e9 ", "trillion": " 1e12 ",
}  # fmt: skip
"""What GNU Units calls the same, where it calls it otherwise."""
UNKNOWN_TO_IT = re.compile(
    r"\bto\b|min\(|max\(|ceil|post|user|quer|request|cache|node|active|USD|RPS|QPS|IOPS|per|-2 \^ 2"
)


@pytest.mark.parametrize(("expression", "value", "unit"), [row[:3] for row in VALUES], ids=[row[0] for row in VALUES])
def test_a_second_implementation_agrees(expression, value, unit):
    """GNU Units works out whatever it can express: no counting units, no ranges."""
    if UNKNOWN_TO_IT.search(expression):
        return
    found = shutil.which("units")
    if found is None and not os.environ.get("CI"):
        pytest.skip("GNU Units is not installed")
    assert found, "GNU Units is not installed"
    asked = re.sub(r" in .*$", "", expression).replace(",", "").replace("_", "")
    asked = re.sub(r"([0-9])([a-zA-Zµ]+)(?![-0-9])", r"\1 \2", asked)
    words = re.split(r"([^\W\d]+|[×·⋅÷−%]|⁻³|²)", asked)
    asked = "".join(SAME.get(word, word) for word in words)
    asked = re.sub(r"([0-9.]+ \w+/\w+)", r"(\1)", asked)  # a number and its unit belong together
    target = {"B": "byte", "s": "s", "B/s": "byte/s", "/s": "1/s", "s^2": "s^2", "": "1"}[unit]
    done = subprocess.run([found, "-t", "-1", "--", asked, target], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{asked}: {done.stdout}"
    assert math.isclose(float(done.stdout), float(value), rel_tol=1e-7, abs_tol=1e-12), asked
