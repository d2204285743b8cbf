"""The stage and topics that a document names -> those of the roadmap, and a problem for each unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Problem, Roadmap, Topic
from .suggest import nearest, remedy


def resolve_stage(
    name: str, *, path: str, line: int | None, roadmap: Roadmap | None
) -> tuple[str, tuple[Problem, ...]]:
    """Return the id of the stage that `name` means, or an empty string with a problem.

    A stage is named by its id.
    """
    if not name or (roadmap and roadmap.stage(name)):
        return name, ()
    if roadmap is None:
        mend = "write a roadmap with one H2 for each stage"
        return "", (Problem(path, line, f"stage '{name}' is named, but there is no roadmap", mend),)
    return "", (Problem(path, line, f"unknown stage '{name}'", _stage_remedy(name, roadmap)),)


def resolve_topics(
    names: Iterable[str], *, stage: str, path: str, line: int | None, roadmap: Roadmap | None
) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Return the topics that `names` mean, with a problem for each that means none or several.

    A topic is named by its id, by `stage/topic`, or by its title in any case. Where a `stage` is
    given, its own topics are meant first.
    """
    topics = []
    problems = []
    known = roadmap.topics if roadmap else ()
    for name in names:
        found = [topic for topic in known if name in (topic.key, topic.id) or name.casefold() == topic.title.casefold()]
        found = [topic for topic in found if topic.stage == stage] or found
        if len(found) == 1:
            topics.append(found[0])
        elif found:
            fact = f"topic '{name}' is in {len(found)} stages"
            problems.append(Problem(path, line, fact, f"write one of {', '.join(topic.key for topic in found)}"))
        else:
            problems.append(Problem(path, line, f"unknown topic '{name}'", _topic_remedy(name, known)))
    return tuple(dict.fromkeys(topics)), tuple(problems)


def _stage_remedy(name: str, roadmap: Roadmap) -> str:
    """Return what to write instead of an unknown stage, which may be a title where an id belongs."""
    titles = {stage.title: stage.id for stage in roadmap.stages}
    ids = [stage.id for stage in roadmap.stages]
    if not nearest(name, ids) and (title := nearest(name, titles)):
        return f"did you mean {titles[title]!r}?"
    return remedy(name, ids, none="the roadmap has no stage yet")


def _topic_remedy(name: str, known: tuple[Topic, ...]) -> str:
    by_name = {topic.title: topic.id for topic in known} | {topic.id: topic.id for topic in known}
    if near := nearest(name, by_name):
        return f"did you mean {by_name[near]!r}?"
    return "topics are the list items with a task box in the roadmap" if known else "the roadmap has no topic yet"
