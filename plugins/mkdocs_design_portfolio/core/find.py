"""What a person types -> the design meant."""

from __future__ import annotations

from .model import Design, Portfolio, Problem
from .suggest import nearest


def find_design(portfolio: Portfolio, name: str) -> Design | Problem:
    """Return the design that `name` means: its id, its path, its title, or a part of one id alone."""
    wanted = name.removeprefix("./")
    for design in portfolio.designs:
        if wanted in (design.id, design.path, f"{design.id}.md") or wanted.casefold() == design.title.casefold():
            return design
    stem = wanted.rsplit("/", 1)[-1].removesuffix(".md").casefold()
    matches = [design for design in portfolio.designs if stem in design.id]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = ", ".join(design.id for design in matches)
        return Problem(name, None, f"{len(matches)} designs have that in their name", f"one of {ids}")
    words = {design.id.split("-", 3)[-1]: design.id for design in portfolio.designs}
    near = nearest(stem, words) or nearest(stem, [design.id for design in portfolio.designs])
    mend = f"did you mean {words.get(near, near)}?" if near else "'mkdocs progress' lists them all"
    return Problem(name, None, "there is no such design", mend)
