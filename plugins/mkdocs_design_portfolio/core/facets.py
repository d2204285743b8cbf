"""Designs -> what an index can be narrowed down by, with how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .model import Portfolio, Status


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet."""

    value: str
    label: str
    count: int
    """How many designs have it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that designs share."""

    name: str
    """As it stands in an address, e.g. `?status=final`."""
    label: str
    options: tuple[Option, ...]
    """At least one."""


def facets(portfolio: Portfolio) -> tuple[Facet, ...]:
    """Return the facets of a portfolio's designs: status and stages in their order, tags by use, years newest first."""
    designs = portfolio.designs
    statuses = Counter(str(design.status.value) for design in designs)
    stages = Counter(design.stage for design in designs)
    tags = Counter(tag for design in designs for tag in design.tags)
    years = Counter(str(design.date.year) for design in designs if design.date)
    by_use = sorted(tags.items(), key=lambda item: (-item[1], item[0]))
    found = (
        ("status", "Status", ((item.value, item.label, statuses[item.value]) for item in Status)),
        ("stage", "Stage", ((item.id, item.title, stages[item.id]) for item in portfolio.stages)),
        (
            "tag",
            "Tag",
            ((tag, tag, count) for tag, count in by_use),
        ),
        ("year", "Year", ((year, year, years[year]) for year in sorted(years, reverse=True))),
    )
    made = (Facet(name, label, _present(options)) for name, label, options in found)
    return tuple(facet for facet in made if facet.options)


def _present(options: Iterable[tuple[str, str, int]]) -> tuple[Option, ...]:
    return tuple(Option(*option) for option in options if option[2])
