"""A document -> its capacity numbers, each worked out and held against what is claimed of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..edits import Edit
from ..model import Block, Caption, Claimed, Document, LineKind, Problem, Quantity, Sheet
from ..prose import CodeSpan, code_spans
from .claims import corrected, holds, shown_claim
from .display import shown
from .parser import Parser
from .quantities import Known, Quantities, Waiting, names_in
from .syntax import Claim, Expression, Statement, key_of
from .tokens import Mistake

LANGUAGE = "capacity"
"""The language of the fences that hold quantities."""

_COMMENT = re.compile(r"(?:^|\s)#\s*(.*)$")
_CALCULATION = re.compile(r"\s*=\s*[\w(.-]")
_PLACEHOLDER = re.compile(r"\s*(?:\?+|\[.*\])\s*")
"""What a template puts in place of a value: `?`, or an example in brackets."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a number, and how it can be put right."""

    problem: Problem
    edit: Edit | None = None
    """None where nobody but the author knows what is right."""


def read_sheet(document: Document) -> tuple[Sheet, tuple[Finding, ...]]:
    """Work out a document's blocks and the code spans that begin with `=`, and hold them against their claims.

    Spans are read only where there is a block, and may name any quantity of the document. Nothing here
    raises for what an author can write, and the time is bounded by the length of the text.
    """
    worksheet = Worksheet(document)
    return worksheet.sheet, tuple(worksheet.findings)


@dataclass
class Worksheet:
    """A document while its numbers are worked out, and what was found."""

    document: Document
    quantities: Quantities = field(default_factory=Quantities)
    findings: list[Finding] = field(default_factory=list)
    sheet: Sheet = field(default_factory=Sheet)

    def __post_init__(self) -> None:
        """Read the whole document."""
        self._lines = self.document.body.split("\n")
        fences = list(_fences(self.document))
        if not fences:
            return
        for number in (number for fence in fences for number in fence):
            name, equals, _ = self._said(number)[0].partition("=")
            if equals:
                self.quantities.declared.setdefault(key_of(name), number)
        blocks = [self._block(fence) for fence in fences]
        spans = [self._span(span) for span in code_spans(self.document) if _CALCULATION.match(span.text)]
        self._tell_unused(entry for block in blocks for entry in block.entries if isinstance(entry, Quantity))
        self.sheet = Sheet(tuple(map(self._with_results, blocks)), tuple(spans))

    def line(self, number: int) -> str:
        """Return a line of the file."""
        return self._lines[number - self.document.body_line]

    # blocks ---------------------------------------------------------------------------------------

    def _block(self, numbers: tuple[int, ...]) -> Block:
        rows = [self.line(number) for number in numbers]
        indent = min((len(row) - len(row.lstrip()) for row in rows), default=0)
        entries = [entry for number in numbers if (entry := self._entry(number)) is not None]
        return Block(numbers[0], "\n".join(row[indent:] for row in rows), tuple(entries))

    def _said(self, number: int) -> tuple[str, str]:
        """Return a line up to its comment, and the comment."""
        line = self.line(number)
        found = _COMMENT.search(line)
        return (line[: found.start()], found[1].strip()) if found else (line, "")

    def _entry(self, number: int) -> Quantity | Caption | None:
        said, comment = self._said(number)
        if not said.strip():
            return Caption(number, comment) if comment else None
        name, equals, value = said.partition("=")
        if _PLACEHOLDER.fullmatch(value) and key_of(name):
            self.quantities.known.setdefault(key_of(name), None)
            return Quantity(_folded(name), number, "", comment=comment)
        try:
            return replace(self._quantity(number, said), comment=comment)
        except Mistake as mistake:
            if equals:
                self.quantities.known.setdefault(key_of(name), None)
            problem = self._tell(number, mistake)
            shown_name, source = (_folded(name), value.strip()) if equals else ("", said.strip())
            return Quantity(shown_name, number, source, comment=comment, problem=problem)

    def _quantity(self, number: int, said: str) -> Quantity:
        quantities = self.quantities
        parser = Parser(said, names=quantities.known, speller=quantities.speller)
        statement = parser.statement()
        key, expression = key_of(statement.name), statement.expression
        if key in quantities.known:
            fact = f"'{statement.name}' is declared on line {quantities.declared[key]} already"
            raise Mistake(statement.start, fact, "give one of them another name")
        quantities.in_lines.update(names_in(expression.tree))
        quantities.known[key] = known = quantities.work_out(expression, number)
        source = _source(said, statement)
        return self._checked(quantities.shown(statement.name, number, source, expression, known), expression, known)

    def _with_results(self, block: Block) -> Block:
        """Return a block whose quantities know whether another line rests on them."""

        def marked(entry: Quantity | Caption) -> Quantity | Caption:
            if isinstance(entry, Caption) or entry.assumed or key_of(entry.name) in self.quantities.in_lines:
                return entry
            return replace(entry, result=True)

        return replace(block, entries=tuple(map(marked, block.entries)))

    def _tell_unused(self, entries: Iterable[Quantity]) -> None:
        used = self.quantities.in_lines | self.quantities.in_text
        for entry in entries:
            if entry.assumed and not entry.claim and key_of(entry.name) not in used:
                line = self.line(entry.line)
                start = len(line) - len(line.lstrip())
                fact = f"'{entry.name}' is used nowhere"
                self._tell(entry.line, Mistake(start, fact, "use it, or take the line out"))

    # spans ----------------------------------------------------------------------------------------

    def _span(self, span: CodeSpan) -> Quantity:
        """Work out a code span such as `= peak write rate ≈ 700 posts/s`."""
        quantities, line = self.quantities, self.line(span.line)
        start, end = span.start + span.text.index("=") + 1, span.start + len(span.text)
        try:
            parser = Parser(line, start, end, names=quantities.known, speller=quantities.speller)
            expression = parser.expression()
            quantities.in_text.update(names_in(expression.tree))
            known = quantities.work_out(expression, span.line)
        except Mistake as mistake:
            return Quantity("", span.line, span.text.strip(), problem=self._tell(span.line, mistake))
        found = quantities.shown(line[start : expression.end].strip(), span.line, span.text.strip(), expression, known)
        return replace(self._checked(found, expression, known), name="", assumed=False)

    # claims ---------------------------------------------------------------------------------------

    def _checked(self, quantity: Quantity, expression: Expression, known: Known) -> Quantity:
        """Return a quantity with what is wrong with its claim, which is told."""
        claim = expression.claim
        if claim is None:
            return quantity
        if claim.value.unit.dims != known.amount.dims:
            speller = self.quantities.speller
            kind = speller.spell(claim.value.unit.dims, claim.value.high).text or "a plain number"
            fact = f"'{quantity.name}' is {known.text}, which cannot be held against {kind}"
            wrong = self._tell(quantity.line, Mistake(claim.value.number[0], fact, "claim it in the same unit"))
        elif holds(claim, known.amount):
            return quantity
        else:
            wrong = self.tell_claim(quantity.line, quantity.name, claim, known)
        return replace(quantity, claim=Claimed(shown_claim(claim), False), problem=wrong)

    def tell_claim(self, number: int, name: str, claim: Claim, known: Known) -> str:
        """Tell that a claim does not hold, with the number that would; return what was told."""
        start, end = claim.value.number
        line = self.line(number)
        right = corrected(claim, known.amount, line[start:end])
        mark = "=" if claim.exact else "≈"
        value = shown(known.amount, known.unit, 12 if claim.exact else 3)
        fact = f"'{name}' is {value}, not {shown_claim(claim).removeprefix(mark).strip()}"
        rest = line[end : claim.value.end].strip()
        written = f"{right}{rest}" if rest.startswith("/") else f"{right} {rest}".strip()
        mend = f"write '{mark} {written}'" if right else f"write '≈ {shown(known.amount, known.unit)}'"
        same_sign = right.startswith("-") == (claim.value.low < 0)
        edit = Edit(number, start, end, right.removeprefix("-")) if right and same_sign else None
        return self._tell(number, Mistake(start, fact, mend), edit)

    def _tell(self, number: int, mistake: Mistake, edit: Edit | None = None) -> str:
        """Keep a finding; return it in words."""
        if not isinstance(mistake, Waiting):
            column = mistake.start + 1
            problem = Problem(self.document.path, number, mistake.fact, mistake.remedy, column)
            self.findings.append(Finding(problem, edit))
        return f"{mistake.fact} ({mistake.remedy})"


def _fences(document: Document) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the lines of each block, blank ones left out."""
    for section in document.sections:
        lines: dict[int, list[int]] = {}
        for line in section.lines:
            if line.kind is LineKind.CODE and line.language == LANGUAGE:
                lines.setdefault(line.block, []).append(line.number)
        yield from map(tuple, lines.values())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _source(said: str, statement: Statement) -> str:
    """Return the expression of a line as typed."""
    return said[statement.end : statement.expression.end].partition("=")[2].strip()
