"""The words by which the rules know what a text speaks of."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

_PATH = Path(__file__).with_suffix(".yml")


def words(name: str) -> tuple[str, ...]:
    """Return the words of that name, as `terms.mentions` takes them."""
    return _all()[name]


@functools.lru_cache(maxsize=1)
def _all() -> Mapping[str, tuple[str, ...]]:
    listed = yaml.load(_PATH.read_text(encoding="utf-8"), yaml.BaseLoader)  # where a bare `no` is a word
    return {name: tuple(terms) for name, terms in listed.items()}
