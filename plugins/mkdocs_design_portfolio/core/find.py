"""What a person types -> the design or note meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from .model import Design, Note, Portfolio, Problem
from .suggest import nearest

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")
_T = TypeVar("_T", bound=Design | Note)


def find_design(portfolio: Portfolio, name: str) -> Design | Problem:
    """Return the design that `name` means: its id, its path, its title, or a part of one id alone."""
    return _find(portfolio.designs, name, "design", "designs")


def find_work(portfolio: Portfolio, name: str) -> Design | Note | Problem:
    """Return the design or note that `name` means, as `find_design` does."""
    return _find(tuple(portfolio), name, "design or note", "designs and notes")


def _find(works: Sequence[_T], name: str, what: str, plural: str) -> _T | Problem:
    wanted = name.removeprefix("./")
    exact = [work for work in works if wanted in (work.id, work.path, f"{work.id}.md")]
    exact = exact or [work for work in works if wanted.casefold() == work.title.casefold()]
    stem = wanted.rsplit("/", 1)[-1].removesuffix(".md").casefold()
    matches = exact or [work for work in works if stem in work.id]
    if len(matches) == 1:
        return matches[0]
    if matches:
        several = ", ".join(work.id for work in matches)
        return Problem(name, None, f"{len(matches)} {plural} have that in their name", f"one of {several}")
    words = {_DATE.sub("", work.id): work.id for work in works}
    near = nearest(stem, words) or nearest(stem, [work.id for work in works])
    mend = f"did you mean {words.get(near, near)}?" if near else "'mkdocs progress' lists them all"
    return Problem(name, None, f"there is no such {what}", mend)
