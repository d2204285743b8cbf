"""A document -> its capacity numbers, each worked out and held against what is claimed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..edits import Edit
from ..model import Block, Caption, Claimed, Document, LineKind, Problem, Quantity, Sheet
from ..prose import CodeSpan, code_spans
from ..suggest import remedy
from .amounts import Amount
from .claims import corrected, holds, shown_claim
from .display import shown, typed_unit, working
from .evaluate import evaluate, named
from .parser import Parser
from .syntax import Call, Claim, Expression, Name, Negation, Node, Operation, Statement, key_of
from .tokens import Mistake
from .units import Speller, Unit, powers

LANGUAGE = "capacity"
"""The language of the fences that hold quantities."""

_COMMENT = re.compile(r"(?:^|\s)#\s*(.*)$")

_PLACEHOLDER = re.compile(r"\s*(?:\?+|\[.*\])\s*")
"""What a template puts in place of a value: `?`, or an example in brackets."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a number, and how it can be put right."""

    problem: Problem
    edit: Edit | None = None
    """None where nobody but the author knows what is right."""


class _Waiting(Mistake):
    """A quantity rests on another that has a mistake of its own; that one is told of."""


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity that has been worked out."""

    amount: Amount
    text: str
    unit: Unit


def read_sheet(document: Document) -> tuple[Sheet, tuple[Finding, ...]]:
    """Work out a document's blocks and the code spans that begin with `=`, and hold them against their claims.

    Spans are read only where there is a block, and may name any quantity of the document. Nothing here
    raises for what an author can write, and the time is bounded by the length of the text.
    """
    reader = Worksheet(document)
    return reader.sheet, tuple(reader.findings)


def has_blocks(document: Document) -> bool:
    """Whether a document holds capacity numbers at all."""
    return LANGUAGE in document.body and any(_fences(document))


@dataclass
class Worksheet:
    """The quantities of one document while they are worked out, and afterwards."""

    document: Document
    speller: Speller = field(default_factory=Speller)
    known: dict[str, Known | None] = field(default_factory=dict)
    """By key; None for one that cannot be worked out."""
    declared: dict[str, int] = field(default_factory=dict)
    """The line that declares each quantity, by key: those further down too."""
    used: dict[str, set[str]] = field(default_factory=dict)
    """What each quantity is used by, by key."""
    findings: list[Finding] = field(default_factory=list)
    sheet: Sheet = field(default_factory=Sheet)

    def __post_init__(self) -> None:
        """Read the whole document."""
        self.lines = self.document.body.split("\n")
        fences = list(_fences(self.document))
        if not fences:
            return
        for fence in fences:
            for number in fence:
                name, equals, _ = self._line(number)[1].partition("=")
                if equals:
                    self.declared.setdefault(key_of(name), number)
        blocks = [self._block(fence) for fence in fences]
        spans = [self._span(span) for span in code_spans(self.document) if is_calculation(span.text)]
        self._tell_unused(blocks)
        self.sheet = Sheet(tuple(self._with_results(block) for block in blocks), tuple(spans))

    # blocks ---------------------------------------------------------------------------------------

    def _block(self, numbers: tuple[int, ...]) -> Block:
        rows = [self._line(number)[0] for number in numbers]
        indent = min((len(row) - len(row.lstrip()) for row in rows), default=0)
        entries = [entry for number in numbers if (entry := self._entry(number)) is not None]
        return Block(numbers[0], "\n".join(row[indent:] for row in rows), tuple(entries))

    def line(self, number: int) -> str:
        """Return a line of the file."""
        return self.lines[number - self.document.body_line]

    def _line(self, number: int) -> tuple[str, str, str]:
        """Return a line of the file, the same up to its comment, and its comment."""
        line = self.line(number)
        found = _COMMENT.search(line)
        return (line, line[: found.start()], found[1].strip()) if found else (line, line, "")

    def _entry(self, number: int) -> Quantity | Caption | None:
        line, said, comment = self._line(number)
        if not said.strip():
            return Caption(number, comment) if comment else None
        name, equals, value = said.partition("=")
        if _PLACEHOLDER.fullmatch(value) and (key := key_of(name)):
            self.known.setdefault(key, None)
            return Quantity(" ".join(name.split()), number, "", comment=comment)
        try:
            parser = Parser(line, 0, len(said), names=self.known, speller=self.speller)
            statement = parser.statement()
            key = key_of(statement.name)
            if key in self.known:
                fact = f"'{statement.name}' is declared on line {self.declared[key]} already"
                raise Mistake(statement.start, fact, "give one of them another name")
            return self._quantity(number, said, comment, statement)
        except Mistake as mistake:
            if equals:
                self.known.setdefault(key_of(name), None)
            problem = self._tell(number, mistake)
            shown_name, source = (" ".join(name.split()), value.strip()) if equals else ("", said.strip())
            return Quantity(shown_name, number, source, comment=comment, problem=problem)

    def _quantity(self, number: int, said: str, comment: str, statement: Statement) -> Quantity:
        key = key_of(statement.name)
        expression = statement.expression
        for name in _names(expression.tree):
            self.used.setdefault(name.key, set()).add(key)
        known = self._work_out(number, expression)
        self.known[key] = known
        wrong = self._check(number, statement.name, expression, known) if expression.claim else ""
        source = said[statement.end : expression.end].partition("=")[2].strip()
        assumed = typed_unit(expression.tree) is not None
        return self._shown(statement.name, number, source, expression, known, comment, assumed, wrong)

    def _shown(
        self,
        name: str,
        number: int,
        source: str,
        expression: Expression,
        known: Known,
        comment: str,
        assumed: bool,
        wrong: str,
    ) -> Quantity:
        amount, claim = known.amount, expression.claim
        base = self.speller.base(amount.dims)
        return Quantity(
            name,
            number,
            source,
            known.text,
            working(expression.tree, self._text_of),
            amount.low,
            amount.high,
            tuple(sorted(powers(amount.dims).items())),
            base.text,
            comment,
            Claimed(shown_claim(claim), not wrong) if claim else None,
            assumed,
            False,
            wrong,
        )

    def _work_out(self, number: int, expression: Expression) -> Known:
        amount = evaluate(expression.tree, lambda name: self._look_up(name, number), self.speller)
        target, typed = expression.target, typed_unit(expression.tree)
        if target is not None and target.dims != amount.dims:
            fact = f"{named(amount, self.speller)} cannot be shown in {target.text or 'percent'}"
            raise Mistake(expression.target_start, fact, "name a unit of the same kind")
        claimed = expression.claim.value.unit if expression.claim else None
        if claimed is not None and (claimed.dims != amount.dims or not claimed.text):
            claimed = None
        unit = target or claimed or typed or self.speller.spell(amount.dims, amount.largest)
        digits = 12 if typed and unit is typed else 3
        return Known(amount, shown(amount, unit, digits), unit)

    def _look_up(self, name: Name, number: int) -> Amount:
        known = self.known.get(name.key)
        if known is not None:
            return known.amount
        line = self.declared.get(name.key)
        if name.key in self.known:
            raise _Waiting(name.start, f"waits for '{name.key}'", f"see line {line}")
        if line is not None:
            where = "on this line" if line == number else f"further down, on line {line}"
            raise Mistake(name.start, f"'{name.key}' is declared {where}", "declare it before it is used")
        mend = remedy(
            name.key,
            [key for key in self.declared if self.declared[key] != number and key[:1].isalpha()],
            none="declare it",
        )
        raise Mistake(name.start, f"nothing is named '{name.key}'", mend)

    def _text_of(self, name: Name) -> str:
        known = self.known.get(name.key)
        return known.text if known else name.key

    def _with_results(self, block: Block) -> Block:
        """Return a block whose quantities know whether anything rests on them."""
        entries = tuple(
            replace(entry, result=True)
            if isinstance(entry, Quantity) and not entry.assumed and not self.used.get(key_of(entry.name))
            else entry
            for entry in block.entries
        )
        return Block(block.line, block.source, entries)

    def _tell_unused(self, blocks: list[Block]) -> None:
        for block in blocks:
            for entry in block.entries:
                if not isinstance(entry, Quantity) or not entry.assumed or entry.claim:
                    continue
                if not self.used.get(key_of(entry.name)):
                    start = len(self._line(entry.line)[0]) - len(self._line(entry.line)[0].lstrip())
                    mistake = Mistake(start, f"'{entry.name}' is used nowhere", "use it, or take the line out")
                    self._tell(entry.line, mistake)

    # claims and spans -----------------------------------------------------------------------------

    def _check(self, number: int, name: str, expression: Expression, known: Known) -> str:
        """Tell of a claim that does not hold; return what was told, or an empty text."""
        claim = expression.claim
        assert claim is not None
        start = claim.value.number[0]
        if claim.value.unit.dims != known.amount.dims:
            kind = self.speller.spell(claim.value.unit.dims, claim.value.high).text or "a plain number"
            fact = f"'{name}' is {known.text}, which cannot be held against {kind}"
            return self._tell(number, Mistake(start, fact, "claim it in the same unit"))
        if holds(claim, known.amount):
            return ""
        return self.tell_claim(number, name, claim, known)

    def tell_claim(self, number: int, name: str, claim: Claim, known: Known) -> str:
        """Tell that a claim does not hold, with the number that would; return what was told."""
        start, end = claim.value.number
        line = self.line(number)
        right = corrected(claim, known.amount, line[start:end])
        mark = "=" if claim.exact else "≈"
        value = shown(known.amount, known.unit, 12 if claim.exact else 3)
        fact = f"'{name}' is {value}, not {shown_claim(claim).removeprefix(mark).strip()}"
        rest = line[end : claim.value.end].strip()
        written = f"{right} {rest}".strip() if not rest.startswith("/") else f"{right}{rest}"
        mend = f"write '{mark} {written}'" if right else f"write '≈ {shown(known.amount, known.unit)}'"
        edit = Edit(number, start, end, right.removeprefix("-")) if right else None
        return self._tell(number, Mistake(start, fact, mend), edit)

    def _span(self, span: CodeSpan) -> Quantity:
        """Work out a code span such as `= peak write rate ≈ 700 posts/s`."""
        line = self.line(span.line)
        start = span.start + span.text.index("=") + 1
        try:
            parser = Parser(line, start, span.start + len(span.text), names=self.known, speller=self.speller)
            expression = parser.expression()
            for name in _names(expression.tree):
                self.used.setdefault(name.key, set()).add("")
            known = self._work_out(span.line, expression)
        except Mistake as mistake:
            return Quantity("", span.line, span.text.strip(), problem=self._tell(span.line, mistake))
        source = line[start : expression.end].strip()
        wrong = self._check(span.line, source, expression, known) if expression.claim else ""
        return self._shown("", span.line, span.text.strip(), expression, known, "", False, wrong)

    def _tell(self, number: int, mistake: Mistake, edit: Edit | None = None) -> str:
        """Keep a finding; return it in words."""
        if not isinstance(mistake, _Waiting):
            column = mistake.start + 1
            problem = Problem(self.document.path, number, mistake.fact, mistake.remedy, column)
            self.findings.append(Finding(problem, edit))
        return f"{mistake.fact} ({mistake.remedy})"


def is_calculation(code: str) -> bool:
    """Whether a code span asks for a value: it begins with `=` and a space or a name."""
    return re.match(r"\s*=\s*[\w(.-]", code) is not None


def _fences(document: Document) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the lines of each block, blank ones left out."""
    for section in document.sections:
        lines: dict[int, list[int]] = {}
        for line in section.lines:
            if line.kind is LineKind.CODE and line.language == LANGUAGE:
                lines.setdefault(line.block, []).append(line.number)
        yield from map(tuple, lines.values())


def _names(node: Node) -> Iterator[Name]:
    """Yield the names in a tree."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Negation):
        yield from _names(node.operand)
    elif isinstance(node, Operation):
        yield from _names(node.left)
        yield from _names(node.right)
    elif isinstance(node, Call):
        for operand in node.operands:
            yield from _names(operand)
