"""`mkdocs check-numbers`: which capacity numbers are wrong, and what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ..core.capacity.audit import audit
from ..core.capacity.check import check_numbers
from ..core.capacity.sheet import Finding
from ..core.edits import edited
from ..core.files import is_index, public_files, read_text, replace_file
from ..core.find import find_work
from ..core.model import Document, Problem
from ..core.parse import parse
from ..core.settings import Settings
from .project import Misuse, config_file_option, find_settings, read_portfolio, warn


@click.command("check-numbers")
@click.argument("path", nargs=-1)
@click.option("--fix", is_flag=True, help="Put the right number in place of each wrong claim.")
@click.option("--audit", "audited", is_flag=True, help="Work out the sums in documents that have no capacity block.")
@config_file_option
def command(path: tuple[str, ...], fix: bool, audited: bool, config_file: Path | None) -> None:
    """Check the numbers of capacity blocks, and what the text around them says.

    PATH is a Markdown file, a folder, or the name of a design or note; without one, every design and note
    is checked. Exit status 1 when a number is wrong.
    """
    checked = wrong = mended = quantities = 0
    for file, name in _files(path, config_file):
        document = _read(file, name)
        if document is None:
            wrong += 1
            continue
        checked += 1
        sheet, findings = check_numbers(document)
        quantities += len(sheet.quantities)
        if fix and any(finding.edit for finding in findings):
            done = _mend(file, findings)
            mended += len(done)
            findings = tuple(finding for finding in findings if finding not in done)
            for finding in done:
                click.echo(f"fixed {finding.problem}")
        for finding in findings:
            click.echo(str(finding.problem))
        wrong += len(findings)
        if audited and not sheet.blocks:
            report = audit(document)
            for problem in report.problems:
                click.echo(str(problem))
            wrong += len(report.problems)
            click.echo(f"{name}: {report.said}", err=True)
    told = f"{_count(checked, 'document')}, {_count(quantities, 'quantity')}, {wrong or 'none'} wrong"
    click.echo(f"{told}, {mended} fixed" if fix else told, err=True)
    if wrong:
        raise click.exceptions.Exit(1)


def _files(paths: Iterable[str], config_file: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield each file to be checked, with the name by which it is told of; each once."""
    seen = set()
    for path, name in _named(paths, config_file):
        if path.resolve() not in seen:
            seen.add(path.resolve())
            yield path, name


def _named(paths: Iterable[str], config_file: Path | None) -> Iterator[tuple[Path, str]]:
    if not paths:
        yield from _documents(find_settings(config_file))
    names = []
    for given in paths:
        path = Path(given)
        if path.is_file():
            yield path, given
        elif path.is_dir():
            inside = (name for name in public_files(path, "") if name.endswith(".md"))
            yield from ((path / name, str(path / name)) for name in inside)
        else:
            names.append(given)
    if names:
        settings = find_settings(config_file)
        portfolio, _ = read_portfolio(settings)
        for given in names:
            found = find_work(portfolio, given)
            if isinstance(found, Problem):
                raise Misuse(found)
            yield settings.root / found.path, found.path


def _documents(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield every design and note."""
    for folder in (settings.designs_dir, settings.notes_dir):
        for path in public_files(settings.root, folder):
            if path.endswith(".md") and not is_index(path):
                yield settings.root / path, path


def _read(path: Path, name: str) -> Document | None:
    text, problems = read_text(path, name=name)
    for problem in problems:
        warn(problem)
    return None if text is None else parse(text, path=name)[0]


def _mend(path: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Write the right numbers into a file, and nothing else; return what was put right."""
    done = tuple(finding for finding in findings if finding.edit)
    raw = path.read_bytes()
    replace_file(path, edited(raw, [finding.edit for finding in done if finding.edit]))
    return done


def _count(number: int, what: str) -> str:
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number} {what if number == 1 else many}"
