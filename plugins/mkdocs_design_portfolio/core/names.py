"""What the things of a portfolio are called -> the things themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from .model import Design, Note, Place, Roadmap, Work
from .suggest import nearest

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")


class Names:
    """The names of everything that can be referred to.

    A thing is found by its path, its id, its id without the date, its title, or an alias (for a
    note, also the concepts it teaches), in any case. An id wins over a title, a title over an alias.
    """

    def __init__(self, works: Iterable[Work], roadmap: Roadmap | None) -> None:
        self._ranks: tuple[dict[str, dict[Place, None]], ...] = ({}, {}, {}, {})
        self._paths: dict[str, Place] = {}
        self._ids: dict[Place, str] = {}
        for work in works:
            self._add_work(work)
        if roadmap:
            self._add_roadmap(roadmap)

    def at(self, path: str) -> Place | None:
        """Return the design, note or roadmap of a source file, or None."""
        return self._paths.get(path)

    def named(self, name: str) -> tuple[Place, ...]:
        """Return what a name means: nothing, one thing, or several where it is ambiguous."""
        key = _key(name)
        return next((tuple(rank[key]) for rank in self._ranks if key in rank), ())

    def id(self, place: Place) -> str:
        """Return the id of the thing at a place."""
        return self._ids[place]

    def nearest(self, name: str) -> str:
        """Return the known name most like an unknown one, or an empty string."""
        known = [known for rank in self._ranks for known in rank if not known.endswith(".md")]
        return nearest(_key(name), known)

    def nearest_path(self, path: str) -> str:
        """Return the path whose file name is most like that of an unknown one, or an empty string."""
        wanted = PurePosixPath(path).stem
        stems, undated = self._stems
        near = nearest(wanted, stems)
        return stems[near] if near else undated.get(nearest(_DATE.sub("", wanted), undated), "")

    @cached_property
    def _stems(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The path of each file name without `.md`, and without its date."""
        stems = {PurePosixPath(known).stem: known for known in reversed(self._paths)}
        return stems, {_DATE.sub("", stem): known for stem, known in stems.items()}

    def _add_work(self, work: Work) -> None:
        place = Place(work.path)
        self._paths[work.path] = place
        self._ids[place] = work.id
        aliases = [*work.aliases]
        if isinstance(work, Note):
            aliases += [name for concept in work.concepts for name in concept.names]
        bare = [_DATE.sub("", work.id)] if isinstance(work, Design) else []
        self._add(place, (work.id, work.path, work.path.removesuffix(".md")), bare, [work.title], aliases)

    def _add_roadmap(self, roadmap: Roadmap) -> None:
        whole = self._paths[roadmap.path] = Place(roadmap.path)
        self._ids[whole] = "roadmap"
        self._add(whole, (PurePosixPath(roadmap.path).stem, roadmap.path), [], [roadmap.title], [])
        for stage in roadmap.stages:
            place = Place(roadmap.path, stage.id)
            self._ids[place] = stage.id
            self._add(place, [stage.id], [], [stage.title], [])

    def _add(self, place: Place, *names: Iterable[str]) -> None:
        for rank, found in zip(self._ranks, names, strict=True):
            for name in found:
                rank.setdefault(_key(name), {})[place] = None

    def __iter__(self) -> Iterator[str]:
        """Yield every id."""
        return iter(self._ids.values())


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
