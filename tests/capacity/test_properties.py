"""Whatever stands in a block: no error escapes, nothing takes long, nothing outside is touched."""

from __future__ import annotations

import random
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.capacity.amounts import Amount
from mkdocs_design_portfolio.core.capacity.check import check_numbers
from mkdocs_design_portfolio.core.capacity.claims import holds
from mkdocs_design_portfolio.core.capacity.parser import Parser
from mkdocs_design_portfolio.core.capacity.sheet import read_sheet
from mkdocs_design_portfolio.core.capacity.units import Speller, standard_units
from mkdocs_design_portfolio.core.parse import parse
from tests.capacity.test_expressions import MISTAKES, VALUES
from tests.conftest import FIXTURES

BLOCKS = [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "capacity" / "blocks").glob("*.md"))]
PIECES = [
    *(row[0] for row in (*VALUES, *MISTAKES)), "=", "≈", "±", "(", ")", "^", "9^9^9", "×", "/", "in", "to", "per", "of",
    "x", "max(", "sqrt(", ",", "%", "#", "?", "[x]", "10^64", "1e308", "-", "−", "²", "⁻", "KB", "users", "a b", "\t",
    "\u00a0", "`", "|", "<script>", "{{ 7*7 }}", "__import__('os').system('x')", "${x}", "\x00", "é", "限流", "🙂",
    "(" * 60, "9" * 400, "a" * 600, "1" + " + 1" * 120, "2" + "^2" * 60, "-" * 200 + "1",
]  # fmt: skip


def blocks(number: int) -> list[str]:
    """Return so many documents: the fixtures mutated, and lines of random pieces."""
    chance = random.Random(11)
    made = []
    while len(made) < number:
        if chance.random() < 0.5:
            text = list(chance.choice(BLOCKS))
            for _ in range(chance.randint(1, 30)):
                at = chance.randrange(len(text))
                text[at : at + chance.choice((0, 0, 1, 1, 5))] = chance.choice(PIECES)[: chance.choice((1, 3, 600))]
            made.append("".join(text))
        else:
            lines = [
                f"{chance.choice('abcde')} = " + " ".join(chance.choice(PIECES) for _ in range(chance.randint(0, 9)))
                for _ in range(chance.randint(1, 12))
            ]
            made.append("```capacity\n" + "\n".join(lines) + "\n```\n\nText `= a` and `= b ≈ 3 KB`. A is 3 KB.\n")
    return made


class Watch:
    """Notes what is opened, run or imported while it is on."""

    HARMLESS = frozenset({"object.__getattr__", "sys._getframe", "code.__new__", "gc.get_referrers"})

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, args: tuple) -> None:
        if self.on and event not in self.HARMLESS:
            self.seen.append(f"{event} {args!r:.80}")


@pytest.mark.parametrize("part", range(4))
def test_no_block_raises_hangs_or_touches_anything_outside(part):
    check_numbers(parse(BLOCKS[0], path="x.md")[0])  # what is imported lazily is imported now
    watch = Watch()
    for text in blocks(10_000)[part * 2500 : (part + 1) * 2500]:
        document, _ = parse(text, path="x.md")
        watch.on = True
        start = time.process_time()
        check_numbers(document)
        seconds = time.process_time() - start
        if seconds > 0.1:  # a machine may be slow once; a block is slow each time
            start = time.process_time()
            check_numbers(document)
            seconds = min(seconds, time.process_time() - start)
        watch.on = False
        assert seconds <= 0.1, text
    assert watch.seen == []


NAMES = sorted(name for name in standard_units() if "_" not in name)


@given(
    st.floats(min_value=1e-6, max_value=1e12, allow_nan=False),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)
@settings(max_examples=300, deadline=None)
def test_there_and_back_is_the_identity(number, one, other):
    units = standard_units()
    if units[one].dims != units[other].dims:
        return
    text = f"```capacity\na = {number!r} {one} in {other}\nb = a in {one}\nc = a + b\n```\n"
    if "%" in text:
        return
    sheet, findings = read_sheet(parse(text, path="x.md")[0])
    assert [str(item.problem) for item in findings] == []
    base = number * units[one].factor
    a, b, c = sheet.quantities
    assert a.low == pytest.approx(base, rel=1e-12)
    assert b.low == a.low
    assert c.low == pytest.approx(2 * base, rel=1e-12)


@given(
    st.floats(min_value=0.001, max_value=1e9, allow_nan=False), st.sampled_from(["KB", "Gbit/s", "users", "posts/s"])
)
@settings(max_examples=200, deadline=None)
def test_a_mended_claim_holds(number, unit):
    """What `--fix` writes is a claim that holds, with as many digits as needed and no more than it must."""
    text = f"```capacity\na = {number!r} {unit}\nb = a × 1.37 ≈ 1 {unit}\n```\n"
    document, _ = parse(text, path="x.md")
    _, findings = read_sheet(document)
    for finding in findings:
        assert finding.edit is not None
        lines = text.split("\n")
        edit = finding.edit
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.text + line[edit.end :]
        _, again = read_sheet(parse("\n".join(lines), path="x.md")[0])
        assert [str(item.problem) for item in again] == []


def test_a_claim_at_the_edge_of_its_tolerance_holds():
    parser = Parser("q = 95 KB ≈ 100 KB", names=(), speller=Speller())
    claim = parser.statement().expression.claim
    assert claim is not None
    assert holds(claim, Amount(95_000.0, 95_000.0, claim.value.unit.dims))
    assert not holds(claim, Amount(94_900.0, 94_900.0, claim.value.unit.dims))


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("b = a - 12 KB ≈ -3 KB", "b = a - 12 KB ≈ -2 KB"),
        ("b = a - 12 KB ≈ 3 KB", None),
        ("b = a × 1,234.5 ≈ 9000 KB", "b = a × 1,234.5 ≈ 12,000 KB"),
        ("b = a × 1,234.5 ≈ 90000 KB", "b = a × 1,234.5 ≈ 12000 KB"),
        ("b = a × 1,234.5 ≈ 9,123 KB", "b = a × 1,234.5 ≈ 12,350 KB"),
        ("b = a × 1,234.5 ≈ 9 MB", "b = a × 1,234.5 ≈ 12 MB"),
        ("b = a × 1,234.5 ≈ 9.0 k KB", "b = a × 1,234.5 ≈ 12 k KB"),
        ("b = a × 1 user/KB × 10^6 ≈ 9 million users", "b = a × 1 user/KB × 10^6 ≈ 10 million users"),
        ("b = a × 1,234.5 = 9 KB", "b = a × 1,234.5 = 12,345 KB"),
        ("b = a / 3 = 9 KB", None),
        ("b = a × 1,234.5 ≈ 9 MB ± 0.1 %", "b = a × 1,234.5 ≈ 12.35 MB ± 0.1 %"),
    ],
)
def test_a_claim_is_mended_as_its_author_writes_numbers(line, mended):
    document, _ = parse(f"```capacity\na = 10 KB\n{line}\n```\n", path="x.md")
    _, findings = read_sheet(document)
    edits = [finding.edit for finding in findings]
    if mended is None:
        assert edits == [None]
    else:
        assert len(edits) == 1
        assert edits[0] is not None
        assert line[: edits[0].start] + edits[0].text + line[edits[0].end :] == mended
