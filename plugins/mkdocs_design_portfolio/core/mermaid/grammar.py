"""The grammars of Mermaid's parsers, as `update.mjs` took them from it."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "grammars"
ERROR, END = 2, 1
"""Two symbols of every grammar."""
Operations = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """An LALR grammar with the lexer that feeds it."""

    name: str
    mermaid: str
    """The version of Mermaid that it is of."""
    symbols: tuple[str, ...]
    numbers: dict[str, int]
    productions: tuple[tuple[int, int], ...]
    """For each production the symbol that it makes, and of how many."""
    table: tuple[dict[int, tuple[int, int] | int], ...]
    """For each state what to do at a symbol: (1, state to shift to), (2, production to reduce by), (3, 0) for the end;
    or the state to go to."""
    defaults: dict[int, tuple[int, int]]
    states: dict[str, re.Pattern[str]]
    """For each state of the lexer all its rules as one expression: the group that matched tells the rule.

    The groups are empty and stand behind the rules, so that a rule that begins with a certain letter is passed over
    at any other.
    """
    rules: dict[str, tuple[int, ...]]
    """For each state of the lexer the rule of each group."""
    operations: tuple[Operations, ...]
    """For each rule what it does."""


@functools.cache
def grammar(name: str) -> Grammar:
    """Return the grammar of that name."""
    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    flags = re.ASCII | (re.IGNORECASE if data["ignoreCase"] else 0)
    patterns = [pattern for pattern, _ in data["rules"]]
    states = {
        state: re.compile("|".join(f"{patterns[number]}()" for number in numbers) or r"(?!)", flags)
        for state, numbers in data["states"].items()
    }
    return Grammar(
        name,
        data["mermaid"],
        tuple(data["symbols"]),
        {symbol: number for number, symbol in enumerate(data["symbols"]) if symbol},
        tuple((item[0], item[1]) if isinstance(item, list) else (0, 1) for item in data["productions"]),
        tuple({int(symbol): _action(action) for symbol, action in row.items()} for row in data["table"]),
        {int(state): (action[0], action[1]) for state, action in data["defaults"].items()},
        states,
        {state: tuple(numbers) for state, numbers in data["states"].items()},
        tuple(tuple((item[0], item[1] if len(item) > 1 else None) for item in done) for _, done in data["rules"]),
    )


def _action(action: Any) -> tuple[int, int] | int:
    if isinstance(action, int):
        return action
    return action[0], action[1] if len(action) > 1 else 0
