"""`mkdocs roadmap`: where the learner stands, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ..core.advice import advise
from ..core.connections import Connections
from ..core.model import Design, Note, Portfolio, Problem, Stage, Topic, TopicState
from ..core.suggest import remedy
from .project import Failure, Misuse, config_file_option, find_settings, read_portfolio, warn

BOXES = {TopicState.COMPLETED: "x", TopicState.IN_PROGRESS: "~", TopicState.NOT_STARTED: " "}
"""How a state is drawn: as in the roadmap's task boxes."""


@click.command("roadmap")
@click.argument("stage", required=False)
@config_file_option
def command(stage: str | None, config_file: Path | None) -> None:
    """Show the roadmap with the work attached to it, or one STAGE of it, and what to do next."""
    settings = find_settings(config_file)
    portfolio, problems = read_portfolio(settings)
    if portfolio.roadmap is None:
        mend = "write it: an H2 for each stage, with its topics as a list of task boxes"
        raise Failure(Problem(settings.roadmap, None, "there is no roadmap", mend))
    stages = portfolio.stages
    if stage is not None:
        stages = tuple(item for item in stages if stage.casefold() in (item.id.casefold(), item.title.casefold()))
        if not stages:
            mend = remedy(stage, [item.id for item in portfolio.stages], none="the roadmap has no stage yet")
            raise Misuse(Problem(stage, None, "there is no such stage", mend))
    connections = Connections(portfolio)
    for item in stages:
        click.echo("\n".join(_stage(portfolio, connections, item)) + "\n")
    for number, advice in enumerate(advise(portfolio, connections)):
        click.echo(f"{'' if number else 'Next':<6}{number + 1}. {advice.what}: {advice.reason}")
        click.echo(f"         {advice.command}")
    for problem in problems:
        if problem.path == portfolio.roadmap.path:
            warn(problem)


def _stage(portfolio: Portfolio, connections: Connections, stage: Stage) -> Iterator[str]:
    here = "  <- you are here" if portfolio.roadmap and stage == portfolio.roadmap.current else ""
    topics = f"  {stage.progress.done} of {stage.progress.total} topics" if stage.topics else ""
    yield f"{portfolio.stages.index(stage) + 1}. {stage.title} ({stage.id}){topics}{here}"
    for topic in stage.topics:
        yield f"   [{BOXES[topic.state]}] {topic.title}{_work(portfolio, connections, topic)}"
    on_topics = {work.path for topic in stage.topics for work in portfolio.works_on(topic)}
    works: tuple[Design | Note, ...] = (*portfolio.designs_of(stage.id), *portfolio.notes_of(stage.id))
    for work in works:
        if work.path not in on_topics:
            yield f"       {work.kind}: {work.title} ({work.said})"
    if stage.signals:
        yield "   Mastered when you can"
        for signal in stage.signals:
            yield f"       {signal}"
    if gaps := connections.unexplained(stage):
        yield f"   No note explains: {', '.join(gap.name for gap in gaps)}"


def _work(portfolio: Portfolio, connections: Connections, topic: Topic) -> str:
    works = portfolio.works_on(topic)
    if not works:
        return ""
    implied = connections.implied_state(topic)
    told = ", ".join(f"{work.title}, {work.said}" for work in works)
    return f"  ({told})" if implied is topic.state else f"  (the work says {implied and implied.label}: {told})"
