"""`mkdocs review-design`: what a critical reader finds in a design."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable
from pathlib import Path

import click

from ..core import scaffold
from ..core.files import read_text
from ..core.find import find_design
from ..core.model import Design, Flow, Portfolio, Problem, Review, Severity
from ..core.review.catalog import rules
from ..core.review.reading import Reading
from ..core.review.reports import as_annotations, as_json, as_sarif
from ..core.review.review import review
from ..core.review.written import TEMPLATE, file_name, fixed_since, names_in, write
from ..core.scan import scan_template
from ..core.settings import Settings
from ..core.suggest import remedy
from .project import Failure, Misuse, config_file_option, find_settings, read_portfolio, warn
from .scaffolding import say

NEVER = "never"
_MARKS = {Severity.CRITICAL: "!!", Severity.IMPORTANT: "! ", Severity.MINOR: "- ", Severity.NIT: ". "}


@click.command("review-design")
@click.argument("design", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text",
              help="For people, for programs, for code scanning, or as annotations of a pull request.")  # fmt: skip
@click.option("--fail-on", type=click.Choice([*(item.value for item in Severity), NEVER]), default="important",
              help="Exit with 1 from this severity on.")  # fmt: skip
@click.option("--step", "steps", metavar="ID", multiple=True, help="Only what stands in this step; may be repeated.")
@click.option("--select", metavar="RULES", multiple=True, help="Only these rules, by id, divided by commas.")
@click.option("--ignore", metavar="RULES", multiple=True, help="Without these rules, by id, divided by commas.")
@click.option("--write", "written", is_flag=True, help="Write the review to reviews/YYYY-MM-DD-review-title.md.")
@config_file_option
def command(
    design: tuple[str, ...],
    form: str,
    fail_on: str,
    steps: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    written: bool,
    config_file: Path | None,
) -> None:
    """Read each DESIGN as a critical colleague would, by rule, and say what to mend and what is strong.

    Without a DESIGN every design is read. Exit status 1 when there is a finding as severe as --fail-on.
    """
    settings = find_settings(config_file)
    portfolio, problems = read_portfolio(settings)
    designs = _designs(portfolio, design)
    only, without = _rules("--select", select), _rules("--ignore", ignore)
    _check_steps(steps, portfolio.flow)
    if written and (only or without or steps):
        fact = "writes a whole review, which the next one is compared with"
        raise Misuse(Problem("--write", None, fact, "leave out --select, --ignore and --step"))
    template, _ = scan_template(settings, portfolio.flow)
    known = frozenset(name.lower() for concept in portfolio.concepts for name in concept.names)
    reviews = []
    for item in designs:
        given = template.given_to(title=item.title, date=item.date) if template else frozenset()
        done, wrong = review(Reading(item, portfolio.flow, given, known), only=only, without=without, steps=steps)
        reviews.append(done)
        found = {finding.fact for finding in done.findings}
        for problem in (*(told for told in problems if told.path == item.path and told.fact not in found), *wrong):
            warn(problem)
    _show(reviews, form, portfolio)
    if written:
        for done in reviews:
            _write(done, settings, portfolio)
    if fail_on != NEVER and any(done.at_least(Severity(fail_on)) for done in reviews):
        raise click.exceptions.Exit(1)


def _designs(portfolio: Portfolio, names: Iterable[str]) -> tuple[Design, ...]:
    """Return the designs of these names, each once; all of them where none is named."""
    found: dict[str, Design] = {}
    for name in names:
        design = find_design(portfolio, name)
        if isinstance(design, Problem):
            raise Misuse(design)
        found[design.id] = design
    return tuple(found.values()) if names else portfolio.designs


def _rules(option: str, given: Iterable[str]) -> frozenset[str]:
    known = [rule.id for rule in rules()]
    ids = [id.strip() for part in given for id in part.split(",")]
    for id in ids:
        if id not in known:
            raise Misuse(Problem(option, None, f"unknown rule '{id}'", remedy(id, known)))
    return frozenset(ids)


def _check_steps(ids: Collection[str], flow: Flow) -> None:
    known = [step.id for step in flow.steps]
    for id in ids:
        if id not in known:
            raise Misuse(Problem("--step", None, f"unknown step '{id}'", remedy(id, known)))


def _show(reviews: list[Review], form: str, portfolio: Portfolio) -> None:
    if form == "json":
        click.echo(as_json(reviews))
    elif form == "sarif":
        click.echo(as_sarif(reviews))
    elif form == "github":
        for line in as_annotations(reviews):
            click.echo(line)
    else:
        for number, done in enumerate(reviews):
            _show_one(done, portfolio, apart=number > 0)
        if not reviews:
            click.echo('No design yet. Start one: mkdocs new-design "rate limiter"')


def _show_one(done: Review, portfolio: Portfolio, *, apart: bool) -> None:
    click.echo(("\n" if apart else "") + f"{done.title} · {done.said} · {done.path}")
    explained = set()
    for item in done.findings:
        click.echo(f"\n{_MARKS[item.severity]} {item.path}:{item.line}: {item.fact}")
        click.echo(f"   {item.severity} · {item.rule.id}")
        if item.rule.id not in explained:
            click.echo(_wrapped("Why", item.rule.why))
            click.echo(_wrapped("Do", f"{item.rule.remedy[0].upper()}{item.rule.remedy[1:]}."))
        explained.add(item.rule.id)
    if done.strengths:
        click.echo("\nStrong")
    for strength in done.strengths:
        click.echo(f" + {strength}")
    if done.silenced:
        click.echo("\nSilenced")
    for hidden in done.silenced:
        click.echo(f"   {hidden.finding.path}:{hidden.line}: {hidden.finding.rule.id}: {hidden.reason}")
    design = portfolio.design(done.design)
    previous = next(iter(portfolio.reviews_of(design)), None) if design else None
    if previous and (fixed := fixed_since(done, previous)):
        click.echo(f"\nFixed since {previous.path}")
        for told in fixed:
            click.echo(f" * {told.fact} ({told.rule})")


def _wrapped(label: str, text: str) -> str:
    head = f"   {label + ':':<5}"
    return click.wrap_text(text, width=96, initial_indent=head, subsequent_indent=" " * len(head))


def _write(done: Review, settings: Settings, portfolio: Portfolio) -> None:
    today = dt.date.today()
    design = portfolio.design(done.design)
    previous = next(iter(portfolio.reviews_of(design)), None) if design else None
    name = f"{settings.reviews_dir}/{file_name(done.design, today, names_in(settings.root / settings.reviews_dir))}"
    text = write(done, path=name, date=today, template=_template(settings), previous=previous)
    try:
        scaffold.create(settings.root / name, text, name=name)
    except scaffold.ScaffoldError as error:
        raise Failure(error.problem) from None
    say("Wrote", os.path.relpath(settings.root / name))


def _template(settings: Settings) -> str:
    if not settings.review_template and not (settings.root / settings.review_template_path).exists():
        return TEMPLATE
    text, problems = read_text(settings.root / settings.review_template_path, name=settings.review_template_path)
    if text is None:
        raise Failure(problems[0])
    for problem in problems:
        warn(problem)
    if "{{ findings }}" not in text:
        mend = "add '{{ findings }}'"
        raise Failure(Problem(settings.review_template_path, None, "has no place for the findings", mend))
    return text
